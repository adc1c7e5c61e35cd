"""Rows named in text that has lost its cells, and the figures behind them."""

import random

import pytest
from tests.documents.read.recognise.layouts import Sample, lines_of, squeeze, to_grid

from gongkai.documents.read.recognise.apart import Match
from gongkai.documents.read.recognise.flat import _chain, _matches
from gongkai.documents.read.recognise.report import recognise
from gongkai.rulebook.load.forms import forms


def plain_chain(matches):
    """What ``_chain`` finds, by comparing every match with every other."""
    matches = sorted(matches, key=lambda match: (match.start, match.row))
    best = []
    for here, match in enumerate(matches):
        weight, before = 0, -1
        for there in range(here):
            other = matches[there]
            if other.row < match.row and other.end <= match.start and best[there][0] >= weight:
                weight, before = best[there][0], there
        best.append((weight + 1 + (match.end - match.start), before))
    here = max(range(len(best)), key=lambda place: best[place][0], default=-1)
    chain = []
    while here >= 0:
        chain.append(matches[here])
        here = best[here][1]
    return chain[::-1]


def test_the_chain_is_the_one_that_covers_most():
    dice = random.Random(7)
    for _ in range(4000):
        rows, length, longest = dice.randint(1, 26), dice.randint(5, 80), dice.choice([3, 12])
        starts = [dice.randint(0, length) for _ in range(dice.randint(0, 30))]
        matches = [Match(dice.randrange(rows), start, start + dice.randint(1, longest)) for start in starts]
        assert _chain(matches) == plain_chain(matches)


def test_a_rows_own_number_belongs_to_its_words():
    table = next(form for form in forms() if form.id == "annual-2021").by_table["requests"]
    words = "三、本年度办理结果（一）予以公开（1（一）予以公开。一、本年新收政府信息公开申请数量2.重复申请重复申请"
    found = sorted((words[match.start : match.end], match.row) for match in _matches(table, words))
    assert [text for text, _ in found] == [
        "2.重复申请",
        "一、本年新收政府信息公开申请数量",
        "重复申请",
        "（一）予以公开",
        "（一）予以公开",
    ]


def lines(sample, *, repeat=False, filled=99):
    """The table of requests with a row a line, its cells between blanks; ``repeat``: a merged label in every cell;
    ``filled``: how many rows have figures.
    """
    text = []
    for place, (labels, figures) in enumerate(sample.rows("requests")):
        labels = [*labels, *[labels[-1]] * (3 - len(labels))] if repeat else labels[-1:]
        text.append(" ".join([*map(squeeze, labels), *(figures if place < filled else [])]))
    return lines_of(
        "申请人情况 自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n" + "\n".join(text)
    )


@pytest.mark.parametrize("form", ["annual-2021", "annual-2019"])
def test_labels_repeated_in_every_cell_of_a_merged_one(form):
    sample = Sample(form)
    source = sample.source(
        lambda sample, id: lines(sample, repeat=True) if id == "requests" else [to_grid(sample.printed(id))], flat=True
    )
    report = recognise(source, forms())
    assert {id: report.value(id) for id in sample.cells} == sample.cells
    assert not report.problems


def test_rows_that_are_named_but_mostly_blank_are_unclear_not_missing():
    sample = Sample()
    source = sample.source(
        lambda sample, id: lines(sample, filled=5) if id == "requests" else [to_grid(sample.printed(id))], flat=True
    )
    report = recognise(source, forms())
    row = {id: cell for id, cell in report.cells.items() if id.startswith("requests/")}
    (problem,) = report.problems
    assert problem.id == "read.figures-unclear"
    assert {id for id, cell in row.items() if cell.value is None and cell.printed} == set(problem.params["cells"])
    assert {id for id in sample.cells if id.startswith("requests/")} == set(problem.params["cells"])

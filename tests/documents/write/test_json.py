"""JSON: the contract's keys, nothing lost on the way through, every fault named."""

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.checks.finding import Change
from gongkai.core.message import message
from gongkai.core.tables.report import ABSENT, Cell, Place, Report
from gongkai.documents.write.json import Malformed, from_json, to_json
from gongkai.rulebook.load.forms import form, forms

NUMBERS = st.one_of(
    st.integers(-(10**40), 10**40),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20),
)
TEXTS = st.sampled_from(["", "/", "—", "3件", "22（其中修订 16 件）", "无"])
CELLS = st.one_of(
    NUMBERS.map(lambda value: Cell(value, format(value, "f"))),
    # Where what stood there says nothing of the digits, only figures that a float holds can come through.
    st.tuples(st.integers() | st.decimals(-(10**9), 10**9, places=4), TEXTS).map(lambda pair: Cell(*pair)),
    TEXTS.map(lambda text: Cell(None, text)),
)


def test_the_object_has_the_keys_of_the_contract(invented):
    data = to_json(invented("annual-2021", 2024))
    assert list(data) == [
        "source",
        "form",
        "agency",
        "year",
        "title",
        "opening",
        "cells",
        "printed",
        "parts",
        "headings",
        "problems",
    ]
    assert data["cells"]["requests/new/total"] == 41
    assert data["cells"]["art20/fees/amount_10k_yuan"] == 12.5
    assert data["parts"][0].keys() == {"number", "title", "text"}
    assert len(data["cells"]) == 10 + 25 * 7 + 15
    assert data["printed"] == data["headings"] == {}


def test_what_is_not_just_the_number_stands_beside_it(invented):
    cells = {
        "requests/new/total": Cell(22, "22（其中修订 16 件）"),
        "requests/total/total": Cell(None, "/"),
        "requests/carried_out/total": Cell(None, ""),
        "art20/rules/made": Cell(0, "０"),
    }
    data = to_json(invented("annual-2021", 2024, cells))
    assert data["printed"] == {
        "requests/new/total": "22（其中修订 16 件）",
        "requests/total/total": "/",
        "art20/rules/made": "０",
    }
    assert data["cells"]["requests/total/total"] is None
    assert data["cells"]["requests/carried_out/total"] is None


def test_a_row_in_place_of_others_leaves_those_absent(invented):
    of = form("annual-2021")
    others = [cell for cell in of.types if cell.startswith("requests/other.") and "other.all" not in cell]
    single = {cell: Cell(2, "2") for cell in of.types if cell.startswith("requests/other.all/")}
    data = to_json(invented("annual-2021", 2021, dict.fromkeys(others, ABSENT) | single))
    assert all(data["cells"][cell] is None for cell in others)
    again = from_json(data, "x")
    assert all(again.cells[cell] == ABSENT for cell in others)
    assert all(again.cells[cell].value == 2 for cell in single)


def test_places_and_changes(invented):
    report = invented("annual-2021", 2024, {"requests/new/total": Cell(1, "1", Place(table=2, row=4, column=9))})
    data = to_json(report, provenance=True, changes=[Change("requests/new/total", "/", 1)])
    assert data["places"] == {"requests/new/total": {"table": 2, "row": 4, "column": 9}}
    assert data["changes"] == [{"cell": "requests/new/total", "from": "/", "to": 1}]
    assert "places" not in to_json(report)


@given(data=st.data())
def test_through_json_and_back_nothing_is_lost(data):
    of = form(data.draw(st.sampled_from([known.id for known in forms()])))
    usual = [cell for table in of.tables for cell in table.cells()]
    cells = dict.fromkeys(usual, Cell(None, ""))
    cells |= data.draw(st.dictionaries(st.sampled_from(usual), CELLS, max_size=12))
    report = Report("a.docx", of, data.draw(st.none() | st.text()), 2024, "题", data.draw(st.text()), (), cells)
    there = to_json(report)
    text = json.dumps(there, ensure_ascii=False)
    for loaded in (json.loads(text), json.loads(text, parse_float=Decimal)):
        again = from_json(loaded, "a.docx")
        assert to_json(again) == there
        for id, cell in cells.items():
            if not cell.printed or cell.printed == format(cell.value or 0, "f"):
                # Exact, also where a float is not.
                assert again.cells[id].value == cell.value


def test_a_heading_that_is_numbered_otherwise_stays_so(invented):
    report = invented("annual-2021", 2024)
    first, *others = report.parts
    data = to_json(replace(report, parts=(first._replace(heading="1、 总体情况"), *others)))
    assert data["headings"] == {"1": "1、 总体情况"}
    assert from_json(data, "x").parts[0].heading == "1、 总体情况"
    assert from_json(data, "x").parts[1].heading.startswith("二、")


def test_a_title_that_is_not_given_is_made_from_agency_and_year(invented):
    data = to_json(replace(invented("annual-2021", 2024), title=""))
    assert from_json(data, "x").title == "青川市云岭县农业农村局2024年政府信息公开工作年度报告"


FAULTS = [
    ([], "$", "writing.wrong-type"),
    ({"form": 3}, "form", "writing.wrong-type"),
    ({"form": "annual-1999"}, "annual-1999", "writing.unknown-form"),
    ({"agency": 5}, "agency", "writing.wrong-type"),
    ({"year": "2024"}, "year", "writing.wrong-type"),
    ({"year": True}, "year", "writing.wrong-type"),
    ({"cells": None}, "cells", "writing.wrong-type"),
    ({"cells": {"requests/new/everyone": 1}}, "requests/new/everyone", "writing.unknown-cell"),
    ({"cells": {"requests/new/total": "12"}}, "cells.requests/new/total", "writing.not-a-number"),
    ({"cells": {"requests/new/total": True}}, "cells.requests/new/total", "writing.not-a-number"),
    ({"cells": {"requests/new/total": float("nan")}}, "cells.requests/new/total", "writing.not-a-number"),
    ({"cells": {"requests/new/total": Decimal("1e999999")}}, "cells.requests/new/total", "writing.not-a-number"),
    ({"cells": {}, "printed": {"requests/new/total": "/"}}, "requests/new/total", "writing.printed-only"),
    ({"printed": {"requests/new/total": 3}}, "printed.requests/new/total", "writing.wrong-type"),
    ({"parts": {}}, "parts", "writing.wrong-type"),
    ({"parts": [{"number": 9, "title": "x", "text": ""}]}, "parts[0].number", "writing.unknown-part"),
    ({"parts": [{"number": 1, "title": "x", "text": None}]}, "parts[0].text", "writing.wrong-type"),
    ({"headings": {"1": 4}}, "headings.1", "writing.wrong-type"),
    ({"title": 4}, "title", "writing.wrong-type"),
]


@pytest.mark.parametrize(("fault", "named", "id"), FAULTS)
def test_a_fault_names_its_key(invented, fault, named, id):
    good = to_json(invented("annual-2021", 2024))
    data = {**good, **fault} if isinstance(fault, dict) else fault
    with pytest.raises(Malformed) as caught:
        from_json(data, "a.json")
    assert caught.value.message.id == id
    assert named in [str(value) for value in caught.value.message.params.values()]


def test_every_sentence_of_writing_is_in_the_rulebook_in_both_languages():
    import re

    import gongkai.documents.write as package
    import gongkai.rulebook.load as load

    words = tomllib.loads((Path(load.__file__).parent.parent / "messages" / "writing.toml").read_text("utf-8"))
    folder = Path(package.__file__).parent
    used = {id for file in folder.glob("*.py") for id in re.findall(r'"(writing\.[a-z-]+)"', file.read_text("utf-8"))}
    assert used == set(words)
    assert all(set(entry) == {"zh", "en"} for entry in words.values())


def test_figures_that_could_not_be_read_stay_unknown(invented):
    ids = ("requests/new/natural_person", "requests/new/total")
    report = invented("annual-2021", 2024)
    problem = message("read.figures-unclear", cells=ids, cell=ids[0], found="640020470", count=7)
    unsure = replace(report, problems=(problem,))
    said = to_json(unsure)["problems"]
    assert said[0]["cells"] == list(ids)
    again = from_json({**to_json(unsure)}, "x")
    assert [kept.params["cells"] for kept in again.problems] == [ids]
    assert to_json(again)["problems"][0]["message"] == said[0]["message"]

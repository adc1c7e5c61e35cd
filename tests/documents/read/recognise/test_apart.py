"""Words and figures apart, each knowing its place among the other."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.tables.report import Place
from gongkai.documents.read.recognise.apart import Match, take_apart
from gongkai.documents.read.source import Paragraph


def apart(*lines):
    return take_apart([(n, Paragraph(line, Place(line=n + 1))) for n, line in enumerate(lines)])


def test_figures_between_the_characters_of_a_label_are_its_own():
    text = apart("1.申请人无正当理由逾期 3 0 4", "不补正", "2.其他 5")
    assert text.words == "1.申请人无正当理由逾期不补正2.其他"
    label = Match(0, 0, text.words.index("2."))
    assert [figure.text for figure in text.tokens(label, label.end)] == ["3", "0", "4"]


def test_units_remarks_and_page_numbers_are_no_figures():
    text = apart("规章 22（其中修订 16 件） 3件", "- 7 -", "第 8 页 共 9 页")
    assert [figure.text for figure in text.atoms] == ["22", "3"]


def test_digits_glued_to_a_label_follow_it_but_not_article_numbers():
    text = apart("规章012第20条第（5）项")
    assert [figure.text for figure in text.tokens(Match(0, 0, 2), len(text.words))] == ["012"]


@given(st.lists(st.text(alphabet="甲乙12 ,|\t", max_size=12), max_size=6))
def test_every_offset_leads_back_to_its_line(lines):
    text = apart(*lines)
    for figure in text.atoms:
        assert text.text[figure.where :].startswith(figure.text)
        assert figure.text in text.lines[text.line_of(figure.where)][1].text

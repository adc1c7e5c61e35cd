"""What may stand in a cell, and the figure it gives."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.tables.form import Column, Label
from gongkai.documents.read.recognise.figures import figure, is_blank, is_figure_like

COUNT = Column("n", Label("n", "件数"))
CHANGE = Column("n", Label("n", "本年增/减"), type="signed_count")
MONEY = Column("n", Label("n", "金额"), type="amount", unit="万元")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("１２", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1 234", 1234),
        ("2　1", 21),
        ("3件", 3),
        ("12 件", 12),
        ("22（其中修订 16 件）", 22),
        ("22(其中修订16件)", 22),
        ("〇", 0),
        ("零", 0),
        ("3.0", 3),
        ("-3", -3),
        ("－３", -3),
        ("+3", 3),
        ("1.5", Decimal("1.5")),
        ("", None),
        ("/", None),
        ("／", None),
        ("—", None),
        ("-", None),
        ("无", None),
        ("若干", None),
        ("3至5", None),
        ("1\n2", None),
        ("3元", None),
        ("50%", None),
        ("—3", None),
    ],
)
def test_counts(text, value):
    assert figure(text, COUNT) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+2", 2),
        ("-2", -2),
        ("—2", -2),
        ("增2", 2),
        ("减少2", -2),
        ("↓2", -2),
        ("↑ 2", 2),
        ("0", 0),
        ("±2", None),
    ],
)
def test_changes(text, value):
    assert figure(text, CHANGE) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.50", Decimal("12.5")),
        ("12.5万元", Decimal("12.5")),
        ("15000元", Decimal("1.5")),
        ("1.2亿元", 12000),
        ("1,234.5", Decimal("1234.5")),
        ("0.00", 0),
    ],
)
def test_money_comes_in_the_unit_of_its_column(text, value):
    assert figure(text, MONEY) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_every_way_to_print_a_count_reads_back(number):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for text in (str(number), f"{number:,}", str(number).translate(wide), f" {number}件 ", f"{number}（略）"):
        assert figure(text, COUNT) == number


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_and_blanks_give_no_figure(text):
    value = figure(text, COUNT)
    if is_blank(text):
        assert value is None
    if value is not None:
        assert is_figure_like(text)

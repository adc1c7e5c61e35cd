"""Rows whose cells have run together are cut by their own sum, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.read.recognise.rows import Token
from gongkai.documents.read.recognise.rows import cut as cut_tokens

ROW = ((6, (0, 1, 2, 3, 4, 5)),)
REVIEW = tuple((n + 4, (n, n + 1, n + 2, n + 3)) for n in (0, 5, 10))


def cut(texts, count, sums, alone=False):
    return cut_tokens([Token(text, alone) for text in texts], count, sums)


def test_the_example_of_a_flattened_row():
    assert cut(["640020470"], 7, ROW) == [64, 0, 0, 2, 0, 4, 70]


def test_several_cuts_give_nothing():
    # 1+1+1+1+1+1=6 does not stand here; 1 0 0 0 0 0 1 does; 11 as 1 and 1 or …
    assert cut(["1000001"], 7, ROW) == [1, 0, 0, 0, 0, 0, 1]
    assert cut(["12", "3", "15"], 7, ROW) is None
    assert cut(["110111112"], 7, ROW) is None


def test_a_cut_that_breaks_the_sum_is_no_reading():
    assert cut(["1000002"], 7, ROW) is None


def test_a_page_number_between_the_cells_is_left_out():
    assert cut(["3", "0", "17", "0", "0", "0", "0", "3"], 7, ROW, alone=True) == [3, 0, 0, 0, 0, 0, 3]
    assert cut(["3", "0", "17", "0", "0", "0", "0", "3"], 7, ROW) is None


def test_a_page_number_that_could_be_a_figure_gives_nothing():
    assert cut(["0", "0", "0"], 2, ()) is None


def test_without_a_sum_only_a_forced_reading_counts():
    assert cut(["000"], 3, ()) == [0, 0, 0]
    assert cut(["1200"], 3, ()) is None
    assert cut(["535"], 3, ()) is None  # one figure beside two blanks


@given(st.lists(st.integers(0, 150), min_size=6, max_size=6))
def test_what_is_cut_is_right(figures):
    row = [*figures, sum(figures)]
    assert cut(["".join(map(str, row))], 7, ROW) in (row, None)


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_a_whole_table_four_in_one_run(figures):
    row = []
    for n in range(0, 12, 4):
        row += [*figures[n : n + 4], sum(figures[n : n + 4])]
    assert cut(["".join(map(str, row))], 15, REVIEW) in (row, None)

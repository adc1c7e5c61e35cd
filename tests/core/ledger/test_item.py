"""The life of an item: published, corrected, withdrawn, and nothing in another order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.ledger.events import ItemCorrected, ItemPublished, ItemWithdrawn, Replied, Reviewed, Submitted
from gongkai.core.ledger.item import Item, Version, item
from gongkai.core.ledger.refusal import Refused

DAY = date(2026, 3, 2)
PUBLISHED = ItemPublished(DAY, "plans", "a" * 64)
CORRECTED = ItemCorrected(DAY + timedelta(days=3), "b" * 64)
WITHDRAWN = ItemWithdrawn(DAY + timedelta(days=5))
WITHIN = (Submitted(DAY, "a" * 64, "p1"), Reviewed(DAY, "a" * 64, "section", "approved", "p2"))


def test_a_whole_life():
    assert item([]).state == item(WITHIN).state == "unpublished"
    public = item([*WITHIN, PUBLISHED])
    assert (public.state, public.column, public.content) == ("public", "plans", "a" * 64)
    corrected = item([*WITHIN, PUBLISHED, *WITHIN, CORRECTED])
    assert corrected.versions == (Version(DAY, "a" * 64), Version(CORRECTED.on, "b" * 64))
    assert corrected.content == "b" * 64
    gone = item([PUBLISHED, CORRECTED, WITHDRAWN])
    assert (gone.state, gone.content, gone.withdrawn_on) == ("withdrawn", None, WITHDRAWN.on)


def test_a_correction_hides_every_version_before_it_and_none_after():
    hides, later = (
        ItemCorrected(DAY + timedelta(days=days), content * 64, hidden)
        for days, content, hidden in ((4, "c", True), (6, "d", False))
    )
    days = [each.hidden_on for each in item([PUBLISHED, CORRECTED, hides, later]).versions]
    assert days == [hides.on, hides.on, None, None]
    again = ItemCorrected(DAY + timedelta(days=9), "e" * 64, True)
    days = [each.hidden_on for each in item([PUBLISHED, hides, again]).versions]
    assert days == [hides.on, again.on, None]


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([CORRECTED], "not-public"),
        ([WITHDRAWN], "not-public"),
        ([PUBLISHED, PUBLISHED], "public-already"),
        ([PUBLISHED, WITHDRAWN, PUBLISHED], "item.withdrawn"),
        ([PUBLISHED, WITHDRAWN, WITHDRAWN], "item.withdrawn"),
        ([PUBLISHED, Replied(DAY, "granted")], "no-part"),
    ],
)
def test_what_cannot_follow(history, said):
    with pytest.raises(Refused, match=said):
        item(history)


@given(st.lists(st.sampled_from([*WITHIN, PUBLISHED, CORRECTED, WITHDRAWN]), max_size=8))
def test_something_is_public_only_between_publication_and_withdrawal(history):
    try:
        found = item(history)
    except Refused:
        return
    begun = PUBLISHED in history
    assert (found.content is not None) == (begun and WITHDRAWN not in history)
    assert found == (Item() if not begun else found)

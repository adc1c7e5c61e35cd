"""Nothing is complete that was not approved whole, by others than its author, exactly as it stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.ledger.events import ItemPublished, ItemWithdrawn, Lapsed, Replied, Reviewed, Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.review import compared, pending, review

ON = date(2026, 3, 5)
CHAIN = ("section", "secrecy", "leader")
GRADES = ("section", "legal", "secrecy", "leader")


def submitted(content="h1", author="a"):
    return Submitted(ON, content, author)


def reviewed(grade, by="b", content="h1", verdict="approved"):
    return Reviewed(ON, content, grade, verdict, by)


APPROVED = [submitted(), *(reviewed(grade) for grade in CHAIN)]


def test_a_chain_in_its_order():
    assert review([], CHAIN).state == "none"
    for passed in range(len(CHAIN)):
        found = review(APPROVED[: passed + 1], CHAIN)
        assert (found.state, found.next, found.covers("h1")) == ("under_review", CHAIN[passed], False)
    done = review(APPROVED, CHAIN)
    assert (done.state, done.next, done.covers("h1"), done.covers("h2")) == ("complete", None, True, False)


def test_a_return_ends_it_and_a_new_content_begins_anew():
    back = review([*APPROVED[:2], reviewed("secrecy", verdict="returned")], CHAIN)
    assert (back.state, back.next, back.returned.grade) == ("returned", None, "secrecy")
    again = review([*APPROVED, submitted("h2")], CHAIN)
    assert (again.state, again.given, again.covers("h1"), again.covers("h2")) == ("under_review", (), False, False)


@pytest.mark.parametrize(
    ("events", "id"),
    [
        ([reviewed("section")], "nothing-under-review"),
        ([*APPROVED, reviewed("leader")], "nothing-under-review"),
        ([submitted(), reviewed("section", content="h0")], "other-content"),
        ([submitted(), reviewed("leader")], "other-grade"),
        ([submitted(), reviewed("legal")], "other-grade"),
        ([submitted(), reviewed("section", by="a")], "own-content"),
        ([Submitted(ON, "h1", "a", ("a", "w")), reviewed("section", by="w")], "own-content"),
    ],
)
def test_what_is_no_judgement_is_refused(events, id):
    with pytest.raises(Refused, match=id):
        review(events, CHAIN)


EVENTS = st.lists(
    st.builds(Submitted, st.just(ON), st.sampled_from(["h1", "h2"]), st.sampled_from("ab"))
    | st.builds(
        Reviewed,
        st.just(ON),
        st.sampled_from(["h1", "h2"]),
        st.sampled_from(GRADES),
        st.sampled_from(["approved", "approved", "returned"]),
        st.sampled_from("abc"),
    ),
    max_size=14,
)


@given(EVENTS, st.lists(st.sampled_from(GRADES), min_size=1, max_size=4, unique=True))
def test_whatever_is_complete_was_approved_by_every_grade_and_never_by_its_author(events, chain):
    sound = []
    for event in events:
        try:
            review([*sound, event], chain)
        except Refused:
            continue
        sound.append(event)
    found = review(sound, chain)
    if found.state != "complete":
        return
    since = max(place for place, event in enumerate(sound) if isinstance(event, Submitted))
    judged = sound[since + 1 :]
    assert [event.grade for event in judged] == chain
    assert {(event.content, event.verdict) for event in judged} == {(sound[since].content, "approved")}
    assert sound[since].author not in {event.by for event in judged}


def test_a_chain_without_a_grade_is_none():
    with pytest.raises(ValueError, match="one grade"):
        review([], ())


def test_what_is_read_is_compared_with_what_was_read_before():
    first, second, third = (submitted(content) for content in ("h1", "h2", "h3"))
    assert compared([]) is None and compared([first]) is None and compared([first, first]) is None
    assert compared([first, second]) is first  # nobody read it; it was submitted
    assert compared([first, reviewed("section"), second, third]) is first  # the second came and went unread
    assert compared([first, second, reviewed("section", content="h2"), third]) is second
    assert compared([first, second, first]) is second


@pytest.mark.parametrize(
    "end", [Replied(ON, "granted"), Lapsed(ON, "other.no_correction"), ItemPublished(ON, "plans"), ItemWithdrawn(ON)]
)
def test_what_has_left_or_was_given_up_is_pending_no_more(end):
    assert pending([], CHAIN) is None
    assert pending(APPROVED[:2], CHAIN) == review(APPROVED[:2], CHAIN)
    assert pending([*APPROVED, end], CHAIN) is None
    assert pending([*APPROVED, end, submitted("h2", "c")], CHAIN).next == "section"

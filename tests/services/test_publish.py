"""Proactive disclosure through the one door: nothing is public before it is reviewed and released, or after it is
withdrawn; a correction keeps what was.
"""

import threading
from datetime import date

import pytest
from tests.services.publishing import REVIEWERS, RULES, START, TEXT, TITLE

from gongkai.core.ledger.refusal import Refused
from gongkai.services.ports import CITIZEN, Stale
from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import PublishItem
from gongkai.store import items, models
from gongkai.store.items import Narrowed


def test_an_item_goes_its_whole_way(office):
    number = office.draft(document="云民发〔2026〕1号", made_on=date(2026, 2, 27))
    assert number == "D2026-00001"
    assert office.everywhere(number) == set()
    office.submit(number)
    for person, grade in REVIEWERS:
        with pytest.raises(Refused, match="not-covered"):
            office.publish(number)
        assert office.everywhere(number) == set()
        office.judge(person, grade, number)
    assert office.everywhere(number) == set()
    assert TITLE not in "".join(str(each) for each in models.Item.objects.values())
    office.day = 1
    office.publish(number)
    assert office.everywhere(number) == {"page", "list", "count", "search"}
    seen = office.seen(number)
    assert (seen.title, seen.text, seen.document) == (TITLE, TEXT, "云民发〔2026〕1号")
    assert (seen.made_on, seen.published_on, seen.column) == (
        date(2026, 2, 27),
        date(2026, 3, 3),
        "normative_documents",
    )
    assert len(seen.versions) == 1 and seen.version.current
    # The ledger holds the column and a hash, no word of the item.
    texts = "".join(models.Entry.objects.values_list("text", flat=True))
    assert "养老" not in texts and "normative_documents" in texts
    with pytest.raises(Refused, match="public-already"):
        office.publish(number)


def test_an_edit_after_approval_is_not_published(office):
    number = office.draft()
    office.reviewed(number)
    office.draft(number, 1, text=TEXT + "。")
    with pytest.raises(Refused, match="not-covered"):
        office.publish(number)
    office.reviewed(number)
    office.publish(number)
    office.draft(number, 2, text="未经审核的改动")
    for act in (office.correct, office.publish):
        with pytest.raises(Refused, match="not-covered"):
            act(number)
    assert office.seen(number).text == TEXT + "。" and not items.search(CITIZEN, "未经审核").listed.rows


def test_without_the_guard_an_edit_would_be_published(office, monkeypatch):
    """The tests above would see it."""
    number = office.draft()
    monkeypatch.setattr(
        "gongkai.services.publish.release.refuse_unreviewed",
        lambda unit, agency, thing, history, chain, content: unit.freeze(agency, thing, content),
    )
    office.publish(number)
    assert office.everywhere(number) == {"page", "list", "count", "search"}


def test_the_author_neither_judges_nor_publishes(office):
    number = office.draft(person="both")
    office.submit(number, "both")
    office.judge("head", "section", number)
    office.judge("secrecy", "secrecy", number)
    with pytest.raises(Refused, match="own-content"):
        office.judge("both", "leader", number)
    office.judge("leader", "leader", number)
    with pytest.raises(Refused, match="own-release"):
        office.publish(number, "both")
    office.publish(number)
    office.draft(number, 1, "both", text="更正的内容")
    office.submit(number, "both")
    for person, grade in REVIEWERS:
        office.judge(person, grade, number)
    with pytest.raises(Refused, match="own-release"):
        office.correct(number, "both")


def test_nobody_acts_in_another_role(office):
    number = office.draft()
    office.reviewed(number)
    for person in ("clerk", "head", "leader"):
        with pytest.raises(Refused, match="no-role"):
            office.publish(number, person)
    with pytest.raises(Refused, match="no-role"):
        office.draft(person="publisher")
    with pytest.raises(Refused, match="no-role"):
        office.judge("clerk", "section", number)


def test_what_is_withdrawn_is_unreachable_everywhere_at_once(office):
    number = office.published()
    office.draft(number, 1, text="更正的内容")
    office.reviewed(number)
    office.correct(number)
    with pytest.raises(Refused, match="missing"):
        office.withdraw(number, " ")
    office.withdraw(number)
    assert office.everywhere(number, ("养老服务", "第一条", "更正", number)) == {"page"}
    gone = office.seen(number)
    assert gone == items.Gone(office.agency, number, START.date())
    assert office.seen(number, 1) == office.seen(number, 2) == gone
    assert not models.Item.objects.exclude(title="", text="", document="").exists()
    for act in (office.publish, office.correct, office.submit, office.withdraw):
        with pytest.raises(Refused, match="withdrawn"):
            act(number)
    with pytest.raises(Refused, match="withdrawn"):
        office.draft(number, 2)
    assert [remark.text for remark in office.case(number).remarks] == ["含有个人信息"]


def test_a_correction_takes_earlier_versions_out_of_sight(office):
    number = office.published(text=TEXT + "联系人：周某某。")
    office.draft(number, 1, text=TEXT)
    office.reviewed(number)
    with pytest.raises(Refused, match="missing"):
        office.correct(number, hide_earlier=True, reason=" ")
    assert "周某某" in office.seen(number).text
    office.day = 2
    office.correct(number, hide_earlier=True, reason="姓名不应公开")
    assert office.seen(number, 1) == items.Gone(office.agency, number, date(2026, 3, 4), 1)
    assert [each.hidden_on for each in office.seen(number).versions] == [date(2026, 3, 4), None]
    assert office.everywhere(number, ("周某某",)) == {"page", "list", "count"}
    assert "earlier_hidden" in models.Entry.objects.order_by("sequence").last().text
    assert [remark.text for remark in office.case(number).remarks] == ["姓名不应公开"]


def test_a_correction_keeps_the_earlier_version(office):
    number = office.published()
    with pytest.raises(Refused, match="unchanged"):
        office.submit(number)
    with pytest.raises(Refused, match="unchanged"):
        office.correct(number)
    office.day = 3
    office.draft(number, 1, title=TITLE + "（试行）", text="第一条　更正后的内容。")
    assert office.seen(number).text == TEXT
    office.reviewed(number)
    assert office.seen(number).text == TEXT
    office.correct(number)
    seen, first = office.seen(number), office.seen(number, 1)
    assert (seen.title, seen.text) == (TITLE + "（试行）", "第一条　更正后的内容。")
    assert [(each.number, each.on, each.current) for each in seen.versions] == [
        (1, date(2026, 3, 2), False),
        (2, date(2026, 3, 5), True),
    ]
    assert (first.title, first.text, first.version.current) == (TITLE, TEXT, False)
    assert office.seen(number, 0) is office.seen(number, 3) is None
    assert not items.search(CITIZEN, "制定本办法").listed.rows
    assert items.search(CITIZEN, "更正后").listed.rows[0].corrected_on == date(2026, 3, 5)
    with pytest.raises(Refused, match="column-stays"):
        office.draft(number, 2, column="plans")


def test_what_was_seen_must_still_stand(office):
    number = office.draft()
    with pytest.raises(Stale):
        office.draft(number, 0)
    office.submit(number)
    with pytest.raises(Stale):
        office.do("clerk", "submit_item", SubmitItem(office.id, number, 0))
    with pytest.raises(Refused, match="submitted-already"):
        office.submit(number)
    with pytest.raises(Refused, match="other-content"):
        office.judge("head", "section", number, content="f" * 64)
    with pytest.raises(Refused, match="missing"):
        seen = office.case(number)
        office.do("head", "review_item_section", JudgeItem(office.id, number, 1, seen.review.content, False, " "))
    office.judge("head", "section", number, approved=False)
    assert [remark.text for remark in office.case(number).remarks] == ["请改"]


def test_of_several_who_publish_at_once_one_does(office):
    from django.db import connections

    number = office.draft()
    office.reviewed(number)
    done, stale = [], []

    def publish():
        try:
            done.append(office.do("publisher", "publish_item", PublishItem(office.id, number, 4)))
        except Stale as error:
            stale.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(done), len(stale), office.version(number)) == (1, 3, 5)


def test_the_same_key_does_it_once(office):
    command = DraftItem(office.id, "", 0, "plans", TITLE, TEXT, key="k1")
    first = office.do("clerk", "draft_item", command)
    assert office.do("clerk", "draft_item", command) == first == {"number": "D2026-00001"}
    number = first["number"]
    office.reviewed(number)
    publish = PublishItem(office.id, number, office.version(number), "k2")
    office.do("publisher", "publish_item", publish)
    office.do("publisher", "publish_item", publish)
    assert models.Item.objects.count() == models.Draft.objects.count() == 1
    assert office.version(number) == 5


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"column": "items"}, "no-column"),
        ({"column": "gossip"}, "no-column"),
        ({"title": "<b> </b>"}, "missing"),
        ({"text": "<script>alert(1)</script>"}, "missing"),
        ({"made_on": date(2026, 3, 3)}, "not-yet"),
        ({"number": "D2026-00009"}, "item.unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(office, changes, said):
    with pytest.raises(Refused, match=said):
        office.draft(**changes)
    assert not models.Draft.objects.exists() and not models.Serial.objects.exists()
    with pytest.raises(Refused, match=r"item.unknown|not-covered"):
        office.publish("D2026-00009")


def test_search_finds_every_part_of_a_word_and_takes_no_sign_for_another(office):
    office.published()
    office.day = 1
    other = office.published(title="补贴标准 100%_A", text="低保标准\\调整", document="云民发〔2026〕2号")
    for query, count in (
        ("补", 2),
        ("养老 补贴", 1),
        ("补贴 低保", 1),
        ("〔2026〕2", 1),
        (office.seen(other).index_number, 1),
        ("100%_a", 1),
        ("%", 1),
        ("_", 1),
        ("\\", 1),
        ("\0", 0),
        (" ", 0),
        ("'; DROP TABLE", 0),
        ("养老 低保", 0),
    ):
        hits = items.search(CITIZEN, query)
        assert (len(hits.listed.rows), hits.listed.total) == (count, count), query
    assert [row.number for row in items.search(CITIZEN, "补贴").listed.rows] == [other, "D2026-00001"]
    assert items.search(CITIZEN, "补贴").counts["agency"] == {office.id: 2}
    assert not items.search(CITIZEN, "补贴", Narrowed("nowhere")).listed.rows


def test_lists_go_on_where_they_ended(office):
    numbers = []
    for count in range(7):
        office.day = count // 3
        numbers.append(office.published(title=f"补贴{count}"))
    for ask in (
        lambda after: items.listed(CITIZEN, office.id, ("normative_documents",), 7, after, 3),
        lambda after: items.search(CITIZEN, "补贴", Narrowed(), after, 3).listed,
    ):
        found, after = [], None
        while True:
            page = ask(after)
            assert page.total == 7
            found += [row.number for row in page.rows]
            if (after := page.after) is None:
                break
        assert found == numbers[::-1]
    desk = items.writing(office.actor("clerk"), office.ledgers, RULES, limit=4)
    rest = items.writing(office.actor("clerk"), office.ledgers, RULES, desk.after, 4)
    assert [row.number for row in (*desk.rows, *rest.rows)] == numbers[::-1] and rest.after is None

"""Files of an item: kept sealed outside the database, part of exactly what is reviewed, gone when it is withdrawn."""

import hashlib
from datetime import date

import pytest
from tests.services.publishing import REVIEWERS

from gongkai.core.ledger.refusal import Refused
from gongkai.services.ports import Stale
from gongkai.services.publish.attach import AttachFiles
from gongkai.services.publish.attachments import LARGEST, MOST, Attachment, attached, attachment
from gongkai.store import items, models

PDF, TABLE = b"%PDF-1.7 plan", b"PK\x03\x04 table"


def attach(office, number, version, *files, remove=(), key=None):
    """Keep files and put them to a draft; their hashes."""
    added = tuple(attachment(name, data) for name, data in files)
    for _, data in files:
        office.ledgers.files.keep(data)
    office.do("clerk", "attach_files", AttachFiles(office.id, number, version, added, tuple(remove), key))
    return [each.hash for each in added]


def names(content):
    return [each.name for each in attached(content)]


def test_files_go_with_the_text_from_draft_to_public(office):
    number = office.draft()
    attach(office, number, 1, ("方案.pdf", PDF), ("附表.XLSX", TABLE))
    assert names(office.case(number).draft.content) == ["方案.pdf", "附表.XLSX"]
    office.draft(number, 2, text="改过的正文")
    office.reviewed(number)
    assert names(office.case(number).under_review) == ["方案.pdf", "附表.XLSX"]
    office.publish(number)
    seen = office.seen(number)
    assert seen.attachments == (
        Attachment("方案.pdf", len(PDF), hashlib.sha256(PDF).hexdigest()),
        Attachment("附表.XLSX", len(TABLE), hashlib.sha256(TABLE).hexdigest()),
    )
    assert [office.ledgers.files.read(each.hash) for each in seen.attachments] == [PDF, TABLE]


@pytest.mark.parametrize("change", ["replace", "remove", "add"])
def test_a_file_changed_after_approval_voids_the_review(office, change):
    number = office.draft()
    (before,) = attach(office, number, 1, ("方案.pdf", PDF))
    office.reviewed(number)
    if change == "replace":
        attach(office, number, 2, ("方案.pdf", PDF + b"."))
    elif change == "remove":
        attach(office, number, 2, remove=[before])
    else:
        attach(office, number, 2, ("更多.txt", b"more"))
    with pytest.raises(Refused, match="not-covered"):
        office.publish(number)
    assert office.seen(number) is None
    office.reviewed(number)
    office.publish(number)
    assert len(office.seen(number).attachments) == {"replace": 1, "remove": 0, "add": 2}[change]


def test_without_the_hash_in_the_content_a_replaced_file_would_be_published(office, monkeypatch):
    """The test above would see it."""
    monkeypatch.setattr("gongkai.services.publish.attach.named", lambda files: str([each.name for each in files]))
    monkeypatch.setattr("gongkai.store.items.attached", lambda content: ())
    monkeypatch.setattr("gongkai.services.publish.attach.attached", lambda content: ())
    number = office.draft()
    attach(office, number, 1, ("方案.pdf", PDF))
    office.reviewed(number)
    attach(office, number, 2, ("方案.pdf", PDF + b"."))
    office.publish(number)
    assert office.seen(number) is not None


def test_a_public_file_that_cannot_be_given_out_is_found(office):
    number = office.draft()
    attach(office, number, 1, ("方案.pdf", PDF))
    office.reviewed(number)
    office.publish(number)
    assert not list(items.lost_files(office.ledgers))
    for path in (office.ledgers.files.folder).rglob("*"):
        if path.is_file():
            path.unlink()
    assert [name for _, _, name in items.lost_files(office.ledgers)] == ["方案.pdf"]


def test_an_earlier_version_has_its_own_files_until_all_is_withdrawn(office):
    number = office.draft()
    (first,) = attach(office, number, 1, ("方案.pdf", PDF))
    office.reviewed(number)
    office.publish(number)
    attach(office, number, 2, ("方案（改）.pdf", PDF + b"."), remove=[first])
    assert names({"attachments": models.Item.objects.get().attachments}) == ["方案.pdf"]
    office.reviewed(number)
    office.correct(number)
    assert [each.name for each in office.seen(number).attachments] == ["方案（改）.pdf"]
    assert [each.name for each in office.seen(number, 1).attachments] == ["方案.pdf"]
    office.withdraw(number)
    for version in (None, 1, 2):
        assert isinstance(office.seen(number, version), items.Gone)
    assert models.Item.objects.get().attachments == ""
    with pytest.raises(Refused, match=r"item\.withdrawn"):
        attach(office, number, 3, ("又.txt", b"1"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("网页.html", b"<html>", "other-format"),
        ("图.svg", b"<svg>", "other-format"),
        ("程序", b"1", "other-format"),
        ("程序.pdf.exe", b"MZ", "other-format"),
        ("字" * 130 + ".pdf", PDF, "other-format"),
        ("方案.pdf", b"<html><script>", "not-what-it-says"),
        ("照片.jpg", PDF, "not-what-it-says"),
        ("名单.csv", b"a,\0b", "not-what-it-says"),
        ("空.pdf", b"", "attachment.empty"),
        ("大.txt", b"x" * (LARGEST + 1), "too-large"),
    ],
)
def test_what_is_no_attachment_is_refused(name, data, said):
    with pytest.raises(Refused, match=said):
        attachment(name, data)


def test_a_name_is_the_last_part_of_a_path_and_shows_every_sign():
    for path in ("C:\\共享\\方案.pdf", "../../方案.pdf", "方\u202e案.pdf"):
        assert attachment(path, PDF).name == "方案.pdf"


def test_what_cannot_be_attached_changes_nothing(office):
    number = office.draft()
    with pytest.raises(Stale):
        attach(office, number, 7, ("方案.pdf", PDF))
    with pytest.raises(Refused, match="unchanged"):
        attach(office, number, 1)
    with pytest.raises(Refused, match=r"attachment\.gone"):
        unknown = AttachFiles(office.id, number, 1, (Attachment("方案.pdf", 3, "0" * 64),))
        office.do("clerk", "attach_files", unknown)
    with pytest.raises(Refused, match="too-many"):
        attach(office, number, 1, *((f"{count}.txt", b"1") for count in range(MOST + 1)))
    with pytest.raises(Refused, match=r"item\.unknown"):
        attach(office, "D2026-00009", 1, ("方案.pdf", PDF))
    with pytest.raises(Refused, match="no-role"):
        office.do("publisher", "attach_files", AttachFiles(office.id, number, 1))
    assert office.case(number).draft.version == 1 and not names(office.case(number).draft.content)


def test_the_same_form_twice_attaches_once(office):
    number = office.draft()
    for _ in range(2):
        attach(office, number, 1, ("方案.pdf", PDF), key="k")
    assert office.case(number).draft.version == 2


def test_index_numbers_are_given_at_publication_and_have_no_gap(office):
    numbers = [office.draft(title=f"办法{count}") for count in range(3)]
    assert numbers == ["D2026-00001", "D2026-00002", "D2026-00003"]
    for number in numbers[::-2]:
        office.reviewed(number)
        office.publish(number)
    assert office.seen(numbers[2]).index_number == "2026-00001" and office.seen(numbers[0]).index_number == "2026-00002"
    assert items.search("", "2026-00002").listed.rows[0].number == numbers[0]
    office.day = 365
    office.reviewed(numbers[1])
    office.publish(numbers[1])
    assert office.seen(numbers[1]).index_number == "2027-00001"
    office.draft(numbers[0], 1, text="更正的内容")
    office.reviewed(numbers[0])
    office.correct(numbers[0])
    assert office.seen(numbers[0]).index_number == "2026-00002"


def test_what_is_no_longer_in_force_says_so_after_a_correction(office):
    number = office.published(made_on=date(2026, 2, 27))
    assert office.seen(number).validity == "valid"
    office.draft(number, 1, validity="abolished")
    assert office.seen(number).validity == "valid"
    for_review = office.case(number)
    assert for_review.draft.content["validity"] == "abolished"
    office.submit(number)
    for person, grade in REVIEWERS:
        office.judge(person, grade, number)
    office.correct(number)
    assert (office.seen(number).validity, office.seen(number, 1).validity) == ("abolished", "valid")
    assert items.search("", "养老服务").listed.rows[0].validity == "abolished"
    assert not items.search("", "养老服务", items.Narrowed(validity="valid")).listed.rows


def test_an_item_is_not_drafted_into_the_reports(office):
    with pytest.raises(Refused, match="reports-column"):
        office.draft(column="reports")
    assert not models.Draft.objects.exists()

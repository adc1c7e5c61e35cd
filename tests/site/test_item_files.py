"""Attachments and the text of a document on the pages: limits said before, opened by reviewers, gone with the item."""

import re
from io import BytesIO
from urllib.parse import quote, urlencode

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.site.publishing import FIELDS

from gongkai.core.ledger.entry import Thing
from gongkai.desk.item_deeds import LONGEST
from gongkai.desk.views import files
from gongkai.services.ports import CITIZEN
from gongkai.store import items

PDF = b"%PDF-1.7 plan"


def attach(pages, number, *files, remove=()):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return pages.post("clerk", reverse("item-attach", args=[number]), add=sent, remove=list(remove))


def hashes(pages, number):
    page = pages.county.client("clerk").get(reverse("item-attach", args=[number]))
    form = page.context["form"]
    return [hash for hash, _ in form.fields["remove"].choices] if "remove" in form.fields else []


def test_a_file_from_the_draft_to_the_citizen_and_away(pages):
    number = pages.draft()
    page = pages.county.client("clerk").get(reverse("item-attach", args=[number])).content.decode()
    assert "每个不超过 20 MB" in page and "最多 20 个文件" in page and 'multiple accept=".pdf,.ofd' in page
    assert attach(pages, number, ("方案.pdf", PDF)).status_code == 302
    (hash,) = hashes(pages, number)
    pages.act("clerk", number, "submit_item")
    head = pages.county.client("head")
    review = head.get(reverse("item-act", args=[number, "review_item_section"])).content.decode()
    assert "方案.pdf" in review and reverse("item-file", args=[number, hash]) in review
    opened = head.get(reverse("item-file", args=[number, hash]))
    assert opened.content == PDF and opened["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    for who in ("stranger", "overseer"):
        assert pages.county.client(who).get(reverse("item-file", args=[number, hash])).status_code == 404
    assert pages.get("public-file", number, 1).status_code == 404
    for person, grade in (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader")):
        pages.act(person, number, f"review_item_{grade}", verdict="approved")
    pages.act("publisher", number, "publish_item")
    page = pages.get("item", number).content.decode()
    assert "方案.pdf" in page and "PDF · 1 KB" in page and reverse("public-file", args=[pages.id, number, 1]) in page
    given = pages.get("public-file", number, 1)
    assert given.content == PDF and given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"].startswith("attachment;") and given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox" and given["Cache-Control"] == "no-cache"
    assert pages.get("public-file", number, 2).status_code == pages.get("public-file", number, 0).status_code == 404
    attach(pages, number, ("方案二.pdf", PDF + b"2"), remove=[hash])
    assert pages.get("public-file", number, 1).content == PDF  # what is drafted is not public
    pages.reviewed(number)
    pages.act("publisher", number, "correct_item")
    assert pages.get("public-file", number, 1).content == PDF + b"2"
    assert pages.get("public-file-version", number, 1, 1).content == PDF
    pages.act("publisher", number, "withdraw_item", reason="含有个人信息")
    for args in ((number, 1), (number, 1, 1), (number, 2, 1)):
        name = "public-file" if len(args) == 2 else "public-file-version"
        gone = pages.get(name, *args)
        assert gone.status_code == 410 and b"%PDF" not in gone.content


def test_an_earlier_version_out_of_sight_is_gone_with_its_files(pages):
    number = pages.draft(text="名单：周某某")
    attach(pages, number, ("名单.pdf", PDF))
    pages.reviewed(number)
    pages.act("publisher", number, "publish_item")
    page = pages.county.client("clerk").get(reverse("item-attach", args=[number]))
    (hash,) = [hash for hash, _ in page.context["form"].fields["remove"].choices]
    attach(pages, number, ("说明.pdf", PDF + b"2"), remove=[hash])
    pages.act("clerk", number, "draft_item", **{**FIELDS, "text": "名单略"})
    pages.reviewed(number)
    address = reverse("item-act", args=[number, "correct_item"])
    assert "请填写“旧版本不再公开的理由”" in pages.post("publisher", address, hide_earlier="on").content.decode()
    assert "周某某" in pages.get("item-version", number, 1).content.decode()  # nothing was done
    pages.act("publisher", number, "correct_item", hide_earlier="on", reason="公开了姓名")
    page = pages.get("item", number).content.decode()
    assert "第 1 版" in page and "2026年3月2日（周一）起不再公开" in page and "公开了姓名" not in page
    assert reverse("item-version", args=[pages.id, number, 1]) not in page
    for name, args in (("item-version", [1]), ("public-file-version", [1, 1])):
        gone = pages.get(name, number, *args)
        text = gone.content.decode()
        assert gone.status_code == 410 and "这个版本不再公开" in text and "周某某" not in text
        assert reverse("item", args=[pages.id, number]) in text
    assert pages.get("public-file", number, 1).content == PDF + b"2"
    assert not pages.get("search", q="周某某").context["listed"].rows
    desk = pages.county.client("clerk").get(reverse("desk-item", args=[number])).content.decode()
    assert "旧版本不再公开" in desk and "公开了姓名" in desk


def test_without_the_guard_a_withdrawn_file_would_be_given_out(pages, monkeypatch):
    """The test above would see it."""
    number = pages.draft()
    attach(pages, number, ("方案.pdf", PDF))
    pages.reviewed(number)
    pages.act("publisher", number, "publish_item")
    shown = items.public(CITIZEN, pages.county.ledgers, pages.id, number)
    pages.act("publisher", number, "withdraw_item", reason="含有个人信息")
    monkeypatch.setattr("gongkai.store.items.public", lambda *_: shown)
    assert pages.get("public-file", number, 1).status_code == 200


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("网页.html", b"<html>")], "不能作附件"),
        ([("方案.pdf", PDF), ("假.pdf", b"<script>")], "内容不是 pdf 格式"),
        ([("大.txt", b"x" * (20 * 2**20 + 1))], "超过 20 MB"),
        ([(f"{count}.txt", b"1") for count in range(21)], "最多 20 个文件"),
        ([], "没有选择文件"),
    ],
)
def test_what_is_not_taken_is_said_and_nothing_is_attached(pages, files, said):
    number = pages.draft()
    answer = attach(pages, number, *files)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not hashes(pages, number)
    assert not [each for each in (pages.county.folder / "files").rglob("*") if each.is_file()]


def test_an_upload_without_its_token_is_refused(pages):
    number = pages.draft()
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.cookies = pages.county.client("clerk").cookies
    sent = {"version": "1", "add": SimpleUploadedFile("方案.pdf", PDF)}
    assert client.post(reverse("item-attach", args=[number]), sent).status_code == 403
    assert client.post(reverse("item-new-text"), {"source": SimpleUploadedFile("a.txt", b"x")}).status_code == 403
    assert not hashes(pages, number)


def document():
    made = docx.Document()
    made.add_heading("云岭县图书馆开放办法", 1)
    made.add_paragraph("第一条　每日开放。")
    table = made.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "周一", "闭馆"
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def test_a_document_becomes_the_text_of_a_draft(pages):
    clerk = pages.county.client("clerk")
    assert reverse("item-new-text") in clerk.get(reverse("item-new")).content.decode()
    shown = clerk.post(reverse("item-new-text"), {"source": SimpleUploadedFile("办法.docx", document())})
    form = shown.context["form"]
    assert (form["title"].value(), form["text"].value()) == ("云岭县图书馆开放办法", "第一条　每日开放。\n\n周一　闭馆")
    assert "还没有保存" in shown.content.decode()
    assert f'action="{reverse("item-new")}"' in shown.content.decode()
    number = pages.draft()
    page = b"<html><body><h1>x</h1><p>\xe6\x94\xb9\xe8\xbf\x87</p><script>alert(1)</script></body></html>"
    shown = clerk.post(reverse("item-text", args=[number]), {"source": SimpleUploadedFile("a.html", page)})
    form = shown.context["form"]
    assert (form["title"].value(), form["text"].value()) == (FIELDS["title"], "改过")
    hidden = {field.name: field.value() for field in form if field.value() is not None}
    assert clerk.post(reverse("item-act", args=[number, "draft_item"]), hidden).status_code == 302
    draft = pages.county.ledgers.draft(pages.agency, Thing("item", number))
    assert (draft.content["text"], draft.version) == ("改过", 2)


@pytest.mark.parametrize(
    ("file", "said"),
    [(None, "请选择文件"), (("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "图.png"), (("空.txt", b""), "空")],
)
def test_a_document_that_gives_no_text_is_told(pages, file, said):
    sent = {"source": SimpleUploadedFile(*file)} if file else {}
    answer = pages.county.client("clerk").post(reverse("item-new-text"), sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not re.search("/tmp|source\\.", answer.content.decode())


def test_as_much_text_as_the_form_promises_comes_through(pages):
    clerk, address = pages.county.client("clerk"), reverse("item-new")
    form = {**FIELDS, "version": "0", "key": "k-1", "text": "公" * LONGEST}
    sent = clerk.post(address, urlencode(form), content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 302
    assert LONGEST * len(quote("𠮷")) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert pages.post("clerk", address, **{**FIELDS, "text": "公" * (LONGEST + 1)}).status_code == 422


def test_a_document_with_more_text_than_an_item_may_have_is_not_taken(pages, monkeypatch):
    monkeypatch.setattr(files, "clean", None)  # what is too long is not even cleaned
    sent = {"source": SimpleUploadedFile("长.txt", "公".encode() * (LONGEST + 1))}
    answer = pages.county.client("clerk").post(reverse("item-new-text"), sent)
    assert answer.status_code == 422 and "长.txt" in answer.content.decode() and "500001 字" in answer.content.decode()


def test_an_error_is_reported_and_closed_on_the_pages(pages):
    number = pages.published()
    page = pages.get("item", number)
    assert "此件有误？纠错" in page.content.decode()
    key = page.context["form"]["key"].value()
    address = reverse("item-error", args=[pages.id, number])
    empty = pages.visitor.post(address, {"text": "", "contact": "yi@example.org", "key": key})
    assert empty.status_code == 422 and "yi@example.org" in empty.content.decode()
    told = {"text": "电话有误", "contact": "yi@example.org", "key": key}
    for _ in range(2):
        sent = pages.visitor.post(address, told, follow=True)
        assert "已收到，谢谢" in sent.content.decode()
    publisher = pages.county.client("publisher")
    assert "纠错：1 条未办结" in publisher.get(reverse("items")).content.decode()
    listed = publisher.get(reverse("errors")).content.decode()
    assert "电话有误" in listed and FIELDS["title"] in listed
    one = re.search(r"/desk/errors/(\d+)/", listed)[0]
    assert pages.post("publisher", one, note="").status_code == 422
    assert pages.post("publisher", one, note="属实，已更正").status_code == 302
    assert "没有未办结的纠错" in publisher.get(reverse("errors")).content.decode()
    closed = publisher.get(reverse("errors"), {"closed": ""}).content.decode()
    assert "属实，已更正" in closed and "yi@example.org" not in closed
    assert "属实，已更正" in publisher.get(one).content.decode()
    pages.act("publisher", number, "withdraw_item", reason="有误")
    assert pages.visitor.post(address, told).status_code == 410
    assert pages.visitor.get(reverse("item-error", args=[pages.id, "D2026-00009"])).status_code == 404

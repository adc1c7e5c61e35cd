"""What must leave by mail leaves once: a real SMTP server, both databases."""

import threading
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.db import connections
from tests.site.conftest import FIRST, NOW

from gongkai.cli.terminal import Refused
from gongkai.services.outgoing.mail import address
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN
from gongkai.services.request.correction import AskCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.receive import FileRequest, RegisterRequest
from gongkai.site.mailing import Mailed, complaints, send_waiting, server
from gongkai.store import models, queries
from gongkai.store.outbox import PAUSE, Outbox

ADDRESS, SUBJECT, NAME = "yi@example.org", "低保名单", "申请人甲"
BASE = "https://gongkai.example.org"


class Anywhere(Controller):
    """A server at a port that the system chooses."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Postbox:
    """An SMTP server on loopback: what it took, and what it answers to a recipient (``None``: it takes the mail)."""

    def __init__(self):
        self.mails, self.answer = [], None
        self.controller = Anywhere(self, hostname="127.0.0.1", port=0, ready_timeout=30)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer:
            return self.answer.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    @property
    def at(self):
        return server(f"smtp://127.0.0.1:{self.controller.port}", BASE)


@pytest.fixture
def postbox():
    box = Postbox()
    box.controller.start()
    yield box
    box.controller.stop()


def file(county, contact=ADDRESS, now=NOW, **details):
    command = FileRequest(county.ids[FIRST], "natural_person", NAME, SUBJECT, {"contact": contact, **details})
    return perform(county.ledgers, CITIZEN, "file_request", command, rules=county.rules, now=now)


def send(county, postbox, after=timedelta(0)):
    return send_waiting(county.ledgers.outbox, postbox.at, NOW + after)


def listed(county, now=NOW):
    return county.ledgers.outbox.waiting(queries.person("clerk").actor, now).rows


def test_a_receipt_is_mailed_once_and_says_no_more_than_it_must(county, postbox):
    filed = file(county)
    assert send(county, postbox) == Mailed(1, 0, 0)
    assert send(county, postbox, timedelta(days=2)) == Mailed(0, 0, 0)
    (mail,) = postbox.mails
    text = mail.get_content()
    assert mail["To"] == ADDRESS and mail["Auto-Submitted"] == "auto-generated"
    assert filed["number"] in text and f"{BASE}/track/" in text
    assert "答复期限：2026年3月30日。" in text and "数满20个工作日" in text and "due by 30 March 2026" in text
    whole = mail.as_string() + text + mail["Subject"]
    for never in (filed["code"], NAME, SUBJECT):
        assert never not in whole
    assert filed["number"] not in mail["Subject"] and FIRST not in mail["Subject"]


def test_later_letters_say_that_there_is_news(county, postbox):
    filed = file(county)
    send(county, postbox)
    ask = AskCorrection(county.ids[FIRST], filed["number"], 1, "请写明年度。", date(2026, 3, 20))
    county.do("clerk", "ask_correction", ask)
    assert send(county, postbox) == Mailed(1, 0, 0)
    text = postbox.mails[-1].get_content()
    assert "有了新的进展" in text and f"{BASE}/track/" in text and "请写明年度" not in text
    assert filed["number"] not in text


def test_a_date_of_a_year_without_its_notice_is_provisional_in_every_mail(county, postbox):
    now = datetime(2026, 12, 15, 1, tzinfo=UTC)
    number = file(county, now=now)["number"]
    command = Extend(county.ids[FIRST], number, 1, 10, "需要查找档案")
    perform(county.ledgers, queries.person("head").actor, "extend", command, rules=county.rules, now=now)
    assert send_waiting(county.ledgers.outbox, postbox.at, now) == Mailed(2, 0, 0)
    for mail in postbox.mails:
        assert "暂定" in mail.get_content() and "provisional" in mail.get_content()
        assert "答复期限：2027年" in mail.get_content()


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("yi@example.org", "yi@example.org"),
        ("邮箱yi@example.org，电话 0571-0000000", "yi@example.org"),
        ("云岭县虚构路 12 号，yi@example.org。", "yi@example.org"),
        ("联系 <yi@example.org>.", "yi@example.org"),
        ("ｚｈａｎｇ＠example.org", "zhang@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("wang·li@example.org", None),
        ("yi@mail.my_host.com", None),
        ("müller@example.org", None),
        ("a@b@example.org", None),
    ],
)
def test_an_address_is_read_whole_or_not_at_all(contact, found):
    assert address({"contact": contact}) == found


@pytest.mark.parametrize(
    "given", [{"contact": "0571-0000000"}, {"contact": "云岭县甲镇一号"}, {"contact": "yi@localhost"}]
)
def test_without_an_address_a_letter_has_to_be_posted(county, postbox, given):
    number = file(county, **given)["number"]
    assert send(county, postbox) == Mailed(0, 0, 0)
    assert [(row.number, row.letter, row.way) for row in listed(county)] == [(number, "receipt", "paper")]


def test_the_code_of_a_request_that_came_by_letter_is_never_mailed(county, postbox):
    details = {"contact": ADDRESS}
    command = RegisterRequest(county.ids[FIRST], "fax", NOW.date(), "natural_person", NAME, SUBJECT, details)
    county.do("clerk", "register_request", command)
    assert send(county, postbox) == Mailed(0, 0, 0) and listed(county)[0].letter == "receipt"


def race(county, postbox, senders=2):
    """So many senders at once; how many mails each sent."""
    gate, sent = threading.Barrier(senders), [0] * senders

    def run(place):
        try:
            gate.wait()
            sent[place] = send(county, postbox).sent
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[place]) for place in range(senders)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sent


def test_of_two_senders_at_once_one_sends_each_letter(county, postbox):
    for _ in range(8):
        file(county)
    assert sum(race(county, postbox)) == len(postbox.mails) == 8
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 8


def test_without_the_claim_both_would_send_it(county, postbox, monkeypatch):
    file(county)
    claim, both = Outbox.claim, threading.Barrier(2)

    def unguarded(self, id, now):
        both.wait()
        while (claimed := claim(self, id, now)) is None:
            models.Outgoing.objects.filter(id=id).update(again=now)
        both.wait()
        return claimed

    monkeypatch.setattr(Outbox, "claim", unguarded)
    race(county, postbox)
    assert len(postbox.mails) == 2 and len({mail["Message-ID"] for mail in postbox.mails}) == 1


def test_whoever_falls_between_sending_and_marking_sends_again_under_the_same_id(county, postbox, monkeypatch):
    file(county)

    def fall(self, id, at):
        raise SystemExit

    with monkeypatch.context() as fallen:
        fallen.setattr(Outbox, "mailed", fall)
        with pytest.raises(SystemExit):
            send(county, postbox)
    assert send(county, postbox, PAUSE / 2) == Mailed(0, 0, 0)
    assert send(county, postbox, PAUSE) == Mailed(1, 0, 0)
    first, second = postbox.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_that_is_down_is_tried_again_after_growing_pauses(county, postbox):
    file(county), file(county)
    down = postbox.at._replace(port=1)
    outbox = county.ledgers.outbox
    assert send_waiting(outbox, down, NOW) == Mailed(0, 1, 0)  # the second letter is not even tried
    assert send_waiting(outbox, down, NOW) == Mailed(0, 1, 0)
    assert send_waiting(outbox, down, NOW) == Mailed(0, 0, 0)
    assert send_waiting(outbox, down, NOW + PAUSE) == Mailed(0, 1, 0)
    assert send(county, postbox, PAUSE) == Mailed(1, 0, 0)
    assert send(county, postbox, 2 * PAUSE) == Mailed(0, 0, 0)
    assert send(county, postbox, 3 * PAUSE) == Mailed(1, 0, 0)


def test_a_temporary_refusal_keeps_the_letter_and_its_reason(county, postbox):
    file(county)
    postbox.answer = "451 4.7.1 try later"
    assert send(county, postbox) == Mailed(0, 1, 0)
    assert listed(county) == ()
    late = NOW + timedelta(days=1, seconds=1)
    (row,) = listed(county, late)
    assert row.way == "mail" and "451 4.7.1" in row.fault
    postbox.answer = None
    assert send(county, postbox, timedelta(days=1, seconds=1)) == Mailed(1, 0, 0)
    assert listed(county, late) == ()


def test_a_permanent_refusal_is_shown_with_its_reason_and_left_for_paper(county, postbox):
    number = file(county)["number"]
    postbox.answer = "550 5.1.1 <{address}> no such user"
    assert send(county, postbox) == Mailed(0, 0, 1)
    (row,) = listed(county)
    assert (row.number, row.way) == (number, "paper") and row.fault.startswith("550 5.1.1")
    assert send(county, postbox, timedelta(days=9)) == Mailed(0, 0, 0)
    # The server's words name the address: they lie sealed.
    assert ADDRESS in row.fault and ADDRESS.encode() not in bytes(models.Outgoing.objects.get().fault)
    shown = county.client("clerk").get("/desk/outbox/").content.decode()
    assert "邮件被拒收" in shown and "5.1.1" in shown


def test_what_the_server_says_of_us_condemns_no_letter(county, postbox):
    file(county)
    at = postbox.at._replace(user="u", password="p")  # it knows no login
    assert send_waiting(county.ledgers.outbox, at, NOW) == Mailed(0, 1, 0)
    starttls = postbox.at._replace(scheme="starttls")
    assert send_waiting(county.ledgers.outbox, starttls, NOW + PAUSE) == Mailed(0, 1, 0)
    assert postbox.mails == []


def test_an_address_that_was_erased_gets_nothing(county, postbox):
    file(county)
    models.Outside.objects.all().delete()
    assert send(county, postbox) == Mailed(0, 0, 1) and postbox.mails == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("smtp", 25, "", "noreply@gongkai.example.org")),
        ("starttls://yun%40example.org:p%3A1@mail.example.org", ("starttls", 587, "p:1", "yun@example.org")),
        ("smtps://u:p@mail.example.org:4650?from=a@example.org", ("smtps", 4650, "p", "a@example.org")),
    ],
)
def test_a_server_from_its_address(url, expected):
    found = server(url, BASE)
    assert (found.scheme, found.port, found.password, found.sender) == expected


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://x:port", "mail.example.org"])
def test_an_address_that_is_none(url):
    with pytest.raises(Refused):
        server(url, BASE)


def test_the_doctor_tells_what_waits(county, postbox):
    outbox, day = county.ledgers.outbox, timedelta(days=1)
    file(county), file(county, contact="")
    told = lambda configured, now: [each.message.id for each in complaints(outbox, configured, now)]  # noqa: E731
    assert told(True, NOW) == [] and told(False, NOW) == ["doctor.mail-not-configured"]
    assert told(True, NOW + 2 * day) == ["doctor.letters-late"]
    send(county, postbox)
    outbox.posted(county.ledgers.agency(FIRST), models.Outgoing.objects.get(sent=None).id, "clerk", NOW)
    assert told(False, NOW + 2 * day) == []

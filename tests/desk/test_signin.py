"""Enrolment and sign-in of a real installation: a link once, a password and a code, each guess counted."""

import re
import time
from base64 import b32decode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.site.conftest import FIRST

from gongkai.desk.staff import SEEN
from gongkai.desk.views import entrance
from gongkai.pages import visitor
from gongkai.services.agency.people import EndPerson, InvitePerson, ResetPerson
from gongkai.services.ports import machine
from gongkai.store import models

PASSWORD = "云岭山高水长 2026"
ENTER, CODE, ENROL, DESK = "/desk/enter/", "/desk/enter/code/", "/desk/enrol/", "/desk/"


class Phone:
    """An authenticator: its secret as the page shows it in text, which the QR code holds too."""

    def __init__(self, page):
        self.key = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
        self._totp, self._step = TOTP(b32decode(self.key), 6, SHA1(), 30), 0

    def code(self):
        """The next code that was not used yet; the one after it is accepted too."""
        now = int(time.time()) // 30
        self._step = max(now, self._step + 1)
        assert self._step <= now + 1, "a test uses two codes at most"
        return self._totp.generate(self._step * 30).decode()


def browser():
    return Client(headers={"host": "127.0.0.1"})


def machine_does(county, act, command):
    from gongkai.services.perform import perform

    return perform(county.ledgers, machine(county.ids[FIRST]), act, command, rules=county.rules, now=visitor.clock())


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Hashes of the real kind that take a hundredth of the memory."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 1024)


@pytest.fixture
def invited(real_county):
    """The county, and the link of somebody new."""
    command = InvitePerson(real_county.ids[FIRST], "周某", "zhou", ("clerk", "head"))
    real_county.link = reverse("enrol-link", args=[machine_does(real_county, "invite_person", command)["token"]])
    return real_county


def opened(link):
    client = browser()
    assert client.get(link)["Location"] == ENROL
    return client, client.get(ENROL)


def enrolled(link):
    """Somebody at the desk, their telephone, and their recovery codes."""
    client, page = opened(link)
    phone = Phone(page.content.decode())
    done = client.post(ENROL, {"password": PASSWORD, "again": PASSWORD, "code": phone.code()})
    codes = re.findall(r"<li><code>(\w+)</code>", done.content.decode())
    assert done.status_code == 200 and len(set(codes)) == 10
    return client, phone, codes


def signed_in(code, login="zhou", password=PASSWORD, after=DESK):
    client = browser()
    assert client.post(ENTER, {"login": login, "password": password})["Location"] == CODE
    answer = client.post(CODE, {"code": code})
    return client if answer.status_code == 302 and answer["Location"] == after else None


def at_the_desk(client):
    return client.get(DESK).status_code == 200


def test_from_the_link_to_the_desk_and_in_again(invited):
    client, phone, codes = enrolled(invited.link)
    assert at_the_desk(client)
    client.post(reverse("leave"))
    assert not at_the_desk(client)
    assert at_the_desk(signed_in(phone.code()))
    assert at_the_desk(signed_in(codes[0]))
    assert signed_in(codes[0]) is None  # once only
    stored = str(list(models.Person.objects.values())) + str(list(models.RecoveryCode.objects.values()))
    assert not any(secret in stored for secret in (PASSWORD, *codes))
    assert "argon2" in stored


def test_a_link_is_valid_once_and_for_three_days(invited, monkeypatch):
    client, page = opened(invited.link)
    assert page.status_code == 200 and "<svg" in page.content.decode() and page["Cache-Control"].count("no-store")
    later = visitor.clock() + timedelta(days=3, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr("gongkai.desk.views.enrolment.clock", lambda: later)
        assert client.get(ENROL).status_code == 410
    enrolled(invited.link)
    assert opened(invited.link)[1].status_code == 410
    assert client.post(ENROL, {"password": PASSWORD, "again": PASSWORD, "code": "000000"}).status_code == 410
    assert opened(reverse("enrol-link", args=["x"]))[1].status_code == 410


REFUSED = (
    ({"password": "short-1", "again": "short-1"}, "至少 10 个字符"),
    ({"password": "8402745631", "again": "8402745631"}, "不能全是数字"),
    ({"password": "password123", "again": "password123"}, "常见的密码"),
    ({"password": "zhou-zhou-", "again": "zhou-zhou-"}, "登录名相近"),
    ({"again": "another"}, "不一样"),
    ({"code": "000000x"}, "验证码不对"),
)


def test_what_enrolment_refuses_leaves_the_link_valid(invited):
    client, page = opened(invited.link)
    phone = Phone(page.content.decode())
    good = {"password": PASSWORD, "again": PASSWORD, "code": phone.code()}
    for change, said in REFUSED:
        answer = client.post(ENROL, {**good, **change})
        shown = answer.content.decode()
        assert answer.status_code == 422 and said in shown and phone.key in shown
        assert not at_the_desk(client)
    assert client.post(ENROL, good).status_code == 200 and at_the_desk(client)


def test_a_code_is_accepted_once_only(invited):
    _, phone, _ = enrolled(invited.link)
    code = phone.code()
    assert signed_in(code) is not None
    assert signed_in(code) is None


def test_an_unknown_login_and_a_wrong_password_are_told_alike(invited):
    enrolled(invited.link)
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    said = []
    for login in ("zhou", "nobody", "clerk"):  # the last has no password yet
        answer = browser().post(ENTER, {"login": login, "password": "wrong"})
        said.append((answer.status_code, token.sub("", answer.content.decode()).replace(login, "")))
    assert said[0] == said[1] == said[2] and said[0][0] == 422


def test_guesses_of_a_login_are_counted_whoever_makes_them(invited):
    enrolled(invited.link)
    for number in range(10):
        assert browser().post(ENTER, {"login": "zhou", "password": str(number)}).status_code == 422
    answer = browser().post(ENTER, {"login": "ZHOU ", "password": PASSWORD})
    assert answer.status_code == 429 and re.search(r"请在 \d+ 分钟后再试", answer.content.decode())
    assert browser().post(ENTER, {"login": "other", "password": "x"}).status_code == 422


def test_codes_are_counted_too(invited):
    _, phone, _ = enrolled(invited.link)
    client = browser()
    client.post(ENTER, {"login": "zhou", "password": PASSWORD})
    for number in range(10):
        assert client.post(CODE, {"code": f"x{number}"}).status_code == 422
    assert client.post(CODE, {"code": phone.code()}).status_code == 429


def test_guesses_of_an_address_are_counted_whatever_login_they_are_for(invited, monkeypatch):
    monkeypatch.setattr(entrance.throttles, "SIGN_IN_ADDRESS", entrance.throttles.SIGN_IN_ADDRESS._replace(times=5))
    for number in range(5):
        assert browser().post(ENTER, {"login": f"n{number}", "password": "x"}).status_code == 422
    assert browser().post(ENTER, {"login": "n9", "password": "x"}).status_code == 429
    elsewhere = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.post(ENTER, {"login": "n9", "password": "x"}).status_code == 422


def test_an_address_is_believed_to_our_own_proxies_only(monkeypatch):
    asked = RequestFactory().get("/", headers={"x-forwarded-for": "198.51.100.1, 192.0.2.7"}, REMOTE_ADDR="127.0.0.1")
    assert visitor.address(asked) == "127.0.0.1"
    monkeypatch.setattr(settings, "PROXIES", 1)
    assert visitor.address(asked) == "192.0.2.7"
    monkeypatch.setattr(settings, "PROXIES", 3)
    assert visitor.address(asked) == "127.0.0.1"


def test_the_password_alone_opens_nothing_and_not_for_long(invited, monkeypatch):
    _, phone, _ = enrolled(invited.link)
    client = browser()
    client.post(ENTER, {"login": "zhou", "password": PASSWORD})
    assert not at_the_desk(client)
    monkeypatch.setattr(entrance, "PATIENCE", -1)
    assert client.post(CODE, {"code": phone.code()})["Location"] == ENTER
    assert browser().get(CODE)["Location"] == ENTER


def test_the_session_begins_anew_at_each_step(invited):
    _, phone, _ = enrolled(invited.link)
    client = browser()
    client.get(invited.link)
    keys = [client.session.session_key]
    client.post(ENTER, {"login": "zhou", "password": PASSWORD})
    keys.append(client.session.session_key)
    client.post(CODE, {"code": phone.code()})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert set(Session.objects.values_list("session_key", flat=True)).isdisjoint(keys[:2])


def test_a_session_that_was_idle_is_over(invited):
    client, _, _ = enrolled(invited.link)
    session = client.session
    session[SEEN] -= settings.SESSION_IDLE - 5
    session.save()
    assert at_the_desk(client)
    assert client.session[SEEN] > time.time() - 60  # it was used, and counts from now
    session = client.session
    session[SEEN] -= settings.SESSION_IDLE + 5
    session.save()
    assert not at_the_desk(client)


@pytest.mark.parametrize(("act", "command"), [("end_person", EndPerson), ("reset_person", ResetPerson)])
def test_who_leaves_or_is_let_in_anew_is_out_at_once(invited, act, command):
    client, _, codes = enrolled(invited.link)
    half = browser()
    half.post(ENTER, {"login": "zhou", "password": PASSWORD})
    who = models.Person.objects.get(login="zhou")
    machine_does(invited, act, command(who.agency_id, who.id))
    assert not at_the_desk(client)
    assert half.post(CODE, {"code": codes[0]}).status_code == 422
    assert browser().post(ENTER, {"login": "zhou", "password": PASSWORD}).status_code == 422


def test_a_new_link_after_a_lost_telephone(invited):
    _, lost, old = enrolled(invited.link)
    who = models.Person.objects.get(login="zhou")
    answer = machine_does(invited, "reset_person", ResetPerson(who.agency_id, who.id))
    _, phone, _ = enrolled(reverse("enrol-link", args=[answer["token"]]))
    assert signed_in(lost.code()) is None and signed_in(old[0]) is None
    assert signed_in(phone.code()) is not None


ONWARD = (
    ("/desk/reports/", "/desk/reports/"),
    ("https://example.org/desk/", DESK),
    ("//example.org/desk/", DESK),
    ("/checker/", DESK),
    ("javascript:alert(1)", DESK),
)


def test_onward_to_own_pages_only(invited):
    _, _, codes = enrolled(invited.link)
    for (wanted, after), code in zip(ONWARD, codes, strict=False):
        client = browser()
        client.post(ENTER, {"login": "zhou", "password": PASSWORD, "next": wanted})
        assert client.post(CODE, {"code": code})["Location"] == after


def test_a_page_that_was_asked_for_is_kept_in_mind(real_county):
    answer = browser().get(reverse("reports"))
    assert answer["Location"] == f"{ENTER}?next=%2Fdesk%2Freports%2F"
    assert 'name="next" value="/desk/reports/"' in browser().get(answer["Location"]).content.decode()


def test_one_click_is_the_demonstrations_alone(county):
    client = browser()
    shown = client.get(ENTER).content.decode()
    assert 'name="person" value="clerk"' in shown and 'type="password"' not in shown
    client.post(ENTER, {"person": "clerk"})
    assert at_the_desk(client)


def test_each_begins_where_their_work_is(county):
    entered = {person: browser().post(ENTER, {"person": person})["Location"] for person in ("clerk", "overseer")}
    assert entered == {"clerk": reverse("desk"), "overseer": reverse("below")}


def test_no_entrance_by_one_click_in_a_real_installation(real_county):
    client = browser()
    shown = client.get(ENTER).content.decode()
    assert 'name="person"' not in shown and 'type="password"' in shown
    assert client.post(ENTER, {"person": "clerk"}).status_code == 422
    assert not at_the_desk(client)


def test_an_unknown_login_takes_as_long(invited, monkeypatch):
    """As much work of the machine, and as many questions to the database."""
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 102400)
    enrolled(invited.link)
    browser().post(ENTER, {"login": "somebody", "password": "wrong"})  # the address is known from here on
    took, asked = {}, {}
    for login in ("zhou", "nobody"):
        with CaptureQueriesContext(connection) as queries:
            start = time.process_time()
            browser().post(ENTER, {"login": login, "password": "wrong"})
        took[login], asked[login] = time.process_time() - start, len(queries)
    assert took["nobody"] > took["zhou"] / 3 and asked["nobody"] == asked["zhou"]

"""People at work over HTTP: citizens file by the API, an office carries requests to their reply. What was acknowledged
to them is noted; what was not is sent again, with the same key.
"""

import http.client
import json
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import NamedTuple

from tests.site.conftest import FIRST, OTHER

from gongkai.api.schemas import EXAMPLE

TIMEOUT = 20
FAILED = (OSError, http.client.HTTPException, urllib.error.URLError)
"""How a server that was killed is seen from outside."""
DEEDS = (
    ("head", "extend", {"working_days": "5", "reason": "查找档案"}, "?"),
    ("clerk", "draft_reply", {"search": "已查档案室。"}, "?answer=R4.1"),
    ("clerk", "submit_reply", {}, "?"),
    ("head", "review_section", {"verdict": "approved", "remark": "同意。"}, "?"),
    ("secrecy", "review_secrecy", {"verdict": "approved"}, "?"),
    ("leader", "review_leader", {"verdict": "approved"}, "?"),
    ("clerk", "release_reply", {}, "?"),
)
"""From receipt to reply: who, the act, what is filled in, and the page's query."""
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


class Unanswered(Exception):
    """Neither done nor refused, as far as whoever asked can tell."""


class Filing(NamedTuple):
    """A request that is filed with this key."""

    key: str
    agency: str

    def send(self, office):
        """The answer: ``number``, ``code`` and dates."""
        body = json.dumps({**EXAMPLE, "agency": self.agency, "subject": f"事项 {self.key}"}).encode()
        address = f"192.0.2.{int(self.key[:4], 16) % 250}"  # no more are filed from one in an hour than may be
        headers = {"Content-Type": "application/json", "Idempotency-Key": self.key, "X-Forwarded-For": address}
        request = urllib.request.Request(f"{office.url}/api/v1/requests", body, headers)
        status, text = _ask(urllib.request.build_opener(), request)
        if status != 201:
            raise Unanswered(status)
        return json.loads(text)


class Deed(NamedTuple):
    """An act on a request as its form was filled in; the key in it makes it done once."""

    number: str
    person: str
    act: str
    filled: dict[str, str]

    def send(self, office):
        """The person's browser is led on to the case."""
        case = f"/desk/cases/{self.number}/"
        status, led_to = office.people[self.person].post(f"{case}{self.act}/", self.filled)
        if (status, led_to) != (302, case):
            raise Unanswered(status, led_to)
        return ""


class Person:
    """Somebody's browser, with the role entered."""

    def __init__(self, url, person):
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), _Stay())
        status, _ = self.post("/desk/enter/", {**self.form("/desk/enter/"), "person": person})
        assert status == 302, person

    def form(self, path):
        """The hidden fields of a page."""
        status, page = _ask(self._opener, f"{self.url}{path}")
        if status != 200:
            raise Unanswered(status)
        return dict(HIDDEN.findall(page))

    def post(self, path, filled):
        """Send a form."""
        headers = {"Referer": self.url}
        body = urllib.parse.urlencode(filled).encode()
        return _ask(self._opener, urllib.request.Request(f"{self.url}{path}", body, headers))


class Load:
    """Citizens and an office, from ``begin`` to ``end``. ``acknowledged``: each act with its answer."""

    def __init__(self, url):
        self.url = url
        self.people = {person: Person(url, person) for person in ("clerk", "head", "secrecy", "leader")}
        self.acknowledged, self.unanswered = {}, []
        self._free = []

    def begin(self, citizens=3, offices=2):
        """All begin at once."""
        self._over = threading.Event()
        work = [self._citizen] * citizens + [self._office] * offices
        self._threads = [threading.Thread(target=each) for each in work]
        for each in self._threads:
            each.start()

    def wait(self, count):
        """Until so many acts more were acknowledged, some of them at the desk."""
        wanted, begun = len(self.acknowledged) + count, self.deeds
        while len(self.acknowledged) < wanted or self.deeds == begun:
            assert any(each.is_alive() for each in self._threads), self.unanswered
            self._over.wait(0.005)

    @property
    def deeds(self):
        """So many acts at the desk were acknowledged."""
        return sum(isinstance(act, Deed) for act, _ in list(self.acknowledged.values()))

    def end(self):
        """Nobody begins anything more."""
        self._over.set()
        for each in self._threads:
            each.join()

    def again(self):
        """Send everything that was not answered once more; it is answered now."""
        for each in self.unanswered:
            self.acknowledged[_name(each)] = each, each.send(self)
        count, self.unanswered = len(self.unanswered), []
        return count

    def _citizen(self):
        for count in range(1_000_000):
            filing = Filing(uuid.uuid4().hex, (FIRST, OTHER)[count % 2])
            answer = self._done(filing)
            if answer and filing.agency == FIRST:
                self._free.append(answer["number"])
            if self._over.is_set():
                return

    def _office(self):
        while not self._over.is_set():
            try:
                number = self._free.pop()
            except IndexError:
                self._over.wait(0.02)
                continue
            for person, act, told, query in DEEDS:
                try:
                    hidden = self.people[person].form(f"/desk/cases/{number}/{act}/{query}")
                except (*FAILED, Unanswered):
                    break
                if self._done(Deed(number, person, act, {**hidden, **told})) is None or self._over.is_set():
                    break

    def _done(self, act):
        try:
            answer = act.send(self)
        except (*FAILED, Unanswered):
            self.unanswered.append(act)
            return None
        self.acknowledged[_name(act)] = act, answer
        return answer


def _name(act):
    return act.key if isinstance(act, Filing) else (act.number, act.act)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Being led on is the acknowledgement; the page is not fetched."""

    def redirect_request(self, *_):
        return None


def _ask(opener, request):
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location") or error.read().decode(errors="replace")

"""Items as pages: the acts by their forms, one after another."""

from django.urls import reverse
from tests.site.conftest import FIRST

from gongkai.services.ports import CITIZEN
from gongkai.store import queries

TITLE = "云岭县养老服务补贴发放办法"
FIELDS = {
    "column": "normative_documents",
    "title": TITLE,
    "document": "云民发〔2026〕1号",
    "made_on": "2026-02-27",
    "validity": "valid",
    "text": "<h1>总则</h1><p>第一条　为了规范&nbsp;补贴的发放，制定本办法。</p><script>alert(1)</script>",
}
REVIEWERS = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


class Pages:
    """The acts as their forms, one after another."""

    def __init__(self, county):
        self.county, self.id = county, county.ids[FIRST]
        self.agency = queries.agency(CITIZEN, self.id)
        self.visitor = county.client(None)

    def post(self, person, address, **filled):
        """Send the form of a page as it stands, with what is filled in."""
        client = self.county.client(person)
        form = client.get(address).context["form"]
        hidden = {field.name: field.value() for field in form if field.is_hidden and field.value() is not None}
        return client.post(address, {**hidden, **filled})

    def act(self, person, number, act, **filled):
        answer = self.post(person, reverse("item-act", args=[number, act]), **filled)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer

    def draft(self, **changes):
        answer = self.post("clerk", reverse("item-new"), **{**FIELDS, **changes})
        assert answer.status_code == 302
        return answer.url.rstrip("/").rpartition("/")[2]

    def reviewed(self, number):
        self.act("clerk", number, "submit_item")
        for person, grade in REVIEWERS:
            self.act(person, number, f"review_item_{grade}", verdict="approved")

    def published(self, **changes):
        number = self.draft(**changes)
        self.reviewed(number)
        self.act("publisher", number, "publish_item")
        return number

    def get(self, name, *args, **asked):
        return self.visitor.get(reverse(name, args=[self.id, *args] if name != "search" else []), asked)

"""The pages of the desk driven as people drive them: a form is opened, filled in, sent."""

import re

from django.urls import reverse

SIGNS = re.compile(r'<(del|ins)><span class="unseen"[^>]*>[^<]*</span>(.*?)<span class="unseen"', re.S)


class Opened:
    """The form of an act as somebody opened it; what is sent is what stood there and what is filled in."""

    def __init__(self, county, person, name, *args, **asked):
        self.client, self.address = county.client(person), reverse(name, args=args)
        answer = self.client.get(self.address, asked)
        assert answer.status_code == 200, answer.status_code
        self.text = answer.content.decode()
        self.fields = {field.name: field.value() for field in answer.context["form"] if field.value() is not None}

    def send(self, expected=302, **filled):
        answer = self.client.post(self.address, {**self.fields, **filled})
        assert answer.status_code == expected, answer.content.decode()
        return answer


def changes(text):
    """What a page marks as taken out and put in."""
    return SIGNS.findall(text)

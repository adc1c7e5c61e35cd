"""Sessions that are over are not kept: whoever begins one sweeps them out."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from gongkai.site.sessions import SessionStore


def test_who_begins_a_session_sweeps_out_those_that_are_over(ledgers):
    now = timezone.now()
    for key, until in (("over", now - timedelta(seconds=1)), ("alive", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=until)
    begun = SessionStore()
    begun["seen"] = 1
    begun.save()
    assert set(Session.objects.values_list("session_key", flat=True)) == {"alive", begun.session_key}

"""Sessions in the database, found by a query that is made once: every page of the desk begins with it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.utils import timezone

from gongkai.store.prepared import Given, Prepared

_SESSION = Prepared(Session.objects.filter(session_key=Given("key")).values_list("session_data", "expire_date"))


class SessionStore(Kept):
    """Django's sessions; how they are read is our own, and that none is kept which is over."""

    def __init__(self, session_key: str | None = None) -> None:
        """What a cookie says is no key where it holds other signs than keys do: a NUL fails on PostgreSQL."""
        super().__init__(session_key if session_key and session_key.isalnum() else None)

    def load(self) -> dict[str, Any]:
        """What the session of this key holds; nothing where there is none, or its time is over."""
        for data, until in _SESSION(key=self.session_key):
            if until > timezone.now():
                held: dict[str, Any] = self.decode(data)
                return held
        self._session_key = None
        return {}

    def create(self) -> None:
        """A new session; those that are over are swept out, few at a time and found by an index."""
        self.clear_expired()
        super().create()

"""Sends what the outbox holds for mail, by SMTP: once (``gongkai mail``), or again and again beside the pages.

A letter is claimed before it is sent and marked afterwards, so that of two senders one sends it. Whoever falls between
the two sends it again, under the same Message-ID: mail programs show it once.
"""

import logging
import os
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from django.urls import reverse

from gongkai.cli.installation import Complaint, Mailed
from gongkai.cli.terminal import Refused
from gongkai.core.message import message
from gongkai.rulebook.load.messages import render
from gongkai.services.outgoing.mail import compose
from gongkai.site.wiring import Web
from gongkai.store.outbox import Claimed, Outbox

PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
"""``starttls`` encrypts before anything is said, or does not send; ``smtp`` does not encrypt."""
TIMEOUT = 30
EVERY = 30
"""Seconds for one answer of the server, far below the outbox's first pause; seconds between two passes."""
LOG = logging.getLogger("gongkai.mail")


class Server(NamedTuple):
    """Where mail is handed in, and what it says of the installation; ``tracking``: where a request is followed."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str
    domain: str
    tracking: str


class Unreachable(Exception):
    """The server cannot be spoken to: no other letter need be tried now."""


def server(url: str, base: str) -> Server | None:
    """The server of ``GONGKAI_SMTP_URL``; ``None`` where it, or ``GONGKAI_BASE_URL``, is not set.

    ``?from=`` names the sender; else it is the user, or ``noreply`` at the host of the pages. Raises ``Refused``.
    """
    if not url or not base:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise Refused(message("mail.bad-url")) from error
    if not parts.hostname:
        raise Refused(message("mail.bad-url"))
    domain = urlsplit(base).hostname or "localhost"
    user = unquote(parts.username or "")
    sender = parse_qs(parts.query).get("from", [user if "@" in user else f"noreply@{domain}"])[0]
    tracking = base.rstrip("/") + reverse("track")
    return Server(parts.scheme, parts.hostname, port, user, unquote(parts.password or ""), sender, domain, tracking)


def send_waiting(outbox: Outbox, to: Server, now: datetime) -> Mailed:
    """Send what is due, each letter once. What fails is tried again after growing pauses, or is left for paper."""
    counts = {"sent": 0, "kept": 0, "refused": 0}
    for id in outbox.due(now):
        claimed = outbox.claim(id, now)
        if claimed is None:  # another sender has it
            continue
        try:
            counts[_send(outbox, to, claimed, now)] += 1
        except Unreachable as error:
            outbox.kept(id, str(error))
            counts["kept"] += 1
            break
    return Mailed(**counts)


def _send(outbox: Outbox, to: Server, claimed: Claimed, now: datetime) -> str:
    """``sent``, ``kept`` or ``refused``."""
    if claimed.address is None:
        outbox.refused(claimed.id, render(message("outbox.why.erased")))
        return "refused"
    try:
        _hand_in(to, _mail(to, claimed, claimed.address, now))
    except _Refusal as refusal:
        (outbox.refused if refusal.for_good else outbox.kept)(claimed.id, str(refusal))
        return "refused" if refusal.for_good else "kept"
    outbox.mailed(claimed.id, now)
    return "sent"


class _Refusal(Exception):
    """The server spoke and did not take this letter."""

    def __init__(self, code: int, said: bytes | str) -> None:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        super().__init__(f"{code} {' '.join(text.split())}"[:300])
        self.for_good = code >= 500


def _hand_in(to: Server, mail: EmailMessage) -> None:
    """Raises ``_Refusal`` for what is said of the address or the text; whatever else fails is the connection's, or the
    settings', and never the letter's: ``Unreachable``.
    """
    try:
        with closing(_connected(to)) as connection:
            if to.user:
                connection.login(to.user, to.password)
            connection.send_message(mail)
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()  # it has the mail, whatever it answers now
    except smtplib.SMTPRecipientsRefused as error:
        raise _Refusal(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPDataError as error:
        raise _Refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(str(error)[:300] or type(error).__name__) from error


def _connected(to: Server) -> smtplib.SMTP:
    if to.scheme == "smtps":
        secure = ssl.create_default_context()
        return smtplib.SMTP_SSL(to.host, to.port, to.domain, timeout=TIMEOUT, context=secure)
    connection = smtplib.SMTP(to.host, to.port, to.domain, timeout=TIMEOUT)
    if to.scheme == "starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection


def _mail(to: Server, claimed: Claimed, address: str, now: datetime) -> EmailMessage:
    written = compose(claimed.letter, claimed.content, claimed.agency.name, to.tracking)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = written.subject, to.sender, address
    mail["Message-ID"] = f"<{claimed.agency.id}.{claimed.id}@{to.domain}>"
    mail["Date"] = format_datetime(now)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notice answers it
    mail.set_content(written.text)
    return mail


def keep_sending(web: Web, to: Server, parent: int) -> None:
    """Pass after pass, as long as the process that serves the pages lives. A pass that fails is told and done again."""
    from django.db import connections

    while os.getppid() == parent:
        try:
            send_waiting(web.ledgers.outbox, to, web.now())
        except Exception as error:  # a database that is away for a while must not end the mail for ever
            LOG.error("mail: %s", type(error).__name__)
        finally:
            connections.close_all()
        time.sleep(EVERY)


def complaints(outbox: Outbox, configured: bool, now: datetime) -> Iterator[Complaint]:
    """What an administrator should know of the letters that wait."""
    if not configured and (count := outbox.to_mail()):
        yield Complaint("warning", message("doctor.mail-not-configured", count=count))
    if count := outbox.late(now):
        yield Complaint("warning", message("doctor.letters-late", count=count))

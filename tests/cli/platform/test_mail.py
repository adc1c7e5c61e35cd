"""The mail of a real installation, sent by real processes: once, by a timer, and beside the pages."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest
from tests.databases import fresh
from tests.site.conftest import FIRST, County
from tests.site.test_mailing import ADDRESS, BASE, Postbox, file

PROGRAM = "import sys; from gongkai.site.main import main; sys.exit(main())"
NOW = "2026-03-02T10:00:00+08:00"


@pytest.fixture
def postbox():
    box = Postbox()
    box.controller.start()
    yield box
    box.controller.stop()


@pytest.fixture
def county(tmp_path):
    from gongkai.store.ledgers import Ledgers
    from gongkai.store.sealing import Sealer

    with fresh("sqlite", tmp_path):
        yield County(Ledgers(Sealer(tmp_path)), tmp_path)


@pytest.fixture
def settings(tmp_path, postbox):
    return {
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_DATABASE_URL": "",
        "GONGKAI_NOW": NOW,
        "GONGKAI_BASE_URL": BASE,
        "GONGKAI_SMTP_URL": f"smtp://127.0.0.1:{postbox.controller.port}",
    }


def test_the_command_sends_what_waits_and_says_what_became_of_it(real, county, settings, postbox):
    file(county)
    unset = {**settings, "GONGKAI_SMTP_URL": ""}
    refused = real("mail", **unset)
    assert refused.code == 2 and "GONGKAI_SMTP_URL" in refused.err
    assert "1 封邮件等待发出" in real("doctor", **unset).out
    postbox.answer = "550 5.1.1 no such user"
    said = real("mail", "--format", "jsonl", **settings)
    assert (said.code, json.loads(said.out)) == (1, {"sent": 0, "kept": 0, "refused": 1})
    postbox.answer = None
    file(county)
    sent = real("mail", **settings)
    assert sent.code == 0 and sent.out.startswith("已发出 1 封") and len(postbox.mails) == 1
    assert ADDRESS not in sent.out + sent.err + said.out + said.err


def test_whoever_serves_the_pages_sends_the_mail_too(county, settings, postbox):
    file(county)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--port", str(port)],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        soon(lambda: postbox.mails)
        soon(lambda: answers(port))
        assert len(postbox.mails) == 1 and FIRST in postbox.mails[0].get_content()
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        with pytest.raises(ProcessLookupError):  # nobody of its group is left
            os.killpg(server.pid, 0)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def soon(happened):
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False

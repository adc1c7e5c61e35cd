"""A served installation as a process of its own, and a browser; each on SQLite and on PostgreSQL."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.databases import created

ONCE = "once"
"""Tests of this mark are about pages alone and run on one database."""
PROGRAM = "import sys; from gongkai.site.main import main; sys.exit(main())"
AXE = Path(__file__).parents[1] / "pages" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(config, items):
    """Leaves out of the second database what the first has shown."""
    twice = [each for each in items if each.get_closest_marker(ONCE) and "postgresql" in each.name]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [each for each in items if each not in twice]


class Served:
    """An installation of its own, first made by commands, then served. ``clock`` is a file that holds its instant."""

    def __init__(self, folder, database, now, begin=("demo", "--cases", "44")):
        self.clock = folder / "now"
        self.set(now)
        self.environment = {
            **os.environ,
            "GONGKAI_DATA": str(folder / "data"),
            "GONGKAI_DATABASE_URL": database,
            "GONGKAI_NOW": f"@{self.clock}",
        }

    def set(self, instant):
        self.clock.write_text(instant, "utf-8")

    def run(self, *words, program=("-c", PROGRAM), given=""):
        """What a command says that ends well; ``given`` is its standard input."""
        done = subprocess.run(
            [sys.executable, *program, *words],
            env=self.environment,
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serving(self):
        """Its pages at ``url``, by a process of its own."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "serve", "--port", str(port)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait()
            yield self
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)

    def _wait(self):
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=60) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def database(request):
    """On which database the installations stand."""
    return request.param


@pytest.fixture(scope="package")
def served(database, tmp_path_factory):
    """A county, served from 2 March 2026 on; tests only move its clock forward."""
    folder = tmp_path_factory.mktemp("county")
    with created(database, folder) as url:
        county = Served(folder, url, "2026-03-02T10:00:00+08:00")
        county.run("demo", "--cases", "44")
        with county.serving():
            yield county


@pytest.fixture(scope="package")
def chromium(database):
    """One browser for a database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def closed(request):
    """No page is left open when its test has ended."""
    yield
    if "chromium" in request.fixturenames:
        for context in request.getfixturevalue("chromium").contexts:
            context.close()


def heading(page):
    return page.locator("h1").inner_text()


def sound(page, width):
    """Nothing is scrolled sideways, and axe finds nothing."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]] == []


def enter(browser, served, agency, role):
    """A page of somebody with this role in an agency."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{served.url}/desk/enter/")
    page.locator(f"h2:text-is('{agency}') + ul button", has_text=re.compile(role)).first.click()
    page.wait_for_url(re.compile("/desk/(below/)?$"))
    return page

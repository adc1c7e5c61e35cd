"""The specimen page: served to a real browser, or drawn without one."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium-headless-shell"


@pytest.fixture(scope="module")
def address():
    """Where the specimen is served. A process of its own: its settings touch no other test."""
    command = [sys.executable, "-m", "tests.pages.specimen.serve"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}/"
        server.kill()


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def opened(browser, address):
    """``opened("?lang=en", 390)``: the specimen in a window so wide. What the page or its policy complains of fails."""
    pages, complaints = [], []

    def open_(query="", width=1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda said: complaints.append(said.text))
        assert page.goto(address + query).status == 200
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert complaints == []

"""The checker without a server: a folder for visitors, a browser, reports to send."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import tests.databases  # noqa: F401 makes Django ready
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.core.tables.report import Cell
from gongkai.documents.read.report import read_report
from gongkai.documents.write.json import to_json
from gongkai.rulebook.load.messages import catalogue

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
CIVIL = EXAMPLES / "yunling-civil-affairs-2025.docx"
WATER = EXAMPLES / "yunling-water-2025.html"
TOTAL = "requests/total/total"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Where visitors' files are, empty; no database stands behind these pages."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr("gongkai.site.wiring.web", lambda: SimpleNamespace(demo=False))
    return tmp_path / "checker"


@pytest.fixture
def client(root):
    return Client(SERVER_NAME="localhost")


def send(client, *files, **options):
    """Files are paths, or names with bytes; the answer of the start page."""
    named = [(file.name, file.read_bytes()) if isinstance(file, Path) else file for file in files]
    return client.post("/checker/", {"reports": [SimpleUploadedFile(name, data) for name, data in named]}, **options)


def sent(client, *files):
    """The address of the table of files."""
    answer = send(client, *files)
    assert answer.status_code == 302
    return answer["Location"]


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def refused(answer, id, status=422, **params):
    assert answer.status_code == status
    assert catalogue()[id]["zh"].format(**params) in answer.content.decode()


def with_figure(cell, figure):
    """The example without fault, one figure changed."""
    report = read_report(WATER)
    changed = replace(report, cells={**report.cells, cell: Cell(figure, str(figure))})
    return "changed.json", json.dumps(to_json(changed), ensure_ascii=False).encode()

"""The pictures of the READMEs are what the pages show. `make pictures` draws them anew.

Beside each picture stands what its page says, and the hash of the picture: a page that says something else fails, and
so does a picture that was not drawn with it. Bytes are not compared: another chromium draws other edges.
"""

import hashlib
import json
import os
import struct
from pathlib import Path

import pytest
from tests.browser.conftest import Served, enter

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
REPORT = ROOT / "examples" / "reports" / "yunling-civil-affairs-2025.docx"
DRAW = bool(os.environ.get("GONGKAI_PICTURES"))
SIZE, MOST = {"width": 1280, "height": 960}, 200_000
LANGS = {"zh": "zh-hans", "en": "en"}
AGENCY = "云岭县水务局"
REQUEST = {
    "number": "2026-0901",
    "agency": AGENCY,
    "applicant": {"kind": "business", "name": "青川建材有限公司"},
    "channel": "online",
    "subject": "清溪河河道整治工程监理合同",
    "received_on": "2026-09-10",
    "events": [
        {"type": "correction_notice_sent", "on": "2026-09-14"},
        {"type": "correction_received", "on": "2026-09-17"},
        {"type": "consultation_sent", "on": "2026-09-24", "with": "third_party", "ref": "监理单位"},
        {"type": "consultation_answered", "on": "2026-10-09", "ref": "监理单位", "opinion": "agrees"},
    ],
}


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    """A county after two holidays, with a request that was corrected and about which a third party was asked."""
    folder = tmp_path_factory.mktemp("pictures")
    served = Served(folder, "", "2026-10-14T10:00:00+08:00")
    served.run("demo", "--cases", "198")
    register = folder / "register.jsonl"
    register.write_text(json.dumps(REQUEST), "utf-8")
    served.run("ledger", "import", str(register))
    with served.serving():
        yield served


def broken(page, county):
    """The checker: the table whose sum fails, and the smallest correction."""
    page.goto(f"{county.url}/checker/")
    page.locator("#reports").set_input_files(REPORT)
    page.locator("main form .button").click()
    page.get_by_role("link", name=REPORT.name).click()
    page.locator("table.way").evaluate("each => { each.scrollIntoView({ block: 'end' }); scrollBy(0, 24) }")


def case(page, county):
    """A request at the desk, with the days by which its term is reckoned."""
    page.goto(f"{county.url}/desk/cases/{REQUEST['number']}/")
    page.locator("summary").click()


def board(page, county):
    """The county's board."""
    page.goto(f"{county.url}/desk/demo/")


PICTURES = {each.__name__: each for each in (broken, case, board)}


@pytest.mark.once
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_the_page_shows(pictured, chromium, name, lang):
    page = enter(chromium, pictured, AGENCY, "经办人") if name == "case" else chromium.new_page()
    page.set_viewport_size(SIZE)
    page.context.add_cookies([{"name": "lang", "value": LANGS[lang], "url": pictured.url}])
    PICTURES[name](page, pictured)
    page.wait_for_load_state()
    page.mouse.move(0, 0)
    picture, told = FOLDER / f"{name}.{lang}.png", FOLDER / f"{name}.{lang}.txt"
    text = "\n".join(line for line in map(str.strip, page.locator("main").inner_text().splitlines()) if line)
    if DRAW:
        FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=picture)
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == tuple(SIZE.values())
    assert len(data) <= MOST
    said = f"sha256 {hashlib.sha256(data).hexdigest()}\n\n{text}\n"
    if DRAW:
        told.write_text(said, "utf-8")
    assert said == told.read_text("utf-8"), f"docs/pictures/{picture.name} shows something else: make pictures"

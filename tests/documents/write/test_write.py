"""The door: the suffix chooses, a file is whole or not there, refusals name the file."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.documents.write import SUFFIXES, Unwritable, write


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("form_id", ["annual-2021", "annual-2019"])
def test_every_suffix_writes_one_file(invented, tmp_path: Path, suffix: str, form_id: str):
    path = tmp_path / f"年报{suffix.upper()}"
    write(invented(form_id, 2020), path)
    assert path.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["r.odt", "r", "r.doc"])
def test_an_unknown_suffix_lists_the_known_ones(invented, tmp_path: Path, name: str):
    with pytest.raises(Unwritable) as caught:
        write(invented("annual-2021", 2024), tmp_path / name)
    assert caught.value.message.id == "writing.unknown-suffix"
    assert caught.value.message.params == {"file": str(tmp_path / name), "known": ".docx .pdf .html .xlsx .json"}
    assert list(tmp_path.iterdir()) == []


WITHOUT = """
import sys
for module in sys.argv[3:]:
    sys.modules[module] = None
import json
from pathlib import Path
from gongkai.documents.write import Unwritable, write
from gongkai.documents.write.json import from_json
from gongkai.rulebook.load.messages import render

report = from_json(json.loads(Path(sys.argv[1]).read_text("utf-8")), "r.json")
try:
    print(*(render(warning, lang) for warning in write(report, Path(sys.argv[2])) for lang in ("zh", "en")), sep="\\n")
except Unwritable as error:
    print("refused", *(render(error.message, lang) for lang in ("zh", "en")), sep="\\n")
"""


def without(modules, report, folder: Path, name: str) -> list[str]:
    """What is said where these modules are not installed."""
    write(report, folder / "r.json")
    command = [sys.executable, "-c", WITHOUT, str(folder / "r.json"), str(folder / name), *modules]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")


@pytest.mark.parametrize(
    ("module", "name", "extra"),
    [
        ("docx", "r.docx", "office"),
        ("xlsxwriter", "r.xlsx", "office"),
        ("typst", "r.pdf", "pdf"),
        ("manimgx_fonts_cjk", "r.pdf", "pdf"),
    ],
)
def test_an_extra_that_is_not_installed_is_named(invented, tmp_path: Path, module: str, name: str, extra: str):
    refused, *said = without([module], invented("annual-2021", 2024), tmp_path, name)
    assert refused == "refused"
    assert [f"pip install 'gongkai[{extra}]'" in line and name in line for line in said[:2]] == [True, True]
    assert not (tmp_path / name).exists()


def test_a_docx_is_written_without_charts_where_nothing_draws_them(invented, tmp_path: Path):
    said = without(["typst", "manimgx_fonts_cjk"], invented("annual-2021", 2024), tmp_path, "r.docx")
    assert all("gongkai[pdf]" in line for line in said[:2])
    assert (tmp_path / "r.docx").stat().st_size > 1000
    assert without(["docx", "xlsxwriter", "typst"], invented("annual-2021", 2024), tmp_path, "r.html") == ["", ""]


def test_a_report_without_parts_has_no_charts(invented, tmp_path: Path):
    write(replace(invented("annual-2021", 2024), parts=()), tmp_path / "r.html")
    assert "附图" not in (tmp_path / "r.html").read_text("utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_is_not_there_is_named(invented, tmp_path: Path, suffix: str):
    path = tmp_path / "none" / f"r{suffix}"
    with pytest.raises(Unwritable) as caught:
        write(invented("annual-2021", 2024), path)
    assert caught.value.message.id == "writing.no-folder"
    assert caught.value.message.params == {"file": str(path), **dict.fromkeys(("folder", "quoted"), str(path.parent))}


def test_a_folder_that_is_a_file_is_refused(invented, tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(Unwritable) as caught:
        write(invented("annual-2021", 2024), tmp_path / "file" / "r.html")
    assert caught.value.message.id == "writing.refused"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_no_file_is_refused_and_a_link_is_followed(invented, tmp_path: Path, suffix: str):
    pipe, loop, folder, link, linked = (tmp_path / f"{name}{suffix}" for name in ("pipe", "loop", "in", "link", "to"))
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    folder.mkdir()
    for path in (pipe, loop, folder):
        with pytest.raises(Unwritable) as caught:
            write(invented("annual-2021", 2024), path)
        assert caught.value.message.id == "writing.no-file" and caught.value.message.params == {"file": str(path)}
    assert pipe.is_fifo() and loop.is_symlink() and folder.is_dir()
    linked.write_text("old")
    link.symlink_to(linked.name)
    write(invented("annual-2021", 2024), link)
    assert link.is_symlink() and linked.stat().st_size > 1000


def test_what_stood_there_stays_when_writing_fails(invented, tmp_path: Path):
    path = tmp_path / "r.xlsx"
    path.write_text("old")
    with pytest.raises(Unwritable):
        write(invented("annual-2021", 2024, prose={5: "长" * 40_000}), path)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_table_whose_part_is_missing_is_printed_all_the_same(invented, tmp_path: Path):
    report = invented("annual-2021", 2024)
    few = replace(report, parts=report.parts[4:])
    write(few, tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text("utf-8")
    assert text.count("<table") == 3 and text.index("<table") < text.index("五、存在的主要问题")


def test_json_is_readable_text(invented, tmp_path: Path):
    write(invented("annual-2021", 2024), tmp_path / "r.json")
    text = (tmp_path / "r.json").read_text("utf-8")
    assert "云岭县农业农村局" in text and json.loads(text)["year"] == 2024

"""Finding the files of a command line."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from gongkai.cli.report.files import walk
from gongkai.core.message import Message


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def found(*paths: Path) -> list[str]:
    return [item.id if isinstance(item, Message) else item.name for item in walk(map(str, paths))]


def test_folders_give_known_kinds_at_any_depth_in_the_order_of_names(tmp_path: Path) -> None:
    touch(tmp_path, "b.html", "a.DOCX", "c/d.pdf", "c/e/f.wps", "notes.json", "picture.png", ".hidden.html", "~$a.docx")
    touch(tmp_path, ".git/x.html")
    assert found(tmp_path) == ["a.DOCX", "b.html", "d.pdf", "f.wps"]
    passed: Counter[str] = Counter()
    list(walk([str(tmp_path)], passed))
    assert passed == {".json": 1, ".png": 1}


def test_a_named_file_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    touch(tmp_path, "report.dat")
    assert found(tmp_path / "report.dat", tmp_path / "missing") == ["report.dat", "missing"]


def test_a_file_reached_twice_comes_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.html", "a/y.html")
    (tmp_path / "a" / "z.html").symlink_to(tmp_path / "a" / "x.html")
    assert found(tmp_path / "a" / "y.html", tmp_path / "a", tmp_path, tmp_path / "a" / ".." / "a") == [
        "y.html",
        "x.html",
    ]


def test_links_in_circles_end(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.html")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "self.html").symlink_to(tmp_path / "self.html")
    assert found(tmp_path) == ["x.html", "self.html"]


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    touch(tmp_path, "notes.json")
    assert found(tmp_path) == ["terminal.empty-folder"]


def test_a_folder_that_cannot_be_listed_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    touch(tmp_path, "closed/a.html", "open/b.html")
    (tmp_path / "closed").chmod(0)
    tmp_path.chmod(0o755)
    # Root may list everything, so ask as nobody does.
    program = (
        "import os, sys\n"
        "from gongkai.cli.report.files import walk\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "print([getattr(item, 'name', getattr(item, 'id', '')) for item in walk(['.'])])"
    )
    # The folder is handed over open: those above it are private.
    folder = os.open(tmp_path, os.O_RDONLY)
    ended = subprocess.run(
        [sys.executable, "-c", f"import os; os.fchdir({folder})\n{program}"],
        pass_fds=[folder],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.stdout.strip() == "['terminal.unlistable-folder', 'b.html']", ended.stderr

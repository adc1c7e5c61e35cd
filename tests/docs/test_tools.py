"""The scripts behind `make`: what they do with everything there, and what they say where something is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare(tmp_path):
    """A PATH with the plainest commands and no package manager."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname", "basename", "readlink", "id", "ls", "mkdir", "tail"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def script(folder, name, text):
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def run(tool, *args, **env):
    return subprocess.run(
        [ROOT / "tools" / tool, *args],
        cwd=env.pop("cwd", ROOT),
        env={**os.environ, **{name: str(value) for name, value in env.items()}},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("language", "failing", "corrected"),
    [
        ("zh_CN:zh", "填写为 2，与本行各栏之和 3", "更正后的报告："),
        ("en", "reads 2, but the row adds up to 3", "The corrected report:"),
    ],
)
def test_the_main_job_says_first_which_sum_fails(bare, tmp_path, language, failing, corrected):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    program = "import sys; from gongkai.site.main import main; sys.exit(main())"
    script(bare, "gongkai", f'#!/bin/sh\nexec "{sys.executable}" -c "{program}" "$@"\n')
    ended = run("run.sh", cwd=tmp_path, PATH=bare, PYTHONPATH=ROOT / "src", ONCE="1", LANGUAGE=language)
    assert (ended.returncode, ended.stderr.count("Traceback")) == (0, 0)
    said = ended.stdout
    places = [said.find(each) for each in (failing, "2 → 3", corrected, "build/yunling-culture-2025.pdf")]
    assert -1 not in places and places == sorted(places)
    assert places[0] < 400 and len(said.splitlines()) < 30
    for suffix in ("docx", "pdf"):
        assert (tmp_path / "build" / f"yunling-culture-2025.{suffix}").stat().st_size > 5000
    assert ended.stderr.count("GONGKAI_FONTS") <= 1


def test_a_fault_of_the_main_job_is_no_finding(bare, tmp_path):
    script(bare, "gongkai", "#!/bin/sh\nexit 2\n")
    ended = run("run.sh", cwd=tmp_path, PATH=bare, ONCE="1")
    assert ended.returncode != 0 and "build/" not in ended.stdout


def test_programs_for_the_tests_are_named_where_they_cannot_be_installed(bare):
    ended = run("debian.sh", PATH=bare)
    assert ended.returncode == 1
    assert "sudo apt-get install" in ended.stderr and "chromium" in ended.stderr


def test_nothing_is_asked_for_where_everything_is_there():
    ended = run("debian.sh")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_the_missing_module_for_environments_is_named(bare, tmp_path):
    python = script(tmp_path, "python", '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n')
    ended = run("setup.sh", PATH=bare, PYTHON=python)
    assert ended.returncode == 1
    assert "sudo apt-get install python3-venv" in ended.stderr


def test_an_old_python_is_refused(bare, tmp_path):
    ended = run("setup.sh", PATH=bare, PYTHON=script(tmp_path, "python", "#!/bin/sh\nexit 1\n"))
    assert ended.returncode == 1
    assert "3.11" in ended.stderr


def test_make_without_a_word_lists_its_targets():
    ended = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"setup", "run", "test", "check", "bench"} <= {line.split()[1] for line in ended.stdout.splitlines()}

"""The pages made from the checks agree with them, and the check of this fails where they do not."""

import importlib.util
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "generate.py"


def run(script, *arguments):
    return subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, check=False)


def test_the_pages_agree():
    done = run(SCRIPT, "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stale_a_missing_and_a_left_over_page_are_named(tmp_path, capsys):
    spec = importlib.util.spec_from_file_location("generate", SCRIPT)
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    generate.FOLDER = tmp_path
    assert generate.main([]) == 0 and generate.main(["--check"]) == 0
    (tmp_path / "balance.md").write_text("old", encoding="utf-8")
    (tmp_path / "title.md").unlink()
    (tmp_path / "gone.md").write_text("left over", encoding="utf-8")
    assert generate.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert all(f"{name}.md is stale" in told for name in ("balance", "title", "gone"))
    assert generate.main([]) == 0 and generate.main(["--check"]) == 0
    assert not (tmp_path / "gone.md").exists()

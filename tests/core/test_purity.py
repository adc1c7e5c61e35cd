"""The core is a pure function of what it is given: standard library only, no clock, no files, no late names."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "src" / "gongkai" / "core"
MODULES = sorted(CORE.rglob("*.py"))

# Names that reach a clock, a file, chance, the surroundings, or code that the arrows cannot see.
CALLS = {
    *("today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"),
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "Path", "getenv", "input", "print"),
    *("import_string", "import_module", "__import__", "eval", "exec", "get_model"),
}
MODULES_REFUSED = {"os", "pathlib", "io", "time", "random", "secrets", "socket", "subprocess", "importlib", "sqlite3"}


def faults(source: str) -> Iterator[str]:
    """What in one module's source breaks purity, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "" if not node.level else "gongkai.core"]
        else:
            names = []
        for name in names:
            top = name.partition(".")[0]
            if top == "gongkai":
                if not name.startswith("gongkai.core"):
                    yield f"line {node.lineno}: imports {name}"
            elif top not in sys.stdlib_module_names or top in MODULES_REFUSED:
                yield f"line {node.lineno}: imports {name}"
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in CALLS:
                yield f"line {node.lineno}: calls {name}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(CORE).as_posix())
def test_core_is_pure(module: Path) -> None:
    assert list(faults(module.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import lxml.etree",
        "from pathlib import Path",
        "from gongkai.rulebook.load.forms import form",
        "from datetime import date\nstart = date.today()",
        "import datetime\nstart = datetime.datetime.now()",
        "def words(name):\n    return open(name).read()",
        "def text(path):\n    return path.read_text()",
        "from importlib import import_module",
    ],
)
def test_impurity_is_seen(source: str) -> None:
    assert list(faults(source))

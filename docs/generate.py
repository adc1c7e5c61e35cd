"""Writes the pages of docs/reference/rules from the checks themselves; with --check, says which pages are stale.

Exit code 1 with --check where a page is missing, stale or left over from a check that is gone.
"""

import inspect
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from gongkai.core.checks.run import RULES
from gongkai.rulebook.load.messages import catalogue

FOLDER = Path(__file__).resolve().parent / "reference" / "rules"
SEVERITIES = {"error": "错误", "warning": "警告", "notice": "提示"}
MADE = "<!-- Made by docs/generate.py from the check and its sentences; do not edit. -->"


def pages() -> dict[str, str]:
    """Every page by file name."""
    words = catalogue()
    made = {f"{module.RULE.id}.md": _page(module, words) for module in RULES}
    made["README.md"] = _index(words)
    return made


def _page(module: ModuleType, words: Mapping[str, Mapping[str, str]]) -> str:
    rule = module.RULE
    title, text = words[f"rule.{rule.id}.title"], words[f"rule.{rule.id}.text"]
    lines = [
        MADE,
        f"# {rule.id} · {title['zh']}",
        f"{title['en']}. Severity: {rule.severity} ({SEVERITIES[rule.severity]}).",
        text["zh"],
        text["en"],
        f"依据 · Source: {rule.source}",
        "## What it checks",
        inspect.getdoc(module.check) or "",
        "## What it says",
    ]
    said = [id for id in words if id.startswith(f"{rule.id}.")]
    lines.append("\n".join(f"- `{id}`\n  - {words[id]['zh']}\n  - {words[id]['en']}" for id in said))
    return "\n\n".join(lines) + "\n"


def _index(words: Mapping[str, Mapping[str, str]]) -> str:
    rows = ["| rule | severity | 名称 | what it checks |", "|---|---|---|---|"]
    for module in RULES:
        id, severity = module.RULE.id, module.RULE.severity
        title, text = words[f"rule.{id}.title"], words[f"rule.{id}.text"]
        rows.append(f"| [{id}]({id}.md) | {severity} {SEVERITIES[severity]} | {title['zh']} | {text['en']} |")
    head = "# The rules of `gongkai report check`\n\nIn the order in which findings are told."
    return "\n\n".join([MADE, head, "\n".join(rows)]) + "\n"


def main(arguments: list[str]) -> int:
    made = pages()
    standing = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    stale = sorted(name for name in made.keys() | standing.keys() if made.get(name) != standing.get(name))
    if "--check" in arguments:
        for name in stale:
            print(f"docs/reference/rules/{name} is stale: run make docs", file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in made:
            (FOLDER / name).write_text(made[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

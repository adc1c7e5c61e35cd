"""The link by which somebody enrols, as commands say it."""

from collections.abc import Mapping

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Terminal


def show(terminal: Terminal, installation: Installation, login: str, answer: Mapping[str, str] | None) -> int:
    """Say it, this once. Gives the exit code 0."""
    link = installation.link((answer or {})["token"])
    if terminal.format == "jsonl":
        terminal.record({"login": login, "link": link})
        return 0
    terminal.paragraph(terminal.words("person.link", login=login))
    terminal.line(link)
    return 0

"""A letter of the outbox was printed and posted (寄发)."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.services.ports import Actor, Agency, Rules, Unit


@dataclass(frozen=True)
class NotePosting:
    """The letter of this id left today, on paper. Posting a reply serves it: that is ``request.reply.NoteService``."""

    agency: str
    letter: int
    key: str | None = None


def note_posting(unit: Unit, agency: Agency, actor: Actor, command: NotePosting, rules: Rules, now: datetime) -> None:
    """Who posted it, and when. Raises ``Refused`` where it has left already, or nobody has to post it."""
    unit.posted(agency, command.letter, actor.person, now)

"""Files are put to the draft of an item or taken from it (附件)."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.publish.attachments import MOST, Attachment, attached, named
from gongkai.services.publish.item import drafted, of, refuse_withdrawn


@dataclass(frozen=True)
class AttachFiles:
    """``add``: files that are kept already, by their hash; ``remove``: the hashes of those that go from the draft.

    ``version`` is that of the draft.
    """

    agency: str
    number: str
    version: int
    add: tuple[Attachment, ...] = ()
    remove: tuple[str, ...] = ()
    key: str | None = None


def attach_files(unit: Unit, agency: Agency, actor: Actor, command: AttachFiles, rules: Rules, now: datetime) -> None:
    """Change which files a draft has; one of the same name takes the place of the one before.

    Raises:
        Refused: nothing changes, too many files, a file that was not kept, an item that is withdrawn or not there.
        Stale: somebody else wrote meanwhile.
    """
    content = drafted(unit, agency, command.number)
    refuse_withdrawn(unit.history(agency, of(command.number)))
    before = attached(content)
    files = {each.name: each for each in before if each.hash not in command.remove}
    for each in command.add:
        if not unit.kept(each.hash):
            raise Refused(message("attachment.gone", file=each.name))
        files[each.name] = each
    if len(files) > MOST:
        raise Refused(message("attachment.too-many", most=MOST))
    if tuple(files.values()) == before:
        raise Refused(message("attachment.unchanged"))
    told = {**content, "attachments": named(files.values())}
    unit.write(agency, of(command.number), told, command.version, actor.person)

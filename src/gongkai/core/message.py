"""What the core says, without the words: an id and its parameters.

Sentences in Chinese and English live in ``rulebook/messages``; a face renders a message in the language of its
reader. So the same finding reads well to a clerk and stays stable for a program.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Message(NamedTuple):
    """A sentence to be rendered: ``id`` names it, ``params`` fill its gaps (numbers, cell ids, quoted text)."""

    id: str
    params: Mapping[str, object]


def message(id: str, /, **params: object) -> Message:
    """Shorthand: ``message("row-total.broken", cell="requests/new/total", found=3, expected=4)``."""
    return Message(id, params)


class Told(Exception):
    """An error that people are told of: ``message`` says what is wrong, where, by which rule, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.id} ({', '.join(f'{name}={value}' for name, value in message.params.items())})")
        self.message = message

    def __reduce__(self) -> tuple[type["Told"], tuple[Message]]:
        return type(self), (self.message,)

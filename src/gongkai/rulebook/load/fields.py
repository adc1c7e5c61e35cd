"""Typed values out of a parsed TOML file, every fault named by file and key.

The people who correct a rulebook file are not programmers: an error must say which file, which key, what is wrong
and what would be right.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from gongkai.core.message import Message, message


class RulebookError(ValueError):
    """A rulebook file that cannot be used: ``file``, ``key`` (dotted, ``tables[1].rows[3].id``) and ``fault``.

    The fault is a message where an administrator can meet it, and plain English where only a programmer can.
    """

    def __init__(self, file: str, key: str, fault: str | Message) -> None:
        super().__init__(file, key, fault)
        self.file, self.key, self.fault = file, key, fault

    def __str__(self) -> str:
        from gongkai.rulebook.load.messages import render  # which reads its own files through this module

        said = self.fault if isinstance(self.fault, str) else render(self.fault, "en")
        return f"{self.file}: {self.key}: {said}" if self.key else f"{self.file}: {said}"


class Fields:
    """One TOML table being read. Every key must be asked for; ``done`` refuses those that nobody knows."""

    def __init__(self, file: str, data: object, key: str = "") -> None:
        self.file, self.key = file, key
        if not isinstance(data, Mapping):
            self.fail("", message("rulebook.no-table"))
        self._data: Mapping[str, Any] = data
        self._asked: set[str] = set()

    def fail(self, name: str, fault: str | Message) -> NoReturn:
        """Refuse this file because of one key."""
        raise RulebookError(self.file, self._path(name), fault)

    def has(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self._data

    def text(self, name: str, default: str | None = None) -> str:
        """A non-empty string."""
        value = self._get(name, default)
        if not isinstance(value, str) or not value.strip():
            self.fail(name, message("rulebook.no-text", found=repr(value)))
        return value

    def integer(self, name: str) -> int:
        """A whole number."""
        value = self._get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(name, message("rulebook.no-integer", found=repr(value)))
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in allowed:
            self.fail(name, message("rulebook.no-choice", allowed=allowed, found=repr(value)))
        return value

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of non-empty strings, none twice."""
        value = self._get(name, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(name, message("rulebook.no-texts", found=repr(value)))
        seen: set[str] = set()
        for item in value:
            if item in seen:
                self.fail(name, message("rulebook.twice", found=repr(item)))
            seen.add(item)
        return tuple(value)

    def table(self, name: str) -> "Fields":
        """A table below this one."""
        return Fields(self.file, self._get(name), self._path(name))

    def tables(self, name: str) -> list["Fields"]:
        """A list of tables below this one, at least one."""
        value = self._get(name)
        if not isinstance(value, list) or not value:
            self.fail(name, message("rulebook.no-tables"))
        return [Fields(self.file, item, f"{self._path(name)}[{number}]") for number, item in enumerate(value, 1)]

    def names(self) -> Iterator[str]:
        """The keys that stand here; asking for them is left to the caller."""
        return iter(self._data)

    def done(self) -> None:
        """Refuse keys that nobody asked for: a mistyped key must not be passed over in silence."""
        for name in self._data:
            if name not in self._asked:
                self.fail(name, message("rulebook.unknown-key", allowed=tuple(sorted(self._asked))))

    def _get(self, name: str, default: object = None) -> Any:
        self._asked.add(name)
        if name in self._data:
            return self._data[name]
        if default is None:
            from difflib import get_close_matches

            like = get_close_matches(name, [key for key in self._data if key not in self._asked], 1)
            said = message("rulebook.missing-like", like=like[0]) if like else message("rulebook.missing")
            self.fail(name, said)
        return default

    def _path(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key and name else self.key or name

"""Compound files (the container of DOC, XLS and encrypted DOCX), written by hand."""

import contextlib
import struct
import time

import pytest

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: dict[str, bytes], embedded: dict[str, bytes] | None = None) -> bytes:
    """A compound file with these streams under its root, and others inside a storage ``ObjectPool``.

    Streams are padded to 4096 bytes, so that none needs the table of small sectors.
    """
    names = ["Root Entry", *streams, *(["ObjectPool", *embedded] if embedded else [])]
    contents = {**streams, **(embedded or {})}
    directory_sectors = -(-len(names) * 128 // SECTOR)
    fat = [FAT, *range(2, directory_sectors + 1), END]
    starts, data = {}, b""
    for name, content in contents.items():
        content = content.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % SECTOR)
        starts[name] = len(fat)
        fat += [*range(len(fat) + 1, len(fat) + len(content) // SECTOR), END]
        data += content
    assert len(fat) <= SECTOR // 4, "one sector of the table is enough for tests"

    def entry(number: int, name: str) -> bytes:
        inside = embedded or {}
        kind = 5 if number == 0 else 1 if name == "ObjectPool" else 2
        child = {0: 1, 1 + len(streams): 2 + len(streams)}.get(number, FREE) if kind != 2 else FREE
        last = number in (len(streams) + bool(inside), len(names) - 1) or number == 0
        size = max(len(contents.get(name, b"")), 4096) if kind == 2 else 0
        return (
            name.encode("utf-16-le").ljust(64, b"\0")
            + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
            + struct.pack("<III", FREE, FREE if last else number + 1, child)
            + b"\0" * 36
            + struct.pack("<IQ", starts.get(name, END), size)
        )

    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += b"\0" * 6 + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += b"\xff" * (SECTOR - len(header))
    directory = b"".join(entry(*each) for each in enumerate(names)).ljust(directory_sectors * SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    return header + table + directory + data


@pytest.fixture(name="compound_file", scope="session")
def compound_file_fixture():
    """The function ``compound_file(streams, embedded)``."""
    return compound_file


@pytest.fixture
def seconds():
    """``with seconds(2):`` fails where what stands below takes longer."""

    @contextlib.contextmanager
    def limit(most: float):
        begin = time.process_time()
        yield
        assert time.process_time() - begin < most

    return limit

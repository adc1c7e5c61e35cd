"""A disk whose power can be cut: an ext4 image that holds another one, both mounted by loop devices.

The inner file system is the machine's, the outer image its disk. What the inner one wrote lies in the page cache of the
outer, the disk's volatile cache, until it asks the disk to flush: a flush of the inner loop device is an ``fsync`` of
its file, by which the outer file system writes into its image. So a copy of the outer image, made without any sync,
holds what was flushed, and of the rest what the kernel happened to write by itself: what a power cut leaves.
"""

import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

OUTER, INNER = 160 << 20, 96 << 20
UNHURRIED = "loop,commit=60"
"""By itself ext4 writes its journal but once a minute: no drill lives from that."""
NEEDED = ("mkfs.ext4", "mount", "umount", "cp")


def possible():
    """Whether this machine can mount an image."""
    return os.geteuid() == 0 and Path("/dev/loop-control").exists() and all(map(shutil.which, NEEDED))


class Disk:
    """A mounted disk; ``root`` is where its file system stands. ``options``: more of ``mount``'s, of the inner one."""

    def __init__(self, folder, options=""):
        self._folder, self._mounts = folder, ExitStack()
        self._image = folder / "disk.img"
        _format(self._image, OUTER)
        outer = self._mount(self._image, "outer")
        _format(outer / "inner.img", INNER)
        self.root = self._mount(outer / "inner.img", "root", options)

    def settle(self):
        """All that was written so far is on the disk."""
        for path in (self.root, self._folder / "outer"):
            subprocess.run(["sync", "-f", path], check=True)

    def cut(self):
        """The file system as it comes up after the power was cut now; the disk itself goes on."""
        copy = self._folder / "cut.img"
        subprocess.run(["cp", "--sparse=always", self._image, copy], check=True)
        return self._mount(self._mount(copy, "cut-outer") / "inner.img", "cut-root")

    def end(self):
        """Unmount everything."""
        self._mounts.close()

    def _mount(self, image, name, options=""):
        at = self._folder / name
        at.mkdir()
        subprocess.run(["mount", "-o", ",".join(filter(None, [UNHURRIED, options])), image, at], check=True)
        self._mounts.callback(subprocess.run, ["umount", at], check=True)
        return at


def _format(image, size):
    with image.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)

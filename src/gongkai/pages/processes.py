"""Work of a page in a process of its own, which is ended when it takes too long: whatever it met, the pages of others
open as ever.
"""

import os
import resource
import subprocess
import sys
from subprocess import PIPE, CompletedProcess
from threading import BoundedSemaphore

_GRACE = 2.0
"""Seconds in which a process that is ended may end the programs it has started."""
_POLITE = 10
"""How far such work stands back behind whoever serves pages (``nice``)."""


class Busy(Exception):
    """As many as may are at work, and none of them ended soon."""


class Late(Exception):
    """It took too long and was ended."""


class Processes:
    """Processes of one module (``python -m``), as many at once as there are processors: more would only take longer
    each, and more memory. ``deadline``: seconds for one; ``turn``: seconds for which one waits to begin.
    """

    def __init__(self, module: str, *, deadline: float, turn: float, most: int | None = None) -> None:
        self._module, self._deadline, self._turn = module, deadline, turn
        self._free = BoundedSemaphore(most or os.cpu_count() or 1)

    def run(self, argument: str, given: bytes, deadline: float | None = None) -> CompletedProcess[bytes]:
        """What a process with this argument and input answered. Raises ``Busy`` and ``Late``."""
        if not self._free.acquire(timeout=self._turn):
            raise Busy(self._module)
        try:
            return self._run(argument, given, self._deadline if deadline is None else deadline)
        finally:
            self._free.release()

    def _run(self, argument: str, given: bytes, deadline: float) -> CompletedProcess[bytes]:
        line = [sys.executable, "-m", self._module, argument]
        with subprocess.Popen(line, stdin=PIPE, stdout=PIPE, stderr=PIPE) as process:
            try:
                said, complaint = process.communicate(given, deadline)
            except subprocess.TimeoutExpired as error:
                process.terminate()
                try:
                    process.wait(_GRACE)
                except subprocess.TimeoutExpired:
                    process.kill()
                raise Late(self._module) from error
        return CompletedProcess(line, process.returncode, said, complaint)


def begin(memory: int | None = None) -> None:
    """The first thing that such a process does. ``memory``: bytes that it may take; its system ends it beyond them."""
    os.nice(_POLITE)
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

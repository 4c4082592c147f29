"""
Web processes even out what they have in hand.

The kernel gives a new connection to one of them by chance, and browsers and proxies keep theirs: of
eight, seven may come to one process, where requests wait while another process has places free. A
process to which that happens closes a connection with its answer, so that its owner opens another,
which may go to who has room. Nobody loses a request by it: the answer is whole.
"""

import mmap
import os
import threading
from contextlib import suppress
from multiprocessing import get_context

_PID, _IN_HAND, _SLOT = 0, 1, 2


class Loads:
    """How many requests each of a server's processes has in hand; made before they fork."""

    def __init__(self, processes: int) -> None:
        self.numbers = memoryview(mmap.mmap(-1, processes * _SLOT * 8)).cast("q")
        self._claims = get_context("fork").Lock()

    def mine(self) -> "Load":
        """Return the part of this process: one that nobody has, or whose process has died."""
        with self._claims:
            for slot in range(0, len(self.numbers), _SLOT):
                if not _lives(self.numbers[slot + _PID]):
                    self.numbers[slot + _PID] = os.getpid()
                    self.numbers[slot + _IN_HAND] = 0
                    return Load(self.numbers, slot)
        # One process is about to go while the one after it starts: nobody sees what that one has.
        return Loads(1).mine()


class Load:
    """What this process has in hand, beside what the others have."""

    def __init__(self, numbers: memoryview, slot: int) -> None:
        self._numbers, self._slot = numbers, slot
        self._lock = threading.Lock()

    def add(self, requests: int) -> None:
        """Count requests that come (1) or have been answered (-1)."""
        with self._lock:
            self._numbers[self._slot + _IN_HAND] += requests

    def is_uneven(self, places: int) -> bool:
        """
        Tell whether requests wait here for one of ``places`` while another process has far fewer.

        Far fewer are less than two for three of ours: to the next one more or less, all are even.
        """
        numbers, own = self._numbers, self._numbers[self._slot + _IN_HAND]
        if own <= places:
            return False
        return any(
            numbers[slot + _PID] and own * 2 >= numbers[slot + _IN_HAND] * 3
            for slot in range(0, len(numbers), _SLOT)
            if slot != self._slot
        )


def _lives(pid: int) -> bool:
    with suppress(ProcessLookupError, PermissionError):
        if pid:
            os.kill(pid, 0)
            return True
    return False

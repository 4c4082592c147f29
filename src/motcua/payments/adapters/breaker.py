"""Leave a bank alone that does not answer, so that waiting for it does not use up the portal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from motcua.payments.adapters.base import BankNotAnswering

FAILURES = 3
PAUSE = 15.0


class Breaker:
    """
    A circuit breaker for one provider in one process.

    After three failures in a row it refuses for 15 seconds without asking; then each call tries
    again, and the first that works closes it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._failures, self._until = 0, 0.0

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """
        Guard one call.

        :raises BankNotAnswering: without making the call, while the bank is left alone
        """
        if self._clock() < self._until:
            raise BankNotAnswering
        try:
            yield
        except BankNotAnswering:
            with self._lock:
                self._failures += 1
                if self._failures >= FAILURES:
                    self._until = self._clock() + PAUSE
            raise
        self._failures, self._until = 0, 0.0

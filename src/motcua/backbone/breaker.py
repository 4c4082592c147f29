"""Leave a system alone that does not answer, so that waiting for it does not use up the portal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from motcua.kernel.errors import Fact, Unavailable

FAILURES = 3
PAUSE = 15.0


class Breaker:
    """
    A circuit breaker for one outside system in one process.

    After three failures in a row it refuses for 15 seconds without asking; then each call tries
    again, and the first that works closes it.

    :param failure: what counts as not answering, and is raised while the system is left alone
    :param facts: what that is raised with
    """

    def __init__(
        self,
        failure: type[Unavailable],
        *,
        clock: Callable[[], float] = time.monotonic,
        **facts: Fact,
    ) -> None:
        self._failure, self._facts = failure, facts
        self._clock, self._lock = clock, Lock()
        self._failures, self._until = 0, 0.0

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """
        Guard one call.

        :raises Unavailable: the ``failure``, without making the call, while the system is left
            alone
        """
        if self._clock() < self._until:
            raise self._failure(**self._facts)
        try:
            yield
        except self._failure:
            with self._lock:
                self._failures += 1
                if self._failures >= FAILURES:
                    self._until = self._clock() + PAUSE
            raise
        self._failures, self._until = 0, 0.0

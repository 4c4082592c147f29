"""What a process may go by for a few seconds, so that it need not ask the database each time."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_all: list["Remembered[object, object]"] = []


class Remembered(Generic[K, V]):
    """
    Answers kept for ``seconds``, at most ``most`` of them; ``None`` is never kept.

    A change made by another process is heard that much later, one's own after ``forget``.
    """

    def __init__(self, seconds: float, *, most: int = 10_000) -> None:
        self.seconds = seconds
        self.most = most
        self._kept: dict[K, tuple[float, V]] = {}
        self._lock = Lock()
        _all.append(self)  # type: ignore[arg-type]

    def get(self, key: K, read: Callable[[], V | None]) -> V | None:
        """Return what is kept for ``key``, or what ``read`` returns, which is then kept."""
        kept = self._kept.get(key)
        if kept is not None and monotonic() - kept[0] < self.seconds:
            return kept[1]
        value = read()
        if value is not None:
            with self._lock:
                if len(self._kept) >= self.most:
                    self._kept.clear()
                self._kept[key] = (monotonic(), value)
        return value

    def forget(self) -> None:
        """Read everything anew."""
        with self._lock:
            self._kept.clear()


def forget_all() -> None:
    """Forget whatever this process remembers: a test has begun."""
    for each in _all:
        each.forget()

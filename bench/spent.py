"""
Processor time by part of a running portal: what a request costs, whoever else uses the machine.

Rates and times of answers depend on the machine's other work; processor time hardly does. It is
the sum of all processes of a part, those that ended included.
"""

from collections.abc import Iterable

import psutil

PARTS = ("web", "worker", "database")


class Spent:
    """What the parts of a portal have spent since the last look."""

    def __init__(self, running) -> None:
        self.running = running
        self.before = self._now()

    def since(self) -> dict[str, float]:
        """Return the seconds of each part since it was asked last."""
        now = self._now()
        spent = {part: now[part] - self.before[part] for part in PARTS}
        self.before = now
        return spent

    def _now(self) -> dict[str, float]:
        return {part: _seconds(self.running.pid(part)) for part in PARTS}


def said(spent: dict[str, float], number: int) -> str:
    """Return what each of so many requests cost, in milliseconds."""
    each = {part: seconds / number * 1000 for part, seconds in spent.items()}
    shown = [f"{name} {ms:.1f}" for name, ms in each.items() if ms >= 0.05]
    return f"{sum(each.values()):.1f} ms = {' + '.join(shown)}"


def _seconds(pid: int) -> float:
    return sum(map(_of, _family(psutil.Process(pid))))


def _family(parent: psutil.Process) -> Iterable[psutil.Process]:
    return (parent, *parent.children(recursive=True))


def _of(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:4])
    except psutil.NoSuchProcess:
        return 0.0

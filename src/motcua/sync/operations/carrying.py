"""Bringing a batch to a parent over the exchange, in its stream."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from motcua.exchange.operations.calling import CallRefused
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_
from motcua.sync.models import Parent
from motcua.sync.operations.pushing import post
from motcua.sync.rules.outward import Batch, Carried, NotTaken, codes_of, cut, lines_of

__all__ = ["Lost", "carry_native"]

EXAMPLE = 400


class Lost(Unavailable):
    code = "sync.lost-there"
    message = N_(
        "{parent} no longer knows of rows that it had acknowledged. Everything is told to it anew."
    )


class NotRead(Unavailable):
    code = "sync.not-read"
    message = N_("{parent} answered, but read none of the rows. They are sent again later.")


def carry_native(parent: Parent, batch: Batch, *, clock: Callable[[], datetime]) -> Carried:
    """
    Send a batch; return when all of it was read there.

    What was read before and not acknowledged is sent again: that changes nothing there.

    :raises Lost: if rows are missing there that it had acknowledged
    :raises NotRead: if it reads none
    :raises Unavailable: if it is away or busy
    :raises Conflict: if it refuses the call
    """
    lines, codes, read = lines_of(batch), codes_of(batch), 0
    done = Carried(parent.sent)
    while read < len(lines):
        first = parent.sent + read
        try:
            answer = post(
                *(lines[read:], first),
                to=parent.to,
                stream=parent.stream,
                clock=clock,
                consumer=parent.member,
            )
        except CallRefused as refused:
            if refused.problem.get("code") == "sync.gap" and first == parent.sent:
                raise Lost(parent=parent.to) from None
            raise
        if not answer["rows"]:
            raise NotRead(parent=parent.to)
        read += answer["rows"]
        done.refused += [_untaken(run, codes, parent.sent) for run in answer["refused"]]
    done.sent = parent.sent + len(lines)
    return done


def _untaken(run: dict[str, Any], codes: list[str], offset: int) -> NotTaken:
    """Return a run of rows not taken; whose the first one was is known here, and how many were."""
    first, last = run["from"] - offset, min(run["to"] - offset, len(codes) - 1)
    code = codes[first] if 0 <= first < len(codes) else ""
    times = max(last - max(first, 0) + 1, 1)
    return NotTaken(code, cut(run["reason"], 200), cut(run["example"], EXAMPLE), times)

"""Reading hours as people write them."""

import re

from motcua.kernel.worktime import DAY_OFF, DayHours

_TIME = r"(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|—|đến|to)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;]*(?:và|and)?[\s,;]*", re.IGNORECASE)


def hours_written(text: str) -> DayHours:
    """
    Read ``7h-11h30, 13h30-17h`` or ``07:00–11:30 13:30–17:00``; an empty text is a day off.

    :raises ValueError: if it cannot be read, or the spans are not in order
    """
    spans, rest = [], text.strip()
    while rest:
        found = _SPAN.match(rest)
        if found is None:
            raise ValueError(text)
        opens, opens_at, closes, closes_at = found.groups(default="00")
        spans.append(f"{opens:0>2}:{opens_at}-{closes:0>2}:{closes_at}")
        left = rest[found.end() :]
        gap = _BETWEEN.match(left)
        rest = left[gap.end() :] if gap else left
    return DayHours.of(" ".join(spans)) if spans else DAY_OFF

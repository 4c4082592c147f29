"""The hours an office works on one day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class DayHours:
    """
    Spans of local time in which an office works, ``(opens, closes)``, in order; none = day off.

    ``length`` is how much working time they hold.

    :raises ValueError: if a span ends before it begins, or begins before the one before has ended
    """

    spans: tuple[tuple[time, time], ...] = ()
    length: timedelta = field(init=False, compare=False)

    def __post_init__(self) -> None:
        before: time | None = None
        for opens, closes in self.spans:
            if opens >= closes or (before is not None and opens <= before):
                raise ValueError(f"working hours are spans in order, not {self}")
            before = closes
        total = sum((_since_midnight(b) - _since_midnight(a) for a, b in self.spans), NO_TIME)
        object.__setattr__(self, "length", total)

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Read ``"07:00-11:30 13:30-17:00"``; an empty text is a day off.

        :raises ValueError: if it cannot be read so
        """
        spans = (part.split("-", 1) for part in text.split())
        return cls(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans))

    def __str__(self) -> str:
        return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def closing(self, day: date, zone: ZoneInfo) -> datetime:
        """Return when work ends on ``day``, which must have hours."""
        return datetime.combine(day, self.spans[-1][1], zone)

    def on(self, day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """Return the spans as moments of ``day``."""
        return [
            (datetime.combine(day, opens, zone), datetime.combine(day, closes, zone))
            for opens, closes in self.spans
        ]


DAY_OFF = DayHours()


def _since_midnight(at: time) -> timedelta:
    return timedelta(
        hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond
    )

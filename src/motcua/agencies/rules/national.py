"""Days off and make-up days of the whole country."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import holidays

FIRST_YEAR, LAST_YEAR = 2010, 2060
_SWAP = re.compile(r"thay cho ngày (\d\d/\d\d/\d{4})")


@dataclass(frozen=True, slots=True)
class Decision:
    """A yearly decision of the Government: ``off`` is not worked, ``worked`` is worked instead."""

    off: date
    worked: date
    source: str


@dataclass(frozen=True, slots=True)
class NationalDays:
    """
    ``off``: each day off and its name. ``make_up``: each day worked instead of which one.

    A day off that is made up for has no name of its own.
    """

    off: Mapping[date, str]
    make_up: Mapping[date, date]


def national_days(decisions: Iterable[Decision], *, language: str = "vi") -> NationalDays:
    """
    Return the days off by the Labour Code (art. 112), and the swaps the Government decided.

    The library knows the lunar days and most swaps; ``decisions`` are the ones it lacks. Years of
    which nothing is decided yet hold the days of the law. Names are in ``language``, vi or en.
    """
    off, make_up = _listed("vi"), {}
    for day, name in off.items():
        if swap := _SWAP.search(name):
            make_up[datetime.strptime(swap[1], "%d/%m/%Y").date()] = day  # noqa: DTZ007
    make_up |= {decision.worked: decision.off for decision in decisions}
    names = off if language == "vi" else _listed("en_US")
    return NationalDays(names | dict.fromkeys(make_up.values(), ""), make_up)


def _listed(language: str) -> dict[date, str]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return dict(holidays.country_holidays("VN", years=years, language=language))

"""What the functions of the language do, as makers of closures."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.forms.rules.expressions import dates, numbers
from motcua.forms.rules.expressions.moments import Closure, Moment


def _one(work: Callable[[Any], Any]) -> Callable[[Closure], Closure]:
    """Make a function of one value; of an empty one it is empty."""

    def maker(inner: Closure) -> Closure:
        def evaluated(moment: Moment) -> Any:
            value = inner(moment)
            return None if value is None else work(value)

        return evaluated

    return maker


def _two(work: Callable[[Any, Any], Any]) -> Callable[[Closure, Closure], Closure]:
    """Make a function of two values; where one is empty it is empty."""

    def maker(left: Closure, right: Closure) -> Closure:
        def evaluated(moment: Moment) -> Any:
            a, b = left(moment), right(moment)
            return None if a is None or b is None else work(a, b)

        return evaluated

    return maker


def _many(work: Callable[[list[Any]], Any]) -> Callable[..., Closure]:
    """Make a function of the values that are not empty; without any it is empty."""

    def maker(*parts: Closure) -> Closure:
        def evaluated(moment: Moment) -> Any:
            values = [value for part in parts if (value := part(moment)) is not None]
            return work(values) if values else None

        return evaluated

    return maker


def _present(inner: Closure) -> Closure:
    return lambda moment: inner(moment) is not None


def _count(inner: Closure) -> Closure:
    return lambda moment: len(inner(moment) or ()) * numbers.ONE


def _plus_days(start: Any, days: int) -> Any:
    whole, rest = divmod(days, numbers.ONE)
    return None if rest else dates.plus_days(start, whole)


def _scaled(work: Callable[..., int]) -> Callable[..., int]:
    return lambda *values: work(*values) * numbers.ONE


FUNCTIONS: Mapping[str, Callable[..., Closure]] = {
    "present": _present,
    "count": _count,
    "min": _many(min),
    "max": _many(max),
    "round": _one(numbers.rounded),
    "floor": _one(numbers.floor),
    "ceil": _one(numbers.ceil),
    "years": _two(_scaled(dates.years_between)),
    "months": _two(_scaled(dates.months_between)),
    "days": _two(_scaled(dates.days_between)),
    "year": _one(_scaled(dates.year_of)),
    "plus_days": _two(_plus_days),
    "join": _many("".join),
    "starts_with": _two(str.startswith),
}


def _in_rows(rows: Closure, asked: Closure) -> Closure:
    """Make a closure of what is asked of each row, one after the other."""

    def evaluated(moment: Moment) -> Any:
        for row in rows(moment) or ():
            moment.item = row
            yield asked(moment)

    return evaluated


def _sum(rows: Closure, asked: Closure) -> Closure:
    values = _in_rows(rows, asked)
    return lambda moment: numbers.within(sum(each for each in values(moment) if each is not None))


def _count_if(rows: Closure, asked: Closure) -> Closure:
    values = _in_rows(rows, asked)
    return lambda moment: sum(map(bool, values(moment))) * numbers.ONE


def _any(rows: Closure, asked: Closure) -> Closure:
    values = _in_rows(rows, asked)
    return lambda moment: any(values(moment))


def _every(rows: Closure, asked: Closure) -> Closure:
    values = _in_rows(rows, asked)
    return lambda moment: all(values(moment))


AGGREGATES: Mapping[str, Callable[[Closure, Closure], Closure]] = {
    "count_if": _count_if,
    "sum": _sum,
    "any": _any,
    "every": _every,
}

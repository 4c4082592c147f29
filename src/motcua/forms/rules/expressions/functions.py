"""The table of functions: how each is written, what it takes and gives, what it means."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.forms.rules.expressions.types import LISTS, Type
from motcua.kernel.text import N_

Types = frozenset[Type]

NUMBER: Types = frozenset({Type.NUMBER})
TEXT: Types = frozenset({Type.TEXT})
BOOLEAN: Types = frozenset({Type.BOOLEAN})
DATE: Types = frozenset({Type.DATE})
ROWS: Types = frozenset({Type.ROWS})
ORDERED: Types = NUMBER | DATE
ANY: Types = frozenset(Type)


@dataclass(frozen=True, slots=True)
class Function:
    """
    One way to call a function.

    :param usage: how it is written
    :param takes: the types each argument may have
    :param gives: the type of its value; None: that of its first argument
    :param meaning: an English translation key
    :param more: the last argument may be repeated
    :param over_rows: the second argument is asked of every row of the first
    :param partial: reads a date of which only the month or year is known
    :param literal: its argument is written out, not asked
    """

    usage: str
    takes: tuple[Types, ...]
    gives: Type | None
    meaning: str
    more: bool = False
    over_rows: bool = False
    partial: bool = False
    literal: bool = False

    @property
    def name(self) -> str:
        """The word before the bracket."""
        return self.usage.partition("(")[0]

    def fits(self, arguments: int) -> bool:
        """Tell whether it can be called with so many arguments."""
        return arguments == len(self.takes) or (self.more and arguments > len(self.takes))


FUNCTIONS: tuple[Function, ...] = (
    Function("present(x)", (ANY,), Type.BOOLEAN, N_("whether x was answered"), partial=True),
    Function(
        "count(x)",
        (LISTS,),
        Type.NUMBER,
        N_("how many rows, chosen values or files x has; 0 if none"),
    ),
    Function(
        "count(rows, condition)",
        (ROWS, BOOLEAN),
        Type.NUMBER,
        N_("in how many rows the condition holds"),
        over_rows=True,
    ),
    Function(
        "sum(rows, number)",
        (ROWS, NUMBER),
        Type.NUMBER,
        N_("the number of every row added up, rows where it is empty left out; 0 if none"),
        over_rows=True,
    ),
    Function(
        "any(rows, condition)",
        (ROWS, BOOLEAN),
        Type.BOOLEAN,
        N_("whether the condition holds in a row at least; false without rows"),
        over_rows=True,
    ),
    Function(
        "every(rows, condition)",
        (ROWS, BOOLEAN),
        Type.BOOLEAN,
        N_("whether the condition holds in each row; true without rows"),
        over_rows=True,
    ),
    Function(
        "min(a, b, …)",
        (ORDERED, ORDERED),
        None,
        N_("the least number or the earliest date, empty ones left out"),
        more=True,
    ),
    Function(
        "max(a, b, …)",
        (ORDERED, ORDERED),
        None,
        N_("the greatest number or the latest date, empty ones left out"),
        more=True,
    ),
    Function(
        "round(x)", (NUMBER,), Type.NUMBER, N_("the nearest whole number; a half goes away from 0")
    ),
    Function(
        "floor(x)", (NUMBER,), Type.NUMBER, N_("the greatest whole number that is not above x")
    ),
    Function("ceil(x)", (NUMBER,), Type.NUMBER, N_("the least whole number that is not below x")),
    Function(
        "years(from, to)",
        (DATE, DATE),
        Type.NUMBER,
        N_("whole years elapsed; below 0 if to is earlier"),
    ),
    Function(
        "months(from, to)",
        (DATE, DATE),
        Type.NUMBER,
        N_("whole months elapsed; below 0 if to is earlier"),
    ),
    Function(
        "days(from, to)",
        (DATE, DATE),
        Type.NUMBER,
        N_("days elapsed, the first not counted; below 0 if to is earlier"),
    ),
    Function(
        "year(d)",
        (DATE,),
        Type.NUMBER,
        N_("the year of a date, also where only the year or the month is known"),
        partial=True,
    ),
    Function('date("2026-01-31")', (TEXT,), Type.DATE, N_("that date, written out"), literal=True),
    Function(
        "plus_days(d, n)",
        (DATE, NUMBER),
        Type.DATE,
        N_("the date n days later; empty if n is not whole"),
    ),
    Function(
        "join(a, b, …)",
        (TEXT, TEXT),
        Type.TEXT,
        N_("the texts one after the other, empty ones left out"),
        more=True,
    ),
    Function(
        "starts_with(text, start)",
        (TEXT, TEXT),
        Type.BOOLEAN,
        N_("whether the text begins with the start"),
    ),
)
BY_NAME: Mapping[str, tuple[Function, ...]] = {
    name: tuple(each for each in FUNCTIONS if each.name == name)
    for name in dict.fromkeys(each.name for each in FUNCTIONS)
}


def function(name: str, arguments: int) -> Function | None:
    """Return the function that is called so with so many arguments, if there is one."""
    return next((each for each in BY_NAME.get(name, ()) if each.fits(arguments)), None)

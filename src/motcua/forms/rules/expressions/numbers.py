"""
Exact decimals with six places, as whole millionths; the page counts the same with BigInt.

A result of 10^15 or more, up or down, is empty (None): nothing in a form is that large, and the
page could not tell such answers apart.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

PLACES = 6
ONE = 10**PLACES
END = 10**15 * ONE
"""The first number, in millionths, that is too large."""
_CAP = 10**15
_MILLIONTH = Decimal(1).scaleb(-PLACES)


def within(scaled: int) -> int | None:
    """Return ``scaled``, or None where it is too large."""
    return scaled if -END < scaled < END else None


def scaled_from(value: Any) -> int | None:
    """Return the millionths of a number of JSON, its 7th place rounded half away from zero."""
    if isinstance(value, int):
        return None if isinstance(value, bool) or not -_CAP < value < _CAP else value * ONE
    if isinstance(value, float):
        if not -_CAP < value < _CAP:
            return None
        scaled: int = round(value * ONE)
        # Two decimals of fifteen digits are never one float: this one is what was written.
        if -_CAP < scaled < _CAP and scaled / ONE == value:
            return scaled
        value = Decimal(repr(value))
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= _CAP:
        return None
    return within(int(value.quantize(_MILLIONTH, ROUND_HALF_UP).scaleb(PLACES)))


def decimal_from(scaled: int) -> Decimal:
    """Return the number itself, without zeros at its end."""
    whole, rest = divmod(abs(scaled), ONE)
    if not rest:
        return Decimal(scaled // ONE)
    sign = "-" if scaled < 0 else ""
    return Decimal(f"{sign}{whole}.{rest:0{PLACES}}".rstrip("0"))


def divided(a: int, b: int) -> int:
    """Return ``a / b`` as a whole number, a half rounded away from zero."""
    quotient, rest = divmod(abs(a), abs(b))
    quotient += 2 * rest >= abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def added(a: int, b: int) -> int | None:
    """Return ``a + b``."""
    total = a + b
    return total if -END < total < END else None


def subtracted(a: int, b: int) -> int | None:
    """Return ``a - b``."""
    total = a - b
    return total if -END < total < END else None


def multiplied(a: int, b: int) -> int | None:
    """Return ``a * b``, rounded at the 6th place."""
    product, rest = divmod(a * b, ONE)
    if rest:
        product = divided(a * b, ONE)
    return product if -END < product < END else None


def shared(a: int, b: int) -> int | None:
    """Return ``a / b``, rounded at the 6th place; None if ``b`` is zero."""
    return within(divided(a * ONE, b)) if b else None


def rounded(a: int) -> int | None:
    """Return the nearest whole number; a half goes away from zero."""
    return within(divided(a, ONE) * ONE)


def floor(a: int) -> int | None:
    """Return the greatest whole number that is not above ``a``."""
    return within(a // ONE * ONE)


def ceil(a: int) -> int | None:
    """Return the least whole number that is not below ``a``."""
    return within(-(-a // ONE) * ONE)

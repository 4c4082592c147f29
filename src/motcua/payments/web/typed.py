"""Amounts as people type them."""

import re

from motcua.kernel.errors import Invalid
from motcua.kernel.money import Dong
from motcua.kernel.text import N_

_SIGNS = re.compile(r"[\s.,_]|đồng|VND|đ|₫", re.IGNORECASE)


class NotAnAmount(Invalid):
    code = "payments.not-an-amount"
    message = N_("Give the amount in whole dong, like 50000 or 50.000.")


def amount_typed(text: str) -> Dong:
    """
    Read ``50.000``, ``50 000 đ`` or ``50000``.

    :raises NotAnAmount: if it is no whole number of dong, or a thousand billion and more
    """
    digits = _SIGNS.sub("", text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 12):
        raise NotAnAmount
    return Dong(int(digits))

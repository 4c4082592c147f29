"""What a bill is made of, and what the payer writes on the transfer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.kernel.money import Dong
from motcua.payments.rules.vietqr import LONGEST_PURPOSE

SHORTEST_KEY = 12
_PLAIN = re.compile(r"[0-9A-Z.\-]+")
_NOT_KEY = re.compile(r"[^0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class BillLine:
    """
    One fee on a bill: what for, in Vietnamese and English, and how much for the whole line.

    ``legal`` is the text of law that asks for it, where it is known.
    """

    title: str
    amount: Dong
    title_en: str = ""
    legal: str = ""

    def titled(self, language: str) -> str:
        """Return what the line is for, in the reader's language where it is known."""
        return self.title_en if language == "en" and self.title_en else self.title


def lines_kept(lines: Iterable[BillLine]) -> list[dict[str, str | int]]:
    """Return the lines as a bill keeps them."""
    return [
        {"title": x.title, "title_en": x.title_en, "amount": x.amount.amount, "legal": x.legal}
        for x in lines
    ]


def purpose_of(subject: str, bill: str) -> str:
    """
    Return what the payer writes on the transfer: the subject itself where a bank can carry it.

    A dossier code has exactly the 25 characters that fit. Otherwise, and where the subject is so
    short that other people's transfers might contain it, it is made from the bill's id.
    """
    plain = subject.upper()
    fits = len(plain) <= LONGEST_PURPOSE and _PLAIN.fullmatch(plain)
    if fits and len(purpose_key(plain)) >= SHORTEST_KEY:
        return plain
    return "MC" + bill.replace("-", "")[:14].upper()


def purpose_key(purpose: str) -> str:
    """Return what stays of a purpose after banks have dropped its dots, dashes and case."""
    return _NOT_KEY.sub("", purpose.upper())


def purpose_keys(message: str) -> set[str]:
    """Return what in a bank's message may be one of our purposes: any run of its words."""
    words = _NOT_KEY.sub(" ", message.upper()).split()
    keys = set()
    for start in range(len(words)):
        key = ""
        for word in words[start:]:
            key += word
            if len(key) > LONGEST_PURPOSE:
                break
            keys.add(key)
    return {key for key in keys if len(key) >= SHORTEST_KEY}

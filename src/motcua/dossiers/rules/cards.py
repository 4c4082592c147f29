"""What the QR code on a citizen's identity card says, read by a scanner as if it were typed."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.folding import tidy
from motcua.kernel.personal_id import Flaw, Sex, flaw_in

_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class Card:
    """A person as their identity card names them; what it does not say is empty."""

    number: str
    name: str = ""
    born: date | None = None
    sex: str = ""
    address: str = ""
    issued: date | None = None


def card_read(text: str) -> Card | None:
    """
    Return what was typed or scanned: 12 digits, or the card's own line, ``None`` for anything else.

    The line is ``number|old number|name|ddmmyyyy|sex|address|ddmmyyyy of issue``; newer cards put
    more behind it (Circular 07/2016/TT-BCA, 06/2021/TT-BCA).
    """
    parts = [tidy(part) for part in text.strip().split("|")]
    number = "".join(parts[0].split())
    if flaw_in(number) is Flaw.SHAPE:
        return None
    if len(parts) < 7:
        return Card(number) if len(parts) == 1 else None
    return Card(
        number,
        name=parts[2][:120],
        born=_day(parts[3]),
        sex=_SEXES.get(parts[4].casefold(), ""),
        address=parts[5][:300],
        issued=_day(parts[6]),
    )


def _day(text: str) -> date | None:
    """Read ``14031995``; nothing where it is no day."""
    if len(text) != 8 or not (text.isascii() and text.isdecimal()):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None

"""
The published table of channels, which arrives without separators between its cells.

``Trực tuyến5 Ngày làm việc2,000,000 Việt Nam Đồng(…)`` is *online*, *5 working days*,
*2,000,000 dong*. A cell that can be read in two ways is left unread: people plan by it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from motcua.catalogue.rules.readings import Channel, Cost, Trouble, Way
from motcua.kernel.folding import tidy
from motcua.kernel.worktime import Unit

WAYS = {
    "trực tuyến": Way.ONLINE,
    "dịch vụ bưu chính": Way.POST,
    "trực tiếp": Way.COUNTER,
}
UNITS = {
    "ngày làm việc": Unit.WORKING_DAYS,
    "ngày": Unit.DAYS,
    "giờ làm việc": Unit.WORKING_HOURS,
    "giờ": Unit.WORKING_HOURS,
    "tháng": Unit.MONTHS,
}
NOTHING = "Không có thông tin"
LEAST_FEE = 1000
"""No public fee is below 1,000 dong: a smaller number means thousands, or something else."""

LONGEST_LIMIT = 1000
WHOLE = {Unit.DAYS, Unit.MONTHS}

_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_ROW = re.compile(r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=[0-9A-ZĐÀ-Ỹ])")
_UNIT = r"Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng"
_MONEY = r"\d[\d,.]*\s?(?:VNĐ|Việt Nam Đồng|USD|EUR)"
_FEE = rf"Miễn phí|{NOTHING}|{_MONEY}"
_LIMIT_FIRST = re.compile(
    rf"(?P<limit>{NOTHING}|\d+(?:[.,]\d{{1,2}})?\s(?:{_UNIT}))(?P<fee>{_FEE})?"
)
_BARE_NUMBER = re.compile(rf"(?P<limit>\d+(?:[.,]\d+)?)(?P<fee>Miễn phí|{NOTHING})")
_GLUED = re.compile(r"(?P<run>\d[\d,.]*)\s?(?P<currency>VNĐ|Việt Nam Đồng|USD|EUR)")
_WORDS_FIRST = re.compile(rf"(?P<limit>[^\n]{{1,120}}?)(?P<fee>{_FEE})")
_LIMIT = re.compile(rf"(\d+(?:[.,]\d{{1,2}})?)\s*({_UNIT})", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_SUM = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?=\s*(?:đồng|đ\b|vnđ|vnd))", re.IGNORECASE)
_DIGIT_GOES_ON = tuple("0123456789,.")
_NO_FEE_NOTE = re.compile(
    r"[\s(.;-]*(?:không(?: có| quy định| thu)?|chưa quy định)?[\s).;-]*", re.IGNORECASE
)
_MONEY_WORD = re.compile(
    r"\d[\d.,]*\s*(?:đồng|đ\b|vnđ|vnd|usd|nghìn|ngàn|triệu)|\bphí\b|hội đồng nhân dân|mức thu|biểu",
    re.IGNORECASE,
)


class _Fee(NamedTuple):
    cost: Cost
    fees: tuple[int, ...]


def channels_in(text: str) -> tuple[tuple[Channel, ...], tuple[Trouble, ...]]:
    """Return the rows of a published table of channels, and what of it could not be read."""
    table = tidy(text).removeprefix(_HEAD)
    if table in {"", NOTHING}:
        return (), ()
    starts = list(_ROW.finditer(table))
    if not starts:
        return (), (Trouble("channels", "no way of filing is named", table[:200]),)
    rows, troubles = [], []
    ends = [m.start() for m in starts[1:]] + [len(table)]
    for start, end in zip(starts, ends, strict=True):
        row, found = _row(WAYS[start[1].lower()], table[start.end() : end])
        rows.append(row)
        troubles.extend(found)
    return tuple(rows), tuple(troubles)


def _row(way: Way, cells: str) -> tuple[Channel, list[Trouble]]:
    for shape in (_LIMIT_FIRST, _BARE_NUMBER, _GLUED, _WORDS_FIRST):
        if m := shape.match(cells):
            break
    else:
        return Channel(way, note=cells), [
            Trouble("channels", "the row cannot be read", cells[:200])
        ]
    if shape is _GLUED:
        return _glued(way, m, cells)
    amount, unit = limit_of(m["limit"])
    in_brackets, note = _bracketed(cells[m.end() :])
    fee = fee_of(m["fee"] or "", in_brackets, note)
    row = Channel(
        way,
        amount,
        unit,
        "" if m["limit"] == NOTHING else m["limit"].strip(),
        fee.cost,
        fee.fees,
        _fee_text(m["fee"] or "", in_brackets),
        note,
    )
    return row, list(_doubts(row, m["fee"] or ""))


def _glued(way: Way, m: re.Match[str], cells: str) -> tuple[Channel, list[Trouble]]:
    """
    Read a number glued to an amount: ``120,000 VNĐ`` is 1 and 20,000, or 120,000.

    The number before the amount has no unit, so there is no limit either way; the amount is taken
    only where the words beside it name it too.
    """
    in_brackets, note = _bracketed(cells[m.end() :])
    run = m["run"]
    told = {re.sub(r"\D", "", n) for n in re.findall(r"\d[\d.,]*", in_brackets + " " + note)}
    sums = [run[i:] for i in range(min(3, len(run))) if _AMOUNT.fullmatch(run[i:])]
    named = [s for s in sums if s.replace(",", "") in told and _enough(s)]
    known = len(named) == 1 and m["currency"] not in {"USD", "EUR"}
    fees = (int(named[0].replace(",", "")),) if known else ()
    fee_text = _fee_text(m[0], in_brackets)
    row = Channel(
        way,
        cost=Cost.AMOUNT if fees else Cost.DEPENDS,
        fees=fees,
        fee_text=fee_text,
        note=note,
    )
    why = "a limit without a unit is glued to the fee"
    return row, [Trouble("channels", why, m[0])]


def _enough(amount: str) -> bool:
    return int(amount.replace(",", "")) >= LEAST_FEE


def limit_of(text: str) -> tuple[Decimal | None, Unit | None]:
    """
    Return the number and unit of a limit, or neither.

    A number without a unit is unknown, never days; so are zero, half calendar days and absurdly
    long limits, which say nothing a person could plan by.
    """
    m = _LIMIT.fullmatch(text.strip())
    if m is None:
        return None, None
    amount, unit = Decimal(m[1].replace(",", ".")), UNITS[m[2].lower()]
    sensible = 0 < amount <= LONGEST_LIMIT and not (unit in WHOLE and amount % 1)
    return (amount, unit) if sensible else (None, None)


def fee_of(cell: str, in_brackets: str = "", note: str = "") -> _Fee:
    """
    Return what a fee cell says, with the notes beside it heard too.

    "Miễn phí" stands only where nothing beside it qualifies it; small or foreign sums are left to
    read, and a sum whose bracket names another sum (a rebate until some day) only "depends".
    """
    quiet = bool(_NO_FEE_NOTE.fullmatch(in_brackets)) and not _MONEY_WORD.search(note)
    if cell == "Miễn phí":
        return _Fee(Cost.FREE if quiet else Cost.DEPENDS, ())
    if cell in {"", NOTHING}:
        return _Fee(Cost.UNKNOWN if quiet else Cost.DEPENDS, ())
    m = _AMOUNT.match(cell)
    foreign = cell.endswith(("USD", "EUR"))
    if m is None or foreign or not _enough(m[0]) or cell[m.end() : m.end() + 1] in _DIGIT_GOES_ON:
        return _Fee(Cost.DEPENDS, ())
    fee = int(m[0].replace(",", ""))
    others = {int(re.sub(r"\D", "", n)) for n in _SUM.findall(in_brackets)} - {fee}
    return _Fee(Cost.DEPENDS if others else Cost.AMOUNT, (fee,))


def _bracketed(rest: str) -> tuple[str, str]:
    """Split a note in brackets off the front; an unclosed one takes all."""
    if not rest.startswith("("):
        return "", rest.strip()
    depth = 0
    for i, c in enumerate(rest):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return rest[1:i].strip(), rest[i + 1 :].strip()
    return rest[1:].strip(), ""


def _fee_text(cell: str, in_brackets: str) -> str:
    cell = "" if cell == NOTHING else cell
    return f"{cell} ({in_brackets})".strip() if in_brackets else cell


def _doubts(row: Channel, fee_cell: str) -> Iterator[Trouble]:
    if row.limit_text and row.unit is None:
        yield Trouble("channels", "the limit has no unit we know", row.limit_text[:200])
    if fee_cell[:1].isdigit() and not row.fees:
        yield Trouble("channels", "the fee is too small, foreign or unclear", row.fee_text[:200])
    if row.fees and row.cost is Cost.DEPENDS:
        yield Trouble("channels", "the note beside the fee names another sum", row.fee_text[:200])
    if row.unit is Unit.DAYS and re.search(rf"\b0?{row.amount} ngày làm việc", row.note):
        yield Trouble("channels", "the note says working days, the table days", row.note[:200])
    if fee_cell == "Miễn phí" and row.cost is Cost.DEPENDS:
        yield Trouble("channels", "said to be free, but a note qualifies it", row.fee_text[:200])

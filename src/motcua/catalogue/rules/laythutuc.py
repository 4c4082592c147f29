"""The portal's own catalogue answer (``LayThuTuc``): limit and fee hang under channel and case."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.channels import LEAST_FEE, NOTHING, WAYS, fee_of, limit_of
from motcua.catalogue.rules.portal import (
    applicants_in,
    check_code_and_title,
    levels_in,
    missing_in,
    online_of,
    plain_title,
)
from motcua.catalogue.rules.readings import (
    Case,
    Channel,
    Cost,
    Named,
    Paper,
    Reading,
    Trouble,
    Way,
)
from motcua.catalogue.rules.tables import known, steps_in
from motcua.kernel.folding import fold

_DONG = {"", "vnd", "dong", "viet nam dong", "d"}
_WAYS = {fold(name): way for name, way in WAYS.items()} | {
    "1": Way.COUNTER,
    "2": Way.ONLINE,
    "3": Way.POST,
    "buu chinh": Way.POST,
    "qua buu chinh": Way.POST,
    "nop truc tuyen": Way.ONLINE,
    "nop truc tiep": Way.COUNTER,
}
"""Channel names, and the channel numbers that dossiers use."""


def is_laythutuc_record(record: Mapping[str, Any]) -> bool:
    """Tell whether ``record`` has the field names of the portal's ``LayThuTuc`` answer."""
    return "MATTHC" in _upper(record)


def read_laythutuc_record(record: Mapping[str, Any]) -> tuple[Reading, tuple[Trouble, ...]]:
    """
    Return what a ``LayThuTuc`` procedure says and what of it could not be read.

    :raises Unreadable: without a code or a title that make sense
    """
    fields = _upper(record)
    code, title = _text(fields, "MATTHC"), _text(fields, "TENTTHC").replace("\n", " ")
    check_code_and_title(code, title)
    troubles: list[Trouble] = []
    channels = tuple(_channels(fields, troubles))
    levels, strange = levels_in(", ".join(_names(fields, "CAPTHUCHIEN")))
    reading = Reading(
        code=code,
        title=plain_title(title),
        field=", ".join(_names(fields, "LINHVUCTHUCHIEN") or _names(fields, "LINHVUC"))[:300],
        levels=levels,
        decision=_text(fields, "SOQUYETDINH"),
        applicants=applicants_in(", ".join(_names(fields, "DOITUONGTHUCHIEN"))),
        agency=", ".join(_names(fields, "COQUANTHUCHIEN")),
        online=online_of(title, channels),
        channels=channels,
        cases=tuple(_cases(fields)),
        steps=tuple(s for text in _names(fields, "TRINHTUTHUCHIEN") for s in steps_in(text)),
        conditions="\n".join(_names(fields, "YEUCAU")),
        results=tuple(Named(n) for n in _names(fields, "KETQUATHUCHIEN")),
        laws=tuple(Named(n) for n in _names(fields, "CANCUPHAPLY")),
    )
    return reading, (*troubles, *strange, *missing_in(reading))


def _upper(record: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).upper(): value for name, value in record.items()}


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return known(str(value))


def _rows(fields: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    value = fields.get(name)
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, dict):
            yield _upper(row)


def _names(fields: Mapping[str, Any], name: str) -> list[str]:
    """Return a field's texts, whether it is a text, a list of texts or a list of named rows."""
    value = fields.get(name)
    found = []
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, dict):
            inner = _upper(row)
            keys = [k for k in inner if k == name or k.startswith(("TEN", "MOTA", "NOIDUNG"))]
            found.append(next((t for k in keys if (t := _text(inner, k))), ""))
        else:
            found.append(_text({name: row}, name))
    return [text for text in found if text]


def _channels(fields: Mapping[str, Any], troubles: list[Trouble]) -> Iterator[Channel]:
    for channel in _rows(fields, "CACHTHUCTHUCHIEN"):
        told = _text(channel, "KENH")
        way = _WAYS.get(fold(told))
        if way is None:
            troubles.append(Trouble("channels", "not a way of filing we know", told[:200]))
            continue
        for limit in _rows(channel, "THOIGIAN"):
            yield _channel(way, limit, troubles)


def _channel(way: Way, limit: Mapping[str, Any], troubles: list[Trouble]) -> Channel:
    number, unit = _text(limit, "THOIGIANGIAIQUYET"), _text(limit, "DONVITINH")
    limit_text = f"{number} {unit}".strip()
    amount, known_unit = limit_of(limit_text)
    if limit_text and known_unit is None:
        troubles.append(Trouble("channels", "the limit has no unit we know", limit_text[:200]))
    cost, fees, fee_text = _fees(list(_rows(limit, "PHILEPHI")), troubles)
    return Channel(way, amount, known_unit, limit_text, cost, fees, fee_text, _text(limit, "MOTA"))


def _fees(rows: list[dict[str, Any]], troubles: list[Trouble]) -> tuple[Cost, tuple[int, ...], str]:
    texts, fees, doubtful = [], [], False
    for row in rows:
        told, unit, note = _text(row, "SOTIEN"), _text(row, "DONVI"), _text(row, "MOTA")
        texts.append(" ".join(filter(None, [told, unit, f"({note})" if note else ""])))
        digits = re.sub(r"[.,](?=\d{3}\b)", "", told)
        if digits == "0":
            doubtful |= fee_of("Miễn phí", note).cost is not Cost.FREE
        elif digits.isascii() and digits.isdigit() and fold(unit) in _DONG and _fits(digits):
            fees.append(int(digits))
        else:
            doubtful = True
            troubles.append(Trouble("channels", "the fee cannot be read", texts[-1][:200]))
    if doubtful:
        cost = Cost.DEPENDS
    elif fees:
        cost = Cost.AMOUNT
    else:
        cost = Cost.FREE if rows else Cost.UNKNOWN
    return cost, tuple(fees), "; ".join(t for t in texts if t != NOTHING)


def _fits(digits: str) -> bool:
    return len(digits) <= 15 and int(digits) >= LEAST_FEE


def _cases(fields: Mapping[str, Any]) -> Iterator[Case]:
    for case in _rows(fields, "THANHPHANHOSO"):
        papers = tuple(
            Paper(name=name, form=_text(row, "TENMAUDON"))
            for row in _rows(case, "GIAYTO")
            if (name := _text(row, "TENGIAYTO"))
        )
        if papers:
            yield Case(_text(case, "TRUONGHOP"), papers)

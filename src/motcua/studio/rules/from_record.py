"""
A pack from a catalogue record: all it says stands in its place, the rest is left to do.

It always loads; what lint finds in it is nothing but what is left to do.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.studio.rules.first_form import first_form, first_template, first_workflow
from motcua.studio.rules.first_papers import cases_and_papers
from motcua.studio.rules.first_tries import first_examples
from motcua.studio.rules.record import (
    CHANNELS,
    TODO,
    Numbered,
    Record,
    Row,
    clean,
    left_to_do,
    words,
)

CODE = re.compile(r"[0-9]\.[0-9]{6}(\.[A-Z0-9.]+)?")
RESULT = re.compile(r"KQ\.[A-Z0-9]+\.[0-9]{6}")
UNITS = ("working_hours", "clock_hours", "working_days", "days", "months", "same_day")
MOST_REQUIREMENTS = 30
MOST_LAWS = 60
MOST_DONG = 10**12
MOST_AMOUNT = 100_000
ONLY_WHOLE = ("days", "months")
UNKNOWN_LIMIT = {"amount": 1, "unit": "working_days"}

DECLARATION = {
    "vi": "Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm trước pháp"
    " luật về nội dung cam đoan của mình.",
    "en": "I declare that what I have stated is true, and I answer for it before the law.",
}
_WHO = (
    ("citizen", re.compile(r"công dân|người|cá nhân|cán bộ|đảng viên|hộ ", re.IGNORECASE)),
    (
        "enterprise",
        re.compile(r"^(?!.*không bao gồm).*(doanh nghiệp|hợp tác xã|htx)", re.IGNORECASE),
    ),
    ("agency", re.compile(r"^(cơ quan|đơn vị sự nghiệp)", re.IGNORECASE)),
    ("organisation", re.compile(r"tổ chức", re.IGNORECASE)),
)


def document_from(record: Record, *, on: date) -> dict[str, Any]:
    """
    Return the document of a pack begun from a catalogue record: what its files say.

    :param on: from when it is to be valid, and the day of its examples
    """
    procedure = procedure_from(record, on=on)
    form = first_form(procedure)
    return {
        "procedure": procedure,
        "form": form,
        "workflow": first_workflow(record.steps),
        "templates": {"result.typ": first_template(procedure["results"][0]["name"]["vi"])},
        "lists": {},
        "examples": first_examples(procedure, form, on=on),
    }


def procedure_from(record: Record, *, on: date) -> dict[str, Any]:
    """Return ``procedure.yaml``."""
    channels = [way for way in CHANNELS if any(row.way == way for row in record.channels)]
    channels = channels or ["online", "counter"]
    laws = _laws(record)
    results, more_results = _results(record)
    cases, papers, more_papers = cases_and_papers(record.cases)
    limits, more_limits = _limits(record, channels, laws[0]["code"])
    fees, more_fees = _fees(record, channels)
    level, more_levels = _level(record)
    remarks = [*more_levels, *more_limits, *more_fees, *more_papers, *more_results]
    made: dict[str, Any] = {
        "code": record.code if CODE.fullmatch(record.code) else "0.000000.TODO",
        "level": level,
        "title": words(record.title, record.title_en),
        "summary": words(record.summary, record.summary_en),
        "valid_from": on.isoformat(),
        "channels": channels,
        "applicants": _applicants(record) or ["citizen"],
        "life_events": list(record.life_events),
        "keywords": {"vi": [field]} if (field := clean(record.field, 100)) else {},
        "unit_field": "office",
        "requirements": [*remarks, *_conditions(record)][:MOST_REQUIREMENTS],
        "cases": cases,
        "limits": limits,
        "papers": papers,
        "fees": fees,
        "results": results,
        "declaration": DECLARATION,
        "legal": laws,
    }
    return {key: value for key, value in made.items() if value not in ([], {})}


def order_of_work(record: Record) -> list[str]:
    """Return what the record says of the order of the work, a line each."""
    return [said for step in record.steps[:20] if (said := clean(step, 1000))]


def _level(record: Record) -> tuple[str, list[dict[str, str]]]:
    """Return the level nearest to people, with a remark where the record is not clear."""
    known = [level for level in ("commune", "province", "ministry") if level in record.levels]
    if len(known) == 1 and len(record.levels) == 1:
        return known[0], []
    named = clean(", ".join(record.levels), 100) or "–"
    chosen = known[0] if known else "commune" if "district" in record.levels else "province"
    remark = left_to_do(
        f"Danh mục ghi các cấp: {named}. Gói này để cấp {chosen}: hãy kiểm tra rồi bỏ dòng này.",
        f"The record names the levels {named}; this pack has {chosen}. Check it, take this out.",
    )
    return chosen, [remark]


def _applicants(record: Record) -> list[str]:
    return [who for who, said in _WHO if any(said.search(each) for each in record.applicants)]


def _laws(record: Record) -> list[dict[str, Any]]:
    """Return the legal basis: by number, each once; a law without one gets a number to write."""
    found: dict[str, dict[str, Any]] = {}
    for law in record.laws[:MOST_LAWS]:
        code = clean(law.number.replace(";", ","), 100).replace(" ", "")
        code = code or f"{TODO}-{len(found) + 1}"
        found.setdefault(code, {"code": code, "name": words(law.name)})
    return list(found.values()) or [{"code": f"{TODO}-1", "name": words("")}]


def _results(record: Record) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the first result; which of several is given when, the record does not say."""
    named = [each for each in record.results if each.name.strip()] or [Numbered("")]
    code = named[0].number if RESULT.fullmatch(named[0].number) else "KQ.TODO.000000"
    name = words(named[0].name)
    remarks = [
        left_to_do(
            f"Danh mục còn nêu kết quả khác: {each.name}. Thêm vào results kèm điều kiện, rồi bỏ"
            " dòng này.",
            "The record names another result: add it to results with its condition, then take this"
            " out.",
        )
        for each in named[1:]
    ]
    return [{"code": code, "name": name, "template": "result.typ"}], remarks[:5]


def _conditions(record: Record) -> Iterator[dict[str, str]]:
    for line in re.split(r"[\n\r]+", record.conditions):
        said = clean(re.sub(r"^[\s+*•\-–]+", "", line))
        if said:
            yield words(said)


def _limit_of(row: Row) -> dict[str, Any] | None:
    if row.amount is None or row.unit not in UNITS or not row.amount.is_finite():
        return None
    if row.unit == "same_day":
        return {"amount": 0, "unit": "same_day"}
    whole = row.amount == row.amount.to_integral_value()
    if not 0 <= row.amount <= MOST_AMOUNT or (not whole and row.unit in ONLY_WHOLE):
        return None
    if not whole and row.amount != round(row.amount, 2):
        return None
    said = int(row.amount) if whole else f"{row.amount.normalize():f}"
    return {"amount": said, "unit": row.unit}


def _limits(
    record: Record, channels: list[str], law: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return a limit for every channel, those of the same limit together, and what else is said."""
    lines: list[dict[str, Any]] = []
    remarks = []
    for way in channels:
        rows = [row for row in record.channels if row.way == way]
        known = [limit for limit in map(_limit_of, rows) if limit]
        line: dict[str, Any] = {"limit": known[0] if known else UNKNOWN_LIMIT}
        if not known:
            said = "; ".join(filter(None, (clean(row.limit_text, 60) for row in rows)))
            line["legal"] = f"{law} {TODO} ({said.replace(';', ',') or '–'})"[:200]
        others = [other for other in known[1:] if other != known[0]]
        remarks += [_another(way, f"{each['amount']} {each['unit']}") for each in others]
        same = next((each for each in lines if _same(each, line)), None)
        if same is None:
            lines.append({**line, "channels": [way]})
        else:
            same["channels"].append(way)
    for each in lines:
        if len(each["channels"]) == len(channels):
            del each["channels"]
    return lines, remarks[:5]


def _same(line: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(line.get(key) == other.get(key) for key in ("limit", "legal"))


def _another(way: str, said: str) -> dict[str, str]:
    return left_to_do(
        f"Danh mục còn ghi cho {way}: {said}. Viết thành trường hợp riêng, rồi bỏ dòng này.",
        f"The record also says for {way}: {said}. Write it as a case, then take this out.",
    )


def _fees(record: Record, channels: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return what is to be paid by channel, channels of the same price together."""
    lines: dict[tuple[int, str], list[str]] = {}
    remarks = []
    for way in channels:
        rows = [row for row in record.channels if row.way == way]
        first = rows[0] if rows else Row(way)
        if first.cost != "free":
            lines.setdefault(_price(first), []).append(way)
        others = {_price(row) for row in rows[1:] if row.cost != "free"} - {_price(first)}
        remarks += [_another(way, f"{amount} đồng {said}") for amount, said in sorted(others)]
    made = []
    for number, ((amount, unclear), ways) in enumerate(lines.items(), 1):
        name = {"vi": "Phí, lệ phí", "en": "Fee"}
        if unclear:
            name = {"vi": clean(f"Phí, lệ phí {unclear}"), "en": f"Fee {TODO}"}
        fee = {"code": "fee" if number == 1 else f"fee_{number}", "name": name, "amount": amount}
        made.append(fee if len(ways) == len(channels) else {**fee, "channels": ways})
    return made, remarks[:5]


def _price(row: Row) -> tuple[int, str]:
    """Return the dong of a row, and what is left to do where it is not clear."""
    fees = [fee for fee in row.fees if 0 <= fee <= MOST_DONG]
    if row.cost == "amount" and len(row.fees) == 1 and fees:
        return fees[0], ""
    said = clean(row.fee_text, 300) or ", ".join(map(str, fees)) or "–"
    return (fees[0] if fees else 0), f"{TODO} ({said})"

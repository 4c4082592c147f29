"""The package's own small catalogue, and its own words for procedures that are imported later."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from motcua.catalogue.rules.glances import root_of
from motcua.catalogue.rules.readings import (
    Case,
    Channel,
    Cost,
    Level,
    Named,
    Online,
    Paper,
    Reading,
    Way,
)
from motcua.catalogue.rules.sources import Found
from motcua.catalogue.rules.words import read_data
from motcua.kernel.worktime import Unit

SOURCE = "motcua"
STEPS = (
    "Bạn khai và nộp hồ sơ, trực tuyến hoặc tại Bộ phận Một cửa.",
    "Bộ phận Một cửa kiểm tra, nhận hồ sơ và hẹn ngày trả; nếu thiếu thì báo một lần cho đủ.",
    "Cơ quan có thẩm quyền thẩm tra và quyết định.",
    "Bạn nhận kết quả theo cách đã chọn.",
)
_PAPER = re.compile(r"(?P<name>.+?)(?: \((?P<n>\d) (?P<kind>bản chính|bản sao)\))?")


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    return {row["code"]: row for row in read_data("demo.yaml")}


def demo_records() -> Iterator[Found]:
    """Return the procedures the package brings."""
    for code, row in _rows().items():
        yield Found(code, json.dumps(row, ensure_ascii=False, sort_keys=True), _reading(row), ())


def in_our_words(reading: Reading) -> Reading:
    """Return ``reading`` with our English title and short summary where it has none itself."""
    row = _rows().get(root_of(reading.code), {})
    return replace(
        reading,
        title_en=reading.title_en or row.get("en", ""),
        summary=reading.summary or row.get("about", ""),
        summary_en=reading.summary_en or row.get("about_en", ""),
    )


def _reading(row: Mapping[str, Any]) -> Reading:
    channels = tuple(_channel(told) for told in row["rows"].split("; "))
    online = any(c.way is Way.ONLINE for c in channels)
    return Reading(
        code=row["code"],
        title=row["title"],
        title_en=row["en"],
        summary=row["about"],
        summary_en=row["about_en"],
        field=row["field"],
        levels=tuple(Level(name) for name in row["levels"].split()),
        decision=row.get("decision", ""),
        applicants=tuple(row["who"].split("; ")),
        agency=row.get("agency", ""),
        online=Online.SOME if online else Online.NONE,
        channels=channels,
        cases=tuple(_papers(row.get("papers", ""))),
        steps=STEPS,
        results=tuple(Named(name) for name in row["results"].split("; ") if name),
        laws=tuple(Named(number, number) for number in row["laws"].split("; ") if number),
    )


def _channel(told: str) -> Channel:
    way, *limit, cost, fees = _parts(told)
    amount, unit = (None, None) if limit == ["-"] else _limit(limit)
    return Channel(Way(way), amount, unit, cost=Cost(cost), fees=fees)


def _parts(told: str) -> tuple[Any, ...]:
    words = told.split()
    fees: list[int] = []
    while words[-1].isdecimal():
        fees.insert(0, int(words.pop()))
    return (*words, tuple(fees))


def _limit(limit: list[str]) -> tuple[Decimal, Unit]:
    return (Decimal(limit[0]), Unit(limit[1])) if len(limit) == 2 else (Decimal(1), Unit(limit[0]))


def _papers(told: str) -> Iterator[Case]:
    papers = []
    for part in filter(None, told.split("; ")):
        m = _PAPER.fullmatch(part)
        if m is None or m["n"] is None:
            papers.append(Paper(part))
        elif m["kind"] == "bản chính":
            papers.append(Paper(m["name"], int(m["n"]), 0))
        else:
            papers.append(Paper(m["name"], 0, int(m["n"])))
    if papers:
        yield Case("", tuple(papers))

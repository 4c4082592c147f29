"""What every description stands on: the catalogue, who publishes it, where and when one can ask."""

from collections.abc import Iterator

from motcua.catalogue.rules.cpsv.addresses import Addresses
from motcua.catalogue.rules.cpsv.services import Told
from motcua.catalogue.rules.cpsv.terms import (
    DONG,
    IN_FORCE,
    LANGUAGES,
    UNIT_TYPE,
    VIET_NAM,
    Node,
    Ref,
    Text,
    texts,
)
from motcua.kernel.worktime import DayHours, WorkingCalendar

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NGAY = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_TITLE = Told("Danh mục thủ tục hành chính", "Catalogue of administrative procedures")
_ABOUT = Told(
    "Các thủ tục hành chính được công bố, kèm cách nộp, giấy tờ, phí, thời hạn và kết quả.",
    "Administrative procedures as published: how to file, papers, fees, limits and results.",
)
_PUBLISHER = Told("Cổng dịch vụ công Một Cửa", "Một Cửa public service portal")


def foundation(at: Addresses, calendar: WorkingCalendar) -> Iterator[Node]:
    """Yield what all descriptions point at."""
    yield Node(
        at.shared("catalogue"),
        ("dcat:Dataset",),
        (
            ("dct:identifier", Text(at.shared("catalogue"))),
            *texts("dct:title", _TITLE),
            *texts("dct:description", _ABOUT),
            ("dct:publisher", Ref(at.shared("publisher"))),
            ("dcat:landingPage", Ref(f"{at.base}/tim-kiem/")),
        ),
    )
    yield Node(f"{at.base}/tim-kiem/", ("foaf:Document",))
    yield Node(
        at.shared("publisher"),
        ("foaf:Agent",),
        (("dct:identifier", Text(at.base)), *texts("dct:title", _PUBLISHER)),
    )
    yield Node(
        at.shared("contact"),
        ("cv:ContactPoint",),
        (
            ("cv:contactPage", Ref(f"{at.base}/tro-giup/")),
            ("cv:openingHours", Ref(at.shared("hours"))),
        ),
    )
    yield Node(f"{at.base}/tro-giup/", ("foaf:Document",))
    yield opening_hours(at, calendar)
    yield from _vocabulary()


def _vocabulary() -> Iterator[Node]:
    yield Node(
        VIET_NAM,
        ("dct:Location", UNIT_TYPE),
        tuple(texts("skos:prefLabel", Told("Việt Nam", "Viet Nam"))),
    )
    yield Node(LANGUAGES["vi"], ("dct:LinguisticSystem",))
    yield Node(LANGUAGES["en"], ("dct:LinguisticSystem",))
    yield Node(
        DONG,
        ("skos:Concept",),
        tuple(texts("skos:prefLabel", Told("đồng Việt Nam", "Vietnamese dong"))),
    )
    yield Node(IN_FORCE, ("skos:Concept",))


def opening_hours(at: Addresses, calendar: WorkingCalendar) -> Node:
    """Return when an office of this calendar is open in an ordinary week."""
    runs = [_open(*run) for run in _runs(calendar.week)]
    told = Told("; ".join(run.vi for run in runs), "; ".join(run.en for run in runs))
    said = tuple(texts("dct:description", told))
    return Node(at.shared("hours"), ("time:TemporalEntity",), said)


def _runs(week: tuple[DayHours, ...]) -> Iterator[tuple[int, int, DayHours]]:
    first = 0
    for day in range(1, len(week) + 1):
        if day == len(week) or week[day] != week[first]:
            if week[first]:
                yield first, day - 1, week[first]
            first = day


def _open(first: int, last: int, hours: DayHours) -> Told:
    spans = ", ".join(f"{a:%H:%M}–{b:%H:%M}" for a, b in hours.spans)
    if first == last:
        return Told(f"{_NGAY[first]}: {spans}", f"{_DAYS[first]}: {spans}")
    return Told(
        f"{_NGAY[first]} đến {_NGAY[last]}: {spans}", f"{_DAYS[first]} to {_DAYS[last]}: {spans}"
    )

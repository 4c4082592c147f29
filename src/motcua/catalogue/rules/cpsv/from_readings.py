"""A published record as a service."""

from collections.abc import Iterator
from datetime import datetime

from motcua.catalogue.rules.cpsv.services import (
    Access,
    LegalText,
    Place,
    Price,
    Service,
    Thing,
    Told,
)
from motcua.catalogue.rules.cpsv.wording import AGENCIES, ANY_AGENCY, FREE, in_words
from motcua.catalogue.rules.glances import root_of, usual_channel
from motcua.catalogue.rules.readings import Channel, Cost, Paper, Reading
from motcua.catalogue.rules.words import events, keywords_for
from motcua.kernel.worktime import Limit

_CONDITIONS = Told("Yêu cầu, điều kiện thực hiện", "Requirements and conditions")
_STEPS = Told("Trình tự thực hiện", "Order of the procedure")


def service_from(reading: Reading, *, since: datetime, place: Place | None = None) -> Service:
    """Return what a record says; what it leaves open is left out, never made up."""
    root = root_of(reading.code)
    usual = usual_channel(reading)
    return Service(
        code=reading.code,
        title=Told(reading.title or reading.code, reading.title_en),
        summary=_summary(reading),
        field=reading.field,
        agency=agency_of(reading),
        since=since,
        levels=reading.levels,
        kind=reading.kind,
        applicants=tuple(Told(who) for who in reading.applicants),
        keywords=tuple(Told(word) for word in keywords_for(root).split("; ") if word),
        limit=usual.limit if usual else None,
        accesses=tuple(_accesses(reading)),
        prices=tuple(_prices(reading)),
        papers=tuple(_papers(reading)),
        requirements=tuple(_requirements(reading)),
        results=tuple(
            Thing(f"result-{n}", Told(result.name or result.number), number=result.number)
            for n, result in enumerate(reading.results, 1)
            if (result.name or result.number).strip()
        ),
        rules=tuple(_rules(reading)),
        laws=tuple(_laws(reading)),
        events=tuple(event for event in events() if root in event.codes),
        url=reading.url,
        place=place,
    )


def agency_of(reading: Reading) -> Told:
    """Return who is competent: as published, else by the level that handles it."""
    if reading.agency.strip():
        return Told(reading.agency)
    named = (AGENCIES[level] for level in reading.levels if level in AGENCIES)
    return next(named, ANY_AGENCY)


def _summary(reading: Reading) -> Told:
    if not reading.summary.strip():
        return Told(reading.title or reading.code, reading.title_en)
    return Told(reading.summary, reading.summary_en)


def _accesses(reading: Reading) -> Iterator[Access]:
    """Tell each way once: the first limit with a number, and all that is said of it."""
    for way in dict.fromkeys(row.way for row in reading.channels):
        rows = [row for row in reading.channels if row.way is way]
        limits = dict.fromkeys(row.limit for row in rows if row.limit)
        said = [_note(row, at_once=len(limits) > 1) for row in rows]
        note = "\n".join(dict.fromkeys(text for text in said if text))
        yield Access(way, next(iter(limits), None), Told(note))


def _note(row: Channel, *, at_once: bool) -> str:
    limit = in_words(row.limit).vi if row.limit and at_once else ""
    words = "" if row.limit else row.limit_text
    return ". ".join(part.strip() for part in (limit, words, row.note) if part.strip())


def _prices(reading: Reading) -> Iterator[Price]:
    number = 0
    for row in dict.fromkeys(reading.channels):
        for told, dong in _sums(row):
            number += 1
            yield Price(f"fee-{number}", told, dong, (row.way,))


def _sums(row: Channel) -> Iterator[tuple[Told, int | None]]:
    if row.cost is Cost.FREE:
        yield FREE, 0
    elif row.cost is Cost.AMOUNT:
        for fee in row.fees:
            yield Told(row.fee_text), fee
    elif row.cost is Cost.DEPENDS:
        yield Told(row.fee_text or "Xem quy định", "" if row.fee_text else "See the rules"), None


def _papers(reading: Reading) -> Iterator[Thing]:
    number = 0
    for at, case in enumerate(reading.cases, 1):
        for paper in case.papers:
            number += 1
            name = Told(paper.name if paper.name.strip() else paper.form)
            if name:
                key = f"case-{at}" if case.name.strip() else ""
                yield Thing(f"paper-{number}", name, _counted(paper), case=key)


def _counted(paper: Paper) -> Told:
    parts = [
        f"{count} {kind}"
        for count, kind in ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
        if count
    ]
    if paper.form.strip():
        parts.append(f"Mẫu: {paper.form}")
    return Told(", ".join(parts))


def _requirements(reading: Reading) -> Iterator[Thing]:
    if reading.conditions.strip():
        yield Thing("conditions", _CONDITIONS, Told(reading.conditions))
    for at, case in enumerate(reading.cases, 1):
        if case.name.strip():
            yield Thing(f"case-{at}", Told(case.name))


def _rules(reading: Reading) -> Iterator[Thing]:
    steps = "\n".join(step for step in reading.steps if step.strip())
    if steps:
        yield Thing("steps", _STEPS, Told(steps))


def _laws(reading: Reading) -> Iterator[LegalText]:
    for law in reading.laws:
        if (law.number or law.name).strip():
            yield LegalText(law.number.strip(), Told(law.name if law.name.strip() else law.number))
    if reading.decision.strip():
        yield LegalText(reading.decision.strip(), Told(f"Quyết định công bố {reading.decision}"))


def limit_in_words(limit: Limit | None) -> Told:
    """Say a limit as a sentence of its own, or nothing."""
    if limit is None:
        return Told()
    words = in_words(limit)
    return Told(f"Thời hạn giải quyết: {words.vi}.", f"Processing time: {words.en}.")

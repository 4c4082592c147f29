"""What there is to know of a pack in the making: its parts, its faults, what it costs, its news."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from motcua.kernel.scope import for_rooms
from motcua.kernel.worktime import Limit
from motcua.packs.queries.comparing import differences, told
from motcua.packs.queries.files import pack_in
from motcua.packs.queries.folders import Source, read_files
from motcua.packs.queries.linting import Finding, findings_in, said
from motcua.packs.queries.packs import Pack, definition_of
from motcua.packs.queries.shelf import Standing, versions_of

__all__ = ["Fault", "Judged", "NewsPart", "Parts", "Price", "Tariff", "judged", "news_between"]

EXCERPT = 120
"""Characters of a line that are shown beside what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """
    What lint found: where, and what to do about it, in the reader's language.

    ``excerpt`` is the line itself, shortened; ``here`` tells whether the file is there.
    """

    file: str
    line: int
    column: int
    rule: str
    warning: bool
    message: str
    excerpt: str
    here: bool

    @property
    def where(self) -> str:
        """``form.yaml:12:5``."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Parts:
    """How much of everything there is."""

    pages: int
    fields: int
    cases: int
    papers: int
    fees: int
    work: int
    results: int
    laws: int
    examples: int


@dataclass(frozen=True, slots=True)
class Price:
    """What is to be paid: ``dong`` (None: it follows from the answers), ``each`` of several."""

    name: Mapping[str, str]
    dong: int | None
    each: bool


@dataclass(frozen=True, slots=True)
class Tariff:
    """One channel in one case: how long it takes and what is to be paid, in the order charged."""

    channel: str
    case: Mapping[str, str] | None
    limits: tuple[Limit, ...]
    fees: tuple["Price", ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """
    A pack in the making as lint sees it.

    ``parts`` and ``tariffs`` are there once the files can be read as a pack.
    """

    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    examples: tuple[tuple[str, bool], ...]
    parts: Parts | None
    tariffs: tuple[Tariff, ...]


@for_rooms
def judged(files: Mapping[str, str]) -> Judged:
    """Return what lint says of these files, with the numbers of their parts."""
    source = read_files(files)
    found = findings_in(source)
    faults = tuple(_fault(each, files) for each in found)
    pack = _pack(source)
    failed = {each.file for each in faults if not each.warning}
    tried = pack is not None and not any(_stops(each) for each in found)
    return Judged(
        errors=tuple(each for each in faults if not each.warning),
        warnings=tuple(each for each in faults if each.warning),
        examples=tuple(
            (name, f"examples/{name}" not in failed)
            for name in sorted(source.document.get("examples", {}))
        )
        if tried
        else (),
        parts=_parts(source, pack) if pack else None,
        tariffs=tuple(_tariffs(pack)) if pack else (),
    )


def _stops(finding: Finding) -> bool:
    """Tell whether lint looks no further after this, so that no example was tried."""
    away = finding.flaw.warning or finding.flaw.rule in ("todo", "example", "no-examples")
    return not away and not finding.file.startswith("examples/")


def _fault(finding: Finding, files: Mapping[str, str]) -> Fault:
    return Fault(
        finding.file,
        finding.line,
        finding.column,
        finding.flaw.rule,
        finding.flaw.warning,
        said(finding.flaw),
        _excerpt(files.get(finding.file, ""), finding.line),
        finding.file in files,
    )


def _excerpt(text: str, line: int) -> str:
    lines = text.split("\n")
    found = lines[line - 1].strip() if line <= len(lines) else ""
    return found if len(found) <= EXCERPT else f"{found[:EXCERPT]}…"


def _pack(source: Source) -> Pack | None:
    """Return the pack if it can be understood at all; lint has said why it cannot."""
    try:
        return pack_in(source.document)
    except (msgspec.ValidationError, KeyError, TypeError, AttributeError, ValueError):
        return None


def _parts(source: Source, pack: Pack) -> Parts:
    return Parts(
        pages=len(pack.form.steps),
        fields=len(pack.form.fields),
        cases=len(pack.cases),
        papers=len(pack.papers),
        fees=len(pack.fees),
        work=len(pack.workflow),
        results=len(pack.results),
        laws=len(pack.legal),
        examples=len(source.document["examples"]),
    )


def _tariffs(pack: Pack) -> list[Tariff]:
    cases = pack.cases or (None,)
    return [
        Tariff(
            channel.value,
            {"vi": case.name.vi, "en": case.name.en} if case else None,
            tuple(
                each.limit
                for each in pack.limits
                if channel in each.channels
                and (not each.cases or (case is not None and case.id in each.cases))
            ),
            tuple(
                Price(
                    {"vi": fee.name.vi, "en": fee.name.en},
                    fee.amount if isinstance(fee.amount, int) else None,
                    bool(fee.times),
                )
                for fee in pack.fees
                if channel in fee.channels
                and (not fee.cases or (case is not None and case.id in fee.cases))
            ),
        )
        for channel in pack.channels
        for case in cases
    ]


@dataclass(frozen=True, slots=True)
class NewsPart:
    """What changed in one part of a pack: each line is where and how."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@for_rooms
def news_between(
    before: str, after: str | Mapping[str, str], *, language: str
) -> tuple[NewsPart, ...] | None:
    """
    Return what changed from a version to another, or to files; None where these cannot be read.

    :raises NoSuchPack: if a version does not exist
    """
    if isinstance(after, str):
        new = definition_of(after)
    else:
        new = read_files(after).document
        if _pack(read_files(after)) is None:
            return None
    found: dict[str, list[tuple[str, str]]] = {}
    for change in differences(definition_of(before), new):
        heading, where, how = told(change, language[:2])
        found.setdefault(heading, []).append((where, how))
    return tuple(NewsPart(heading, tuple(lines)) for heading, lines in found.items())


@for_rooms
def newest_of(code: str, *, on: date) -> str:
    """Return the version of a pack that a new one would replace: not withdrawn, the newest."""
    found = versions_of([code], on=on)
    return next((each.id for each in found if each.standing is not Standing.WITHDRAWN), "")

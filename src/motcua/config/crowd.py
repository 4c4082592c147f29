"""A year of believable dossiers at many agencies, to show lists and figures, and to measure."""

import json
import time
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import count as numbers
from itertools import islice
from random import Random
from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, add_office, open_agency
from motcua.agencies.operations.calendars import set_hours
from motcua.agencies.operations.demo import DEMO_AGENCIES
from motcua.agencies.operations.posts import appoint
from motcua.agencies.queries.agencies import (
    NoCompetentAgency,
    agencies_of_level,
    competent_agency,
    one_stop_offices,
)
from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.queries.posts import holders
from motcua.agencies.queries.units import Unit, units_in
from motcua.backbone.transactions import one_transaction
from motcua.config.terminal import say, step
from motcua.dossiers.operations.seeding import Place, name_of, seed_dossiers
from motcua.dossiers.operations.seeding_papers import make_papers
from motcua.dossiers.queries.competence import takes
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import DAY_OFF, STANDARD_WEEK, DayHours
from motcua.packs.operations.publishing import SHIPPED
from motcua.packs.queries.packs import Pack, codes_online, pack_for
from motcua.reporting.operations.public import count_public_months

CITY, CITY_UNIT = "000.00.00.H26", "01"
SINCE = date(2025, 7, 1)
TEAM = {Role.CLERK: 3, Role.SPECIALIST: 5, Role.LEADER: 2}
"""How many officials of a role each agency has when there is a crowd to serve."""
TITLES = {
    Role.CLERK: "Công chức bộ phận một cửa",
    Role.SPECIALIST: "Công chức chuyên môn",
    Role.LEADER: "Phó Chủ tịch Ủy ban nhân dân",
}
WEEKS = (
    STANDARD_WEEK,
    (*STANDARD_WEEK[:5], DayHours.of("07:30-11:30"), DAY_OFF),
    (*[DayHours.of("08:00-12:00 13:00-17:00")] * 5, DAY_OFF, DAY_OFF),
)
"""Hours of work that agencies of the crowd keep in turn: some open on Saturday morning."""
EACH = 4_000
"""Dossiers a year for which the crowd has one more agency."""
COMMON = {"2.000815": 6, "1.001193": 3, "2.000635": 3, "1.004873": 3, "1.014061": 3, "3.000347": 2}
"""What people ask for more often than for the rest, and how many times as often."""
BY = Actor.system("demo")


def load_dossiers(count: int, *, at: datetime) -> None:
    """Add ``count`` dossiers of the last year, saying how far it has come and how long it takes."""
    with step("Mở cơ quan và bổ nhiệm công chức mẫu", "Opening agencies and filling their posts"):
        open_crowd(count // EACH, at=at)
        packs = list(_packs(at))
        places = list(places_of({pack.code: pack for pack, _ in packs}.values(), at=at))
    with step("Tạo giấy tờ mẫu", "Making their papers"):
        files = make_papers([pack for pack, _ in packs], by=BY, at=at)
    with step("Tạo hồ sơ mẫu", "Making dossiers"):
        seed_dossiers(
            count,
            places=places,
            packs=packs,
            applicants=max(count // 4, 100),
            now=at,
            progress=progress_of(count),
            files=files,
        )
    with step("Sắp xếp lại các bảng", "Tidying the tables"), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    with step("Tính số liệu công khai", "Counting the public figures"):
        count_public_months(by=BY, at=at, again=True)


def progress_of(count: int) -> Callable[[int], None]:
    """Return what says how many of ``count`` are in, how many a second, how long it still takes."""
    start = time.monotonic()

    def progress(done: int) -> None:
        rate = done / max(time.monotonic() - start, 0.001)
        left = round((count - done) / rate)
        minutes, seconds = divmod(left, 60)
        say(
            f"{done:,} / {count:,} hồ sơ, {rate:,.0f}/giây, ".replace(",", ".").replace(". ", ", ")
            + f"còn {minutes} phút {seconds} giây",
            f"{done:,} of {count:,} dossiers, {rate:,.0f} a second, {minutes} min {seconds} s left",
        )

    return progress


def open_crowd(wanted: int, *, at: datetime) -> None:
    """Have at least ``wanted`` committees of the city's communes at work, each with its team."""
    open_now = agencies_of_level(Level.COMMUNE)
    free = (u for u in units_in(CITY_UNIT, level="commune", on=at.date()) if _is_free(u, at))
    for number, unit in zip(
        range(len(open_now), wanted), islice(free, max(wanted - len(open_now), 0)), strict=False
    ):
        _open_committee(_id_of(number), unit, number, at=at)
    if wanted:
        for number, place in enumerate(agencies_of_level(Level.COMMUNE)):
            _fill_posts(place.id, number, at=at)


def _id_of(number: int) -> str:
    """Return a made-up electronic id below the city's, beside those of the demonstration."""
    return f"000.{1 + number // 90:02}.{10 + number % 90}.H26"


def _is_free(unit: Unit, at: datetime) -> bool:
    try:
        competent = competent_agency(Level.COMMUNE, unit.code, on=at.date())
    except NoCompetentAgency:
        return True
    return competent.unit != unit.code


@one_transaction
def _open_committee(id_: str, unit: Unit, number: int, *, at: datetime) -> None:
    new = NewAgency(
        id=id_,
        name=f"Ủy ban nhân dân {unit.name}",
        level=Level.COMMUNE,
        kind=Kind.COMMITTEE,
        opened_on=SINCE,
        unit=unit.code,
        parent=CITY,
    )
    open_agency(new, by=BY, at=at)
    add_office(id_, "Bộ phận một cửa", address="", by=BY, at=at)
    if number % len(WEEKS):
        week = WEEKS[number % len(WEEKS)]
        reason = "Giờ làm việc riêng của cơ quan"
        set_hours(id_, week, nominal_day=timedelta(hours=8), reason=reason, by=BY, at=at)


@one_transaction
def _fill_posts(agency: str, number: int, *, at: datetime) -> None:
    """Appoint made-up officials, who cannot sign in, until each role has its number."""
    names = numbers(number * 100)
    for role, wanted in TEAM.items():
        for _ in range(wanted - len(holders(agency, role, at=at))):
            person = next(names)
            holder = f"seed-official-{agency}-{person}"
            appoint(holder, name_of(person), agency, role, TITLES[role], by=BY, at=at)


def places_of(packs: Collection[Pack], *, at: datetime) -> Iterator[Place]:
    """Yield the agencies with a team in every role, each with what it takes of some packs."""
    rng, offices = Random(26), one_stop_offices()  # noqa: S311
    others = [each.new.id for each in DEMO_AGENCIES if each.new.level != Level.COMMUNE]
    communes = {place.id: place.unit for place in agencies_of_level(Level.COMMUNE)}
    near = next(iter(communes.values()), None)
    for id_ in [*communes, *others]:
        found = {role: holders(id_, role, at=at) for role in TEAM}
        taken = frozenset(pack.code for pack in packs if takes(pack, id_))
        if taken and all(found.values()):
            officials = {
                role: [(post.holder, post.holder_name) for post in held]
                for role, held in found.items()
            }
            weight, commune = rng.lognormvariate(0, 0.8), communes.get(id_) or near
            unit = (CITY_UNIT, commune) if commune else None
            calendar = calendar_of(id_)
            yield Place(id_, calendar, officials, weight, offices.get(id_), taken, unit)


def _packs(at: datetime) -> Iterator[tuple[Pack, dict[str, Any]]]:
    today = localtime(at).date()
    for code in sorted(codes_online(on=today)):
        pack = pack_for(code, on=today)
        for file in sorted((SHIPPED / code / "examples").glob("valid-*.json")):
            if pack is not None and not pack.parts:
                answers = json.loads(file.read_text())["answers"]
                yield from [(pack, answers)] * COMMON.get(code, 1)

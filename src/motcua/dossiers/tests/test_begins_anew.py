"""What begins anew at another agency, or when a dossier is opened again, and what does not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.agencies.operations.agencies import Kind, Level, open_agency
from motcua.agencies.operations.calendars import override_day
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.calendars import follow_calendar
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.operations.transferring import NotCompetent, transfer
from motcua.dossiers.rules.access import FourEyes
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import (
    CITY,
    CLERK,
    HERE,
    LAN,
    LEADER,
    MONDAY,
    OTHER,
    SPECIALIST,
    SYSTEM,
    WARD,
    a_file,
    answers,
    committee,
    official,
    refused,
)
from motcua.dossiers.tests.test_changed_packs import ALONE, changed
from motcua.kernel.actors import Role
from motcua.kernel.worktime import DAY_OFF

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHY = "Hồ sơ thuộc thẩm quyền của cơ quan khác."
ASKED = {"papers": [], "fields": ["full_name"]}
THERE = {role: official(role, OTHER) for role in Role}


def stored(code):
    return Dossier.objects.get(code=code)


@pytest.fixture
def neighbour(ward):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
    return OTHER


def test_the_new_agency_has_its_own_time_for_the_first_answer(file, neighbour):
    code = file().code
    assert stored(code).answer_until == MONDAY + DAY
    transfer(code, neighbour, reason=WHY, by=CLERK, at=MONDAY + DAY)
    assert stored(code).answer_until == MONDAY + 2 * DAY
    wednesday = (MONDAY + 2 * DAY).date()
    override_day(neighbour, wednesday, DAY_OFF, reason="Bão lớn", by=SYSTEM, at=MONDAY + DAY)
    follow_calendar(neighbour, by=SYSTEM, at=MONDAY + DAY)
    assert stored(code).answer_until == MONDAY + 3 * DAY


def test_what_was_answered_already_keeps_its_time(file, neighbour):
    code = file().code
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY + HOUR)
    transfer(code, neighbour, reason=WHY, by=CLERK, at=MONDAY + 2 * DAY)
    assert stored(code).answer_until == MONDAY + DAY


def test_the_new_agency_asks_and_appoints_for_its_first_time(file, neighbour):
    code = file().code
    details = {"reason": WHY, "details": ASKED}
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, **details)
    answer_supplement(code, {"full_name": "Nguyễn Thị Lan A"}, by=LAN, at=MONDAY)
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY)
    friday = datetime(2026, 11, 6, 16, 0, tzinfo=HERE)
    reappoint(code, friday, reason=WHY, by=CLERK, at=MONDAY)
    reappoint(code, friday + 3 * DAY, reason=WHY, by=LEADER, at=MONDAY)
    transfer(code, neighbour, reason=WHY, by=LEADER, at=MONDAY)
    kept = stored(code)
    assert (kept.asked_times, kept.reappointments, kept.counted_late) == (0, 0, True)
    assert kept.due_at == friday + 3 * DAY
    clerk = THERE[Role.CLERK]
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, **details)
    answer_supplement(code, {"full_name": "Nguyễn Thị Lan"}, by=LAN, at=MONDAY)
    take_step(code, Step.ACCEPT, by=clerk, at=MONDAY)
    reappoint(code, friday + 4 * DAY, reason=WHY, by=clerk, at=MONDAY)
    assert stored(code).counted_late
    slips = Transition.objects.filter(dossier__code=code, step=Step.REAPPOINT).order_by("id")
    assert [each.details["slip"] for each in slips] == [[f"{code}/{n}"] for n in (1, 2, 3)]


def guarded(tmp_path):
    """Return a filed dossier whose leader must have other eyes than who worked on it."""
    definition = changed(tmp_path, workflow=("role: leader", "role: leader, four_eyes: true"))
    filing = Filing(definition, answers(), {"proof": [a_file()]}, "test", "1")
    return file_dossier(filing, by=LAN, at=MONDAY).code


def test_other_eyes_are_asked_for_in_this_round_only(ward, tmp_path):
    code = guarded(tmp_path)
    for step, by in ((Step.ACCEPT, ALONE), (Step.FORWARD, ALONE), (Step.PROPOSE, SPECIALIST)):
        take_step(code, step, by=by, at=MONDAY)
    with refused(FourEyes):
        take_step(code, Step.APPROVE, by=ALONE, at=MONDAY)
    take_step(code, Step.APPROVE, by=LEADER, at=MONDAY)
    reopen(code, reason=WHY, by=LEADER, at=MONDAY)
    take_step(code, Step.PROPOSE, by=SPECIALIST, at=MONDAY)
    take_step(code, Step.APPROVE, by=ALONE, at=MONDAY)


def test_nor_does_what_somebody_did_at_the_agency_before(neighbour, tmp_path):
    code = guarded(tmp_path)
    take_step(code, Step.ACCEPT, by=ALONE, at=MONDAY)
    transfer(code, neighbour, reason=WHY, by=LEADER, at=MONDAY)
    moved = replace(ALONE, agency=neighbour)
    take_step(code, Step.ACCEPT, by=THERE[Role.CLERK], at=MONDAY)
    take_step(code, Step.FORWARD, by=THERE[Role.CLERK], at=MONDAY)
    take_step(code, Step.PROPOSE, by=THERE[Role.SPECIALIST], at=MONDAY)
    take_step(code, Step.APPROVE, by=moved, at=MONDAY)


def test_only_an_agency_that_settles_the_procedure_takes_it_over(file, neighbour):
    code = file().code
    department = replace(committee("000.01.62.H26", Level.COMMUNE, "00008"), kind=Kind.DEPARTMENT)
    open_agency(department, by=SYSTEM, at=MONDAY)
    for other in (CITY, "000.01.62.H26"):
        with refused(NotCompetent) as refusal:
            transfer(code, other, reason=WHY, by=CLERK, at=MONDAY)
        assert refusal.value.facts["procedure"] == "9.000001"
    assert stored(code).agency == WARD


def test_an_agency_the_pack_names_takes_it_over_and_not_the_place_s_own(neighbour, tmp_path):
    definition = changed(
        tmp_path,
        procedure=("unit_field: office", f'unit_field: office\nagencies: {{"00008": {CITY}}}'),
    )
    filing = Filing(definition, answers(), {"proof": [a_file()]}, "test", "1")
    code = file_dossier(filing, by=LAN, at=MONDAY).code
    with refused(NotCompetent):
        transfer(code, neighbour, reason=WHY, by=CLERK, at=MONDAY)
    assert transfer(code, CITY, reason=WHY, by=CLERK, at=MONDAY).state == "new"

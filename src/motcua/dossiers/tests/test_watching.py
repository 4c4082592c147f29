"""What the clock does by itself: reminding, stopping, warning; and who takes over a dossier."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps

from motcua.agencies.operations.posts import appoint
from motcua.dossiers import jobs
from motcua.dossiers.handlers.notices import remind
from motcua.dossiers.handlers.warnings import warn
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.claiming import (
    ClaimNotRight,
    NotForThemToClaim,
    OfficialsDoNotClaim,
    claim,
)
from motcua.dossiers.operations.expiring import expire
from motcua.dossiers.operations.filing import Filing, ForWhom, ReturnBy, file_dossier
from motcua.dossiers.operations.filing_checks import AnswersNotRight, NotTheirAgent
from motcua.dossiers.operations.representing import end_authority
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import UnknownDossier, dossier
from motcua.dossiers.queries.telling import told_of, waiting_until, waits_over
from motcua.dossiers.queries.warning import (
    agencies_to_warn,
    agencies_with_steps_ending,
    warnings_of,
)
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    HERE,
    LAN,
    LEADER,
    MONDAY,
    NAM,
    SPECIALIST,
    SYSTEM,
    WARD,
    a_file,
    answers,
    official,
    refused,
)
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Channel

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHY = "Giấy chứng minh bị mờ, không đọc được."
ASKED = {"papers": ["proof"], "fields": []}
PARTY = "p-cu-ba"


def stored(code):
    return Dossier.objects.get(code=code)


@pytest.fixture
def waiting(file):
    code = file().code
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=ASKED)
    return code


def test_what_the_applicant_let_lie_is_stopped_by_the_portal_with_the_reason(waiting):
    until = stored(waiting).wait_until
    assert until == datetime(2026, 12, 2, 17, 0, tzinfo=HERE)
    assert not expire(waiting, by=SYSTEM, at=until)
    assert waits_over(until) == []
    late = until + timedelta(seconds=1)
    assert waits_over(late) == [waiting]
    assert expire(waiting, by=SYSTEM, at=late)
    assert not expire(waiting, by=SYSTEM, at=late)
    kept = stored(waiting)
    assert kept.state == State.STOPPED
    assert (kept.wait_until, kept.waiting_since, kept.stage_due_at) == (None, None, None)
    assert "02/12/2026" in Transition.objects.latest("id").reason


def test_nobody_but_the_portal_lets_a_wait_expire(waiting):
    with refused(NotYourStep):
        take_step(waiting, Step.EXPIRE, by=LEADER, at=MONDAY)


def test_an_applicant_is_reminded_once_for_each_number_of_days(waiting):
    notices = apps.get_model("notices", "Notice").objects.filter(kind="dossiers.reminded")
    told = told_of(waiting)
    for _time in range(2):
        remind(told, 7, at=MONDAY)
    remind(told, 3, at=MONDAY)
    assert notices.count() == 2
    assert [x.code for x in waiting_until(told.wait_until + DAY)] == [waiting]


def test_the_worker_watches_waits_and_due_times(waiting, monkeypatch):
    over = stored(waiting).wait_until + DAY
    monkeypatch.setattr(jobs, "now", lambda: over - 2 * DAY)
    jobs.remind_one(waiting)
    jobs.watch_waits(0)
    monkeypatch.setattr(jobs, "now", lambda: over)
    jobs.remind_one(waiting)
    jobs.watch_waits(0)
    jobs.end_wait(waiting)
    jobs.watch_due_times(0)
    jobs.warn_agency(WARD)
    assert stored(waiting).state == State.STOPPED


def test_officials_get_one_digest_a_working_day(file):
    for role, who in ((Role.CLERK, CLERK), (Role.LEADER, LEADER)):
        appoint(who.id, who.name, WARD, role, role, by=SYSTEM, at=MONDAY)
    codes = [file(reference=str(n)).code for n in range(3)]
    Dossier.objects.filter(code=codes[2]).update(holder=SPECIALIST.id)
    assert agencies_to_warn() == [WARD]
    friday = MONDAY + 4 * DAY
    found = warnings_of(WARD, at=friday)
    assert found.late == 3
    assert found.by_role[Role.CLERK]["late"] == 2
    assert found.by_holder[SPECIALIST.id]["late"] == 1
    assert warn(WARD, at=friday - 5 * HOUR) == 0
    assert warn(WARD, at=friday) == 3
    assert warn(WARD, at=friday + HOUR) == 0


def test_due_today_soon_and_unanswered_are_told_apart(file):
    code = file().code
    kinds = warnings_of(WARD, at=MONDAY + DAY).by_role[Role.CLERK]
    assert kinds["soon"] == 1
    assert kinds["unanswered"] == 1
    take_step(code, Step.ACCEPT, by=CLERK, at=MONDAY + DAY)
    thursday = MONDAY + 3 * DAY - HOUR
    assert warnings_of(WARD, at=thursday).by_holder[CLERK.id]["today"] == 1
    assert stored(code).answered_at == MONDAY + DAY


def steps_told(who):
    notices = apps.get_model("notices", "Notice").objects.order_by("id")
    found = notices.filter(kind="dossiers.steps-end-today", person=who.id)
    return [(x.facts["count"], datetime.fromisoformat(x.facts["until"])) for x in found]


def test_a_step_of_some_hours_that_begins_after_the_digest_is_told_of_in_time_once(
    file, monkeypatch
):
    for role, who in ((Role.CLERK, CLERK), (Role.SPECIALIST, SPECIALIST)):
        appoint(who.id, who.name, WARD, role, role, by=SYSTEM, at=MONDAY)
    codes = [file(reference=str(n)).code for n in range(4)]
    came = [MONDAY, MONDAY + timedelta(minutes=14), MONDAY + HOUR, MONDAY + HOUR]
    ends = [MONDAY + 4 * HOUR, MONDAY + 5 * HOUR, MONDAY + 6 * HOUR, MONDAY + DAY]
    for code, since, until in zip(codes, came, ends, strict=True):
        facts = {"stage_since": since, "stage_due_at": until, "holder": SPECIALIST.id}
        Dossier.objects.filter(code=code).update(**facts)
    Dossier.objects.filter(code=codes[2]).update(holder="")

    def tick(minutes):
        monkeypatch.setattr(jobs, "now", lambda: MONDAY + timedelta(minutes=minutes))
        assert agencies_with_steps_ending(at=jobs.now()) == [WARD]
        jobs.watch_steps(0)
        jobs.warn_agency_of_steps(WARD)
        return len(steps_told(SPECIALIST)), len(steps_told(CLERK))

    assert [tick(m) for m in (14, 15, 30, 74, 75, 90)] == [
        *((0, 0), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1))
    ]
    assert steps_told(SPECIALIST) == [("2", ends[0])]
    assert steps_told(CLERK) == [("1", ends[2])]
    assert agencies_with_steps_ending(at=MONDAY + 6 * HOUR) == []


def at_the_counter(definition, **more):
    whose = ForWhom(PARTY, "Cụ Ba", claimable=True)
    facts = {"channel": Channel.COUNTER, "for_whom": whose} | more
    given = {"proof": [a_file(by=CLERK)]}
    return Filing(definition, answers(), given, "counter", "1", **facts)


def test_a_dossier_of_a_person_without_account_is_taken_over_by_the_secret_once(definition):
    filed = file_dossier(at_the_counter(definition), by=CLERK, at=MONDAY)
    kept = stored(filed.code)
    assert (kept.applicant, kept.filer, kept.agent) == (PARTY, PARTY, "")
    assert kept.answer_until is None
    assert len(filed.claim) == 6
    assert told_of(filed.code).whom == ()
    with refused(UnknownDossier):
        dossier(filed.code, by=NAM, at=MONDAY)
    for code, secret in ((filed.code, "XXXXXX"), (filed.code, ""), ("nonsense", filed.claim)):
        with refused(ClaimNotRight):
            claim(code, secret, by=NAM, at=MONDAY)
    with refused(OfficialsDoNotClaim):
        claim(filed.code, filed.claim, by=CLERK, at=MONDAY)
    typed = f" {filed.claim[:3].lower()} {filed.claim[3:]}"
    assert claim(filed.code, typed, by=NAM, at=MONDAY) == filed.code
    assert dossier(filed.code, by=NAM, at=MONDAY).mine
    with refused(ClaimNotRight):
        claim(filed.code, filed.claim, by=LAN, at=MONDAY)


def test_who_worked_on_a_dossier_never_takes_it_over_and_only_clerks_see_the_secret(definition):
    filed = file_dossier(at_the_counter(definition), by=CLERK, at=MONDAY)
    with refused(NotForThemToClaim):
        claim(filed.code, filed.claim, by=Actor(CLERK.id, CLERK.name), at=MONDAY)
    assert dossier(filed.code, by=CLERK, at=MONDAY).claim == filed.claim
    for role in set(Role) - {Role.CLERK}:
        assert dossier(filed.code, by=official(role), at=MONDAY).claim == ""


def test_who_stands_at_the_counter_for_another_stays_the_filer(definition):
    filing = at_the_counter(definition, filer=("p-son", "Anh Ba"))
    filed = file_dossier(filing, by=CLERK, at=MONDAY)
    claim(filed.code, filed.claim, by=NAM, at=MONDAY)
    assert stored(filed.code).filer == "p-son"


def test_nobody_files_online_for_somebody_without_authority(definition):
    given = {"proof": [a_file(by=NAM)]}
    whose = ForWhom(LAN.id, LAN.name, agent=NAM.id)
    filing = Filing(definition, answers(), given, "test", "1", for_whom=whose)
    with refused(NotTheirAgent):
        file_dossier(filing, by=NAM, at=MONDAY)


def test_an_agent_sees_the_dossier_until_the_authority_ends(definition):
    by_right = "0190b0aa-0000-7000-8000-000000000001"
    whose = ForWhom(PARTY, "Cụ Ba", authority=by_right, agent=NAM.id)
    filed = file_dossier(at_the_counter(definition, for_whom=whose), by=CLERK, at=MONDAY)
    assert told_of(filed.code).whom == (NAM.id, PARTY)
    assert dossier(filed.code, by=NAM, at=MONDAY).mine
    assert end_authority(by_right, agent=NAM.id) == 1
    with refused(UnknownDossier):
        dossier(filed.code, by=NAM, at=MONDAY)


def test_a_result_by_post_needs_an_address(definition):
    whole = {"name": "Cụ Ba", "phone": "0912345678", "address": "Số 1 Tràng Tiền, Hà Nội"}
    with refused(AnswersNotRight) as refusal:
        file_dossier(at_the_counter(definition, return_by=ReturnBy.BY_POST), by=CLERK, at=MONDAY)
    places = {problem["at"] for problem in refusal.value.facts["problems"]}
    assert places == {"return_name", "return_phone", "return_address"}
    by_post = at_the_counter(definition, return_by=ReturnBy.BY_POST, return_to=whole)
    filed = file_dossier(by_post, by=CLERK, at=MONDAY)
    assert stored(filed.code).return_to == whole

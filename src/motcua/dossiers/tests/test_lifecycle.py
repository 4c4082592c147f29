"""The law of dossiers, without a database."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.states import PLACE, diagram

from motcua.dossiers.rules.access import (
    Held,
    NotYourStep,
    OwnDossier,
    check_may_take,
    is_theirs,
    may_take,
)
from motcua.dossiers.rules.clock import Due, Timing, standing, timing
from motcua.dossiers.rules.codes import CODE, dossier_code, tidy_code
from motcua.dossiers.rules.lifecycle import (
    ENDS_OPINION,
    LIFECYCLE,
    NATIONAL_NUMBER,
    WAITING,
    State,
    Step,
    StepNotAllowed,
    after,
    may_follow,
)
from motcua.kernel.actors import ANONYMOUS, Actor, Role

ENDS = {State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED}
OFFICER = {"stop", "ask_supplement", "ask_payment", "reappoint", "consult"}
CLERK = Actor(id="o-1", agency="H08", roles=frozenset({Role.CLERK}))
SPECIALIST = Actor(id="o-2", agency="H08", roles=frozenset({Role.SPECIALIST}))
LEADER = Actor(id="o-3", agency="H08", roles=frozenset({Role.LEADER}))
LAN = Actor(id="c-lan")


def held(state, role=Role.CLERK):
    return Held(applicant=LAN.id, agency="H08", state=state, stage_role=role, owes=True)


def test_the_states_have_the_numbers_of_the_national_portal():
    assert NATIONAL_NUMBER[State.NEW] == 1
    assert NATIONAL_NUMBER[State.SUPPLEMENT] == 5
    assert NATIONAL_NUMBER[State.PAYMENT] == 6
    assert NATIONAL_NUMBER[State.RETURNED] == 10


def test_every_state_is_in_the_table_and_can_be_reached():
    reached = {State.NEW} | {s for steps in LIFECYCLE.values() for s in steps.values() if s}
    assert reached == set(State) == set(LIFECYCLE)


@pytest.mark.parametrize("state", sorted(ENDS))
def test_a_finished_dossier_can_no_longer_move_unless_a_leader_opens_it_again(state):
    for step in set(Step) - ({Step.REOPEN} if state is not State.WITHDRAWN else set()):
        with pytest.raises(StepNotAllowed):
            after(state, step, waiting_from=None)


@pytest.mark.parametrize("origin", [State.NEW, State.RECEIVED, State.IN_PROCESS])
@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (Step.ASK_SUPPLEMENT, Step.SUPPLY),
        (Step.ASK_PAYMENT, Step.PAY),
        (Step.ASK_PAYMENT, Step.WAIVE),
    ],
)
def test_a_wait_leads_back_to_where_it_began(origin, ask, answer):
    waiting = after(origin, ask, waiting_from=None)
    assert waiting in WAITING
    assert after(waiting, answer, waiting_from=origin) is origin


def test_a_wait_that_began_nowhere_cannot_end():
    with pytest.raises(StepNotAllowed):
        after(State.SUPPLEMENT, Step.SUPPLY, waiting_from=None)


@given(st.lists(st.sampled_from(sorted(Step)), max_size=40))
def test_any_storm_of_steps_walks_one_legal_path_and_no_wait_is_lost(steps):
    state, waiting_from = State.NEW, None
    for step in steps:
        try:
            target = after(state, step, waiting_from=waiting_from)
        except StepNotAllowed:
            continue
        assert step in may_follow(state)
        if step in ENDS_OPINION:
            assert target is state
        elif target in WAITING:
            assert state not in WAITING
            waiting_from = state
        elif state in WAITING:
            waiting_from = None
        assert (target in WAITING) == (waiting_from is not None)
        state = target


def test_the_diagram_in_the_docs_is_that_of_the_table():
    assert Path(PLACE).read_text() == diagram()


def test_an_official_of_another_agency_may_not_accept():
    stranger = Actor(id="o-9", agency="H99", roles=frozenset({Role.CLERK}))
    with pytest.raises(NotYourStep):
        check_may_take(Step.ACCEPT, by=stranger, held=held(State.NEW))


def test_an_official_never_processes_their_own_dossier():
    herself = Actor(id=LAN.id, agency="H08", roles=frozenset(Role))
    with pytest.raises(OwnDossier):
        check_may_take(Step.ACCEPT, by=herself, held=held(State.NEW))


def test_only_the_applicant_withdraws_and_only_the_portal_notes_a_payment():
    check_may_take(Step.WITHDRAW, by=LAN, held=held(State.NEW))
    check_may_take(Step.PAY, by=Actor.system("payments"), held=held(State.PAYMENT))
    for step in (Step.WITHDRAW, Step.PAY):
        with pytest.raises(NotYourStep):
            check_may_take(step, by=CLERK, held=held(State.NEW))


@pytest.mark.parametrize(
    ("state", "role", "who", "steps"),
    [
        (
            State.NEW,
            Role.CLERK,
            CLERK,
            {"accept", "refuse", "ask_supplement", "ask_payment", "transfer"},
        ),
        (State.NEW, Role.CLERK, SPECIALIST, set()),
        (State.RECEIVED, Role.CLERK, CLERK, {"forward", "transfer", *OFFICER} - {"consult"}),
        (
            State.IN_PROCESS,
            Role.SPECIALIST,
            SPECIALIST,
            {"propose", *OFFICER},
        ),
        (State.IN_PROCESS, Role.SPECIALIST, CLERK, set()),
        (State.IN_PROCESS, Role.SPECIALIST, LEADER, {"reappoint", "transfer", "waive"}),
        (
            State.IN_PROCESS,
            Role.LEADER,
            LEADER,
            {"approve", "send_back", "transfer", "waive", *OFFICER},
        ),
        (State.IN_PROCESS, Role.LEADER, SPECIALIST, set()),
        (State.DONE, Role.CLERK, CLERK, {"return"}),
        (State.DONE, Role.CLERK, LEADER, {"reopen", "waive"}),
        (State.PAYMENT, Role.CLERK, LEADER, {"waive"}),
        (State.RETURNED, Role.CLERK, LEADER, {"reopen"}),
        (State.RETURNED, Role.CLERK, CLERK, set()),
        (State.WITHDRAWN, Role.CLERK, LEADER, set()),
        (State.NEW, Role.CLERK, LAN, {"withdraw"}),
        (State.SUPPLEMENT, Role.CLERK, LAN, {"withdraw", "supply"}),
        (State.NEW, Role.CLERK, ANONYMOUS, set()),
    ],
)
def test_who_may_do_what(state, role, who, steps):
    found = {str(step) for step in Step if may_take(step, by=who, held=held(state, role))}
    assert found == steps


def test_further_fees_may_be_asked_though_nothing_is_owed():
    free = Held(applicant=LAN.id, agency="H08", state=State.NEW, stage_role=Role.CLERK)
    assert may_take(Step.ASK_PAYMENT, by=CLERK, held=free)


def test_a_dossier_is_its_applicant_s_and_of_whom_may_act_for_them():
    assert is_theirs(by=LAN, applicant=LAN.id)
    assert is_theirs(by=LAN, applicant="p-child", agent=LAN.id)
    assert not is_theirs(by=CLERK, applicant=LAN.id)
    assert not is_theirs(by=ANONYMOUS, applicant="p-child", agent="")


def test_whoever_files_for_another_does_not_process_it_as_an_official():
    hers = held(State.NEW)._replace(applicant="p-child", filer=CLERK.id)
    with pytest.raises(OwnDossier):
        check_may_take(Step.ACCEPT, by=CLERK, held=hers)


@pytest.mark.parametrize(
    ("step", "before", "who", "may"),
    [
        (Step.ASK_SUPPLEMENT, {"asked_times": 1}, SPECIALIST, False),
        (Step.ASK_SUPPLEMENT, {"asked_times": 1}, LEADER, True),
        (Step.REAPPOINT, {"reappointments": 1}, SPECIALIST, False),
        (Step.REAPPOINT, {"reappointments": 1}, LEADER, True),
    ],
)
def test_what_is_done_once_is_done_again_by_the_leader_only(step, before, who, may):
    dossier = held(State.IN_PROCESS, Role.SPECIALIST)._replace(**before)
    assert may_take(step, by=who, held=dossier) is may


@pytest.mark.parametrize("state", [State.IN_PROCESS, State.SUPPLEMENT, State.PAYMENT])
def test_only_an_agency_that_was_asked_gives_its_opinion(state):
    other = Actor(id="o-9", agency="H99", roles=frozenset({Role.SPECIALIST}))
    asked = held(state, Role.SPECIALIST)._replace(consulted=frozenset({"H99"}))
    assert may_take(Step.CONSULTED, by=other, held=asked)
    assert not may_take(Step.CONSULTED, by=other, held=held(state))
    assert not may_take(Step.CONSULTED, by=SPECIALIST, held=asked)
    assert after(state, Step.CONSULTED, waiting_from=None) is state


@pytest.mark.parametrize("state", [State.IN_PROCESS, State.SUPPLEMENT, State.PAYMENT])
def test_what_was_asked_is_recalled_by_the_agency_that_asked_while_it_is_asked(state):
    asked = held(state, Role.LEADER)._replace(consulted=frozenset({"H99"}))
    other = Actor(id="o-9", agency="H99", roles=frozenset({Role.SPECIALIST}))
    for who, may in ((SPECIALIST, True), (LEADER, True), (CLERK, False), (other, False)):
        assert may_take(Step.RECALL, by=who, held=asked) is may
    assert not may_take(Step.RECALL, by=SPECIALIST, held=held(state))
    assert after(state, Step.RECALL, waiting_from=None) is state


@given(st.dates(), st.dates())
def test_early_on_time_and_late_compare_days(settled, due):
    found = timing(settled, due)
    assert (found is Timing.ON_TIME) == (settled == due)
    assert (found is Timing.LATE) == (settled > due)
    assert timing(settled, due, counted_late=True) is Timing.LATE


@given(
    st.from_regex(r"[A-Z0-9]{3}(\.[0-9]{2}){2}\.[A-Z][0-9]{2}", fullmatch=True),
    st.dates(date(2020, 1, 1), date(2049, 12, 31)),
    st.integers(1, 10**7),
)
def test_a_code_is_found_again_however_it_is_typed(agency, day, number):
    code = dossier_code(agency, day, number)
    assert CODE.fullmatch(code)
    assert tidy_code(f"  {code.lower().replace('-', ' – ')}\n") == code


@given(st.text(max_size=80))
def test_what_is_no_code_is_no_code(text):
    tidy = tidy_code(text)
    assert tidy is None or CODE.fullmatch(tidy)


def test_the_code_of_the_facts():
    assert dossier_code("000.00.16.H57", date(2020, 9, 17), 1) == "000.00.16.H57-200917-0001"


@pytest.mark.parametrize(
    ("due", "at", "standing_now"),
    [
        ("2026-11-05 17:00", "2026-11-05 08:00", Due.TODAY),
        ("2026-11-05 17:00", "2026-11-05 17:01", Due.LATE),
        ("2026-11-06 17:00", "2026-11-05 06:30", Due.SOON),
        ("2026-11-06 02:00", "2026-11-05 23:30", Due.SOON),
        ("2026-11-09 17:00", "2026-11-05 08:00", Due.IN_TIME),
    ],
)
def test_today_is_today_here_also_for_a_clock_that_runs_elsewhere(due, at, standing_now):
    here = ZoneInfo("Asia/Ho_Chi_Minh")
    due, at = (datetime.fromisoformat(text).replace(tzinfo=here) for text in (due, at))
    for zone in (here, UTC):
        assert standing(due, State.NEW, at.astimezone(zone)) is standing_now
    assert standing(due, State.SUPPLEMENT, at) is Due.WAITING

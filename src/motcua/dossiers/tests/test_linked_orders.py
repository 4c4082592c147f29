"""Linked filings in any order of events, at once, and broken off in the middle."""

import json
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.http import bearer
from motcua.dossiers.jobs import try_stuck_parts
from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.operations import linked_going
from motcua.dossiers.operations.linked_going import go_on
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.rules.linked import Before, PartState, new_code, next_of
from motcua.dossiers.tests.conftest import LAN, MONDAY, NAM, SYSTEM, a_file, official
from motcua.dossiers.tests.linked import (
    WHY,
    answers,
    approve,
    dossier_of,
    file_all,
    parts_of,
    refuse,
    states,
    the_linked_pack,
)
from motcua.dossiers.tests.test_linked import open_again, shut
from motcua.kernel.actors import Role

BADLY = {State.REFUSED, State.STOPPED, State.WITHDRAWN}
BEFORE = st.builds(
    Before,
    st.sampled_from(PartState),
    st.none() | st.sampled_from(State),
    st.booleans(),
)


@pytest.fixture
def linked(ward):
    return the_linked_pack()


@given(st.dictionaries(st.sampled_from("abc"), BEFORE, min_size=1))
def test_a_part_opens_only_with_all_results_and_never_after_one_that_failed(known):
    found = next_of(tuple(known), known)
    lost = any(x.state is PartState.DROPPED or x.dossier in BADLY for x in known.values())
    assert bool(found.why) is lost
    assert found.opens is (not lost and all(x.has_result for x in known.values()))


@pytest.mark.parametrize(
    "order",
    [
        ["first", "second", "third", "last"],
        ["first", "third", "second", "last"],
        ["first", "-second", "third"],
        ["first", "third", "-second"],
        ["-first"],
    ],
)
def test_whatever_the_order_nothing_is_lost_and_nothing_comes_twice(linked, work, order):
    code = file_all(linked, given=answers(last=True)).code
    for name in order:
        end = refuse if name.startswith("-") else approve
        end(dossier_of(code, name.strip("-")).code)
        work()
        go_on(code, by=SYSTEM, at=MONDAY, again=True)
    settled = states(code)
    assert set(settled.values()) <= {"opened", "dropped"}
    opened = [part.dossier for part in parts_of(code).values() if part.dossier]
    assert sorted(opened) == sorted(Dossier.objects.values_list("code", flat=True))
    failed = any(name.startswith("-") for name in order)
    assert (settled["last"] == "dropped") is failed


def test_a_worker_that_dies_between_leaves_nothing_half_done(linked, work, monkeypatch):
    code = file_all(linked).code
    approve(dossier_of(code, "first").code)

    class Killed(BaseException):
        """What no code catches, as when the process ends."""

    opened = linked_going.open_part

    def dying(*args, **more):
        opened(*args, **more)
        raise Killed

    monkeypatch.setattr(linked_going, "open_part", dying)
    from django.db import transaction

    with pytest.raises(Killed), transaction.atomic():
        go_on(code, by=SYSTEM, at=MONDAY)
    assert states(code)["second"] == "planned"
    assert Dossier.objects.count() == 1
    monkeypatch.undo()
    try_stuck_parts(0)
    assert states(code) == {"first": "opened", "second": "opened", "third": "opened"}
    assert Dossier.objects.count() == 3


def test_what_was_corrected_at_the_first_is_right_at_the_next(linked, work):
    code = file_all(linked).code
    first = dossier_of(code, "first")
    clerk = official(Role.CLERK, first.agency)
    asked = {"papers": [], "fields": ["full_name"]}
    take_step(first.code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    answer_supplement(first.code, {"full_name": "Nguyễn Thị Lam"}, by=LAN, at=MONDAY)
    approve(first.code)
    work()
    assert dossier_of(code, "second").answers["full_name"] == "Bé Nguyễn Thị Lam"
    assert dossier_of(code, "third").answers["full_name"] == "Nguyễn Thị Lam"


def test_operators_see_what_is_stuck_and_try_it_again(linked, work):
    code = file_all(linked).code
    shut("00008")
    approve(dossier_of(code, "first").code)
    work()
    said = StringIO()
    call_command("linked", stdout=said)
    assert f"{code} third (9.000001, 00008): " in said.getvalue()
    open_again("00008")
    call_command("linked", "retry", stdout=said)
    assert said.getvalue().endswith("0 stuck\n")
    call_command("linked", "retry", code, stdout=said)
    assert states(code)["third"] == "opened"


def test_a_program_files_once_and_reads_how_far_it_is(client, linked, work, monkeypatch):
    who = {"lan": LAN, "nam": NAM}
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who.get(secret)])
    body = {"procedure": "9.000010", "answers": answers(), "papers": {"proof": [a_file()]}}

    def call(method, path, name="lan", body=None):
        return client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {name}", "Idempotency-Key": "k"},
        )

    once, again = (call("POST", "/linked-filings", body=body) for _ in range(2))
    assert once.status_code == 201
    assert once.json() == again.json()
    address = once["Location"].removeprefix("/api/v1")
    parts = call("GET", address).json()["parts"]
    assert [part["state"] for part in parts] == ["opened", "planned", "planned"]
    assert parts[0]["number"] == 1
    assert parts[1]["after"] == ["first"]
    assert call("GET", address, "nam").status_code == 404
    alone = {**body, "procedure": "9.000001"}
    assert call("POST", "/linked-filings", "nam", alone).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_eight_who_hear_it_at_once_open_each_part_once(linked):
    code = file_all(linked).code
    approve(dossier_of(code, "first").code)
    start = Barrier(8)

    def hear():
        start.wait()
        try:
            go_on(code, by=SYSTEM, at=MONDAY)
        finally:
            connections.close_all()

    threads = [Thread(target=hear) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(states(code).values()) == {"opened"}
    assert Dossier.objects.count() == 3
    assert LinkedFiling.objects.get().newest == dossier_of(code, "third").code


def test_codes_can_be_said_and_are_no_dossier_s():
    code = new_code()
    assert code.startswith("LT-")
    assert all(len(group) == 4 and group.isdecimal() for group in code.split("-")[1:])

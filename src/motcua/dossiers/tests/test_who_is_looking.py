"""An official who opens a dossier sees which colleague has it open, known from the looks alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from motcua.backbone.http import bearer
from motcua.backbone.models import Look
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import OPEN_FOR, case_for_work, colleagues_at
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import Counter, check_shape, text_of

DESK = "/ban-lam-viec/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def look(counter, code, who, at):
    return case_for_work(code, by=counter.actor(who), at=at, purpose="test")


def seen_by(counter, code, who, at):
    view = look(counter, code, who, at)
    return [(x.name, x.first) for x in colleagues_at(view, by=counter.actor(who), at=at)]


def test_a_colleague_who_opened_it_lately_is_named_with_the_first_look(counter):
    code, other = counter.file().code, counter.file().code
    look(counter, code, "clerk", MONDAY)
    look(counter, code, "clerk", MONDAY + 5 * MINUTE)
    assert seen_by(counter, code, "specialist", MONDAY + 6 * MINUTE) == [("Cán bộ clerk", MONDAY)]
    assert seen_by(counter, other, "specialist", MONDAY + 6 * MINUTE) == []
    assert seen_by(counter, code, "leader", MONDAY + 5 * MINUTE + OPEN_FOR + MINUTE) == [
        ("Cán bộ specialist", MONDAY + 6 * MINUTE)
    ]


def test_whoever_took_a_step_since_is_not_looking_any_more(counter):
    code = counter.file().code
    look(counter, code, "clerk", MONDAY)
    take_step(code, Step.ACCEPT, by=counter.actor("clerk"), at=MONDAY + MINUTE)
    assert seen_by(counter, code, "leader", MONDAY + 2 * MINUTE) == []
    look(counter, code, "clerk", MONDAY + 3 * MINUTE)
    assert [name for name, _at in seen_by(counter, code, "leader", MONDAY + 4 * MINUTE)] == [
        "Cán bộ clerk"
    ]


def test_the_page_says_so_to_colleagues_and_never_to_the_applicant(counter):
    code = counter.file().code
    counter.client("clerk").get(f"{DESK}{code}/")
    first = localtime(Look.objects.latest("id").at)
    page = counter.client("specialist").get(f"{DESK}{code}/")
    check_shape(page)
    assert f"Cán bộ clerk đang xem hồ sơ này từ {first:%-H:%M}" in text_of(page)
    assert "đang xem" not in text_of(counter.client("clerk").get(f"{DESK}{code}/")).replace(
        "Cán bộ specialist đang xem", ""
    )
    assert "đang xem" not in text_of(counter.client("lan").get(f"/ho-so/{code}/"))


def test_nobody_outside_the_agency_learns_who_looks(counter):
    code = counter.file().code
    view = look(counter, code, "clerk", now())
    for who in ("stranger", "lan"):
        assert colleagues_at(view, by=counter.actor(who), at=now()) == ()


@pytest.mark.parametrize("beside", ["giao/", "tu-choi/", "yeu-cau-bo-sung/"])
def test_a_page_beside_a_dossier_nobody_opened_is_a_look(counter, beside):
    code, clerk = counter.file().code, counter.client("clerk")
    assert clerk.get(f"{DESK}{code}/{beside}").status_code == 200
    look = Look.objects.get()
    assert (look.person, look.reference) == (counter.actor("lan").id, code)
    assert clerk.get(f"{DESK}{code}/{beside}").status_code == 200
    assert Look.objects.count() == 1


def test_pages_beside_the_dossier_one_has_open_are_no_further_looks(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    for page in ("", "giao/", "tu-choi/"):
        assert clerk.get(f"{DESK}{code}/{page}").status_code == 200
    assert Look.objects.count() == 1


@pytest.mark.parametrize("what", ["remarks", "opinions"])
def test_a_program_that_reads_what_was_noted_looks_too(counter, client, monkeypatch, what):
    code, clerk = counter.file().code, counter.actor("clerk")
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: clerk])
    read = client.get(f"/api/v1/dossiers/{code}/{what}", headers={"Authorization": "Bearer x"})
    assert read.status_code == 200
    assert Look.objects.get().by == clerk.id

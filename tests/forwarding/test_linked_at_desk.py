"""Linked filings that a desk takes, of which other portals process parts."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.operations.claiming import NotForThemToClaim, claim
from motcua.dossiers.operations.counter import Present, Way, begin_counter, file_counter_linked
from motcua.dossiers.operations.counter_at_once import Filled, file_linked_at_counter
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.counter import linked_counter_slip
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, a_file, refused
from motcua.dossiers.tests.counter import check_shape, text_of
from motcua.dossiers.tests.linked import PACKS, answers, dossier_of, states
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import publish_folder
from tests.forwarding.desk import DESK, DONE, GRANNY
from tests.forwarding.test_linked_parts import SETTLED, mixed, part, settle

__all__ = ["mixed", "settle"]


def at_desk(counter, code, name="hub-clerk"):
    """Return a page of the desk that took it."""
    page = counter.client(name).get(code)
    check_shape(page)
    return text_of(page)


def test_what_a_desk_takes_as_one_is_handed_on_part_by_part_as_the_desk_took_it(
    counter, begun_linked, settle
):
    code = begun_linked()
    first = part(code, "first")
    clerk = counter.actor("hub-clerk")
    assert (first.desk, first.clerk, len(first.claim)) == (DESK, clerk.id, 6)
    receipt = at_desk(counter, f"/ban-lam-viec/quay/xong/{code}/")
    for words in (code, first.code, first.claim, "Cổng khác"):
        assert words in receipt
    assert first.code in at_desk(counter, f"/ban-lam-viec/chuyen/{first.code}/")
    settle(first)
    assert states(code) == {"first": "opened", "second": "opened", "third": "opened"}
    there = Dossier.objects.get(code=Handed.objects.get(pk=first.pk).there)
    assert (there.channel, there.office_id, there.applicant_name) == (1, None, GRANNY.name)
    page = at_desk(counter, f"/ban-lam-viec/{there.code}/", "clerk")
    for words in ("Bản chính", clerk.name, "Bộ phận một cửa của Bộ"):
        assert words in page
    second = part(code, "second")
    assert (second.desk, second.clerk, second.filer) == (DESK, clerk.id, first.filer)
    hand_on(second.code, at=now())
    second.refresh_from_db()
    assert second.handing == Handing.TAKEN
    receipt = at_desk(counter, f"/ban-lam-viec/quay/xong/{code}/")
    assert all(part(code, name).code in receipt for name in ("first", "second", "third"))


@pytest.fixture
def in_two_places(counter, begun_linked, mixed, work):
    """What a ward's desk took for Lan, unknown to it: one part is settled there, one elsewhere."""
    lan = counter.actor("lan")
    number = get_user_model().objects.get(pk=lan.id).personal_id
    add_office(WARD, "Một cửa phường", by=SYSTEM, at=MONDAY)
    present = Present(number, "Lê Thị Khác", date(1990, 1, 1), document="card")
    code = begun_linked(present, by="clerk", at=offices_of(WARD)[0].id)
    ours = dossier_of(code, "first")
    for step in SETTLED[1:]:
        names = {Step.PROPOSE: "specialist", Step.APPROVE: "leader"}
        take_step(ours.code, step, by=counter.actor(names.get(step, "clerk")), at=now())
    work()
    away = part(code, "third")
    assert (away.desk, len(away.claim)) == (WARD, 6)
    return code, ours, away


@pytest.mark.parametrize("by_the_receipt_of", ["ours", "away"])
def test_one_secret_takes_over_all_parts_wherever_they_are(
    counter, in_two_places, by_the_receipt_of
):
    code, ours, away = in_two_places
    lan, shown = counter.actor("lan"), {"ours": ours, "away": away}[by_the_receipt_of]
    claim(shown.code, shown.claim, by=lan, at=now())
    for row in (away, ours, LinkedFiling.objects.get(code=code)):
        row.refresh_from_db()
        assert row.applicant == lan.id
    assert (away.claim, ours.claim) == ("", "")
    page = text_of(counter.client("lan").get(f"/ho-so/lien-thong/{code}/"))
    assert ours.code in page
    assert away.code in page


def test_who_sees_a_secret_at_work_takes_over_nothing_with_it(counter, in_two_places):
    _, ours, away = in_two_places
    clerk = Actor(counter.actor("clerk").id, "Cán bộ")
    for row in (ours, away):
        with refused(NotForThemToClaim):
            claim(row.code, row.claim, by=clerk, at=now())


def test_a_program_files_at_the_counter_what_is_handed_on(counter, office):
    publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY)
    clerk = counter.actor("hub-clerk")
    filled = Filled(answers() | {"copies": 0}, {"proof": [a_file(clerk, now())]}, DONE)
    code = file_linked_at_counter(
        "9.000010", GRANNY, Way(office), filled, behalf=None, by=clerk, at=now()
    )
    told = linked_counter_slip(code, by=clerk)
    first = part(code, "first")
    assert told.slip.claim == first.claim
    (opened,) = [each for each in told.parts if each.dossier]
    assert (opened.dossier, opened.due_at, opened.own) == (first.code, None, False)
    assert opened.away == f"/ban-lam-viec/chuyen/{first.code}/"


def test_what_the_portal_refuses_at_a_counter_is_corrected_there_and_lets_go_what_waited(
    counter, begun_linked, work
):
    code = begun_linked()
    first = part(code, "first")
    line = first.manifest.replace('"full_name":"', '"full_name":"","was":"')
    Handed.objects.update(manifest=line)
    hand_on(first.code, at=now())
    work()
    assert states(code)["second"] == "dropped"
    assert first.code in at_desk(counter, f"/ban-lam-viec/chuyen/{first.code}/")


@pytest.fixture
def begun_linked(counter, office):
    publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY)

    def filing(present=GRANNY, *, by="hub-clerk", at=office):
        clerk = counter.actor(by)
        draft = begin_counter("9.000010", present, Way(at), by=clerk, at=now())
        save_answers(draft, answers() | {"copies": 0}, by=clerk, at=now())
        attach(draft, "proof", a_file(clerk, now()), by=clerk, at=now())
        code = file_counter_linked(draft, DONE, by=clerk, at=now())
        assert file_counter_linked(draft, DONE, by=clerk, at=now()) == code
        return code

    return filing

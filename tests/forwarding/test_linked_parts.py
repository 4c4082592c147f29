"""Linked filings of which other portals process parts: filed once, each where it belongs."""

import pytest

from motcua.backbone.models import Entry
from motcua.dossiers.jobs import try_stuck_parts
from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.operations.filing import Filing
from motcua.dossiers.operations.linked import PartHasNoAgency, file_linked
from motcua.dossiers.operations.linked_going import NothingToWithdraw, go_on, withdraw_linked
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, a_file, refused
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.dossiers.tests.linked import PACKS, answers, dossier_of, states
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.tests.wire import now
from motcua.files.queries.kept import content_for_room
from motcua.forwarding.models import Handed
from motcua.forwarding.operations import handing_in
from motcua.forwarding.operations.answering import answer
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import StillWaiting
from motcua.forwarding.queries.directory import provider_of
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack
from tests.forwarding.conftest import down

SETTLED = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)


@pytest.fixture
def file_linked_here(agreed, counter):
    """File the linked pack at the hub, online, as Lan; return the code of the whole."""
    definition = pack(publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY).version)

    def filing(reference="1", **more):
        who = counter.actor("lan")
        given = answers() | {"copies": 0}
        told = Filing(definition, given, {"proof": [a_file(who, now())]}, "test", reference, **more)
        return file_linked(told, by=who, at=now()).code

    return filing


@pytest.fixture
def settle(counter, work):
    """Have the province settle what was handed on, and the hub hear of it."""

    def settling(row):
        hand_on(row.code, at=now())
        row.refresh_from_db()
        for step in SETTLED:
            names = {Step.PROPOSE: "specialist", Step.APPROVE: "leader"}
            take_step(row.there, step, by=counter.actor(names.get(step, "clerk")), at=now())
        work()
        ask_how_it_stands(row.code, at=now())
        work()

    return settling


@pytest.fixture
def mixed(monkeypatch):
    """The hub itself settles what belongs to the first ward, the province the rest."""
    monkeypatch.setattr(
        handing_in, "provider_of", lambda agency: None if agency == WARD else provider_of(agency)
    )


def part(code, name):
    return Handed.objects.get(source="linked", reference=f"{code}:{name}")


def test_each_part_is_handed_on_by_itself_and_the_next_opens_on_the_result_from_there(
    file_linked_here, settle, counter
):
    code = file_linked_here()
    assert states(code) == {"first": "opened", "second": "planned", "third": "planned"}
    assert not Dossier.objects.exists()
    first = part(code, "first")
    client, address = counter.client("lan"), f"/ho-so/lien-thong/{code}/"
    for path in (address, f"{address}giay-hen/"):
        page = client.get(path)
        check_shape(page)
        assert first.code in text_of(page)
    settle(first)
    assert states(code) == {"first": "opened", "second": "opened", "third": "opened"}
    second, third = part(code, "second"), part(code, "third")
    assert '"letter"' in third.manifest
    hand_on(second.code, at=now())
    second.refresh_from_db()
    first.refresh_from_db()
    there = Dossier.objects.get(code=second.there)
    (paper,) = there.papers["proof"]
    (result,) = first.results.values()
    assert content_for_room(paper) == content_for_room(result)
    page = client.get(address)
    check_shape(page)
    for each in (first, second, third):
        assert each.code in text_of(page)
    assert code in text_of(client.get(f"/ho-so/chuyen/{second.code}/"))
    assert client.get(f"/tra-cuu/{code}/").status_code == 200


def test_a_part_here_and_a_part_there_are_one_filing(
    file_linked_here, settle, counter, mixed, work
):
    code = file_linked_here()
    first = dossier_of(code, "first")
    assert first.agency == WARD
    for step in SETTLED:
        names = {Step.PROPOSE: "specialist", Step.APPROVE: "leader"}
        take_step(first.code, step, by=counter.actor(names.get(step, "clerk")), at=now())
    work()
    third = part(code, "third")
    assert (third.agency, Handed.objects.count()) == (OTHER, 1)
    assert dossier_of(code, "second").agency == WARD
    client = counter.client("lan")
    assert third.code in text_of(client.get(f"/ho-so/lien-thong/{code}/"))
    page = client.get("/ho-so/")
    check_shape(page)
    assert code in text_of(page)


def test_while_the_portal_is_away_nothing_opens_and_then_each_part_once(
    file_linked_here, settle, agreed
):
    code = file_linked_here()
    first = part(code, "first")
    agreed.on_request = down
    with pytest.raises(StillWaiting):
        hand_on(first.code, at=now())
    try_stuck_parts(0)
    assert states(code)["second"] == "planned"
    agreed.on_request = lambda message: message
    settle(first)
    for _twice in range(2):
        go_on(code, by=SYSTEM, at=now(), again=True)
        ask_how_it_stands(first.code, at=now())
    assert Handed.objects.filter(source="linked").count() == 3
    assert Entry.objects.filter(name="dossiers.linked-part-opened").count() == 2


def test_what_the_unit_refuses_lets_go_what_waited_for_it(file_linked_here, counter, work):
    code = file_linked_here()
    first = part(code, "first")
    hand_on(first.code, at=now())
    first.refresh_from_db()
    take_step(first.there, Step.REFUSE, by=counter.actor("clerk"), at=now(), reason=WHY)
    ask_how_it_stands(first.code, at=now())
    work()
    assert states(code) == {"first": "opened", "second": "dropped", "third": "dropped"}
    page = counter.client("lan").get(f"/ho-so/lien-thong/{code}/")
    check_shape(page)
    assert "Bản thứ nhất" in text_of(page)


def test_what_the_portal_does_not_take_lets_go_what_waited_for_it(file_linked_here, work):
    code = file_linked_here()
    first = part(code, "first")
    line = first.manifest.replace('"full_name":"', '"full_name":"","was":"')
    Handed.objects.update(manifest=line)
    hand_on(first.code, at=now())
    work()
    assert states(code)["second"] == "dropped"


def test_what_was_corrected_there_is_corrected_in_the_next_part(
    file_linked_here, settle, counter, work
):
    code = file_linked_here()
    first = part(code, "first")
    hand_on(first.code, at=now())
    first.refresh_from_db()
    wanted = {"papers": [], "fields": ["full_name"]}
    clerk = counter.actor("clerk")
    take_step(first.there, Step.ASK_SUPPLEMENT, by=clerk, at=now(), reason=WHY, details=wanted)
    ask_how_it_stands(first.code, at=now())
    named = {"full_name": "Nguyễn Thị Lan Anh"}
    answer(first.code, {}, "", by=counter.actor("lan"), at=now(), answers=named)
    page = counter.client("lan").get(f"/ho-so/lien-thong/{code}/")
    assert "cổng khác giải quyết" in text_of(page)
    work()
    settle(first)
    assert "Bé Nguyễn Thị Lan Anh" in part(code, "second").manifest


def test_without_an_agreement_nothing_is_kept_not_even_for_a_part_that_comes_later(
    file_linked_here, agreed, mixed
):
    agreed.agreement.delete()
    forget_agreements()
    with refused(PartHasNoAgency):
        file_linked_here()
    assert not LinkedFiling.objects.exists()
    assert not Dossier.objects.exists()


def test_what_is_elsewhere_is_not_withdrawn_from_here_but_what_waits_is(file_linked_here, counter):
    code, lan = file_linked_here(), counter.actor("lan")
    withdraw_linked(code, by=lan, at=now())
    assert states(code) == {"first": "opened", "second": "dropped", "third": "dropped"}
    with refused(NothingToWithdraw):
        withdraw_linked(code, by=lan, at=now())

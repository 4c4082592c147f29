"""A dossier filed at a hub goes to the province that settles it: once, whatever happens."""

import json

import httpx
import pytest

from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.filing import FiledBefore, NoCompetentAgency
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import WARD, refused
from motcua.dossiers.tests.counter import check_shape, text_of
from motcua.exchange.models import LogEntry
from motcua.exchange.tests.wire import now
from motcua.files.queries.kept import content_for_room
from motcua.forwarding.models import Handed, Taken
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import StillWaiting
from motcua.forwarding.rules.states import Handing
from tests.forwarding.conftest import HUB, PROVINCE, down


def test_what_is_filed_at_the_hub_becomes_a_dossier_of_the_province_with_its_papers(
    handed_in, counter
):
    row = handed_in()
    assert row.code.startswith(f"{HUB}-")
    assert not Dossier.objects.exists()
    assert hand_on(row.code, at=now()) is Handing.TAKEN
    row.refresh_from_db()
    there = Dossier.objects.get()
    assert (row.there, row.member) == (there.code, PROVINCE)
    assert there.agency == WARD
    assert there.applicant == counter.actor("lan").id
    assert (there.filer, there.filer_name) == (f"member:{HUB}", "Bộ Công an")
    assert (there.source, there.reference) == (f"member:{HUB}", row.code)
    (file,) = there.papers["proof"]
    (sent,) = json.loads(row.manifest)["papers"]["proof"]
    assert file != sent
    assert content_for_room(file) == content_for_room(sent)


def test_the_evidence_lies_on_both_sides(handed_in):
    row = handed_in()
    hand_on(row.code, at=now())
    taken = Taken.objects.get()
    entries = LogEntry.objects.filter(service="forwarding.v1")
    assert sorted(entries.values_list("side", flat=True)) == ["consumer", "provider"]
    assert LogEntry.objects.get(side="provider", service="forwarding.v1").id == taken.entry
    assert taken.person["name"] == "Nguyễn Thị Lan"
    names = ("forwarding.handed-in", "forwarding.handed-on", "forwarding.taken")
    assert [Entry.objects.filter(name=name).count() for name in names] == [1, 1, 1]


def test_an_answer_that_is_lost_makes_no_second_dossier(handed_in, agreed):
    row = handed_in()

    def lose(answer):
        raise httpx.ReadTimeout("the answer is lost")

    agreed.on_answer = lose
    with pytest.raises(StillWaiting):
        hand_on(row.code, at=now())
    assert Dossier.objects.count() == 1
    agreed.on_answer = lambda message: message
    assert hand_on(row.code, at=now()) is Handing.TAKEN
    assert hand_on(row.code, at=now()) is Handing.TAKEN
    row.refresh_from_db()
    assert Dossier.objects.get().code == row.there
    assert row.tries == 2


def test_while_the_province_is_down_the_citizen_has_a_receipt_and_nothing_is_lost(
    handed_in, agreed, counter
):
    row = handed_in()
    agreed.on_request = down
    with pytest.raises(StillWaiting):
        hand_on(row.code, at=now())
    row.refresh_from_db()
    assert (row.handing, row.tries) == (Handing.WAITING, 1)
    assert row.trouble == "exchange.member-down"
    page = counter.client("lan").get(f"/ho-so/{row.code}/", follow=True)
    check_shape(page)
    assert "chờ chuyển đến Ủy ban nhân dân thành phố Hà Nội" in text_of(page)
    assert row.code in text_of(page)
    agreed.on_request = lambda message: message
    assert hand_on(row.code, at=now()) is Handing.TAKEN


def test_filing_twice_under_one_key_hands_in_once(handed_in):
    handed_in("a")
    with refused(FiledBefore):
        handed_in("a")
    assert Handed.objects.count() == 1


def test_without_an_agreement_nothing_is_taken_from_the_citizen(handed_in, agreed):
    agreed.agreement.delete()
    from motcua.exchange.queries.agreements import forget_agreements

    forget_agreements()
    with refused(NoCompetentAgency):
        handed_in()


def test_the_citizen_sees_it_once_by_both_codes_with_the_states_of_the_unit(handed_in, counter):
    row = handed_in()
    hand_on(row.code, at=now())
    row.refresh_from_db()
    for by, step in (("clerk", Step.ACCEPT), ("clerk", Step.FORWARD)):
        take_step(row.there, step, by=counter.actor(by), at=now())
    ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert row.number == 4
    Dossier.objects.update(applicant="somebody-else")
    client = counter.client("lan")
    mine = text_of(client.get("/ho-so/"))
    assert mine.count(row.code) == 1
    assert row.there not in mine
    for code in (row.code, row.there):
        page = client.get(f"/ho-so/chuyen/{code}/")
        assert "Bộ phận Một cửa đã tiếp nhận" in text_of(page)
        assert row.there in text_of(page)
    assert row.code in text_of(client.get(f"/tra-cuu/{row.code}/"))
    assert counter.client("nam").get(f"/ho-so/chuyen/{row.code}/").status_code == 404


def test_what_the_province_finds_wrong_comes_back_and_can_be_filed_again(handed_in, counter):
    row = handed_in()
    told = json.loads(row.manifest)
    del told["answers"]["full_name"]
    row.manifest = json.dumps(told) + "\n"
    row.save()
    assert hand_on(row.code, at=now()) is Handing.REFUSED
    assert not Dossier.objects.exists()
    client = counter.client("lan")
    page = client.get(f"/ho-so/chuyen/{row.code}/")
    check_shape(page)
    assert "chưa đúng" in text_of(page)
    row.manifest = json.dumps(told | {"answers": told["answers"]}) + "\n"
    again = client.post(f"/ho-so/chuyen/{row.code}/nop-lai/")
    assert "/khai/" in again["Location"]
    assert State.REFUSED

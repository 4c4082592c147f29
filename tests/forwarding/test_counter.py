"""What a desk takes at its counter for another portal's agency is handed on like any other."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.claiming import ClaimNotRight, NotForThemToClaim, claim
from motcua.dossiers.operations.counter import (
    ClerksOnly,
    NotAtCounter,
    Present,
    file_counter,
)
from motcua.dossiers.operations.counter_again import begin_again
from motcua.dossiers.operations.filing import NoSuchDraft
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.tests.conftest import a_file, refused
from motcua.dossiers.tests.counter import check_shape, text_of
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.again import NotRefused, file_again_at_desk
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.sending import StillWaiting
from motcua.forwarding.queries.handed import NotHanded, handed
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.notices.models import Notice
from tests.forwarding.conftest import down
from tests.forwarding.desk import DESK, DONE, GRANNY


def test_it_is_kept_once_and_no_dossier_is_opened_here(counter, begun):
    clerk, draft = counter.actor("hub-clerk"), begun()
    first = file_counter(draft, DONE, by=clerk, at=now())
    assert file_counter(draft, DONE, by=clerk, at=now()) == first
    row = Handed.objects.get()
    assert (row.code, row.desk, row.clerk) == (first.code, DESK, clerk.id)
    assert len(first.claim) == 6
    assert not Dossier.objects.exists()


def test_the_province_reads_how_the_desk_took_it(counter, taken):
    for _twice in range(2):
        assert hand_on(taken.code, at=now()) is Handing.TAKEN
    there = Dossier.objects.get()
    assert (there.channel, there.office_id, there.state) == (1, None, State.NEW)
    assert there.applicant_name == GRANNY.name
    page = counter.client("clerk").get(f"/ban-lam-viec/{there.code}/")
    check_shape(page)
    for words in ("Bộ phận một cửa của Bộ", "Bản chính", counter.actor("hub-clerk").name):
        assert words in text_of(page)


def test_it_waits_while_the_province_is_away(counter, taken, agreed):
    agreed.on_request = down
    with pytest.raises(StillWaiting):
        hand_on(taken.code, at=now())
    page = counter.client("hub-clerk").get(f"/ban-lam-viec/quay/xong/{taken.code}/", follow=True)
    check_shape(page)
    assert taken.claim in text_of(page)
    assert "không phải làm gì tại quầy" in text_of(page)
    assert "Bạn không phải làm gì" not in text_of(page)
    agreed.on_request = lambda message: message
    assert hand_on(taken.code, at=now()) is Handing.TAKEN
    assert Dossier.objects.count() == 1


def test_only_the_desks_clerks_find_it(counter, taken):
    page = counter.client("hub-clerk").get("/ban-lam-viec/chuyen/")
    check_shape(page)
    assert taken.code in text_of(page)
    assert "/ban-lam-viec/chuyen/" in text_or_links(counter.client("hub-clerk"))
    assert "/ban-lam-viec/chuyen/" not in text_or_links(counter.client("clerk"))
    assert taken.code not in text_of(counter.client("clerk").get("/ban-lam-viec/chuyen/"))
    address = f"/ban-lam-viec/chuyen/{taken.code}/"
    assert counter.client("clerk").get(address).status_code == 404
    assert counter.client("hub-leader").get(address).status_code == 403
    assert counter.client("lan").get(address).status_code == 403


def text_or_links(client):
    return client.get("/ban-lam-viec/quay/").content.decode()


def test_who_has_no_account_takes_it_over_by_the_receipts_secret(counter, taken):
    lan = counter.actor("lan")
    with refused(ClaimNotRight):
        claim(taken.code, "222222", by=lan, at=now())
    Handed.objects.update(agent=lan.id)
    with refused(NotForThemToClaim):
        claim(taken.code, taken.claim, by=lan, at=now())
    Handed.objects.update(agent="")
    with refused(NotHanded):
        handed(taken.code, by=lan)


def test_the_secret_counts_once_and_leads_to_the_page(counter, begun):
    lan = counter.actor("lan")
    card = Present(number_of(lan), "Lê Thị Khác", date(1990, 1, 1), document="card")
    filed = file_counter(begun(card), DONE, by=counter.actor("hub-clerk"), at=now())
    client = counter.client("lan")
    typed = {"ma": filed.code, "ma-nhan": filed.claim}
    page = client.post("/ho-so/nhan/", typed, follow=True)
    assert page.redirect_chain[-1][0] == f"/ho-so/chuyen/{filed.code}/"
    check_shape(page)
    row = Handed.objects.get()
    assert (row.applicant, row.filer, row.claim) == (lan.id, lan.id, "")
    assert filed.code in text_of(client.get("/ho-so/"))
    with refused(ClaimNotRight):
        claim(filed.code, filed.claim, by=lan, at=now())


def number_of(actor):
    return get_user_model().objects.get(pk=actor.id).personal_id


def test_the_person_follows_it_and_reads_what_was_scanned(counter, begun):
    lan = counter.actor("lan")
    card = Present(number_of(lan), lan.name, document="card")
    filed = file_counter(begun(card), DONE, by=counter.actor("hub-clerk"), at=now())
    assert filed.claim == ""
    client, address = counter.client("lan"), f"/ho-so/chuyen/{filed.code}/"
    page = client.get(address)
    check_shape(page)
    assert "Bộ phận một cửa của Bộ" in text_of(page)
    (file,) = handed(filed.code, by=lan).files
    assert client.get(f"{address}tep/{file.id}/").status_code == 200
    assert counter.client("nam").get(f"{address}tep/{file.id}/").status_code == 404
    other = a_file(counter.actor("nam"), now())
    assert client.get(f"{address}tep/{other}/").status_code == 404


def test_what_the_province_does_not_take_is_corrected_at_the_desk(counter, taken):
    line = taken.manifest.replace('"full_name":"', '"full_name":"","was":"')
    Handed.objects.update(manifest=line)
    assert hand_on(taken.code, at=now()) is Handing.REFUSED
    client, address = counter.client("hub-clerk"), f"/ban-lam-viec/chuyen/{taken.code}/"
    page = client.get(address)
    check_shape(page)
    assert "Họ và tên" in text_of(page)
    Handed.objects.update(manifest=taken.manifest)
    again = client.post(f"{address}nop-lai/")
    assert again.status_code == 302
    draft = again["Location"].rstrip("/").split("/")[-1]
    done = file_counter(draft, DONE, by=counter.actor("hub-clerk"), at=now())
    assert done.code != taken.code
    assert hand_on(done.code, at=now()) is Handing.TAKEN
    assert Dossier.objects.get().applicant_name == GRANNY.name


def test_the_desk_sees_how_it_stands(counter, taken):
    hand_on(taken.code, at=now())
    ask_how_it_stands(taken.code, at=now())
    taken.refresh_from_db()
    page = text_of(counter.client("hub-clerk").get(f"/ban-lam-viec/chuyen/{taken.code}/"))
    assert taken.there in page
    assert not Notice.objects.exists()


def test_only_what_was_not_taken_is_begun_again_and_only_by_that_desk(counter, taken, monkeypatch):
    clerk = counter.actor("hub-clerk")
    with refused(NotRefused):
        file_again_at_desk(taken.code, by=clerk, at=now())
    with refused(NotHanded):
        file_again_at_desk(taken.code, by=counter.actor("clerk"), at=now())
    whose = {"applicant": taken.applicant, "filer": taken.filer, "claimable": True}
    with refused(ClerksOnly):
        begin_again(taken.code, **whose, by=counter.actor("lan"), at=now())
    with refused(NoSuchDraft):
        begin_again(taken.code, **whose, by=counter.actor("clerk"), at=now())
    monkeypatch.setattr("motcua.dossiers.operations.counter_again.pack_for", lambda *_, **__: None)
    with refused(NotAtCounter):
        begin_again(taken.code, **whose, by=clerk, at=now())


def test_what_the_province_does_not_take_at_a_counter_is_refused_for_good(taken, monkeypatch):
    monkeypatch.setattr("motcua.forwarding.operations.taking.pack_for", lambda *_, **__: None)
    assert hand_on(taken.code, at=now()) is Handing.REFUSED


def test_an_organisations_is_not_taken_over_by_who_works_at_the_desk(counter, taken, monkeypatch):
    claiming = "motcua.forwarding.operations.claiming"
    monkeypatch.setattr(f"{claiming}.may_be", lambda *_: True)
    monkeypatch.setattr(f"{claiming}.is_organisation", lambda _: True)
    leader = counter.actor("hub-leader")
    person = Actor(leader.id, leader.name)
    with refused(NotForThemToClaim):
        claim(taken.code, taken.claim, by=person, at=now())

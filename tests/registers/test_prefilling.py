"""A form opens at once; what registries know comes beside it, to take or to object to."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.cache import cache

from motcua.backbone.models import Look
from motcua.backbone.tests.reading import Page, check_frame
from motcua.dossiers.models import Draft
from motcua.dossiers.operations import offering
from motcua.dossiers.operations.offering import can_offer
from motcua.exchange.models import LogEntry
from motcua.forms.queries.forms import Kind
from motcua.identity.operations.registering import Details, register
from motcua.packs.operations.publishing import SHIPPED, publish_folder
from motcua.packs.tests.shipped import CODES, shipped
from motcua.registrar.tests.world import HUONG, OWNERS, QUAN, SYSTEM
from motcua.registries.models import Objection, Proof
from motcua.registries.operations.asking import LOOKED_AT, ask
from motcua.registries.queries.answers import Register
from tests.registers.asking import PACKS, account, browser_of, place_of_work
from tests.registers.asking import begun as begun_by
from tests.registers.conftest import move

LAWYER = "1.000828"
BACKEND = "motcua.identity.adapters.passphrases.PassphraseBackend"
WHERE_NOBODY_IS_NAMED = {
    "1.008498": {"existing_number"},
    "2.002288": {"transport_unit"},
    "2.002469": {"maker"},
}
"""What forms ask of the applicant apart from any person they name."""
OFFER, SEE = "Đúng, dùng giá trị này", "Xem Nhà nước đã có gì"


@pytest.fixture
def huong(owners, hanoi, client):
    """Let Hương, whom the registers know, fill in a form that asks where she lives."""
    cache.clear()
    at = datetime.now(UTC)
    publish_folder(SHIPPED / LAWYER, by=SYSTEM, at=at)
    details = Details(
        personal_id=HUONG,
        name="Nguyễn Thị Hương",
        birth_date=date(1995, 3, 14),
        sex="female",
        phone="+84912345678",
        email="huong@example.vn",
    )
    account = register(details, passphrase="cầu vồng sau cơn mưa", by=SYSTEM, at=at)
    person = get_user_model().objects.get(pk=account)
    person.proven_at = at
    person.save()
    client.force_login(person, backend=BACKEND)
    return client


def begun(client):
    """Agree and begin, and return the address of the page that asks for the residence."""
    client.post(f"/nop/{LAWYER}/bat-dau/", {"agreed": "1"})
    return f"/khai/{Draft.objects.get().pk}/lawyer/"


def read(answer, *said, status=200):
    assert answer.status_code == status
    text = answer.content.decode()
    for words in said:
        assert words in text, words
    return text


def test_the_form_opens_without_asking_anybody(huong):
    read(huong.get(begun(huong)), SEE)
    assert not LogEntry.objects.exists()
    assert not Look.objects.exists()


def test_what_is_known_is_shown_with_its_source_and_written_down(huong):
    page = begun(huong)
    text = read(huong.get(f"{page}da-co/"), OFFER, "Cơ sở dữ liệu quốc gia về dân cư")
    check_frame(Page(text))
    fragment = read(huong.get(f"{page}da-co/", headers={"HX-Request": "true"}), OFFER)
    assert "<h1" not in fragment
    assert {look.purpose for look in Look.objects.all()} == {
        "fill in a form for a person who asked for it"
    }
    assert Draft.objects.get().answers.get("residence") is None


def test_a_value_is_taken_when_the_person_says_so_and_its_proof_stays(huong):
    page = begun(huong)
    taken = {"viec": "dung", "cau-hoi": "residence"}
    text = read(huong.post(f"{page}da-co/", taken, follow=True), "Cơ sở dữ liệu quốc gia về dân cư")
    assert SEE not in text
    draft, proof = Draft.objects.get(), Proof.objects.get()
    assert draft.answers["residence"]["province"] == "01"
    assert (proof.subject, proof.field, proof.key) == (str(draft.pk), "residence", HUONG)
    changed = {**draft.answers, "residence": {**draft.answers["residence"], "street": "Số 1"}}
    Draft.objects.update(answers=changed)
    assert "Cơ sở dữ liệu quốc gia về dân cư" not in read(huong.get(page))


def test_a_value_taken_beside_the_form_loses_nothing_that_was_typed(huong):
    page = begun(huong)
    typed = {"lawyer.name": "Hương", "lawyer.id": HUONG, "residence.street": "Số 1"}
    read(huong.post(page, {**typed, "dung": "residence"}, follow=True), "dữ liệu quốc gia")
    answers = Draft.objects.get().answers
    assert answers["lawyer"]["name"] == "Hương"
    assert answers["residence"]["province"] == "01"
    assert Proof.objects.get().field == "residence"


def test_who_writes_another_person_in_takes_over_none_of_their_own_facts_for_them(huong):
    page = begun(huong)
    typed = {"lawyer.name": "Trần Minh Quân", "lawyer.id": QUAN}
    assert SEE not in read(huong.post(page, {**typed, "dung": "residence"}, follow=True))
    assert not Draft.objects.get().answers.get("residence")
    assert not Proof.objects.exists()


def test_a_value_that_comes_late_never_takes_the_place_of_what_was_typed_meanwhile(
    huong, monkeypatch
):
    page = begun(huong)
    typed = {"province": "01", "commune": "00004", "street": "Số 7"}

    def asked_while_somebody_types(*arguments, **facts):
        found = ask(*arguments, **facts)
        Draft.objects.update(answers={**Draft.objects.get().answers, "residence": typed})
        return found

    monkeypatch.setattr(offering, "ask", asked_while_somebody_types)
    taken = {"viec": "dung", "cau-hoi": "residence"}
    read(huong.post(f"{page}da-co/", taken, follow=True), "Câu trả lời của bạn được giữ nguyên")
    assert Draft.objects.get().answers["residence"] == typed
    assert not Proof.objects.exists()


def test_each_register_is_asked_apart(owners, hanoi):
    """A page has one place for each of its registers; what one is asked, no other is."""
    place_of_work()
    publish_folder(PACKS / "9.000013", by=SYSTEM, at=datetime.now(UTC))
    me = account("huong")
    page = browser_of(me)
    here = begun_by(page, me, procedure="9.000013", home={}) + "facts/"
    text = read(page.get(here))
    asked = re.findall(r'hx-get="[^"]*/da-co/\?so=(\w+)"', text)
    assert asked == ["population", "insurance", "land"]
    beside = {"HX-Request": "true"}
    move(OWNERS["population"], "http://127.0.0.1:1")
    Look.objects.all().delete()
    read(page.get(f"{here}da-co/?so=insurance", headers=beside), OFFER, "bảo hiểm")
    assert {look.what for look in Look.objects.all()} == {LOOKED_AT[Register.INSURANCE]}
    read(page.get(f"{here}da-co/?so=population", headers=beside), "dân cư hiện chưa trả lời")
    assert "đất đai" not in read(page.get(f"{here}da-co/?so=nowhere"))
    read(page.get(f"{here}da-co/"), OFFER, "bảo hiểm", "dân cư hiện chưa trả lời")


def test_an_objection_becomes_a_request_to_the_owner(huong):
    page = begun(huong)
    text = read(huong.get(f"{page}da-co/"))
    hidden = dict(re.findall(r'name="(da-ghi)" value="([^"]*)"', text))
    typed = {"viec": "sai", "cau-hoi": "residence", **hidden}
    why = {"vi-sao": "Tôi đã chuyển nhà"}
    again = huong.post(f"{page}da-co/", {**typed, **why})
    read(again, "Hãy viết điều", "Tôi đã chuyển nhà", status=422)
    wish = {"dung-la": "Số 5 phố Huế", **why}
    read(huong.post(f"{page}da-co/", {**typed, **wish}, follow=True), "Bạn sẽ được báo")
    made = Objection.objects.get()
    assert (made.register, made.key, made.field) == ("population", HUONG, "residence.detail")
    assert made.stated
    forged = ["", "x", hidden["da-ghi"][:-1], signing.dumps(["population", HUONG, "sex", "Giả"])]
    for sealed in forged:
        wrote = {**typed, **wish, "da-ghi": sealed}
        assert huong.post(f"{page}da-co/", wrote).status_code == 400
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("viec", ["dung", "xem"])
def test_a_registry_that_is_down_breaks_no_form(huong, viec):
    page = begun(huong)
    move(OWNERS["population"], "http://127.0.0.1:1")
    read(huong.get(page), SEE)
    read(huong.get(f"{page}da-co/"), "chưa trả lời")
    typed = {"viec": viec, "cau-hoi": "residence"}
    read(huong.post(f"{page}da-co/", typed, follow=True))
    assert Draft.objects.get().answers.get("residence") is None


def test_a_portal_that_asks_no_registries_offers_nothing(huong, settings):
    settings.REGISTRIES = {}
    page = begun(huong)
    assert SEE not in read(huong.get(page))
    huong.post(f"{page}da-co/", {"viec": "dung", "cau-hoi": "no_such"})
    assert not Look.objects.exists()


def test_nobody_is_offered_their_own_facts_where_a_form_asks_for_anothers():
    for code, mine, asked, other in (
        ("1.000656", "requester", "requester_home", "last_home"),
        ("1.001022", "requester", "requester_home", "child_home"),
        ("2.001263", "adopter", "adopter_home", "child_home"),
        ("1.000894", "bride", "bride_home", "groom_home"),
    ):
        fields = shipped(code).form.fields
        offered = {field.id for field in can_offer(fields, {mine: {"id": HUONG}}, HUONG)}
        assert asked in offered
        assert other not in offered
        for another in ({mine: {"id": QUAN}}, {}):
            assert asked not in {field.id for field in can_offer(fields, another, HUONG)}


def test_in_no_shipped_form_is_the_applicant_offered_a_fact_of_another_who_is_named():
    """Whoever a form names, with Quân's number in place of hers Hương is offered nothing there."""
    for code in CODES:
        form = shipped(code).form
        persons = [f.id for f in form.fields if f.kind is Kind.PERSON]
        everyone = {name: {"id": QUAN} for name in persons}
        offered = {field.id for field in can_offer(form.fields, everyone, HUONG)}
        assert offered <= WHERE_NOBODY_IS_NAMED.get(code, set()), code


def test_who_only_typed_a_number_is_told_nothing_of_its_owner(huong):
    get_user_model().objects.update(proven_at=None)
    page = begun(huong)
    assert SEE not in read(huong.get(page))
    assert OFFER not in read(huong.get(f"{page}da-co/"))
    huong.post(f"{page}da-co/", {"viec": "dung", "cau-hoi": "residence"})
    assert Draft.objects.get().answers.get("residence") is None
    assert not Look.objects.exists()

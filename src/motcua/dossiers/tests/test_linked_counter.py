"""A linked pack filed at the counter: once, for who stands there, with the same dossiers."""

from datetime import date, timedelta
from shutil import copytree

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import now

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.models import Dossier, Draft, LinkedFiling
from motcua.dossiers.operations.claiming import claim
from motcua.dossiers.operations.counter import (
    Finished,
    GoesElsewhere,
    Present,
    Way,
    begin_counter,
    file_counter_linked,
)
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.filing import FiledAtCounter
from motcua.dossiers.operations.linked import PartNotByPost, file_linked_draft
from motcua.dossiers.operations.linked_going import go_on_after, withdraw_linked
from motcua.dossiers.rules.access import OwnDossier
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, a_file, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.linked import PACKS, answers, approve, dossier_of, parts_of, states
from motcua.identity.operations.relatives import declare_relative
from motcua.packs.operations.publishing import publish_folder

LINKED = "9.000010"
GRANNY = Present("001147000123", "Phạm Thị Sáu", date(1947, 5, 4), document="card")
DONE = Finished("paper", {"proof": "certified"}, accept=True)
QUAY = "/ban-lam-viec/quay/"
LETTER = ("post", "EA123456789VN", MONDAY - timedelta(days=3))


@pytest.fixture
def counter(definition):
    made = Counter(definition).open()
    for agency in (WARD, OTHER):
        add_office(agency, "Bộ phận một cửa", by=SYSTEM, at=MONDAY)
    publish_folder(PACKS / LINKED, by=SYSTEM, at=MONDAY)
    return made


@pytest.fixture
def begun(counter):
    """Return a way to begin and fill a linked pack for who stands at the counter."""

    def begun(present=GRANNY, *, letter=(), **given):
        clerk, office = counter.actor("clerk"), offices_of(WARD)[0].id
        draft = begin_counter(LINKED, present, Way(office, *letter), by=clerk, at=MONDAY)
        save_answers(draft, answers(name="Phạm Thị Sáu") | given, by=clerk, at=MONDAY)
        attach(draft, "proof", a_file(clerk), by=clerk, at=MONDAY)
        return draft

    return begun


@pytest.fixture
def filed(counter, begun):
    return file_counter_linked(begun(), DONE, by=counter.actor("clerk"), at=MONDAY)


def known(counter, name):
    """Return who stands there with an account."""
    actor = counter.actor(name)
    number = get_user_model().objects.get(pk=actor.id).personal_id
    return Present(number, actor.name, document="card")


def test_it_becomes_the_same_dossiers_as_online_for_who_stands_there(counter, filed):
    assert states(filed) == {"first": "opened", "second": "planned", "third": "planned"}
    first = dossier_of(filed, "first")
    clerk = counter.actor("clerk")
    assert (first.channel, first.office.agency_id, first.agency) == (1, WARD, WARD)
    assert (first.applicant_name, first.state) == (GRANNY.name, State.RECEIVED)
    assert clerk.id not in (first.applicant, first.filer, first.agent)
    assert first.transitions.first().by == clerk.id
    assert len(first.claim) == 6


def test_what_waits_opens_by_itself_for_the_same_person_and_counter(filed):
    first = dossier_of(filed, "first")
    Dossier.objects.filter(pk=first.pk).update(state=State.NEW, received_at=None)
    approve(first.code)
    later = MONDAY + timedelta(days=1)
    go_on_after(first.code, by=SYSTEM, at=later)
    assert set(states(filed).values()) == {"opened"}
    second, third = dossier_of(filed, "second"), dossier_of(filed, "third")
    assert {second.applicant, third.applicant} == {first.applicant}
    assert (second.channel, second.agency, second.office.agency_id) == (1, WARD, WARD)
    assert (third.channel, third.agency, third.office) == (1, OTHER, None)
    assert third.papers["letter"] != second.papers["proof"]
    assert third.filed_at == later


def test_what_came_by_post_counts_from_the_day_it_came_and_what_opens_later_from_then(
    counter, filed, begun
):
    code = file_counter_linked(begun(letter=LETTER), DONE, by=counter.actor("clerk"), at=MONDAY)
    first, handed = dossier_of(code, "first"), dossier_of(filed, "first")
    assert (first.channel, first.filed_at, first.entered_at) == (3, LETTER[2], MONDAY)
    assert first.due_at < handed.due_at
    assert first.state == State.RECEIVED
    Dossier.objects.filter(pk=first.pk).update(state=State.NEW, received_at=None)
    later = MONDAY + timedelta(days=1)
    approve(first.code, at=later)
    go_on_after(first.code, by=SYSTEM, at=later)
    for part in ("second", "third"):
        dossier = dossier_of(code, part)
        assert (dossier.channel, dossier.filed_at, dossier.applicant) == (3, later, first.applicant)


def test_the_slip_of_a_letter_says_which_one_it_was_and_what_lay_in_it(counter, begun):
    draft, clerk = begun(letter=LETTER), counter.client("clerk")
    sent = {"signed": "paper", "form-proof": "certified", "return_by": "0"}
    page = clerk.post(f"{QUAY}{draft}/", sent, follow=True)
    check_shape(page)
    told = text_of(page)
    for fact in (
        "EA123456789VN",
        "(dịch vụ bưu chính)",
        "gửi lại cho người nộp",
        "Giấy chứng minh: ",
    ):
        assert fact in told
    assert "Bản sao chứng thực, 1 tệp" in told


def test_a_clerk_is_asked_for_the_letter_only_where_one_may_come(counter):
    clerk = counter.client("clerk")
    assert 'name="tracking"' in clerk.get(f"{QUAY}moi/{LINKED}/").content.decode()


def test_a_part_that_is_not_taken_by_post_keeps_the_whole_back(counter, begun, tmp_path):
    folder = copytree(PACKS / "9.000001", tmp_path / "9.000001")
    facts = folder / "procedure.yaml"
    facts.write_text(facts.read_text().replace("[online, counter, post]", "[online, counter]"))
    publish_folder(folder, by=SYSTEM, at=MONDAY)
    drafts, clerk = [begun(letter=LETTER), begun()], counter.actor("clerk")
    with refused(PartNotByPost):
        file_counter_linked(drafts[0], DONE, by=clerk, at=MONDAY)
    assert not LinkedFiling.objects.exists()
    assert file_counter_linked(drafts[1], DONE, by=clerk, at=MONDAY)


def test_filing_again_gives_the_same(counter, begun):
    draft, clerk = begun(), counter.actor("clerk")
    code = file_counter_linked(draft, DONE, by=clerk, at=MONDAY)
    assert file_counter_linked(draft, DONE, by=clerk, at=MONDAY) == code
    assert LinkedFiling.objects.count() == Dossier.objects.count() == 1


def test_somebody_with_an_account_finds_the_whole_in_it(counter, begun):
    draft = begun(known(counter, "lan"))
    code = file_counter_linked(draft, DONE, by=counter.actor("clerk"), at=MONDAY)
    page = counter.client("lan").get(f"/ho-so/lien-thong/{code}/")
    check_shape(page)
    assert "Bản thứ hai" in text_of(page)
    withdraw_linked(code, by=counter.actor("lan"), at=MONDAY)
    assert set(states(code).values()) == {"opened", "dropped"}


def test_one_secret_takes_over_the_whole_and_what_opens_later(counter, filed):
    first = dossier_of(filed, "first")
    Dossier.objects.filter(pk=first.pk).update(state=State.NEW, received_at=None)
    get_user_model().objects.filter(pk=counter.actor("nam").id).update(personal_id=GRANNY.number)
    nam = counter.actor("nam")
    claim(first.code, first.claim, by=nam, at=MONDAY)
    assert LinkedFiling.objects.get().applicant == nam.id
    approve(first.code)
    go_on_after(first.code, by=SYSTEM, at=MONDAY)
    for part in ("second", "third"):
        dossier = dossier_of(filed, part)
        assert (dossier.applicant, dossier.filer, dossier.claim) == (nam.id, nam.id, "")


def test_the_secret_of_one_part_takes_over_those_opened_before(counter, filed):
    first = dossier_of(filed, "first")
    Dossier.objects.filter(pk=first.pk).update(state=State.NEW, received_at=None)
    approve(first.code)
    go_on_after(first.code, by=SYSTEM, at=MONDAY)
    get_user_model().objects.filter(pk=counter.actor("nam").id).update(personal_id=GRANNY.number)
    nam, first = counter.actor("nam"), dossier_of(filed, "first")
    claim(first.code, first.claim, by=nam, at=MONDAY)
    assert {part.dossier for part in parts_of(filed).values()} == set(
        Dossier.objects.filter(applicant=nam.id, claim="").values_list("code", flat=True)
    )


def test_a_filing_of_which_nothing_is_this_agency_s_is_sent_where_it_belongs(counter, begun):
    draft = begun(office={"province": "01", "commune": "00008"})
    with refused(GoesElsewhere):
        file_counter_linked(draft, DONE, by=counter.actor("clerk"), at=MONDAY)
    assert not LinkedFiling.objects.exists()


def test_nobody_files_so_for_a_relative_or_as_if_it_were_online(counter, begun):
    draft, clerk = begun(known(counter, "lan")), counter.actor("clerk")
    with refused(FiledAtCounter):
        file_linked_draft(draft, by=clerk, at=MONDAY)
    lan = get_user_model().objects.get(pk=counter.actor("lan").id)
    declare_relative(lan.personal_id, lan.name, "sibling", by=clerk, at=now())
    with refused(OwnDossier):
        file_counter_linked(draft, DONE, by=clerk, at=MONDAY)


def test_from_the_card_to_the_one_receipt_on_pages(counter, begun):
    clerk = counter.client("clerk")
    begin = clerk.get(f"{QUAY}moi/{LINKED}/")
    check_shape(begin)
    assert 'name="who"' in begin.content.decode()
    begun()
    check = f"{QUAY}{Draft.objects.get().pk}/"
    check_shape(clerk.get(check))
    assert "Bản thứ ba" in text_of(clerk.get(check))
    sent = {"signed": "paper", "form-proof": "certified", "accept": "1", "return_by": "0"}
    answer = clerk.post(check, sent)
    assert answer.status_code == 302, text_of(answer)
    code = LinkedFiling.objects.get().code
    assert answer["Location"] == f"{QUAY}xong/{code}/"
    page = clerk.get(answer["Location"])
    check_shape(page)
    first = dossier_of(code, "first")
    for fact in (code, first.code, first.claim, GRANNY.name, "Bản thứ hai", "Thẻ căn cước"):
        assert fact in text_of(page)
    assert clerk.get(check)["Location"] == answer["Location"]
    for stranger in ("stranger", "specialist", "lan"):
        assert counter.client(stranger).get(answer["Location"]).status_code in {403, 404}

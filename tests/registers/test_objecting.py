"""What a person says is wrong goes to the registry's owner, and they hear what became of it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from motcua.backbone.models import Entry
from motcua.dossiers.handlers.objections import tell_operators
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Unavailable
from motcua.notices.models import Notice
from motcua.registrar.models import Change, Correction
from motcua.registrar.operations.corrections import accept, examine, refuse
from motcua.registrar.operations.telling import push
from motcua.registrar.tests.world import HUONG, OWNERS, TODAY, official
from motcua.registries.events import AnswerNotKnown
from motcua.registries.models import Objection
from motcua.registries.operations.objecting import (
    Changed,
    NoSuchAnswer,
    NothingWished,
    NotTheirRegistry,
    Said,
    hear_answers,
    object_to,
    send_objection,
    take_changes,
)
from motcua.registries.operations.proofs import keep_proof
from motcua.registries.queries.answers import Register, Source
from motcua.registries.queries.objections import my_objections
from motcua.registries.queries.proofs import proven
from tests.registers.conftest import HANOI, agree, move
from tests.registers.test_pages import browser

ME = Actor("acc-huong", "Nguyễn Thị Hương")
SAID = Said(Register.POPULATION, HUONG, "ethnicity", "Kinh")


def now():
    return datetime.now(UTC)


def objected(**other):
    facts = {"person_id": HUONG, "by": ME, "at": now()}
    return object_to(SAID, "Mường", "Giấy khai sinh", **facts | other)


def states():
    return [each.state for each in my_objections(by=ME)]


def test_an_objection_is_sent_once_and_its_answer_is_heard(owners):
    number = objected()
    for _ in range(2):
        send_objection(number, at=now())
    request = Correction.objects.get()
    assert (request.person, request.wished, request.reference) == (HUONG, "Mường", number)
    assert states() == ["sent"]
    examine(request.pk, by=official(), at=now())
    assert hear_answers(at=now()) == 1
    assert states() == ["examined"]
    accept(request.pk, {"ethnicity": "Mường"}, since=TODAY, told="Đã sửa", by=official(), at=now())
    assert hear_answers(at=now()) == 1
    assert [(each.state, each.told) for each in my_objections(by=ME)] == [("accepted", "Đã sửa")]
    assert hear_answers(at=now()) == 0
    heard = Entry.objects.filter(name="registries.objection-answered").order_by("id")
    assert [entry.facts["state"] for entry in heard] == ["examined", "accepted"]
    assert {entry.facts["person"] for entry in heard} == {ME.id}


def test_an_answer_is_pushed_at_once_to_who_agreed_to_be_told(owners):
    number = objected()
    send_objection(number, at=now())
    examine(Correction.objects.get().pk, by=official(), at=now())
    assert push(Register.POPULATION, HANOI, at=now()) == 0
    agree("registry-changes.v1", HANOI, now(), consumer=OWNERS["population"])
    assert push(Register.POPULATION, HANOI, at=now()) == 1
    assert states() == ["examined"]
    assert push(Register.POPULATION, HANOI, at=now()) == hear_answers(at=now()) == 0


def test_only_the_owner_tells_of_changes_in_its_registry(owners):
    with pytest.raises(NotTheirRegistry):
        take_changes("population", (), member=OWNERS["land"], at=now())
    assert take_changes("population", (), member=OWNERS["population"], at=now()) == 0


def test_a_change_waits_for_a_subscriber_that_is_down(owners):
    send_objection(objected(), at=now())
    examine(Correction.objects.get().pk, by=official(), at=now())
    agree("registry-changes.v1", HANOI, now(), consumer=OWNERS["population"])
    move(HANOI, "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        push(Register.POPULATION, HANOI, at=now())
    move(HANOI, owners.url)
    assert push(Register.POPULATION, HANOI, at=now()) == 1


def test_while_the_registry_is_down_an_objection_waits(owners):
    number = objected()
    there, member = owners.url, OWNERS["population"]
    move(member, "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        send_objection(number, at=now())
    with pytest.raises(Unavailable):
        hear_answers(at=now())
    assert states() == ["made"]
    move(member, there)
    send_objection(number, at=now())
    assert Correction.objects.count() == 1


def test_an_objection_that_the_owner_never_takes_is_closed_with_its_words(owners):
    stray = Said(Register.POPULATION, "001000999999", "ethnicity", "Kinh")
    number = object_to(stray, "Mường", "", person_id=HUONG, by=ME, at=now())
    send_objection(number, at=now())
    (mine,) = my_objections(by=ME)
    assert mine.state == "refused"
    assert "không có" in mine.told
    told = Entry.objects.get(name="registries.objection-answered").facts
    assert (told["state"], told["told"]) == ("refused", mine.told)
    send_objection(number, at=now())
    assert not Correction.objects.exists()


def test_answers_to_two_objections_are_kept_apart(owners):
    one, other = objected(), objected()
    for number in (one, other):
        send_objection(number, at=now())
        examine(Correction.objects.get(reference=number).pk, by=official(), at=now())
    refuse(Correction.objects.get(reference=other).pk, told="Đúng rồi", by=official(), at=now())
    hear_answers(at=now())
    found = dict(Objection.objects.values_list("id", "state"))
    assert {str(key): state for key, state in found.items()} == {
        one: "examined",
        other: "refused",
    }


@pytest.mark.parametrize("said", ["thought-over", "received", "sent", "", None, ["examined"]])
def test_an_answer_that_is_none_moves_nothing_and_is_told_to_those_who_look_after_the_portal(
    owners, said
):
    number = objected()
    send_objection(number, at=now())
    request = Correction.objects.get().pk
    examine(request, by=official(), at=now())
    (entry,) = Change.objects.filter(kind="correction")
    right = entry.facts
    Change.objects.update(facts={**right, "state": said})
    agree("registry-changes.v1", HANOI, now(), consumer=OWNERS["population"])
    assert push(Register.POPULATION, HANOI, at=now()) == 0
    assert hear_answers(at=now()) == 0
    assert states() == ["sent"]
    (told,) = Entry.objects.filter(name="registries.answer-not-known")
    assert (told.subject, told.facts["register"]) == (number, "population")
    refuse(request, told="Đúng rồi", by=official(), at=now())
    assert hear_answers(at=now()) == 1
    assert states() == ["refused"]


def test_who_pushes_what_is_no_answer_is_told_so(owners):
    facts = {"reference": objected(), "state": "thought-over"}
    page = (Changed(7, "correction", HUONG, HUONG, facts),)
    with pytest.raises(NoSuchAnswer) as refused:
        take_changes("population", page, member=OWNERS["population"], at=now())
    assert refused.value.facts["said"] == "thought-over"
    assert states() == ["made"]


def test_administrators_who_look_after_the_portal_read_what_was_said(owners, settings):
    settings.OPERATING_AGENCIES = ("G01",)
    browser(Role.ADMINISTRATOR)
    event = AnswerNotKnown(subject="1", register="population", said="thought-over")
    for _ in range(2):
        tell_operators(event, now())
    (notice,) = Notice.objects.filter(kind="registries.answer-not-known")
    assert notice.person == str(get_user_model().objects.get().pk)
    assert notice.facts["said"] == "thought-over"


def test_one_says_what_is_right(owners):
    with pytest.raises(NothingWished):
        object_to(SAID, "  ", "", person_id=HUONG, by=ME, at=now())
    assert my_objections(by=Actor("somebody")) == ()


def test_a_value_is_the_registry_s_until_it_is_changed(db):
    source = Source(OWNERS["population"], "population", TODAY, TODAY)
    value = {"province": "01", "commune": "00070"}
    for _ in range(2):
        keep_proof("draft-1", "home", value, source, key=HUONG, by=ME, at=now())
    again = {"commune": "00070", "province": "01"}
    assert proven("draft-1", {"home": again})["home"].as_of == TODAY
    assert proven("draft-1", {"home": {**again, "street": "x"}}) == {}
    assert proven("draft-1", {}) == proven("draft-2", {"home": again}) == {}

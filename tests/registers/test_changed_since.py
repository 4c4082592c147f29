"""What a register proved may change: a draft asks again, the desk is told, then nobody listens."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.proving_ends import close_proofs
from motcua.exchange.models import LogEntry
from motcua.kernel.actors import Role
from motcua.kernel.errors import Unavailable
from motcua.registrar.models import Subscription
from motcua.registrar.operations.recording import record
from motcua.registrar.operations.telling import push
from motcua.registrar.queries.answering import answer
from motcua.registrar.tests.world import HUONG, OWNERS
from motcua.registrar.tests.world import official as keeper
from motcua.registries.adapters.exchange.client import ThroughExchange
from motcua.registries.models import Followed, Proof
from motcua.registries.operations.following import follow_proven, stop_following
from motcua.registries.operations.objecting import hear_answers
from motcua.registries.queries.answers import Register
from motcua.registries.queries.questions import PersonById
from tests.registers.asking import account, begun, browser_of, now, official, place_of_work, text_of
from tests.registers.conftest import HANOI, agree, move

NOT_NEEDED = "Không cần nộp"


@pytest.fixture
def huong(owners, hanoi):
    place_of_work()
    return account("huong")


@pytest.fixture
def page(huong):
    return browser_of(huong)


@pytest.fixture
def at(page, huong):
    """Return a draft whose papers are proven, and followed."""
    found = begun(page, huong)
    page.post(f"{found}giay-to/", {"hoi": "1"})
    follow_proven(found.split("/")[2], at=now())
    return found


def changed():
    """Let something about Hương change in the register."""
    today = now().date()
    person = answer(PersonById(HUONG), on=today).value
    reason = "Đăng ký mới"
    record(Register.POPULATION, person, since=today, reason=reason, by=keeper(), at=now())


def filed(page, at):
    page.post(f"{at}kiem-tra/", {"declared": "1", "return_by": "2"})
    return Dossier.objects.get().code


def test_one_is_followed_once_and_the_register_is_asked_no_more_than_that(at):
    calls = LogEntry.objects.count()
    follow_proven(at.split("/")[2], at=now())
    assert LogEntry.objects.count() == calls
    assert list(Followed.objects.values_list("register", "person")) == [("population", HUONG)]
    assert Subscription.objects.get().person == HUONG


def test_a_draft_asks_again_for_what_has_changed(page, at):
    changed()
    assert hear_answers(at=now()) == 1
    text_of(page.get(f"{at}giay-to/"), 'hx-trigger="load"', 'type="file"')
    text = text_of(page.post(f"{at}giay-to/", {"hoi": "1"}, follow=True), NOT_NEEDED)
    assert 'type="file"' not in text
    assert hear_answers(at=now()) == 0
    assert not Proof.objects.exclude(changed_at=None).exists()


def test_the_desk_is_told_that_something_changed_since_and_keeps_the_proof(page, at):
    code = filed(page, at)
    desk = browser_of(official(Role.SPECIALIST))
    said = "báo có thay đổi về người nộp"
    assert said not in text_of(desk.get(f"/ban-lam-viec/{code}/"))
    agree("registry-changes.v1", HANOI, now(), consumer=OWNERS["population"])
    changed()
    assert push(Register.POPULATION, HANOI, at=now()) == 1
    text_of(desk.get(f"/ban-lam-viec/{code}/"), said, "Đã chứng minh bằng")
    text_of(desk.get(f"/ho-so/{code}/chung-cu/wedding/"), "Đã thay đổi sau đó")


def test_what_changed_before_it_was_proven_is_no_change_since(at):
    Proof.objects.update(at=now() + timedelta(minutes=1))
    changed()
    assert hear_answers(at=now()) == 0
    assert not Proof.objects.exclude(changed_at=None).exists()


def test_once_the_dossier_is_closed_nobody_listens(page, at):
    assert stop_following(at=now()) == 0
    code = filed(page, at)
    close_proofs(code)
    assert stop_following(at=now()) == 1
    assert not Subscription.objects.exists()
    assert not Followed.objects.exists()
    assert set(Proof.objects.values_list("person", flat=True)) == {""}
    changed()
    assert hear_answers(at=now()) == 0


def test_a_draft_without_its_proofs_is_not_listened_for(page, at):
    page.post(f"{at}co-so-du-lieu/", {"viec": "rut"})
    assert stop_following(at=now()) == 1


def test_a_register_that_is_down_is_followed_later_and_takes_nothing_from_others(at, owners):
    Followed.objects.all().delete()
    move(OWNERS["population"], "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        follow_proven(at.split("/")[2], at=now())
    assert not Followed.objects.exists()
    move(OWNERS["population"], owners.url)
    follow_proven(at.split("/")[2], at=now())
    Followed.objects.create(register="finance", person=HUONG)
    move(OWNERS["finance"], "http://127.0.0.1:1")
    changed()
    with pytest.raises(Unavailable):
        hear_answers(at=now())
    assert Proof.objects.exclude(changed_at=None).exists()


def test_a_register_that_is_down_keeps_no_other_from_being_told_to_stop(page, at, owners):
    page.post(f"{at}co-so-du-lieu/", {"viec": "rut"})
    Followed.objects.create(register="finance", person=HUONG)
    move(OWNERS["finance"], "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        stop_following(at=now())
    assert set(Followed.objects.values_list("register", flat=True)) == {"finance"}


def test_who_comes_to_rely_on_it_meanwhile_is_followed_again(page, at, monkeypatch):
    draft = at.split("/")[2]
    Proof.objects.filter(subject=draft).update(person="")

    def meanwhile(self, persons, asking):
        Proof.objects.filter(subject=draft).update(person=HUONG)

    monkeypatch.setattr(ThroughExchange, "unfollow", meanwhile)
    assert stop_following(at=now()) == 1
    assert Followed.objects.get().person == HUONG

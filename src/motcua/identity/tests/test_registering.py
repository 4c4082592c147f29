import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from motcua.identity.jobs import forget_old_registrations
from motcua.identity.models import Account, Registration
from motcua.identity.operations.registering import (
    AlreadyKnown,
    NoRegistration,
    NotThisPerson,
    WrongCode,
    code_of,
    confirm_account,
    register,
)
from motcua.identity.tests.conftest import HUONG, NOON, PASSPHRASE, PORTAL, QUAN

REGISTER = "/tai-khoan/dang-ky/"
CODE = "/tai-khoan/dang-ky/ma/"
TYPED = {
    "name": "Nguyễn  Thị Hương",
    "personal_id": "046 195 000 123",
    "birth_date-day": "14",
    "birth_date-month": "3",
    "birth_date-year": "1995",
    "sex": "female",
    "phone": "0912 345 678",
    "email": "Huong@example.vn",
    "passphrase": PASSPHRASE,
}

pytestmark = pytest.mark.django_db


def code_in(letter):
    return re.search(r"\b\d{6}\b", letter.subject).group()


def test_a_person_registers_types_the_code_and_goes_on_where_they_were_going(client, work):
    assert client.get(REGISTER).status_code == 200
    answer = client.post(REGISTER, {**TYPED, "next": "/nop/1.001193/"})
    assert answer.url == CODE
    assert b"Huong@example.vn" in client.get(CODE).content
    assert not Account.objects.exists()
    work()
    (letter,) = mail.outbox
    assert letter.to == ["huong@example.vn"]
    answer = client.post(CODE, {"code": code_in(letter)})
    assert answer.url == "/nop/1.001193/"
    account = Account.objects.get()
    assert (account.name, account.phone) == ("Nguyễn Thị Hương", "+84912345678")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert not Registration.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(client):
    answer = client.post(REGISTER, {**TYPED, "birth_date-year": "1994", "passphrase": "ngắn"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="0912 345 678"' in page
    assert 'value="1994"' in page
    assert 'href="#birth_date"' in page
    assert 'href="#passphrase"' in page
    assert "ngắn" not in page


@pytest.mark.parametrize("known", ["personal_id", "phone", "email"])
def test_registering_tells_nobody_that_an_account_exists(client, work, huong, known):
    mine = {"personal_id": "001092023456", "phone": "0912345679", "email": "la@example.vn"}
    theirs = {field: TYPED[field] for field in (known,)}
    about = {"birth_date-year": "1992", "sex": "male", "name": "Trần Văn Lạ"}
    if known == "personal_id":
        about = {}
    answer = client.post(REGISTER, {**TYPED, **mine, **about, **theirs})
    assert answer.url == CODE
    work()
    assert [letter.to for letter in mail.outbox] == [["huong@example.vn"]]
    assert not re.search(r"\d{6}", mail.outbox[0].body)
    assert client.post(CODE, {"code": "000000"}).status_code == 422
    assert Account.objects.count() == 1


def test_five_tries_spend_a_code(client, work):
    client.post(REGISTER, TYPED)
    work()
    right = code_in(mail.outbox[0])
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert client.post(CODE, {"code": wrong}).status_code == 422
    client.post(CODE, {"code": right})
    assert not Account.objects.exists()


def test_the_code_is_sent_again_a_few_times(client, work):
    client.post(REGISTER, TYPED)
    for _ in range(3):
        assert client.post(CODE + "gui-lai/").status_code == 200
    assert client.post(CODE + "gui-lai/").status_code == 429
    work()
    assert len({code_in(letter) for letter in mail.outbox}) == 1


def test_a_code_page_without_a_registration_leads_to_the_start(client):
    assert client.get(CODE).url == REGISTER
    assert client.post(CODE + "gui-lai/").url == REGISTER


@pytest.mark.django_db(transaction=True)
def test_a_registration_reserves_nothing(client):
    client.post(REGISTER, TYPED)
    register(HUONG, passphrase=PASSPHRASE, by=PORTAL, at=NOON)
    asked = Registration.objects.get()
    assert client.post(CODE, {"code": code_of(asked)}).status_code == 422
    assert Account.objects.count() == 1


def test_what_was_never_confirmed_is_forgotten(client):
    client.post(REGISTER, TYPED)
    forget_old_registrations(timestamp=0)
    assert Registration.objects.count() == 1
    Registration.objects.update(at=NOON.replace(year=2020))
    client.post(CODE, {"code": "000000"})
    assert client.get(CODE).url == REGISTER
    forget_old_registrations(timestamp=0)
    assert not Registration.objects.exists()


def test_nobody_is_registered_twice(huong):
    with pytest.raises(AlreadyKnown):
        register(HUONG, passphrase=PASSPHRASE, by=PORTAL, at=NOON)


@pytest.mark.parametrize(
    "weak", ["mật khẩu", "1q2w3e4r5t6y", "123456789012", "Trần Minh Quân", "x" * 201]
)
def test_a_weak_passphrase_is_refused(weak):
    with pytest.raises(NotThisPerson) as refused:
        register(QUAN, passphrase=weak, by=PORTAL, at=NOON)
    assert {p["at"] for p in refused.value.facts["problems"]} == {"passphrase"}


def test_a_day_that_is_none_is_shown_as_typed(client):
    answer = client.post(REGISTER, {**TYPED, "birth_date-day": "31", "birth_date-month": "2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#birth_date"' in page
    assert 'value="31"' in page


def test_who_has_signed_in_needs_no_second_account(client, enter, huong):
    enter("0912345678")
    assert client.get(REGISTER).url == "/"


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_too_old_leads_to_a_new_start(client):
    client.post(REGISTER, TYPED)
    Registration.objects.update(at=NOON.replace(year=2020))
    page = client.post(CODE + "gui-lai/")
    assert page.status_code == 422
    assert f'action="{REGISTER}"' in page.content.decode()


def test_a_registration_that_never_was_is_not_confirmed():
    with pytest.raises(NoRegistration):
        confirm_account("not a key", "000000", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_still_five(client):
    client.post(REGISTER, TYPED)
    asked = Registration.objects.get()
    wrong = f"{(int(code_of(asked)) + 1) % 1_000_000:06}"
    everybody = Barrier(12)

    def guess(_):
        try:
            everybody.wait()
            confirm_account(str(asked.pk), wrong, at=asked.at)
        except (NoRegistration, WrongCode) as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(WrongCode) == 5
    assert answers.count(NoRegistration) == 7

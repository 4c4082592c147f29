import re

import pytest
from django.core import mail
from django.test import Client

from motcua.identity.tests.conftest import PASSPHRASE, SIGN_IN

NEW = "sông núi nước nam"
CHANGE, FORGOTTEN = "/tai-khoan/mat-khau/", "/tai-khoan/quen-mat-khau/"

pytestmark = pytest.mark.django_db(transaction=True)


def link_in(letter):
    return re.search(r"http://\S+?(/tai-khoan/dat-lai/\S+)", letter.body).group(1)


def test_a_changed_passphrase_ends_every_other_session(client, work, enter, huong):
    other = Client()
    other.post(SIGN_IN, {"login": "0912345678", "passphrase": PASSPHRASE})
    enter("0912345678")
    answer = client.post(CHANGE, {"old": PASSPHRASE, "passphrase": NEW})
    assert answer.url == "/tai-khoan/"
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    work()
    assert mail.outbox[-1].to == ["huong@example.vn"]


def test_an_open_screen_is_not_enough_to_change_it(client, enter, huong):
    enter("0912345678")
    page = client.post(CHANGE, {"old": "đoán bừa một câu", "passphrase": NEW})
    assert page.status_code == 422
    page = client.post(CHANGE, {"old": PASSPHRASE, "passphrase": "ngắn"})
    assert page.status_code == 422
    assert client.get(CHANGE).status_code == 200


def test_a_forgotten_passphrase_is_chosen_anew_by_one_link_once(client, work, enter, huong):
    for _ in range(5):
        enter("0912345678", "sai câu bí mật")
    assert client.post(FORGOTTEN, {"email": "Huong@example.vn"}).status_code == 200
    work()
    link = link_in(mail.outbox[-1])
    assert client.get(link).status_code == 200
    assert client.post(link, {"passphrase": "ngắn"}).status_code == 422
    assert client.post(link, {"passphrase": NEW}).url == SIGN_IN
    assert client.post(link, {"passphrase": "một câu khác nữa"}).status_code == 404
    assert enter("0912345678", NEW).status_code == 302


def test_asking_for_a_link_tells_nobody_who_has_an_account(client, work, huong):
    known = client.post(FORGOTTEN, {"email": "huong@example.vn"})
    unknown = client.post(FORGOTTEN, {"email": "nobody@example.vn"})
    assert known.status_code == unknown.status_code == 200
    bodies = [page.content.decode() for page in (known, unknown)]
    assert bodies[0].replace("huong@", "x@") == bodies[1].replace("nobody@", "x@")
    work()
    assert len(mail.outbox) == 1


def test_a_mailbox_cannot_be_flooded(client, huong):
    answers = [client.post(FORGOTTEN, {"email": "huong@example.vn"}) for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    "key", ["", "x", "not-a-key.abc", "0193a000-0000-7000-8000-000000000001.a"]
)
def test_a_made_up_link_opens_nothing(client, huong, key):
    assert client.get("/tai-khoan/dat-lai/", {"key": key}).status_code == 404


def test_one_persons_link_does_not_open_anothers_account(client, work, huong, quan):
    client.post(FORGOTTEN, {"email": "huong@example.vn"})
    work()
    forged = link_in(mail.outbox[-1]).replace(huong, quan)
    assert client.get(forged).status_code == 404


def test_an_address_is_asked_for(client):
    assert client.get(FORGOTTEN).status_code == 200
    assert client.post(FORGOTTEN, {"email": "huong"}).status_code == 422

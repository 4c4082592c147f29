import pytest
from django.core import mail

from motcua.identity.models import Account
from motcua.identity.operations.contact import ContactRefused, choose_language
from motcua.identity.tests.conftest import NOON, PASSPHRASE
from motcua.kernel.actors import Actor

MINE = "/tai-khoan/"
NEW = {"phone": "0987 654 321", "email": "Moi@example.vn", "passphrase": PASSPHRASE}

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_changes_how_they_are_reached_and_both_addresses_hear_of_it(
    client, work, enter, huong
):
    enter("huong@example.vn")
    assert client.post(MINE, NEW).url == MINE
    account = Account.objects.get()
    assert (account.phone, account.email) == ("+84987654321", "moi@example.vn")
    work()
    assert {letter.to[0] for letter in mail.outbox} == {"huong@example.vn", "moi@example.vn"}


def test_nothing_changed_sends_nothing(client, work, enter, huong):
    enter("huong@example.vn")
    same = {"phone": "0912345678", "email": "huong@example.vn", "passphrase": PASSPHRASE}
    assert client.post(MINE, same).url == MINE
    work()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"passphrase": "đoán bừa một câu"}, "passphrase"),
        ({"phone": "12"}, "phone"),
        ({"email": "x"}, "email"),
        ({"email": "quan@example.vn"}, "phone"),
        ({"phone": "0912345679"}, "phone"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_changes(client, enter, huong, quan, wrong, field):
    enter("huong@example.vn")
    page = client.post(MINE, {**NEW, **wrong})
    assert page.status_code == 422
    assert f'href="#{field}"' in page.content.decode()
    assert Account.objects.get(pk=huong).email == "huong@example.vn"


def test_trying_out_other_peoples_numbers_is_stopped(client, enter, huong):
    enter("huong@example.vn")
    answers = [client.post(MINE, {**NEW, "email": "x"}).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_a_person_chooses_the_language_of_pages_and_letters(client, enter, huong):
    enter("huong@example.vn")
    client.cookies["motcua_language"] = "vi"
    assert client.post("/tai-khoan/ngon-ngu/", {"language": "en"}).url == MINE
    assert client.get(MINE).headers["Content-Language"] == "en"
    assert client.post("/tai-khoan/ngon-ngu/", {"language": "en"}).url == MINE
    assert client.post("/tai-khoan/ngon-ngu/", {"language": "xx"}).status_code == 422


def test_an_unknown_language_is_refused(huong):
    with pytest.raises(ContactRefused):
        choose_language("xx", by=Actor(huong), at=NOON)


def test_my_account_is_mine_only(client):
    assert client.get(MINE).url == "/tai-khoan/dang-nhap/?next=%2Ftai-khoan%2F"
    assert client.post(MINE, NEW).status_code == 302

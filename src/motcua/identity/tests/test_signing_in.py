import unicodedata

import pytest
from django.contrib.sessions.models import Session

from motcua.identity.models import Account
from motcua.identity.tests.conftest import PASSPHRASE, SIGN_IN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "login",
    ["046195000123", "046 195 000 123", "0912345678", "+84 912 345 678", "HUONG@example.vn"],
)
def test_number_phone_and_address_all_open_the_door(client, enter, huong, login):
    assert enter(login).url == "/"
    assert client.session["_auth_user_id"] == huong


def test_a_passphrase_is_the_same_however_the_keyboard_made_its_marks(enter, huong):
    assert enter("0912345678", unicodedata.normalize("NFD", PASSPHRASE)).status_code == 302


def test_a_wrong_passphrase_and_an_unknown_person_get_the_same_answer(enter, huong):
    wrong = enter("0912345678", "không phải câu này")
    unknown = enter("0987654321", "không phải câu này")
    assert wrong.status_code == unknown.status_code == 422
    same = [
        page.content.decode().replace("0912345678", "").replace("0987654321", "").splitlines()
        for page in (wrong, unknown)
    ]
    assert [x for x in same[0] if "csrf" not in x] == [x for x in same[1] if "csrf" not in x]
    assert 'value="0912345678"' in wrong.content.decode()


def test_a_closed_account_stays_outside_and_its_sessions_end(client, enter, huong):
    enter("0912345678")
    Account.objects.update(is_active=False)
    assert client.get("/tai-khoan/").url.startswith(SIGN_IN)
    assert enter("0912345678").status_code == 422


def test_a_planted_session_is_not_the_one_that_is_signed_in(client, enter, huong):
    client.get("/tai-khoan/dang-ky/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    planted = session.session_key
    enter("0912345678")
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:evil.example",
        "\t//evil.example",
    ],
)
def test_the_way_back_never_leads_to_another_site(client, enter, huong, elsewhere):
    assert enter("0912345678", next=elsewhere).url == "/"
    assert client.get(SIGN_IN, {"next": elsewhere}).url == "/"


def test_one_goes_on_to_the_page_one_came_for(client, enter, huong):
    asked = client.get("/tai-khoan/?x=1")
    assert asked.url == "/tai-khoan/dang-nhap/?next=%2Ftai-khoan%2F%3Fx%3D1"
    assert 'value="/tai-khoan/?x=1"' in client.get(asked.url).content.decode()
    assert enter("0912345678", next="/tai-khoan/?x=1").url == "/tai-khoan/?x=1"


def test_guessing_is_stopped_whichever_name_is_used_and_the_page_says_until_when(enter, huong):
    for login in ("046195000123", "0912345678", "huong@example.vn", "0912345678"):
        assert enter(login, "sai câu bí mật").status_code == 422
    stopped = enter("0912345678", "sai câu bí mật")
    assert stopped.status_code == 429
    right = enter("0912345678")
    assert right.status_code == 429
    assert "20" in right.content.decode()
    assert "sessionid" not in right.cookies


def test_guessing_at_nobody_is_stopped_alike(enter):
    answers = [enter("0987654321", "sai câu bí mật").status_code for _ in range(6)]
    assert answers == [422, 422, 422, 422, 429, 429]


def test_another_address_is_not_locked_out_with_the_guesser(client, enter, huong):
    for _ in range(6):
        enter("0912345678", "sai câu bí mật")
    answer = client.post(
        SIGN_IN, {"login": "0912345678", "passphrase": PASSPHRASE}, REMOTE_ADDR="10.0.0.9"
    )
    assert answer.status_code == 302


def test_signing_out_needs_a_press_of_the_button(client, enter, huong):
    enter("0912345678")
    assert client.get("/tai-khoan/dang-xuat/").status_code == 200
    assert client.get("/tai-khoan/").status_code == 200
    assert client.post("/tai-khoan/dang-xuat/").url == "/"
    assert client.get("/tai-khoan/").status_code == 302


def test_another_site_cannot_sign_anybody_in(huong):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(SIGN_IN, {"login": "0912345678", "passphrase": PASSPHRASE})
    assert answer.status_code == 403


def test_the_account_says_which_language_unless_the_reader_chose_one(client, enter, quan):
    enter("0912345679")
    assert client.get("/tai-khoan/").headers["Content-Language"] == "en"
    client.cookies["motcua_language"] = "vi"
    assert client.get("/tai-khoan/").headers["Content-Language"] == "vi"


def test_no_page_of_the_sign_in_library_is_reachable(client):
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("account_login")


def test_a_page_asks_for_session_account_and_notices_and_for_nothing_of_a_stranger(
    client, enter, huong, django_assert_num_queries
):
    with django_assert_num_queries(0):
        client.get(SIGN_IN)
    enter("0912345678")
    with django_assert_num_queries(3):
        client.get("/tai-khoan/dang-xuat/")
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_sessions_that_ran_out_are_forgotten(client, enter, huong):
    from datetime import UTC, datetime

    from motcua.identity.jobs import forget_old_sessions

    enter("0912345678")
    Session.objects.update(expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    forget_old_sessions(timestamp=0)
    assert not Session.objects.exists()

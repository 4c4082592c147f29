from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from motcua.backbone.tests.reading import Page, check_frame
from motcua.identity.models import Authority, Relative
from motcua.identity.operations.authorities import confirm_authority, record_authority
from motcua.identity.queries.authorities import AuthorityKind, authorities_of_mine
from motcua.identity.rules.parties import PartyKind, Principal
from motcua.identity.tests.conftest import (
    CHILD,
    CHILD_NUMBER,
    COMPANY,
    HUONG,
    LAN,
    MINISTRY,
    NOON,
    QUAN,
    TAX_CODE,
)

pytestmark = pytest.mark.django_db

MINE, NEW = "/uy-quyen/", "/uy-quyen/moi/"
RELATIVES = "/tai-khoan/nguoi-than/"
DECLARED = {
    "name": CHILD,
    "number": "001 220 000 456",
    "born-day": "4",
    "born-month": "5",
    "born-year": "2020",
    "basis": "Giấy khai sinh số 12/2020",
}


@pytest.fixture
def hers(client, enter, huong):
    enter("huong@example.vn")
    return client


@pytest.fixture
def his(hers, enter, quan):
    """Quân has declared that he acts for Hương, who reads her pages."""
    return record_authority(
        Principal(PartyKind.PERSON, HUONG.personal_id, HUONG.name, HUONG.birth_date),
        kind=AuthorityKind.ATTORNEY,
        until=localdate() + timedelta(days=60),
        basis="Giấy ủy quyền số 5",
        document=None,
        procedures=frozenset({"1.001193"}),
        by=LAN.__class__(quan, QUAN.name),
        at=now(),
    )


def words(answer):
    page = answer.content.decode()
    check_frame(Page(page))
    return page


def test_a_mother_declares_her_child_and_finds_it_in_her_list(hers):
    words(hers.get(MINE))
    words(hers.get(NEW))
    words(hers.get(f"{NEW}cha-me/"))
    assert hers.post(f"{NEW}cha-me/", DECLARED).url == MINE
    page = words(hers.get(MINE))
    assert CHILD in page
    assert "Giấy khai sinh số 12/2020" in page
    assert Authority.objects.get().until.isoformat() == "2038-05-03"


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_is_said_where_it_stands_and_what_was_typed_is_kept(hers):
    wrong = {**DECLARED, "number": "123", "born-year": "1990"}
    answer = hers.post(f"{NEW}cha-me/", wrong)
    page = words(answer)
    assert answer.status_code == 422
    assert "Giấy khai sinh số 12/2020" in page
    assert hers.post(f"{NEW}cha-me/", DECLARED).status_code == 302
    assert hers.post(f"{NEW}cha-me/", DECLARED).status_code == 422
    odd = {**DECLARED, "until-day": "31", "until-month": "2", "until-year": "2027"}
    assert hers.post(f"{NEW}giam-ho/", odd).status_code == 422


def test_the_kinds_ask_what_they_need(hers):
    firm = {"name": COMPANY, "number": TAX_CODE, "basis": "Giấy chứng nhận đăng ký"}
    assert hers.post(f"{NEW}dai-dien/", firm).status_code == 302
    day = localdate() + timedelta(days=60)
    until = {"until-day": day.day, "until-month": day.month, "until-year": day.year}
    answer = hers.post(f"{NEW}uy-quyen/", {**firm, **until, "who": "organisation"})
    assert answer.status_code == 302
    assert {one.kind for one in Authority.objects.all()} == {"representative", "attorney"}
    for slug in ("giam-ho", "uy-quyen", "dai-dien"):
        words(hers.get(f"{NEW}{slug}/"))
    assert hers.get(f"{NEW}ban-be/").status_code == 404


def test_it_leads_back_to_the_filing_it_was_needed_for_and_nowhere_else(hers):
    words(hers.get(f"{NEW}?next=/khai/x/"))
    assert hers.post(f"{NEW}cha-me/", {**DECLARED, "next": "/khai/x/"}).url == "/khai/x/"
    firm = {"name": COMPANY, "number": TAX_CODE, "basis": "Giấy chứng nhận"}
    away = hers.post(f"{NEW}dai-dien/", {**firm, "next": "https://example.org/"})
    assert away.url.startswith(MINE)
    assert "next" not in away.url


def test_she_sees_who_acts_for_her_and_says_that_it_is_right(hers, his):
    page = words(hers.get(MINE))
    assert QUAN.name in page
    assert "1.001193" in page
    assert hers.post(f"{MINE}{his}/xac-nhan/").url == MINE
    assert Authority.objects.get().confirmed_by_name == HUONG.name


@pytest.mark.django_db(transaction=True)
def test_she_ends_it_at_once(hers, his):
    words(hers.get(f"{MINE}{his}/ket-thuc/"))
    assert hers.post(f"{MINE}{his}/ket-thuc/", {"reason": "Không còn cần"}).url == MINE
    page = words(hers.get(MINE))
    assert "Không còn cần" in page
    words(hers.get(f"{MINE}{his}/ket-thuc/"))
    assert hers.post(f"{MINE}{his}/ket-thuc/").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_the_agent_may_not_confirm_and_a_stranger_sees_nothing(client, enter, hers, his):
    client.logout()
    enter("quan@example.vn")
    assert client.post(f"{MINE}{his}/xac-nhan/").status_code == 403
    Authority.objects.update(agent="somebody", principal="else")
    assert client.get(f"{MINE}{his}/ket-thuc/").status_code == 404
    assert client.post(f"{MINE}{his}/ket-thuc/").status_code == 404
    assert "Giấy ủy quyền" not in words(client.get(MINE))


def test_an_official_at_work_declares_as_the_person_they_are(client, enter, clerk):
    enter("quan@example.vn")
    client.post("/tai-khoan/dong-vai/", {"agency": MINISTRY})
    assert client.post(f"{NEW}cha-me/", DECLARED).status_code == 302
    (one,) = Authority.objects.all()
    assert (one.agent, one.confirmed_at) == (clerk, None)


def test_a_list_costs_one_statement_however_long_it_is(hers, huong, django_assert_max_num_queries):
    for n in range(5):
        Authority.objects.create(
            kind="parent",
            principal=f"child-{n}",
            principal_kind="person",
            principal_name=f"Con {n}",
            principal_number=CHILD_NUMBER,
            agent=huong,
            agent_name=HUONG.name,
            basis="Giấy khai sinh",
            since=NOON.date(),
            until=NOON.date().replace(year=2030),
            recorded_by=huong,
            recorded_at=NOON,
        )
    hers.get(MINE)
    with django_assert_max_num_queries(5):
        hers.get(MINE)
    confirm_authority(str(Authority.objects.first().pk), LAN, NOON)
    assert len(authorities_of_mine(by=LAN.__class__(huong), at=NOON)) == 5


@pytest.mark.django_db(transaction=True)
def test_an_official_names_and_takes_back_a_relative(client, enter, clerk):
    enter("quan@example.vn")
    client.post("/tai-khoan/dong-vai/", {"agency": MINISTRY})
    words(client.get(RELATIVES))
    wife = {"number": HUONG.personal_id, "name": HUONG.name, "relation": "spouse"}
    assert client.post(RELATIVES, {**wife, "relation": "x"}).status_code == 422
    assert client.post(RELATIVES, wife).url == RELATIVES
    assert client.post(RELATIVES, wife).status_code == 422
    assert HUONG.name in words(client.get(RELATIVES))
    number = Relative.objects.get().pk
    assert client.post(f"{RELATIVES}{number}/bo/").url == RELATIVES
    assert HUONG.name not in words(client.get(RELATIVES))


def test_relatives_are_a_matter_of_officials(hers):
    assert hers.get(RELATIVES).status_code == 403
    assert RELATIVES not in hers.get("/tai-khoan/").content.decode()

"""The page on which somebody lets another act for them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate, now

from motcua.backbone.tests.reading import Page, check_frame
from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.queries.procedures import procedures
from motcua.identity.operations.demo import DEMO_CITIZENS, DEMO_PASSPHRASE, open_demo_accounts
from motcua.identity.queries.authorities import Standing, authorities_of_mine
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import SHIPPED, publish_folder

pytestmark = pytest.mark.django_db

HERE, BIRTH = "/uy-quyen/trao/", "1.001193"
SYSTEM = Actor.system("test")
HUONG, QUAN, _SAU = DEMO_CITIZENS
TYPED = {
    "name": QUAN.name,
    "number": "001 092 023 456",
    "purpose": "Đăng ký khai sinh cho con tôi",
    "scope": "some",
    "procedures": [BIRTH],
}


@pytest.fixture
def hers(provinces, client):
    cache.clear()
    open_demo_accounts(by=SYSTEM, at=now())
    load_demo_catalogue(by=SYSTEM, at=now())
    publish_folder(SHIPPED / BIRTH, by=SYSTEM, at=now())
    client.post("/tai-khoan/dang-nhap/", {"login": HUONG.email, "passphrase": DEMO_PASSPHRASE})
    return client


def words(answer):
    page = answer.content.decode()
    check_frame(Page(page))
    return page


def powers(client):
    account = client.session["_auth_user_id"]
    return authorities_of_mine(by=Actor(account), at=now())


def test_she_offers_it_for_one_procedure_and_a_year_at_most(hers):
    page = words(hers.get(HERE))
    assert procedures([BIRTH])[0].title in page
    assert hers.post(HERE, TYPED).url == "/uy-quyen/"
    (power,) = powers(hers)
    assert (power.standing, power.agent_name) == (Standing.OFFERED, QUAN.name)
    assert power.procedures == {BIRTH}
    assert power.until.year == localdate().year + 1
    assert QUAN.name in words(hers.get("/uy-quyen/"))


def test_in_all_procedures_until_the_day_she_says(hers):
    day = localdate() + timedelta(days=9)
    until = {"until-day": day.day, "until-month": day.month, "until-year": day.year}
    hers.post(HERE, TYPED | until | {"scope": "all"})
    (power,) = powers(hers)
    assert (power.procedures, power.until) == (frozenset(), day)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"procedures": []}, "procedures"),
        ({"procedures": ["9.999999"]}, "procedures"),
        ({"until-day": "31", "until-month": "2", "until-year": "2027"}, "until-day"),
        ({"until-day": "1", "until-month": "2", "until-year": "2199"}, "until-day"),
        ({"purpose": ""}, "purpose"),
        ({"name": "Trần Văn Khác"}, "number"),
        ({"number": HUONG.personal_id, "name": HUONG.name}, "number"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(hers, wrong, where):
    answer = hers.post(HERE, TYPED | wrong)
    page = words(answer)
    assert answer.status_code == 422
    assert 'href="#' in page
    assert (wrong.get("name") or QUAN.name) in page
    assert powers(hers) == ()
    assert f'id="{where.removesuffix("-day")}' in page


def test_the_same_power_twice_is_refused_with_words(hers):
    hers.post(HERE, TYPED)
    answer = hers.post(HERE, TYPED)
    assert answer.status_code == 422
    assert len(powers(hers)) == 1

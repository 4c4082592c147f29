from datetime import timedelta

import pytest

from motcua.agencies.operations.absence import note_absence
from motcua.agencies.operations.posts import end_post
from motcua.identity.operations.officials import make_official
from motcua.identity.queries.acting import acting_as, capacities, forget_posts
from motcua.identity.queries.people import NoSuchPerson
from motcua.identity.tests.conftest import (
    EARLIER,
    HUONG,
    MINISTRY,
    NOON,
    OTHER,
    PORTAL,
    QUAN,
)
from motcua.kernel.actors import Actor, Role, StandIn

ACT = "/tai-khoan/dong-vai/"

pytestmark = pytest.mark.django_db


def test_an_official_acts_for_the_agency_with_the_roles_of_all_posts_there(clerk):
    make_official(clerk, MINISTRY, Role.LEADER, "Phó phòng", by=PORTAL, at=EARLIER)
    actor = acting_as(clerk, "Quân", agency=MINISTRY, at=NOON)
    assert actor.serves(MINISTRY, Role.CLERK)
    assert actor.serves(MINISTRY, Role.LEADER)
    (capacity,) = capacities(by=actor, at=NOON)
    assert (capacity.agency_name, capacity.titles) == ("Bộ Tư pháp", ("Một cửa", "Phó phòng"))


def test_nobody_acts_for_an_agency_where_they_hold_no_post(clerk, huong):
    assert not acting_as(clerk, "Quân", agency=OTHER, at=NOON).is_official
    assert not acting_as(huong, "Hương", agency=MINISTRY, at=NOON).is_official
    assert not acting_as(clerk, "Quân", agency="", at=NOON).is_official


def test_a_post_that_has_ended_gives_nothing_any_more(ministries, quan):
    post = make_official(quan, MINISTRY, Role.CLERK, "Một cửa", by=PORTAL, at=EARLIER)
    end_post(post, by=PORTAL, at=NOON)
    forget_posts(quan)
    assert not acting_as(quan, "Quân", agency=MINISTRY, at=NOON).is_official


def test_only_a_person_with_an_account_becomes_an_official(ministries):
    with pytest.raises(NoSuchPerson):
        make_official("nobody", MINISTRY, Role.CLERK, "Một cửa", by=PORTAL, at=EARLIER)


def test_an_official_lands_at_the_desk(client, enter, clerk):
    assert enter("quan@example.vn").url == "/ban-lam-viec/"
    assert client.session["acting_for"] == MINISTRY


def test_an_official_of_two_agencies_chooses_first(client, enter, clerk):
    make_official(clerk, OTHER, Role.AUDITOR, "Thanh tra", by=PORTAL, at=EARLIER)
    answer = enter("quan@example.vn", next="/thong-bao/")
    assert answer.url == f"{ACT}?next=%2Fthong-bao%2F"
    page = client.get(answer.url).content.decode()
    assert "Bộ Tài chính" in page
    assert client.post(ACT, {"agency": OTHER, "next": "/thong-bao/"}).url == "/thong-bao/"
    assert client.session["acting_for"] == OTHER
    assert client.post(ACT, {"agency": ""}).url == "/"
    assert client.post(ACT, {"agency": OTHER}).url == "/ban-lam-viec/"


def test_choosing_an_agency_of_others_is_refused(client, enter, huong, ministries):
    enter("huong@example.vn")
    assert client.post(ACT, {"agency": MINISTRY}).status_code == 422
    assert client.session["acting_for"] == ""


def test_an_agency_planted_in_a_session_gives_no_power(client, enter, huong, clerk):
    enter("huong@example.vn")
    session = client.session
    session["acting_for"] = MINISTRY
    session.save()
    request = client.get("/tai-khoan/").wsgi_request
    assert request.actor == Actor(huong, "Nguyễn Thị Hương")


def test_posts_are_read_once_in_a_while(clerk, django_assert_num_queries):
    with django_assert_num_queries(0):
        forget_posts(clerk)
    with django_assert_num_queries(1):
        acting_as(clerk, "Quân", agency=MINISTRY, at=NOON)
        acting_as(clerk, "Quân", agency=MINISTRY, at=NOON)


def test_a_deputy_acts_with_the_roles_lent_and_knows_for_whom(client, enter, huong, clerk):
    make_official(huong, MINISTRY, Role.LEADER, "Vụ trưởng", by=PORTAL, at=EARLIER)
    until = NOON + timedelta(days=1)
    note_absence(MINISTRY, clerk, huong, NOON, until, by=PORTAL, at=NOON)
    deputy = acting_as(huong, HUONG.name, agency=MINISTRY, at=NOON)
    assert deputy.roles == {Role.CLERK, Role.LEADER}
    assert deputy.stands_in_for == (StandIn(clerk, QUAN.name, frozenset({Role.CLERK})),)
    (capacity,) = capacities(by=deputy, at=NOON)
    assert capacity.titles == ("Vụ trưởng", f"Một cửa ({QUAN.name})")
    back = acting_as(huong, HUONG.name, agency=MINISTRY, at=until)
    assert (back.roles, back.stands_in_for) == (frozenset({Role.LEADER}), ())

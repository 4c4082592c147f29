from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.models import Absence
from motcua.agencies.operations.absence import (
    AbsentAlready,
    DeputyAbsent,
    NoSuchAbsence,
    NotAColleague,
    NotATime,
    NotYourAbsence,
    RoleTooLow,
    end_absence,
    note_absence,
)
from motcua.agencies.operations.posts import appoint, end_post
from motcua.agencies.queries.absence import absences, colleagues, stand_ins
from motcua.agencies.queries.agencies import NoSuchAgency
from motcua.agencies.queries.posts import posts_held
from motcua.agencies.rules.absence import covers, is_a_time
from motcua.agencies.tests.conftest import AT, CHIEF, CITY, SYSTEM, WARD, refused
from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor, Role, StandIn

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HUNG = Actor("hung", "Lê Văn Hùng", WARD, frozenset({Role.LEADER}))
BINH = Actor("binh", "Trần Văn Bình", WARD, frozenset({Role.SPECIALIST}))


@pytest.fixture
def staff(ward):
    posts = {}
    for who, name, agency, role in [
        ("hung", "Lê Văn Hùng", WARD, Role.LEADER),
        ("thu", "Phạm Thị Thu", WARD, Role.LEADER),
        ("binh", "Trần Văn Bình", WARD, Role.SPECIALIST),
        ("nga", "Đinh Thị Nga", WARD, Role.CLERK),
        ("minh", "Đỗ Quang Minh", CITY, Role.LEADER),
    ]:
        posts[who] = appoint(who, name, agency, role, role.value, by=SYSTEM, at=AT - DAY)
    return posts


def away(holder="hung", deputy="thu", since=AT, until=AT + 3 * DAY, by=HUNG, agency=WARD, at=AT):
    return note_absence(agency, holder, deputy, since, until, by=by, at=at)


def roles_of(who, at, agency=WARD):
    return {post.role for post in posts_held(who, at=at) if post.agency == agency}


def test_a_deputy_has_the_roles_of_the_absent_one_while_it_lasts(staff, django_assert_num_queries):
    away("binh", "thu", since=AT + DAY, by=BINH)
    assert roles_of("thu", AT) == {Role.LEADER}
    with django_assert_num_queries(1):
        own, lent = posts_held("thu", at=AT + DAY)
    assert (own.role, own.for_name) == (Role.LEADER, "")
    assert (lent.role, lent.for_name, lent.holder) == (Role.SPECIALIST, "Trần Văn Bình", "binh")
    assert (lent.since, lent.until) == (AT + DAY, AT + 3 * DAY)
    assert roles_of("binh", AT + DAY) == {Role.SPECIALIST}
    assert roles_of("thu", AT + 3 * DAY - timedelta(seconds=1)) == {Role.LEADER, Role.SPECIALIST}
    assert roles_of("thu", AT + 3 * DAY) == {Role.LEADER}


def test_an_absence_that_ends_early_takes_the_roles_back_at_once(staff):
    number = away("binh", "thu", by=BINH)
    end_absence(number, by=BINH, at=AT + DAY)
    assert roles_of("thu", AT + DAY) == {Role.LEADER}
    with refused(NoSuchAbsence):
        end_absence(number, by=BINH, at=AT + DAY)
    away("binh", "thu", since=AT + DAY, until=AT + 2 * DAY, by=BINH, at=AT + DAY)


def test_an_absence_called_off_before_it_begins_lends_nothing_and_stands_in_nobodys_way(staff):
    number = away("binh", "thu", since=AT + DAY, by=BINH)
    end_absence(number, by=CHIEF, at=AT)
    assert roles_of("thu", AT + DAY) == {Role.LEADER}
    assert absences(by=BINH, at=AT)[0].is_over(AT)
    with refused(NoSuchAbsence):
        end_absence(number, by=CHIEF, at=AT)
    away("binh", "thu", by=BINH)
    names = list(Entry.objects.filter(name__contains="absence").values_list("name", flat=True))
    assert names == [
        "agencies.absence-noted",
        "agencies.absence-ended",
        "agencies.absence-noted",
    ]


def test_a_deputy_who_left_or_whose_colleague_left_has_nothing_lent(staff):
    away("binh", "thu", by=BINH)
    end_post(staff["binh"], by=SYSTEM, at=AT + DAY)
    assert roles_of("thu", AT + DAY) == {Role.LEADER}
    away("hung", "thu")
    end_post(staff["thu"], by=SYSTEM, at=AT + DAY)
    assert posts_held("thu", at=AT + DAY) == ()


def test_standing_in_is_not_passed_on(staff):
    away("binh", "thu", by=BINH)
    assert roles_of("thu", AT) == {Role.LEADER, Role.SPECIALIST}
    away("thu", "hung", by=CHIEF)
    assert roles_of("hung", AT) == {Role.LEADER}
    assert {p.for_name for p in posts_held("hung", at=AT)} == {"", "Phạm Thị Thu"}


@pytest.mark.parametrize("deputy", ["minh", "nobody", "hung"])
def test_only_another_who_works_in_this_agency_stands_in(staff, deputy):
    for by in (HUNG, CHIEF):
        with refused(NotAColleague):
            away(deputy=deputy, by=by)
    with refused(NotAColleague):
        away("nobody", "thu", by=CHIEF)
    assert posts_held("nobody", at=AT) == ()


def test_a_lower_role_stands_in_only_if_an_administrator_names_it(staff):
    with refused(RoleTooLow):
        away("hung", "nga")
    away("hung", "nga", by=CHIEF)
    assert roles_of("nga", AT) == {Role.CLERK, Role.LEADER}


def test_nobody_notes_or_ends_the_absence_of_another(staff):
    stranger = Actor("minh", "Đỗ Quang Minh", CITY, frozenset({Role.ADMINISTRATOR}))
    for by in (BINH, stranger, Actor("hung", "Lê Văn Hùng"), Actor("")):
        with refused(NotYourAbsence):
            away(by=by)
    number = away()
    deputy = Actor("thu", "Phạm Thị Thu", WARD, frozenset({Role.LEADER}))
    with refused(NotYourAbsence):
        end_absence(number, by=deputy, at=AT)
    for by in (BINH, stranger, Actor("hung", "Lê Văn Hùng")):
        with refused(NoSuchAbsence):
            end_absence(number, by=by, at=AT)
    end_absence(number, by=SYSTEM, at=AT)


def test_two_absences_of_one_official_do_not_overlap_and_a_deputy_is_there(staff):
    away()
    with refused(AbsentAlready):
        away(since=AT + DAY)
    away(since=AT + 3 * DAY, until=AT + 4 * DAY)
    with refused(DeputyAbsent):
        away("thu", "hung", by=CHIEF)
    with refused(NoSuchAgency):
        away(agency="G99", by=SYSTEM)


def test_who_may_see_which_absences(staff):
    away()
    away("binh", "thu", by=BINH)
    assert len(absences(by=CHIEF, at=AT)) == 2
    assert [one.holder for one in absences(by=BINH, at=AT)] == ["binh"]
    deputy = Actor("thu", "Phạm Thị Thu", WARD, frozenset({Role.LEADER}))
    assert {one.holder for one in absences(by=deputy, at=AT)} == {"hung", "binh"}
    assert absences(by=Actor("hung", "Lê Văn Hùng"), at=AT) == ()
    assert absences(by=CHIEF, at=AT + 200 * DAY) == ()
    assert all(one.is_on(AT) and not one.is_over(AT) for one in absences(by=CHIEF, at=AT))
    assert stand_ins(WARD, at=AT) == {"hung": "thu", "binh": "thu"}
    assert stand_ins(WARD, at=AT + 3 * DAY) == {}


def test_colleagues_are_those_of_ones_own_agency(staff):
    assert {one.id for one in colleagues(by=BINH, at=AT)} == {"hung", "thu", "binh", "nga"}
    assert colleagues(by=Actor("hung", "Lê Văn Hùng"), at=AT) == ()


@pytest.mark.parametrize(
    ("since", "until"),
    [(AT, AT), (AT + DAY, AT), (AT - 2 * DAY, AT), (AT, AT + 400 * DAY)],
)
def test_an_absence_has_a_time(staff, since, until):
    with refused(NotATime):
        away(since=since, until=until)
    assert not Absence.objects.exists()


roles = st.frozensets(st.sampled_from(Role))


@given(roles, roles)
def test_who_covers_more_covers_less(held, needed):
    assert covers(held | {Role.LEADER}, {Role.CLERK, Role.SPECIALIST, Role.LEADER})
    assert covers(held, held)
    if covers(held, needed):
        assert covers(held | {Role.AUDITOR}, needed)
        assert all(covers(held, {role}) for role in needed)
    for alone in (Role.AUDITOR, Role.ADMINISTRATOR):
        assert covers(held, {alone}) is (alone in held)


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_a_time_has_a_length_and_is_not_over(begin, end):
    good = is_a_time(AT + begin * DAY, AT + end * DAY, at=AT)
    assert good is (begin < end and end > 0 and end - begin <= 366)


def test_in_whose_place_something_is_done():
    absent = StandIn("binh", "Trần Văn Bình", frozenset({Role.SPECIALIST}))
    same = StandIn("thu", "Phạm Thị Thu")
    both = frozenset({Role.LEADER, Role.SPECIALIST})
    hung = Actor("hung", "Lê Văn Hùng", WARD, both, (absent, same))
    assert hung.instead_of("binh", Role.SPECIALIST) == "Trần Văn Bình"
    assert hung.instead_of("thu", Role.LEADER) == "Phạm Thị Thu"
    assert hung.instead_of("", Role.SPECIALIST) == "Trần Văn Bình"
    assert hung.instead_of("", Role.LEADER) == ""
    assert hung.instead_of("", Role.LEADER, Role.SPECIALIST) == ""
    assert hung.instead_of("hung", Role.SPECIALIST) == ""
    assert HUNG.instead_of("binh", Role.LEADER) == ""
    assert HUNG.instead_of("", Role.CLERK) == ""

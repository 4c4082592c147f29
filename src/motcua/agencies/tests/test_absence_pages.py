"""Absences are noted by those they concern, or by who administers the agency."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from motcua.agencies.models import Absence
from motcua.agencies.operations.posts import appoint
from motcua.agencies.tests import signed
from motcua.agencies.tests.conftest import AT, SYSTEM, WARD
from motcua.backbone.tests.reading import Page, check_frame
from motcua.kernel.actors import Actor, Role

HOME = "/quan-tri/vang-mat/"
STAFF = {
    "hung": ("Lê Văn Hùng", Role.LEADER),
    "binh": ("Trần Văn Bình", Role.SPECIALIST),
    "nga": ("Đinh Thị Nga", Role.CLERK),
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(client, settings, monkeypatch, ward):
    """Return somebody's browser."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.agencies.tests.signed.As"]
    for who, (name, role) in STAFF.items():
        appoint(who, name, WARD, role, role.value, by=SYSTEM, at=AT)
        monkeypatch.setitem(signed.WHO, who, Actor(who, name, WARD, frozenset({role})))
    monkeypatch.setitem(signed.WHO, "citizen", Actor("citizen", "Ai Đó"))

    def browser(who):
        client.cookies["who"] = who
        return client

    return browser


def time(since=1, until=3, **more):
    boxes = {}
    for name, days in (("since", since), ("until", until)):
        day = localdate() + timedelta(days=days)
        boxes |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return {**boxes, **more}


def words(answer):
    page = answer.content.decode()
    check_frame(Page(page))
    return page


def test_an_official_notes_their_own_absence_and_ends_it(browser):
    binh = browser("binh")
    words(binh.get(HOME))
    assert binh.post(HOME, time(0, 2, deputy="hung", holder="nga")).url == HOME
    absence = Absence.objects.get()
    assert (absence.holder, absence.deputy) == ("binh", "hung")
    assert absence.until - absence.since == timedelta(days=3)
    page = words(binh.get(HOME))
    assert "Lê Văn Hùng" in page
    assert f"{HOME}{absence.pk}/het/" in page
    assert binh.post(f"{HOME}{absence.pk}/het/").url == HOME
    absence.refresh_from_db()
    assert absence.until <= now()
    assert binh.post(f"{HOME}{absence.pk}/het/").status_code == 404
    words(binh.get(HOME))


def test_a_deputy_sees_it_and_may_not_end_it(browser):
    browser("binh").post(HOME, time(deputy="hung"))
    number = Absence.objects.get().pk
    hung = browser("hung")
    page = words(hung.get(HOME))
    assert "Trần Văn Bình" in page
    assert f"{HOME}{number}/het/" not in page
    assert hung.post(f"{HOME}{number}/het/").status_code == 403
    assert "Trần Văn Bình đi" not in words(browser("nga").get(HOME))
    assert browser("nga").post(f"{HOME}{number}/het/").status_code == 404


def test_an_administrator_notes_for_others_and_calls_it_off(browser):
    chief = browser("chief")
    words(chief.get(HOME))
    assert chief.post(HOME, time(holder="hung", deputy="nga")).url == HOME
    number = Absence.objects.get().pk
    assert chief.post(f"{HOME}{number}/het/").url == HOME
    assert "Lê Văn Hùng" in words(chief.get(HOME))


@pytest.mark.parametrize(
    "typed",
    [
        time(deputy="nobody"),
        time(deputy="nga"),
        time(deputy="hung", **{"since-day": "99"}),
        time(3, 1, deputy="hung"),
        time(deputy="hung", **{"until-year": "9999"}),
        time(deputy="hung", **{"since-year": "1"}),
        {},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_noted(browser, typed):
    answer = browser("binh").post(HOME, typed)
    assert answer.status_code == 422
    words(answer)
    assert not Absence.objects.exists()


def test_the_same_time_twice_is_refused_with_the_name(browser):
    browser("binh").post(HOME, time(deputy="hung"))
    answer = browser("binh").post(HOME, time(deputy="hung"))
    assert answer.status_code == 422
    assert "Trần Văn Bình" in words(answer)


def offered(page):
    """Return who may be chosen as deputy."""
    (select,) = re.findall(r'<select[^>]*name="deputy".*?</select>', page, re.DOTALL)
    return set(re.findall(r'<option value="([^"]+)"', select))


@pytest.fixture
def auditor(browser):
    appoint("thu", "Bùi Đức Thắng", WARD, Role.AUDITOR, "auditor", by=SYSTEM, at=AT)
    appoint("chief", "Nguyễn Thị Lan", WARD, Role.ADMINISTRATOR, "chief", by=SYSTEM, at=AT)


def test_officials_are_offered_exactly_who_may_stand_in_for_them(browser, auditor):
    assert offered(words(browser("nga").get(HOME))) == {"binh", "hung"}
    assert offered(words(browser("binh").get(HOME))) == {"hung"}
    page = words(browser("hung").get(HOME))
    assert 'name="deputy"' not in page
    assert "Không có đồng nghiệp nào" in page


def test_an_administrator_chooses_who_is_away_and_is_offered_all_others(browser, auditor):
    chief = browser("chief")
    staff = {*STAFF, "thu", "chief"}
    assert offered(words(chief.get(HOME))) == staff - {"chief"}
    assert offered(words(chief.get(HOME, {"holder": "hung"}))) == staff - {"hung"}
    assert offered(words(chief.get(HOME, {"holder": "nobody"}))) == staff - {"chief"}
    wrong = chief.post(HOME, time(holder="hung", deputy="hung"))
    assert wrong.status_code == 422
    assert offered(words(wrong)) == staff - {"hung"}


def test_absences_are_a_matter_of_officials(browser):
    assert browser("citizen").get(HOME).status_code == 403
    assert browser("citizen").post(HOME, time(deputy="hung")).status_code == 403

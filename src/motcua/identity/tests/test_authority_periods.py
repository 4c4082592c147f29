from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules.authorities import (
    AuthorityKind,
    Limits,
    holds,
    last_day,
    problems_of_authority,
    years_after,
)
from motcua.identity.rules.parties import PartyKind, Principal

days = st.dates(date(2000, 1, 1), date(2080, 1, 1))
kinds = st.sampled_from(AuthorityKind)


@given(days, st.integers(1, 40))
def test_years_later_is_the_same_date_or_the_last_of_february(day, years):
    later = years_after(day, years)
    assert later.year == day.year + years
    assert (later.month, later.day) == (day.month, day.day) or (day.day, later.day) == (29, 28)


@given(days, days, st.integers(-3, 400), st.booleans())
def test_it_holds_on_each_of_its_days_and_on_no_other(since, until, offset, ended):
    on = since + timedelta(days=offset)
    inside = since <= on <= until and not ended
    assert holds(since=since, until=until, ended=ended, on=on) is inside


@given(days)
def test_a_parent_acts_to_the_eve_of_the_eighteenth_birthday(born):
    since = born + timedelta(days=400)
    last = last_day(AuthorityKind.PARENT, since=since, born=born)
    assert last + timedelta(days=1) == years_after(born, 18)


@given(kinds, days, st.one_of(st.none(), days), st.booleans())
def test_a_seen_paper_never_shortens_an_authority(kind, since, born, seen):
    ours = last_day(kind, since=since, born=born)
    assert last_day(kind, since=since, born=born, seen=True) >= ours
    if not seen and kind is AuthorityKind.ATTORNEY:
        assert ours == years_after(since, 1)


@given(kinds, days, days, st.integers(0, 9000))
def test_what_is_accepted_lasts_at_least_today_and_never_past_its_limit(kind, born, since, length):
    principal = Principal(
        PartyKind.ORGANISATION if kind is AuthorityKind.REPRESENTATIVE else PartyKind.PERSON,
        "",
        "",
        None if kind is AuthorityKind.REPRESENTATIVE else born,
    )
    until = since + timedelta(days=length)
    facts = {"since": since, "until": until, "basis": "giấy tờ", "seen": False}
    wrong = list(problems_of_authority(kind, principal, **facts))
    last = last_day(kind, since=since, born=principal.born)
    assert bool(wrong) is (until > last)


def test_a_guardian_of_an_adult_has_as_long_as_the_limits_say():
    since, born = date(2026, 11, 23), date(1950, 1, 1)
    five, two = Limits(), Limits(guardian_years=2)
    assert last_day(AuthorityKind.GUARDIAN, since=since, born=born, limits=five).year == 2031
    assert last_day(AuthorityKind.GUARDIAN, since=since, born=born, limits=two).year == 2028


def test_a_parent_of_somebody_of_age_has_no_day_left():
    grown = Principal(PartyKind.PERSON, "", "", date(1990, 1, 1))
    facts = {"until": date(2027, 1, 1), "basis": "giấy khai sinh", "seen": False}
    since = date(2026, 11, 23)
    (wrong,) = problems_of_authority(AuthorityKind.PARENT, grown, since=since, **facts)
    assert wrong.at == "kind"

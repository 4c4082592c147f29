"""A record through time: each day has one truth at most, whatever was written in whatever order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.models import Entry
from motcua.registrar.models import TABLES, Change, Subscription
from motcua.registrar.operations.recording import WrongRecord, record, record_facts
from motcua.registrar.queries.answering import record_on
from motcua.registrar.rules.access import NotYourRegister
from motcua.registrar.rules.history import Days, NoDays, days_of_new
from motcua.registrar.tests.world import HUONG, NOON, OWNERS, SYSTEM, TODAY, official, refused
from motcua.registrar.tests.world import NOON as AT
from motcua.registries.queries.answers import Register

START = date(2000, 1, 1)
DAY = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
LENGTH = st.none() | st.integers(1, 30)


@st.composite
def versions(draw):
    first, length = draw(DAY), draw(LENGTH)
    return first, None if length is None else first + timedelta(days=length)


def truth(known, day):
    found = [value for days, value in known if day in days]
    assert len(found) <= 1
    return found[0] if found else None


def written(known, new, value):
    left = [(piece, old) for days, old in known for piece in days.without(new)]
    return [*left, (new, value)]


@given(st.lists(versions(), max_size=12))
def test_a_new_version_changes_the_days_it_takes_and_no_other(several):
    known = []
    span = [START + timedelta(days=n) for n in range(-2, 100)]
    for number, (first, until) in enumerate(several):
        new = days_of_new(first, until, [days for days, _ in known])
        before = {day: truth(known, day) for day in span}
        known = written(known, new, number)
        for day in span:
            assert truth(known, day) == (number if day in new else before[day])


@given(versions(), versions())
def test_days_overlap_where_some_day_lies_in_both(one, other):
    one, other = Days(*one), Days(*other)
    span = [START + timedelta(days=n) for n in range(95)]
    assert one.overlaps(other) == any(d in one and d in other for d in span)
    assert one.overlaps(other) == other.overlaps(one)


def test_without_an_end_a_version_takes_the_days_of_the_one_it_replaces():
    known = [Days(START, date(2001, 1, 1)), Days(date(2001, 1, 1))]
    assert days_of_new(date(2000, 6, 1), None, known).until == date(2001, 1, 1)
    assert days_of_new(date(2005, 6, 1), None, known).until is None
    assert days_of_new(date(1999, 1, 1), None, known).until == START
    assert days_of_new(START, None, []).until is None


def test_a_version_that_ends_before_it_begins_is_refused():
    with pytest.raises(NoDays):
        Days(START, START)


def moved(day=TODAY):
    person, _ = record_on(Register.POPULATION, HUONG, on=day)
    return replace(person, current=replace(person.current, detail="Số 1 phố Mới"))


def test_a_correction_of_the_past_leaves_what_came_after(town):
    person, since = record_on(Register.POPULATION, HUONG, on=date(2010, 5, 5))
    wrong = replace(person, religion="Phật giáo")
    record(Register.POPULATION, wrong, since=since, reason="Sai", by=official(), at=NOON)
    assert record_on(Register.POPULATION, HUONG, on=date(2010, 5, 5))[0].religion == "Phật giáo"
    assert record_on(Register.POPULATION, HUONG, on=TODAY)[0].marriage == "married"
    assert record_on(Register.POPULATION, HUONG, on=date(1990, 1, 1)) is None


def test_what_was_believed_before_can_still_be_told(town):
    rows = TABLES[Register.POPULATION].objects.filter(key=HUONG)
    count = rows.count()
    record(Register.POPULATION, moved(), since=TODAY, reason="Chuyển", by=official(), at=NOON)
    assert rows.count() == count + 2
    (old,) = rows.filter(withdrawn_at__isnull=False)
    (kept,) = rows.filter(valid_to=TODAY)
    assert (old.valid_from, old.facts) == (kept.valid_from, kept.facts)
    assert rows.get(valid_from=TODAY).by == official().id
    (entry,) = Entry.objects.filter(name="registrar.record-changed")
    assert entry.subject == f"population/{HUONG}"


def test_the_database_itself_refuses_a_second_truth(town):
    row = TABLES[Register.POPULATION].objects.filter(key=HUONG, valid_to=None).get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_only_keepers_of_the_owner_write(town):
    value = moved()
    for by in (official("G10"), official(role="auditor"), official(role="clerk")):
        with refused(NotYourRegister):
            record(Register.POPULATION, value, since=TODAY, reason="x", by=by, at=NOON)
    record(Register.POPULATION, value, since=TODAY, reason="x", by=SYSTEM, at=NOON)
    with refused(WrongRecord):
        record_facts(Register.LAND, {"unit": "1"}, since=TODAY, reason="x", by=SYSTEM, at=AT)


def test_a_subscriber_hears_of_the_persons_it_named_alone(town):
    for member, person in (("H26", HUONG), ("H29", "001000000000")):
        Subscription.objects.create(
            register="population", member=member, person=person, purpose="x", since=NOON
        )
    done = record(Register.POPULATION, moved(), since=TODAY, reason="x", by=SYSTEM, at=NOON)
    assert done.told == ("H26",)
    (change,) = Change.objects.all()
    assert (change.member, change.person, change.kind, change.key) == (
        "H26",
        HUONG,
        "record",
        HUONG,
    )
    assert set(OWNERS) == {str(register) for register in TABLES}

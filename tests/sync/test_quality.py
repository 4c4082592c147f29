"""What is odd in what was told is found, scored and shown to the member; nothing is changed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.tests.conftest import WARD, definition, ward
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.kernel.actors import Actor, Role
from motcua.sync.jobs import measure_all, measure_member
from motcua.sync.models import Quality
from motcua.sync.operations.quality import measure_quality
from motcua.sync.queries.quality import members_quality, quality_of
from motcua.sync.queries.streams import NotYourStreams
from motcua.sync.rules.access import NotYourMember
from motcua.sync.rules.quality import Finding, Kind, NoScore, first_of_last_days, is_mass, score_of
from motcua.sync.tests.streams import AT, DAY, HUE, code_of, dossier, send, status, tables

__all__ = ["definition", "ward"]

SYSTEM = Actor.system("sync")
AUDITOR = Actor("a", "A", "000.00.16.H57", frozenset({Role.AUDITOR}))
STRANGER = Actor("b", "B", "000.00.16.H26", frozenset({Role.ADMINISTRATOR}))
CLERK = Actor("c", "C", "000.00.16.H57", frozenset({Role.CLERK}))


DAYS = timedelta(days=2)


def hours(number):
    return (DAY + timedelta(hours=number)).isoformat()


def odd_rows():
    yield dossier(1, person="000000001", filed_at=hours(0))
    yield dossier(2, person="", filed_at=hours(0), done_at=hours(-1))
    yield dossier(3, person="001195012345", procedure="9.999999", filed_at=hours(0))
    yield dossier(4, person="001195012345", received_at="hôm qua", due_at="", kind=7)
    yield status(1, 9, hours=3)
    yield status(3, 2, hours=-5)
    yield status(77, 2)
    yield status(2, 9, at="2199-01-01T08:00:00+07:00")
    for number in range(100, 600):
        at = "2026-09-30T08:00:00+07:00"
        yield status(number, 9, at=at, code=code_of(number))


@pytest.mark.django_db
def test_each_oddity_is_found_with_examples_and_nothing_is_changed():
    send([status(number, 2) for number in range(100, 600)], stream="b", at=DAY)
    send(list(odd_rows()))
    before = tables()
    score = measure_quality("H57", by=SYSTEM, at=AT)
    report = quality_of(HUE, by=AUDITOR)
    found = {each.kind: each for each in report.findings}
    assert set(found) == set(Kind) - {Kind.WRONG_PERSON}
    assert found[Kind.DUMMY_PERSON].examples == (code_of(1),)
    assert found[Kind.NO_PERSON].examples == (code_of(2),)
    assert found[Kind.UNREAD].examples == ("received_at", "kind", code_of(4))
    assert found[Kind.BACKWARDS].examples == (code_of(2),)
    assert found[Kind.BEFORE_FILING].examples == (code_of(3),)
    assert found[Kind.FROM_FUTURE].examples == (code_of(2),)
    assert found[Kind.NO_END].examples == (code_of(1),)
    assert found[Kind.UNUSED_STATUS].examples == ("1", "3", "4", "5", "6", "7", "8", "10")
    assert found[Kind.NO_DOSSIER].count == 501
    assert found[Kind.QUARTER_END].count == 500
    assert (report.score, report.dossiers, report.statuses) == (score, 4, 1004)
    assert report.trend == ((AT.date(), score),)
    assert tables() == before


def day_of(month, day):
    return datetime(2026, month, day, 3, tzinfo=UTC)


def changed_at_the_end():
    """Let two hundred dossiers be done two days before the quarter ends, all told then."""
    end = day_of(9, 29)
    codes = [code_of(number, day="260710") for number in range(200)]
    rows = [status(value=9, code=code, at=end.isoformat()) for code in codes]
    send(rows, offset=200, at=end)


def quarter_end():
    measure_quality("H57", by=SYSTEM, at=AT)
    found = quality_of(HUE, by=AUDITOR).findings
    return next(((x.count, x.total) for x in found if x.kind is Kind.QUARTER_END), None)


@pytest.mark.django_db
def test_dossiers_known_before_that_are_done_by_masses_in_the_last_days_are_found():
    begun = day_of(7, 10)
    codes = [code_of(number, day="260710") for number in range(200)]
    send([status(code=code, at=begun.isoformat()) for code in codes], at=begun)
    assert quarter_end() is None
    changed_at_the_end()
    assert quarter_end() == (200, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("told", [day_of(9, 29), AT])
@pytest.mark.parametrize("is_new", [True, False])
def test_years_of_old_dossiers_told_at_once_are_no_mass_of_updates(told, is_new):
    if not is_new:
        send([status(9999)], stream="before", at=day_of(7, 1))
    spread = [
        (number, value, day_of(7, 1) + timedelta(hours=11 * number + value))
        for number in range(200)
        for value in (1, 4, 9)
    ]
    send(
        [
            *(status(n, value, at=at.isoformat()) for n, value, at in spread if at <= told),
            *(status(number, 9, at=day_of(9, 29).isoformat()) for number in range(500, 1500)),
        ],
        at=told,
    )
    for number in range(500, 520):
        send([status(number, 10, at=told.isoformat())], stream=f"s{number}", at=told + DAYS)
    assert quarter_end() is None


@pytest.mark.django_db
def test_what_is_told_at_first_hides_no_mass_of_changes():
    begun = day_of(7, 10)
    codes = [code_of(number, day="260710") for number in range(200)]
    send([status(code=code, at=begun.isoformat()) for code in codes], at=begun)
    changed_at_the_end()
    old = [status(n, 9, at=(begun + timedelta(minutes=n)).isoformat()) for n in range(5000)]
    send(old, stream="old", at=AT)
    assert quarter_end() == (200, 200)


@pytest.mark.django_db
def test_a_member_that_began_late_in_the_quarter_is_judged_by_the_days_since():
    for day in range(22, 31):
        rows = [status(number, 2, hours=day) for number in range(day * 100, day * 100 + 40)]
        rows += [
            status(number, 9, at=day_of(9, day).isoformat())
            for number in range(day * 100 - 200, day * 100 - 160)
        ]
        send(rows, stream=f"day {day}", at=day_of(9, day))
    assert quarter_end() is None


@given(st.integers(0, 10_000), st.integers(1, 92))
def test_as_many_changes_on_the_last_days_as_on_others_are_no_mass(a_day, days):
    assert not is_mass(min(3, days) * a_day, days * a_day, days=days)


def test_a_few_changes_are_no_mass():
    assert not is_mass(49, 49, days=92)
    assert is_mass(50, 50, days=92)


@pytest.mark.django_db
def test_where_nothing_was_told_there_is_no_score_and_it_is_said_why(counter):
    city, client = "000.00.00.H26", counter.client("auditor")
    address = f"/quan-tri/dong-bo/{city}/"
    by = Actor("a", "A", city, frozenset({Role.AUDITOR}))
    report = quality_of(city, by=by)
    assert (report.score, report.no_score) == (None, NoScore.NOT_MEASURED)
    assert "Chưa đo" in text_of(client.get(address))
    send([b"{"], member=city)
    assert measure_quality("H26", by=SYSTEM, at=AT) is None
    report = quality_of(city, by=by)
    assert (report.score, report.no_score, report.trend) == (None, NoScore.NOTHING_TOLD, ())
    (row,) = members_quality(by=by)
    assert (row.score, row.no_score) == (None, NoScore.NOTHING_TOLD)
    for page in (client.get(address), client.get("/quan-tri/dong-bo/")):
        check_shape(page)
        assert "Chưa có gì để đánh giá" in text_of(page)
        assert "trên 100" not in text_of(page)
    send([status(1, code=code_of(1, top="H26"))], member=city, offset=1)
    measure_quality("H26", by=SYSTEM, at=AT)
    assert quality_of(city, by=by).no_score is None


@pytest.mark.django_db
def test_a_member_that_tells_well_has_a_hundred_and_is_measured_each_night(work):
    good = dossier(1, person="001195012345", filed_at=hours(0), done_at=hours(2))
    send([good, status(1, 2), status(1, 9, hours=2)])
    measure_all(0)
    work()
    row = Quality.objects.get()
    assert [kind for kind, *_ in row.findings] == ["unknown-procedure"]
    measure_member("H57")
    assert Quality.objects.count() == 1


@pytest.mark.django_db
def test_only_the_member_s_own_administrators_and_auditors_see_it():
    send([status(1)])
    assert quality_of(HUE, by=AUDITOR).measured_at is None
    assert [each.top for each in members_quality(by=AUDITOR)] == ["H57"]
    assert members_quality(by=STRANGER) == members_quality(by=CLERK) == ()
    for actor in (STRANGER, CLERK, Actor("x")):
        with pytest.raises(NotYourStreams):
            quality_of(HUE, by=actor)
        with pytest.raises(NotYourMember):
            measure_quality("H57", by=actor, at=AT)


@pytest.fixture
def counter(definition):
    made = Counter(definition).open()
    made._official("auditor", Role.AUDITOR, WARD)
    return made


def test_pages_show_score_oddities_streams_and_rows_not_taken(counter, work):
    client, city = counter.client("auditor"), "000.00.00.H26"
    check_shape(client.get("/quan-tri/dong-bo/"))
    rows = [{**row, "code": row["code"].replace("H57", "H26")} for row in odd_rows()]
    send([*rows, b"{", status(1, 99)], member=city)
    page = client.get(f"/quan-tri/dong-bo/{city}/")
    check_shape(page)
    assert "Chưa đo" in text_of(page)
    assert client.post(f"/quan-tri/dong-bo/{city}/do-lai/").status_code == 302
    work()
    page, told = client.get(f"/quan-tri/dong-bo/{city}/"), client.get("/quan-tri/dong-bo/")
    for each in (page, told):
        check_shape(each)
    for words in ("Số định danh bịa", code_of(1, top="H26"), "Hà Nội", "JSON", "trên 100"):
        assert words in text_of(page)
    assert client.get(f"/quan-tri/dong-bo/{HUE}/").status_code == 403
    assert counter.client("clerk").get("/quan-tri/dong-bo/").status_code == 403


@pytest.mark.django_db
def test_who_looks_after_the_portal_sees_every_score_but_no_row(counter, settings):
    counter._official("operator", Role.ADMINISTRATOR, WARD)
    client = counter.client("operator")
    send([*odd_rows(), b'{"applicant":"Tran Thi Bi Mat"'])
    measure_member("H57")
    assert "Huế" not in text_of(client.get("/quan-tri/dong-bo/"))
    settings.OPERATING_AGENCIES = frozenset({WARD})
    assert "Huế" in text_of(client.get("/quan-tri/dong-bo/"))
    page = client.get(f"/quan-tri/dong-bo/{HUE}/")
    check_shape(page)
    assert "Số định danh bịa" in text_of(page)
    assert "Bi Mat" not in text_of(page)
    assert client.post(f"/quan-tri/dong-bo/{HUE}/do-lai/").status_code == 403
    assert client.get("/quan-tri/dong-bo/x/").status_code in {403, 404}


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(0, 9), st.integers(0, 9))))
def test_a_score_is_between_0_and_100_and_falls_with_what_is_odd(given_):
    findings = [Finding(kind, min(count, total), total) for kind, count, total in given_]
    assert 0 <= score_of(findings) <= 100
    assert score_of([*findings, Finding(Kind.NO_END, 1, 2)]) <= score_of(findings)


def test_the_last_days_are_those_of_the_quarter_that_ended_last():
    assert [str(day) for day in first_of_last_days(AT.date())] == ["2026-09-28", "2026-10-01"]
    assert [str(day) for day in first_of_last_days(DAY.date())] == ["2026-06-28", "2026-07-01"]

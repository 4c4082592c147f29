"""What is odd in what was told is found, scored and shown to the member; nothing is changed."""

from datetime import timedelta

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
from motcua.sync.rules.quality import Finding, Kind, first_of_last_days, score_of
from motcua.sync.tests.streams import AT, DAY, HUE, code_of, dossier, send, status, tables

__all__ = ["definition", "ward"]

SYSTEM = Actor.system("sync")
AUDITOR = Actor("a", "A", "000.00.16.H57", frozenset({Role.AUDITOR}))
STRANGER = Actor("b", "B", "000.00.16.H26", frozenset({Role.ADMINISTRATOR}))
CLERK = Actor("c", "C", "000.00.16.H57", frozenset({Role.CLERK}))


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
    assert (report.score, report.dossiers, report.statuses) == (score, 4, 504)
    assert report.trend == ((AT.date(), score),)
    assert tables() == before


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

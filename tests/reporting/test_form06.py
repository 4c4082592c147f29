"""Form 06 sums what an agency and those below it received, settled and still owe."""

from datetime import timedelta

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.tests.walks import Step
from motcua.kernel.actors import Actor, Role
from motcua.reporting.queries.form06 import Asked, Column, NotBegun, Period, behind, form_06
from motcua.reporting.queries.places import NotYourReport, places_of
from motcua.reporting.rules.form06 import Figures, Part, sections_of, total_of
from motcua.reporting.web.words import COLUMN_WORDS
from tests.reporting.conftest import AWAY, CITY, LEADER, NOW, OTHER, WARD, official

NOVEMBER = Period.named("2026-M11")
DECEMBER = Period.named("2026-M12")


def form(period=NOVEMBER, *, by=LEADER, at=NOW, **asked):
    return form_06(Asked(period, **asked), by=by, at=at)


def lines(found):
    return {(s.level, x.key): x.figures for s in found.sections for x in s.lines}


numbers = st.integers(0, 9)
figures = st.builds(Figures, *[numbers] * 8)
parts = st.lists(
    st.builds(
        Part,
        st.sampled_from("ABC"),
        st.sampled_from(["province", "commune"]),
        st.sampled_from(["", "đất đai", "hộ tịch"]),
        st.just("p"),
        figures,
    )
)


@given(parts, st.booleans())
def test_lines_add_up_to_sections_and_sections_to_the_whole(parts, by_agency):
    sections = sections_of(parts, by_agency=by_agency)
    whole = total_of(part.figures for part in parts)
    assert total_of(section.total for section in sections) == whole
    for section in sections:
        assert total_of(line.figures for line in section.lines) == section.total


@given(figures)
def test_the_eleven_figures_keep_their_order_and_sums(figures):
    assert figures.row[0] == sum(figures.row[1:4])
    assert figures.row[4] == sum(figures.row[5:8])
    assert figures.row[8] == sum(figures.row[9:])


def test_each_dossier_stands_in_its_columns(dossiers):
    found = form()
    assert found.total == Figures(
        online=5, direct=1, carried=1, early=1, on_time=1, late=1, within=2, overdue=2
    )
    assert found.total.received == found.total.settled + found.total.pending
    assert not found.runs


def test_by_agency_the_one_that_was_sent_on_counts_where_it_is(dossiers):
    found = lines(form(by_agency=True))
    assert found[("commune", WARD)].received == 4
    assert found[("commune", OTHER)] == Figures(online=1, direct=1, within=1, overdue=1)
    assert found[("province", CITY)] == Figures(carried=1, overdue=1)
    assert ("province", AWAY) not in found


def test_an_agency_alone_and_one_level_are_parts_of_the_whole(dossiers):
    whole = form().total
    alone = form(alone=True).total
    communes = form(level="commune").total
    assert alone + communes == whole
    assert form(agency=WARD).total.received == 4


def test_what_happens_later_leaves_the_past_as_it_was(dossiers):
    before = form()
    dossiers[3].take(Step.SUPPLY, at=NOW, due_in=timedelta(days=30))
    dossiers[4].take(Step.REFUSE, at=NOW)
    dossiers[0].take(Step.REOPEN, at=NOW)
    later = NOW + timedelta(days=1)
    assert form(at=later).total == before.total
    december = form(DECEMBER, at=later)
    assert december.runs
    assert december.total == Figures(online=1, carried=4, late=1, within=2, overdue=2)


def test_a_period_ahead_has_no_figures(dossiers):
    with pytest.raises(NotBegun):
        form(Period.named("2027-M5"))


def version(code, number, field, since, until=None):
    procedures = apps.get_model("catalogue", "Procedure").objects
    procedure, _new = procedures.get_or_create(
        code=code, defaults={"root": code, "title": code, "field": field, "online": "full"}
    )
    apps.get_model("catalogue", "Version").objects.create(
        procedure=procedure,
        number=number,
        valid_from=since,
        valid_to=until,
        source="test",
        digest="",
        original="",
        reading={"field": field},
    )


def test_a_field_is_the_one_the_procedure_had_then(dossiers):
    version("p1", 1, "Hộ tịch", NOW - timedelta(days=90), NOW - timedelta(days=3))
    version("p1", 2, "Chứng thực", NOW - timedelta(days=3))
    version("p2", 1, "Đất đai", NOW)
    assert {key for _level, key in lines(form())} == {"Hộ tịch", "Đất đai"}
    assert {key for _level, key in lines(form(DECEMBER))} == {"Chứng thực", "Đất đai"}
    only = form(field="Đất đai")
    assert only.total == Figures(carried=1, overdue=1)
    assert set(only.fields) == {"Hộ tịch", "Đất đai"}


@pytest.mark.parametrize("column", list(Column))
def test_behind_each_figure_are_as_many_dossiers(dossiers, column):
    whole = form()
    row = dict(zip(COLUMN_WORDS, whole.total.row, strict=True))
    figure = row.get(column, row[Column.ONLINE] + row[Column.DIRECT])
    found = behind(whole.asked, column, by=LEADER, at=NOW, limit=99)
    assert len(found.dossiers) == figure
    assert all(each.agency in found.names for each in found.dossiers)


def test_behind_a_field_are_its_dossiers_only(dossiers):
    version("p2", 1, "Đất đai", NOW)
    asked = Asked(NOVEMBER, field="Đất đai")
    found = behind(asked, Column.RECEIVED, by=LEADER, at=NOW, limit=99)
    assert [each.code for each in found.dossiers] == ["c0"]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SPECIALIST])
def test_clerks_and_specialists_read_no_reports(dossiers, role):
    with pytest.raises(NotYourReport):
        form(by=official(role))


def test_citizens_read_no_reports(dossiers):
    with pytest.raises(NotYourReport):
        form(by=Actor("c-lan", "Lan"))


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_ward_sees_itself_and_neither_above_nor_beside(dossiers, role):
    by = official(role, WARD)
    assert form(by=by).total.received == 4
    for agency in (CITY, OTHER, AWAY):
        with pytest.raises(NotYourReport):
            form(by=by, agency=agency)


def test_the_tree_below_an_agency_ends_at_its_neighbour(city):
    assert {x.id for x in places_of("", by=LEADER).chosen} == {CITY, WARD, OTHER}
    assert {x.id for x in places_of(WARD, by=LEADER).chosen} == {WARD}
    assert {x.id for x in places_of(OTHER, by=LEADER).chosen} == {OTHER}


def test_the_form_costs_three_statements_and_a_list_at_most_four(
    dossiers, django_assert_num_queries
):
    with django_assert_num_queries(3):
        found = form()
    with django_assert_num_queries(2):
        behind(found.asked, Column.LATE, by=LEADER, at=NOW, limit=9)
    with django_assert_num_queries(4):
        behind(Asked(NOVEMBER, field=""), Column.LATE, by=LEADER, at=NOW, limit=9)

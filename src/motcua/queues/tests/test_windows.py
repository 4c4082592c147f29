from datetime import timedelta

import pytest

from motcua.agencies.queries.agencies import NoSuchOffice, offices_of
from motcua.backbone.models import Entry
from motcua.queues.operations.places import (
    BadService,
    BadWindow,
    NoWindow,
    StillAtWindow,
    WindowTaken,
    arrange_service,
    close_window,
    open_window,
)
from motcua.queues.operations.tickets import call_next, draw
from motcua.queues.queries.places import my_window, open_windows, services_of
from motcua.queues.rules.access import NotYourOffice
from motcua.queues.tests.conftest import (
    ADMINISTRATOR,
    AT,
    CHIEF,
    HOA,
    OTHER,
    PORTAL,
    STRANGER,
    TU,
    refused,
)


def test_a_window_is_opened_left_and_opened_elsewhere(office):
    open_window(office, " 1 ", by=HOA, at=AT)
    assert my_window(by=HOA).name == "1"
    open_window(office, "3", ["B", "B"], by=HOA, at=AT)
    assert [(x.name, x.letters) for x in open_windows(office, at=AT)] == [("3", ("B",))]
    close_window(by=HOA, at=AT)
    assert my_window(by=HOA) is None
    with refused(NoWindow):
        close_window(by=HOA, at=AT)
    assert [e.name for e in Entry.objects.filter(name__startswith="queues.window")] == [
        "queues.window-opened",
        "queues.window-closed",
        "queues.window-opened",
        "queues.window-closed",
    ]


def test_a_window_belongs_to_one_official_at_a_time(office):
    open_window(office, "1", by=HOA, at=AT)
    with refused(WindowTaken):
        open_window(office, "1", by=TU, at=AT)
    assert my_window(by=TU) is None


def test_a_window_somebody_forgot_to_leave_is_free_the_next_morning(office):
    open_window(office, "1", by=HOA, at=AT)
    tomorrow = AT + timedelta(days=1)
    assert open_windows(office, at=tomorrow) == ()
    open_window(office, "1", by=TU, at=tomorrow)
    assert (my_window(by=TU).name, my_window(by=HOA)) == ("1", None)


def test_nobody_leaves_while_somebody_stands_there(office, hoa, take):
    take()
    call_next(by=hoa, at=AT)
    with refused(StillAtWindow):
        close_window(by=hoa, at=AT)
    with refused(StillAtWindow):
        open_window(office, "5", by=hoa, at=AT)


@pytest.mark.parametrize("who", [STRANGER, ADMINISTRATOR, PORTAL])
def test_only_those_who_serve_people_there_open_windows(office, who):
    with refused(NotYourOffice):
        open_window(office, "1", by=who, at=AT)


@pytest.mark.parametrize("name", ["", "  ", "x" * 21])
def test_a_window_has_a_name(office, name):
    with refused(BadWindow):
        open_window(office, name, by=HOA, at=AT)


def test_there_is_no_window_at_an_office_that_is_not_there(office):
    with refused(NoSuchOffice):
        open_window(office + 1000, "1", by=HOA, at=AT)


def test_an_office_nobody_set_up_has_one_line_for_everything(office):
    other = offices_of(OTHER)[0].id
    assert services_of(other) == ()
    open_window(other, "1", by=STRANGER, at=AT)
    open_window(other, "2", by=STRANGER, at=AT)
    assert [x.letter for x in services_of(other)] == ["A"]
    assert services_of(other)[0].titled("en") == "All procedures"
    assert draw(other, "A", by=PORTAL, at=AT).number == "A001"


def test_lines_are_set_up_by_those_who_lead_or_administer(office):
    arrange_service(office, "C", " Khiếu nại ", usual_minutes=25, by=ADMINISTRATOR, at=AT)
    arrange_service(office, "B", "Đất", is_open=False, by=CHIEF, at=AT)
    assert [(x.letter, x.titled("vi")) for x in services_of(office)] == [
        ("A", "Hộ tịch"),
        ("C", "Khiếu nại"),
    ]
    assert [x.open for x in services_of(office, closed_too=True)] == [True, False, True]
    for who in (HOA, STRANGER):
        with refused(NotYourOffice):
            arrange_service(office, "D", "Khác", by=who, at=AT)


@pytest.mark.parametrize(
    ("letter", "title", "minutes"),
    [("a", "x", 5), ("AB", "x", 5), ("", "x", 5), ("A", " ", 5), ("A", "x", 0), ("A", "x", 241)],
)
def test_a_line_that_makes_no_sense_is_refused(office, letter, title, minutes):
    with refused(BadService):
        arrange_service(office, letter, title, usual_minutes=minutes, by=CHIEF, at=AT)


def test_a_citizen_sits_at_no_window(office):
    assert my_window(by=PORTAL) is None

from datetime import timedelta

from motcua.backbone.models import Entry
from motcua.queues.models import Ticket
from motcua.queues.operations.places import NoWindow, arrange_service
from motcua.queues.operations.tickets import (
    NoSuchService,
    NoSuchTicket,
    SomebodyCalled,
    call_again,
    call_next,
    draw,
    finish,
    link_dossier,
    mark_absent,
    pass_on,
    start,
)
from motcua.queues.queries.boards import board, desk
from motcua.queues.queries.places import my_window
from motcua.queues.queries.tickets import NoTicket, State, ticket
from motcua.queues.rules.access import NotYourTicket
from motcua.queues.rules.lifecycle import MoveNotAllowed
from motcua.queues.tests.conftest import AT, CHIEF, PORTAL, STRANGER, TU, refused

MINUTE = timedelta(minutes=1)


def test_numbers_count_up_in_each_line_and_begin_anew_each_day(office, take):
    assert [take(), take(), take("B"), take()] == ["A001", "A002", "B001", "A003"]
    assert take(at=AT + timedelta(days=1)) == "A001"
    assert Entry.objects.filter(name="queues.ticket-drawn").count() == 5


def test_a_number_costs_few_statements(office, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        draw(office, "A", by=PORTAL, at=AT)


def test_no_number_is_drawn_for_what_is_not_given_out(office):
    arrange_service(office, "B", "Đất đai", is_open=False, by=CHIEF, at=AT)
    for letter in ("B", "Z", ""):
        with refused(NoSuchService):
            draw(office, letter, by=PORTAL, at=AT)


def test_who_goes_first_is_called_first_then_who_came_first(office, hoa, take):
    drawn = [take(), take("B"), take(priority=True), take("B", priority=True)]
    called = []
    while (number := call_next(by=hoa, at=AT)) is not None:
        called.append(number)
        start(number, by=hoa, at=AT)
    assert called == [drawn[2], drawn[3], drawn[0], drawn[1]]


def test_a_window_calls_its_own_lines_only(tu, take):
    take()
    assert call_next(by=tu, at=AT) is None
    take("B")
    assert call_next(by=tu, at=AT) == "B001"


def test_calling_the_next_needs_a_window_and_an_answer_about_who_was_called(office, hoa, take):
    take()
    take()
    with refused(NoWindow):
        call_next(by=TU, at=AT)
    assert call_next(by=hoa, at=AT) == "A001"
    with refused(SomebodyCalled):
        call_next(by=hoa, at=AT)
    start("A001", by=hoa, at=AT)
    assert call_next(by=hoa, at=AT + MINUTE) == "A002"
    assert Ticket.objects.get(number="A001").state == State.DONE


def test_yesterdays_numbers_are_not_called_today(hoa, take):
    take()
    call_next(by=hoa, at=AT)
    tomorrow = AT + timedelta(days=1)
    assert call_next(by=hoa, at=tomorrow) is None
    take(at=tomorrow)
    assert call_next(by=hoa, at=tomorrow) == "A001"


def test_who_was_absent_can_be_called_again_at_any_window(hoa, tu, take):
    take()
    call_next(by=hoa, at=AT)
    call_again("A001", by=hoa, at=AT + MINUTE)
    mark_absent("A001", by=hoa, at=AT + 2 * MINUTE)
    call_again("A001", by=tu, at=AT + 3 * MINUTE)
    row = Ticket.objects.get(number="A001")
    assert (row.state, row.window.name, row.calls) == (State.CALLED, "2", 3)
    assert (row.called_at, row.last_called_at) == (AT, AT + 3 * MINUTE)


def test_a_number_at_one_window_is_not_taken_from_another(hoa, tu, take):
    take()
    take("B")
    call_next(by=hoa, at=AT)
    with refused(NotYourTicket):
        call_again("A001", by=tu, at=AT)
    for move in (start, mark_absent, finish):
        with refused(NotYourTicket):
            move("A001", by=tu, at=AT)
    call_next(by=tu, at=AT)
    start("B001", by=tu, at=AT)
    with refused(SomebodyCalled):
        call_again("A001", by=tu, at=AT)


def test_moves_out_of_turn_are_refused(hoa, take):
    take()
    with refused(MoveNotAllowed):
        call_again("A001", by=hoa, at=AT)
    with refused(NoSuchTicket):
        start("A099", by=hoa, at=AT)
    call_next(by=hoa, at=AT)
    with refused(MoveNotAllowed):
        finish("A001", by=hoa, at=AT)
    start("A001", by=hoa, at=AT)
    finish("A001", by=hoa, at=AT)
    with refused(MoveNotAllowed):
        call_again("A001", by=hoa, at=AT)


def test_who_is_passed_on_keeps_number_and_place(hoa, tu, take):
    take()
    take("B")
    call_next(by=hoa, at=AT)
    start("A001", by=hoa, at=AT)
    with refused(NoSuchService):
        pass_on("A001", "Z", by=hoa, at=AT)
    pass_on("A001", "B", by=hoa, at=AT)
    assert call_next(by=tu, at=AT + MINUTE) == "A001"
    row = Ticket.objects.get(number="A001")
    assert (row.service.letter, row.started_at) == ("B", None)


def test_a_dossier_is_noted_with_who_stands_at_the_window(hoa, take):
    assert link_dossier("X-1", by=TU, at=AT) == link_dossier("X-1", by=hoa, at=AT) == ""
    take()
    call_next(by=hoa, at=AT)
    assert [link_dossier("X-1", by=hoa, at=AT) for _ in range(2)] == ["A001", "A001"]
    assert Ticket.objects.get().dossiers == ["X-1"]
    assert Entry.objects.filter(name="queues.ticket-linked").count() == 1


def test_the_slip_says_who_is_before_and_how_long_it_takes(office, hoa, take):
    take(priority=True)
    take()
    mine = draw(office, "A", by=PORTAL, at=AT)
    first = draw(office, "A", priority=True, by=PORTAL, at=AT)
    seen = ticket(mine.token, at=AT)
    assert (seen.ahead, seen.wait, seen.windows) == (3, 30 * MINUTE, 1)
    assert ticket(first.token, at=AT).ahead == 1
    with refused(NoTicket):
        ticket("nonsense", at=AT)


def test_the_wait_follows_the_days_real_pace(office, hoa, take, django_assert_max_num_queries):
    for n in range(6):
        take()
        number = call_next(by=hoa, at=AT + 4 * n * MINUTE)
        start(number, by=hoa, at=AT + 4 * n * MINUTE)
        finish(number, by=hoa, at=AT + (4 * n + 4) * MINUTE)
    take()
    mine = draw(office, "A", by=PORTAL, at=AT)
    with django_assert_max_num_queries(4):
        assert ticket(mine.token, at=AT).wait == 4 * MINUTE


def test_the_board_shows_the_last_calls_first(office, hoa, tu, take, django_assert_num_queries):
    for letter in "ABB":
        take(letter)
    call_next(by=hoa, at=AT)
    call_next(by=tu, at=AT + MINUTE)
    with django_assert_num_queries(2):
        seen = board(office, at=AT)
    assert [(x.number, x.window, x.here) for x in seen.calls] == [
        ("B001", "2", True),
        ("A001", "1", True),
    ]
    assert seen.waiting == 1
    mark_absent("A001", by=hoa, at=AT)
    assert [x.here for x in board(office, at=AT).calls] == [True, False]


def test_the_days_figures_add_up(hoa, tu, take, django_assert_num_queries):
    for letter in "AAAB":
        take(letter)
    for minutes, end in ((2, finish), (10, mark_absent)):
        number = call_next(by=hoa, at=AT + minutes * MINUTE)
        if end is finish:
            start(number, by=hoa, at=AT)
        end(number, by=hoa, at=AT + minutes * MINUTE)
    window = my_window(by=tu)
    with django_assert_num_queries(2):
        seen = desk(window, by=tu, at=AT)
    figures = seen.figures
    assert (figures.waiting, figures.served, figures.absent) == (2, 1, 1)
    assert figures.median == 6 * MINUTE
    assert [x.number for x in seen.waiting] == ["B001"]
    assert [x.number for x in seen.absent] == ["A002"]
    assert seen.here is None


def test_another_agency_sees_nothing_of_the_day(hoa, take):
    take()
    seen = desk(my_window(by=hoa), by=STRANGER, at=AT)
    assert (seen.waiting, seen.figures.waiting) == ((), 0)

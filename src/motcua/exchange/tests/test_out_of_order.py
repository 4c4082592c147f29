"""What befalls both sides: a provider that hangs, a database that goes away in a call."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import OperationalError, connection

from motcua.backbone import breaker
from motcua.exchange.adapters import lines
from motcua.exchange.adapters.sending import MemberDown, sending_through
from motcua.exchange.models import LogEntry, Member
from motcua.exchange.operations import receiving
from motcua.exchange.operations.calling import CallRefused
from motcua.exchange.operations.serving import Reply
from motcua.exchange.queries.members import forget_members
from motcua.exchange.tests.places import HANOI, POLICE, SOON
from motcua.exchange.tests.wire import agreement, ask, offered


class Hanging(BaseHTTPRequestHandler):
    """A provider that takes a call and says nothing."""

    done = threading.Event()
    taken: list = []

    def do_POST(self):
        self.taken.append(self.path)
        self.done.wait(20)

    def log_message(self, *_):
        pass


@pytest.fixture
def hanging(wire):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hanging)
    server.daemon_threads = True
    Hanging.done.clear()
    Hanging.taken.clear()
    worker = threading.Thread(target=server.serve_forever, args=(SOON,))
    worker.start()
    address = f"http://127.0.0.1:{server.server_port}"
    Member.objects.filter(pk=POLICE).update(address=address)
    forget_members()
    agreement()
    network = lines.Kept()
    with sending_through(network):
        yield Hanging
    network.close()
    Hanging.done.set()
    server.shutdown()
    worker.join()
    server.server_close()


def test_a_provider_that_hangs_is_waited_for_a_moment_then_left_alone(hanging):
    for _ in range(5):
        with pytest.raises(MemberDown):
            ask(timeout=0.1)
    assert len(hanging.taken) == breaker.FAILURES
    assert list(LogEntry.objects.values_list("log", "status")) == [(HANOI, 0)] * 5


def test_an_answer_without_end_is_cut_off(hanging, wire, monkeypatch):
    monkeypatch.setattr(lines, "MOST_ANSWER", 10)
    Member.objects.filter(pk=POLICE).update(address="http://127.0.0.1:1")
    forget_members()
    offered(lambda call: Reply(body=bytes(11)))
    with sending_through(wire), pytest.raises(lines.AnswerTooLarge):
        ask()
    assert LogEntry.objects.get(log=HANOI).status == 0


def cut():
    """Have the server end this very connection, as a restart does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_in_a_call_leaves_an_entry_that_says_so(wire):
    def handler(call):
        cut()

    agreement()
    offered(handler)
    with pytest.raises(CallRefused) as told:
        ask()
    assert told.value.again_later
    assert LogEntry.objects.get(log=POLICE).status == 503


@pytest.mark.django_db(transaction=True)
def test_an_answer_made_before_the_database_went_is_written_when_it_is_back(wire):
    def handler(call):
        with pytest.raises(OperationalError):
            cut()
        return Reply(body=b"done")

    agreement()
    offered(handler)
    assert ask().body == b"done"
    assert LogEntry.objects.get(log=POLICE).status == 200


@pytest.mark.parametrize("part", ["begin", "end"])
def test_a_call_that_cannot_be_written_down_is_refused(done, monkeypatch, part):
    def gone(*_, **__):
        raise OperationalError

    monkeypatch.setattr(receiving, part, gone)
    monkeypatch.setattr(receiving.connection, "close", lambda: None, raising=False)
    with pytest.raises(CallRefused) as told:
        ask()
    assert told.value.problem["code"] == "exchange.not-written-down"
    assert bool(done) == (part == "end")

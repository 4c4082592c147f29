"""Questions to the registries through the exchange, over real HTTP, and what goes wrong there."""

import threading
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.db import connection

from motcua.backbone.aside import ASIDE
from motcua.backbone.models import Look
from motcua.exchange.adapters.sending import close_breakers
from motcua.exchange.models import LogEntry
from motcua.exchange.tests.places import SOON
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Unavailable
from motcua.registrar.models import TABLES
from motcua.registrar.tests.world import HUONG, OWNERS, SAU, TODAY
from motcua.registries.operations.asking import About, NoSuchRegistry, NotSaidWhy, ask, ask_all
from motcua.registries.queries.questions import (
    Answer,
    CardOf,
    ContributionsOf,
    EnterpriseByTaxCode,
    EnterprisesOf,
    FamilyOf,
    MembershipOf,
    NotKnown,
    ObligationsOf,
    ParcelById,
    ParcelsOf,
    PersonById,
    ResidenceOf,
    TaxAccountOf,
)
from tests.registers.conftest import move

CLERK = Actor("o-1", "Lê Hoa", "000.00.61.H26", frozenset({Role.CLERK}))
FIVE = [PersonById, ParcelsOf, EnterprisesOf, TaxAccountOf, CardOf]


def now():
    return datetime.now(UTC)


def asked(question, **more):
    facts = {"purpose": "prefill-form", "about": About("acc-huong", "HS-1"), "timeout": 10}
    return ask(question, **facts | more, by=CLERK, at=now())


def all_asked(questions, within=2.0, person="acc-huong"):
    about = About(person, "HS-1")
    start = time.monotonic()
    found = ask_all(
        questions, purpose="prefill-form", about=about, by=CLERK, at=now(), within=within
    )
    return found, time.monotonic() - start


def one_of(register):
    row = TABLES[register].objects.true_on(TODAY).exclude(persons=[]).order_by("key").first()
    return row.key, row.persons[0]


def test_every_question_is_answered_by_its_register(owners):
    unit, sheet, number = one_of("land")[0].split("-")
    questions = [
        *(kind(SAU) for kind in (PersonById, FamilyOf, ResidenceOf, MembershipOf, CardOf)),
        ContributionsOf(HUONG),
        ParcelsOf(one_of("land")[1]),
        ParcelById(unit, int(sheet), int(number)),
        EnterpriseByTaxCode(one_of("enterprise")[0]),
        EnterprisesOf(one_of("enterprise")[1]),
        TaxAccountOf(HUONG),
        ObligationsOf(HUONG),
    ]
    for question in questions:
        found = asked(question)
        assert isinstance(found, Answer), question
        assert isinstance(found.value, question.answer)
        assert (found.source.member, found.source.register) == (
            OWNERS[question.register],
            question.register,
        )
    assert isinstance(asked(PersonById("001000999999")), NotKnown)
    assert asked(PersonById(HUONG, as_of=date(2000, 1, 1))).value.marriage == "single"


def test_each_look_stands_once_in_the_person_s_own_list_with_its_purpose(owners):
    all_asked([PersonById(HUONG), FamilyOf(HUONG), CardOf(HUONG)], within=10)
    looks = Look.objects.filter(person="acc-huong").order_by("id")
    assert [look.what for look in looks] == [
        "National insurance database",
        "National population database",
    ]
    assert {(look.by, look.reference) for look in looks} == {("o-1", "HS-1")}
    assert {look.purpose for look in looks} == {"fill in a form for a person who asked for it"}
    assert looks.count() == 2


def test_a_look_made_for_the_person_themself_is_theirs_to_see_too(owners):
    own = Actor("acc-huong", "Nguyễn Thị Hương")
    about = About("acc-huong")
    ask_all([PersonById(HUONG)], purpose="prefill-form", about=about, by=own, at=now())
    assert Look.objects.get(person="acc-huong").by == "system:registries"


def test_who_has_no_account_keeps_the_look_under_the_personal_id(owners):
    all_asked([PersonById(HUONG)], person="", within=10)
    assert Look.objects.get(what="National population database").person == HUONG


def test_no_personal_id_is_in_an_address_or_a_log(owners):
    asked(PersonById(HUONG))
    entries = LogEntry.objects.all()
    assert entries
    assert all(HUONG not in entry.asked + entry.answered for entry in entries)


def test_without_a_purpose_nothing_is_asked(owners):
    with pytest.raises(NotSaidWhy):
        asked(PersonById(HUONG), purpose="curiosity")
    assert not Look.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_registry_that_is_not_asked_here_is_left_out(owners, settings):
    settings.REGISTRIES = {"land": settings.REGISTRIES["land"]}
    with pytest.raises(NoSuchRegistry):
        asked(PersonById(HUONG))
    found, _ = all_asked([PersonById(HUONG), ParcelsOf(HUONG)], within=10)
    assert isinstance(found[0], Unavailable)
    assert isinstance(found[1], Answer | NotKnown)


@contextmanager
def between(owners, *, wait=0.0, drip=0.0, alter=lambda body: body):
    """Have a server between us and the owners that is slow, drips, or changes what they say."""
    there, over = urlsplit(owners.url), threading.Event()

    class Between(BaseHTTPRequestHandler):
        def do_POST(self):
            time.sleep(wait)
            line = HTTPConnection(there.hostname, there.port)
            size = int(self.headers["Content-Length"])
            line.request("POST", self.path, self.rfile.read(size), dict(self.headers))
            answer = line.getresponse()
            body = alter(answer.read())
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "content-length", "connection"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            line.close()
            for piece in [bytes([byte]) for byte in body] if drip else [body]:
                if drip and over.wait(drip):
                    break
                self.wfile.write(piece)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(SOON,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def without_police(found):
    """Return what the other registers said."""
    assert isinstance(found[0], Unavailable)
    return [each for each in found[1:] if not isinstance(each, Unavailable)]


def test_a_registry_that_is_down_takes_nothing_from_the_others(owners):
    move(OWNERS["population"], "http://127.0.0.1:1")
    found, _ = all_asked([kind(HUONG) for kind in FIVE], within=20)
    assert len(without_police(found)) == 4


def test_a_slow_registry_is_gone_on_without(owners):
    with between(owners, wait=3.0) as address:
        move(OWNERS["population"], address)
        found, took = all_asked([PersonById(HUONG)], within=1.0)
        assert isinstance(found[0], Unavailable)
        assert took < 2.9
        with pytest.raises(Unavailable):
            asked(PersonById(HUONG), timeout=0.5)
        time.sleep(3.2)


def test_registries_that_drip_their_answers_hold_up_no_other(owners):
    with between(owners, drip=0.2) as address:
        move(OWNERS["population"], address)
        for _ in range(12):
            found, _ = all_asked([PersonById(HUONG)], within=0.3)
            assert isinstance(found[0], Unavailable)
        found, _ = all_asked([PersonById(HUONG), CardOf(HUONG)], within=10)
        assert isinstance(found[0], Unavailable)
        assert not isinstance(found[1], Unavailable)


def test_a_registry_that_dripped_keeps_nobody_asking_once_it_is_given_up(owners):
    with between(owners, drip=0.2) as address:
        move(OWNERS["population"], address)
        for _ in range(6):
            found, _ = all_asked([PersonById(HUONG)], within=1.0)
            assert isinstance(found[0], Unavailable)
            close_breakers()
        move(OWNERS["population"], owners.url)
        assert isinstance(asked(PersonById(HUONG), timeout=10), Answer)


def test_a_registry_whose_answer_was_altered_is_not_believed(owners):
    lies = []

    def tell(body):
        return body.replace("Hương".encode(), b"Hoa") if lies else body

    with between(owners, alter=tell) as address:
        move(OWNERS["population"], address)
        assert isinstance(asked(PersonById(HUONG)), Answer)
        lies.append(True)
        found, _ = all_asked([kind(HUONG) for kind in FIVE], within=20)
    assert len(without_police(found)) == 4


def test_an_answer_of_another_shape_is_none(owners, monkeypatch):
    from motcua.registrar.api import gateway

    monkeypatch.setattr(gateway, "written", lambda _: b'{"value": 7}')
    with pytest.raises(Unavailable):
        asked(PersonById(HUONG))


def test_a_refusal_is_no_answer_and_breaks_nothing(owners, settings):
    settings.REGISTERS = {}
    found, _ = all_asked([PersonById(HUONG)], within=20)
    assert isinstance(found[0], Unavailable)


def test_who_waits_for_registries_steps_aside_and_asks_the_database_of_nothing(owners):
    """So a register that hangs holds no place of the web server."""
    aside = []

    @contextmanager
    def stepping_aside():
        with connection.execute_wrapper(lambda *asked: aside.append("statement")):
            yield
        aside.append("waited")

    told = ASIDE.set(stepping_aside)
    try:
        found, _ = all_asked([PersonById(HUONG)])
    finally:
        ASIDE.reset(told)
    assert isinstance(found[0], Answer)
    assert aside == ["waited"]

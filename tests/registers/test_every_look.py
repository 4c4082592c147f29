"""A person finds every question about them in their own access log, whoever asked and however."""

import json

from motcua.backbone.models import Look
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.calling import call
from motcua.registrar.tests.world import HUONG, OWNERS, QUAN, SAU
from motcua.registries.operations.asking import About, ask_all
from motcua.registries.queries.questions import CardOf, FamilyOf, PersonById
from tests.registers.asking import account, now
from tests.registers.test_asking import CLERK

POPULATION = OWNERS["population"]


def called(path, body, **more):
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    facts = {"purpose": "statistics", "timeout": 10.0, "at": now()}
    return call(POPULATION, "population.v1", path, body=sent, **facts | more)


def seen(person):
    looks = Look.objects.filter(person=person).order_by("id")
    return [(look.what, look.by, look.purpose) for look in looks]


def test_a_question_that_does_not_say_whom_it_is_about_is_in_their_list_all_the_same(owners):
    huong = account("huong")
    reply = called("person", {"id": HUONG})
    assert reply.status == 200
    look = Look.objects.get(person=huong.id)
    assert (look.what, look.by, look.agency) == (
        "Population register",
        "member:000.00.00.H26",
        "000.00.00.H26",
    )
    assert "Hà Nội" in look.by_name
    assert look.reference == f"exchange:{LogEntry.objects.get(side='provider').id}"
    assert look.purpose


def test_whoever_has_no_account_has_the_line_under_their_number(owners):
    called("family", {"id": SAU})
    assert [what for what, _, _ in seen(SAU)] == ["Population register"]


def test_the_ministry_s_own_form_leaves_a_line_too(owners):
    asked = f"<TraCuu><SoDinhDanh>{HUONG}</SoDinhDanh></TraCuu>".encode()
    called("person.xml", asked, content_type="application/xml")
    assert len(seen(HUONG)) == 1


def test_who_is_followed_is_told_of_it_once(owners):
    for _ in range(2):
        called("subscriptions", {"persons": [HUONG, QUAN]}, purpose="notify-change")
    for person in (HUONG, QUAN):
        assert [what for what, _, _ in seen(person)] == [
            "Told of each change in a national register"
        ]


def test_a_look_that_the_portal_has_written_is_not_told_twice(owners):
    huong, facts = account("huong"), {"purpose": "prefill-form", "within": 10}
    questions = [PersonById(HUONG), FamilyOf(HUONG), CardOf(HUONG)]
    ask_all(questions, **facts, about=About(huong.id, "HS-1"), by=CLERK, at=now())
    assert {(what, by) for what, by, _ in seen(huong.id)} == {
        ("National population database", "o-1"),
        ("National insurance database", "o-1"),
    }
    assert len(seen(huong.id)) == 2
    called("person", {"id": HUONG}, purpose="prefill-form")
    assert seen(huong.id)[2][:2] == ("Population register", "member:000.00.00.H26")


def test_a_call_that_says_whom_it_is_about_leaves_one_line(owners):
    huong = account("huong")
    called("person", {"id": HUONG}, subject=HUONG, by=CLERK)
    assert [(what, by) for what, by, _ in seen(huong.id)] == [
        ("Data held by another agency", "o-1")
    ]

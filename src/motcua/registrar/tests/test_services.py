"""What members are answered: the truth of a day, in JSON and in the ministry's XML."""

import json
from datetime import date
from io import BytesIO
from uuid import UUID
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from motcua.exchange.operations.serving import Call, served
from motcua.kernel.actors import Actor
from motcua.registrar.api.gateway import NoSuchQuestion, NotOurRegister
from motcua.registrar.models import TABLES, Subscription
from motcua.registrar.operations.recording import record
from motcua.registrar.operations.subscribing import MOST, TooMany, mark_pushed
from motcua.registrar.queries.answering import record_on
from motcua.registrar.queries.changes import changes_to_push
from motcua.registrar.queries.owners import NoSuchRegister, owner_of
from motcua.registrar.rules.answers import months_of
from motcua.registrar.rules.qcvn109 import NAMESPACE
from motcua.registrar.rules.qcvn109_reading import NotAQuery, asked_in, people_in
from motcua.registrar.tests.world import HUONG, NOON, OWNERS, QUAN, SAU, SYSTEM, TODAY, refused
from motcua.registries.queries.answers import Period, Register
from motcua.registries.queries.questions import (
    ANSWERS,
    QUESTIONS,
    Answer,
    CardOf,
    ContributionsOf,
    EnterpriseByTaxCode,
    EnterprisesOf,
    FamilyOf,
    MembershipOf,
    NotAnAnswer,
    NotAQuestion,
    NotKnown,
    ObligationsOf,
    ParcelById,
    ParcelsOf,
    PersonById,
    ResidenceOf,
    TaxAccountOf,
    read_answer,
    read_question,
    written,
)

HANOI = "000.00.00.H26"


MEANT = {
    "changes": "notify-change",
    "subscriptions": "notify-change",
    "corrections": "correct-data",
}


def call(register, path, body, *, provider=None, consumer=HANOI, purpose=None):
    service = f"{register}.v1"
    made = Call(
        consumer=consumer,
        provider=provider or OWNERS[register],
        service=service,
        method="POST",
        path=path,
        query="",
        headers={},
        body=BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode()),
        size=0,
        agreement="",
        purpose=purpose or MEANT.get(path, "settle-dossier"),
        entry=UUID(int=1),
        at=NOON,
        by=Actor(id=f"member:{consumer}", agency=consumer),
    )
    return served(service).handler(made)


def told(question):
    reply = call(question.register, question.path, written(question))
    return read_answer(type(question), reply.body)


def one_of(register):
    """Return the key of some record that holds today, and whose it is."""
    row = TABLES[register].objects.true_on(TODAY).exclude(persons=[]).order_by("key").first()
    return row.key, row.persons[0]


def test_every_question_has_an_answer_of_its_type(town):
    unit, sheet, number = one_of("land")[0].split("-")
    asked = [
        *(kind(SAU) for kind in (PersonById, FamilyOf, ResidenceOf, MembershipOf, CardOf)),
        ContributionsOf(HUONG),
        ParcelsOf(one_of("land")[1]),
        ParcelById(unit, int(sheet), int(number)),
        EnterpriseByTaxCode(one_of("enterprise")[0]),
        EnterprisesOf(one_of("enterprise")[1]),
        TaxAccountOf(HUONG),
        ObligationsOf(HUONG),
    ]
    assert {type(question) for question in asked} == set(QUESTIONS)
    for question in asked:
        answer = told(question)
        assert isinstance(answer, Answer), question
        assert isinstance(answer.value, question.answer)
        assert answer.source.member == OWNERS[question.register]
        assert answer.source.as_of == TODAY
        assert answer.source.since <= TODAY


def test_every_fact_that_packs_name_has_its_question():
    kinds = {kind for facts in ANSWERS.values() for kind in facts.values()}
    assert kinds <= set(QUESTIONS)


def test_who_is_not_in_a_register_is_not_known(town):
    for kind in (PersonById, ParcelsOf, EnterprisesOf, MembershipOf):
        assert told(kind("001000999999")) == NotKnown(OWNERS[kind.register], kind.register, TODAY)


def test_a_family_is_told_with_the_children(town):
    relatives = told(FamilyOf(HUONG)).value.relatives
    kins = [each.kin for each in relatives]
    assert kins[:3] == ["father", "mother", "spouse"]
    assert set(kins[3:]) == {"child"}
    assert next(each for each in relatives if each.kin == "spouse").id == QUAN
    mothers = told(FamilyOf(QUAN)).value.relatives
    assert SAU in [each.id for each in mothers if each.kin == "mother"]


def test_a_household_is_who_lives_there_on_that_day(town):
    home = told(ResidenceOf(HUONG)).value
    assert {"self", "spouse", "child"} >= {member.relation for member in home.members}
    before = told(ResidenceOf(HUONG, as_of=date(2000, 1, 1))).value
    assert "spouse" not in {member.relation for member in before.members}


def test_the_truth_of_a_day_is_told(town):
    assert told(PersonById(HUONG, as_of=date(2000, 1, 1))).value.marriage == "single"
    assert told(PersonById(HUONG)).value.marriage == "married"
    assert isinstance(told(PersonById(HUONG, as_of=date(1995, 3, 13))), NotKnown)
    assert isinstance(told(CardOf(HUONG, as_of=date(2020, 1, 1))), NotKnown)


def test_obligations_are_settled_until_something_is_due(town):
    row = TABLES["finance"].objects.exclude(facts__debts=[]).first()
    late = told(ObligationsOf(row.key)).value
    assert (late.settled, len(late.debts)) == (False, 1)
    assert told(ObligationsOf(row.key, as_of=date(2026, 10, 30))).value.settled


def test_a_month_counts_once():
    periods = (
        Period(date(2020, 1, 31), date(2020, 3, 1), "A", 1),
        Period(date(2020, 3, 1), date(2020, 3, 31), "B", 1),
    )
    assert months_of(periods) == {(2020, 1), (2020, 2), (2020, 3)}
    assert months_of(()) == set()


def test_another_s_register_and_unknown_questions_are_refused(town):
    with refused(NotOurRegister):
        call("population", "person", b"{}", provider=OWNERS["land"])
    with refused(NoSuchQuestion):
        call("population", "everybody", b"{}")
    for body in (b"{}", b"[]", b"\xff", b'{"id": 1}'):
        with refused(NotAQuestion):
            call("population", "person", body)
    with refused(NotAQuestion):
        call("population", "subscriptions", {"persons": 7})


def test_a_portal_without_registers_answers_nothing(db, settings):
    settings.REGISTERS = {}
    with refused(NoSuchRegister):
        owner_of("population")


def test_what_is_no_answer_is_seen():
    for body in (b"", b"{}", b'{"value": {}, "source": 1}', b"\xff"):
        with pytest.raises(NotAnAnswer):
            read_answer(PersonById, body)
    assert read_question(PersonById, written(PersonById(HUONG))) == PersonById(HUONG)


DEEP = b'{"x": ' + b"[" * 5000 + b"]" * 5000 + b"}"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("person", b'{"id": "1\\u0000"}'),
        ("person", b'{"id": "' + b"1" * 500 + b'"}'),
        ("person", b'{"id": "1", ' + DEEP[1:]),
        ("person", b"\xff"),
        ("subscriptions", b'{"persons": ["1\\u0000"]}'),
        ("subscriptions", b'{"persons": ["' + b"1" * 500 + b'"]}'),
        ("subscriptions", DEEP),
        ("changes", DEEP),
        ("corrections", DEEP),
        (
            "corrections",
            b'{"reference":"\\u0000","person":"1","key":"1","field":"","stated":"","wished":"","why":""}',
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(town, path, body):
    with refused(NotAQuestion):
        call("population", path, body)
    assert not Subscription.objects.exists()


def test_a_person_is_told_as_the_ministry_writes_it(town):
    asked = f"<TraCuu xmlns='{NAMESPACE}'><SoDinhDanh>{HUONG}</SoDinhDanh></TraCuu>".encode()
    reply = call("population", "person.xml", asked)
    top = ET.fromstring(reply.body)
    named = {"d": NAMESPACE}
    assert top.tag == f"{{{NAMESPACE}}}CongdanCollection"
    assert top.get("SoCongDan") == "1"
    assert top.get("ThoiDiemDuLieu") == f"{TODAY}T00:00:00"
    assert top.findtext("d:CongDan/d:HoVaTen/d:Ten", namespaces=named) == "Hương"
    (told,) = people_in(reply.body)
    assert (told.id, told.birth_date) == (HUONG, date(1995, 3, 14))
    assert told.spouse.id == QUAN
    before = asked.replace(b"</TraCuu>", b"<Ngay>19900101</Ngay></TraCuu>")
    assert call("population", "person.xml", before).status == 404
    with refused(NoSuchQuestion):
        call("land", "person.xml", asked)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE a [<!ENTITY x 'y'>]><a><SoDinhDanh>&x;</SoDinhDanh></a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>".encode("utf-16"),
        b"<a><b></a>",
        b"",
        b"<a/>",
        b"<?xml version='1.0' encoding='utf-7'?><a><SoDinhDanh>1</SoDinhDanh></a>",
        b"<?xml version='1.0' encoding='khong-co'?><a><SoDinhDanh>1</SoDinhDanh></a>",
        b"<a><SoDinhDanh>1</SoDinhDanh><Ngay>2020</Ngay></a>",
    ],
)
def test_xml_that_is_dangerous_or_broken_is_refused(body):
    with pytest.raises(NotAQuery):
        asked_in(body)


def test_a_subscriber_pulls_its_changes_by_a_cursor(town):
    assert call("population", "subscriptions", {"persons": [HUONG, SAU]}).body == (
        b'{"new":2,"ended":0}'
    )
    assert b'"new":0' in call("population", "subscriptions", {"persons": [HUONG]}).body
    person, _ = record_on(Register.POPULATION, HUONG, on=TODAY)
    for _ in range(2):
        record(Register.POPULATION, person, since=TODAY, reason="x", by=SYSTEM, at=NOON)
    first, second = json.loads(call("population", "changes", {"after": 0}).body)
    assert (first["person"], first["kind"], first["key"]) == (HUONG, "record", HUONG)
    rest = json.loads(call("population", "changes", {"after": first["cursor"]}).body)
    assert [each["cursor"] for each in rest] == [second["cursor"]]
    assert call("population", "changes", {}, consumer="000.00.00.H57").body == b"[]"
    mark_pushed(Register.POPULATION, HANOI, [first["cursor"]], at=NOON)
    left = changes_to_push(HANOI, Register.POPULATION)
    assert [each.cursor for each in left] == [second["cursor"]]


def test_who_is_followed_no_more_is_not_told_of(town):
    call("population", "subscriptions", {"persons": [HUONG, SAU]})
    assert b'"ended":1' in call("population", "subscriptions", {"stop": [HUONG]}).body
    assert list(Subscription.objects.values_list("person", flat=True)) == [SAU]
    with refused(TooMany):
        call("population", "subscriptions", {"persons": [str(n) for n in range(MOST + 1)]})


@pytest.mark.parametrize("register", OWNERS)
def test_the_description_of_a_service_describes_what_it_answers(town, register):
    document = served(f"{register}.v1").openapi()
    assert document["openapi"] == "3.1.0"
    for kind in QUESTIONS:
        if kind.register != register:
            continue
        schema = document["paths"][f"/{kind.path}"]["post"]["responses"]["200"]
        shape = schema["content"]["application/json"]["schema"] | {
            "components": document["components"]
        }
        answers = [
            told(kind(*args))
            for args in ([HUONG], [SAU], one_of(register)[:1])
            if kind is not ParcelById
        ]
        for answer in answers:
            jsonschema.validate(json.loads(written(answer)), shape)

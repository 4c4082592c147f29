"""The examples in the descriptions are questions that are answered, and answers of that shape."""

import json

import jsonschema
import pytest
from stdnum.vn import mst

from motcua.exchange.operations.serving import served
from motcua.kernel.personal_id import flaw_in
from motcua.registrar.rules.examples import CHILD, EXAMPLES, FIRM, IN_VIETNAMESE, MAN, WOMAN
from motcua.registrar.tests.test_services import call
from motcua.registrar.tests.world import HUONG, OWNERS
from motcua.registries.queries.finding import FINDING
from motcua.registries.queries.questions import QUESTIONS

OF_HER = {"person", "family", "residence", "account", "obligations", "card", "contributions"}
"""What is known of her in the demonstration."""


def test_every_question_has_an_example_and_a_name_in_vietnamese():
    assert set(EXAMPLES) == set(IN_VIETNAMESE) == {*QUESTIONS, *FINDING}
    for kind, (question, value) in EXAMPLES.items():
        assert type(question) is kind
        assert type(value) is kind.answer


def test_the_people_and_firms_of_examples_could_be():
    assert WOMAN == HUONG
    assert [flaw_in(each) for each in (WOMAN, MAN, CHILD)] == [None] * 3
    assert mst.is_valid(FIRM)


def documented(register):
    """Yield the path of each call of a register's service, what is sent, and what comes back."""
    document = served(f"{register}.v1").openapi()
    for path, item in document["paths"].items():
        (sent,) = item["post"]["requestBody"]["content"].values()
        status = "201" if path == "/corrections" else "200"
        (told,) = item["post"]["responses"][status]["content"].values()
        yield path[1:], sent, told, {"components": document["components"]}


@pytest.mark.parametrize("register", OWNERS)
def test_examples_have_the_shape_that_is_described(registers, register):
    for path, sent, told, parts in documented(register):
        jsonschema.validate(sent["example"], sent["schema"] | parts)
        jsonschema.validate(told["example"], told["schema"] | parts)
        assert path


@pytest.mark.parametrize("register", OWNERS)
def test_examples_can_be_asked_as_they_stand(town, register):
    for path, sent, told, _ in documented(register):
        example = sent["example"]
        if path == "corrections" and register in {"land", "enterprise"}:
            continue  # that firm and that parcel are nobody's here
        body = example.encode() if isinstance(example, str) else example
        reply = call(register, path, body)
        assert reply.status == (201 if path == "corrections" else 200), path
        if path in OF_HER:
            value, shown = json.loads(reply.body)["value"], told["example"]["value"]
            assert value.keys() == shown.keys(), path

"""Descriptions of services: what is added to each, and how people read them."""

import json

import pytest
from django.urls import reverse

from motcua.exchange.operations.services import NewService, open_service
from motcua.exchange.rules.describing import Content, dressed, operations_in
from motcua.exchange.tests.conftest import AT, PORTAL
from motcua.exchange.tests.places import OPENAPI, POLICE

ASKED = {"name": "day", "in": "query", "description": "Of which day", "schema": {"type": "string"}}
DOCUMENT = {
    **OPENAPI,
    "tags": [{"name": "people"}],
    "paths": {
        "/b": {
            "parameters": [],
            "post": {
                "description": "Tell",
                "x-summary-vi": "Báo",
                "requestBody": {"$ref": "#/components/requestBodies/Told"},
                "responses": {204: {"description": "OK"}},
            },
        },
        "/a": {
            "get": {
                "summary": "Ask",
                "parameters": [{"$ref": "#/components/parameters/day"}, {"$ref": "#/nowhere/x"}],
                "responses": {
                    "200": {
                        "description": "Told",
                        "content": {
                            "application/json": {"examples": {"one": {"value": {"tên": 1}}}},
                        },
                    }
                },
            }
        },
    },
    "components": {
        "parameters": {"day": ASKED},
        "requestBodies": {"Told": {"content": {"text/plain": {"example": "a\nb"}}}},
    },
}


def test_a_document_is_read_for_people_by_path_and_method():
    asked, told = operations_in(DOCUMENT)
    assert (asked.method, asked.path, asked.summary, asked.summary_vi) == ("GET", "/a", "Ask", "")
    assert asked.parameters == (("day", "Of which day"), ("", ""))
    assert asked.body == Content()
    assert asked.answers == (("200", "Told", Content("application/json", '{\n "tên": 1\n}')),)
    assert (told.summary, told.summary_vi, told.body.example) == ("Tell", "Báo", "a\nb")
    assert told.answers == (("204", "OK", Content()),)


def test_every_call_says_where_how_it_is_signed_and_how_it_may_be_refused():
    document = dressed(DOCUMENT, "https://hanoi/trao-doi/x/y")
    assert list(document)[:3] == ["openapi", "info", "servers"]
    assert document["servers"] == [{"url": "https://hanoi/trao-doi/x/y"}]
    assert document["tags"] == DOCUMENT["tags"]
    asked = document["paths"]["/a"]["get"]
    assert asked["parameters"][0]["$ref"] == "#/components/parameters/day"
    names = {each["$ref"].rpartition("/")[2] for each in asked["parameters"]}
    assert {"signature", "motcua-purpose", "content-digest"} <= names
    assert names - {"x"} <= document["components"]["parameters"].keys()
    assert set(asked["responses"]) == {"default", "200"}
    assert document["paths"]["/b"]["parameters"] == []
    assert DOCUMENT["paths"]["/a"]["get"]["responses"].keys() == {"200"}


def test_a_system_s_own_answer_for_what_goes_wrong_is_kept():
    own = {"default": {"description": "Mine"}}
    document = dressed({**OPENAPI, "paths": {"/a": {"get": {"responses": own}}}}, "https://x")
    assert document["paths"]["/a"]["get"]["responses"] == own


@pytest.fixture
def described(members):
    new = NewService(POLICE, "population.v1", "Dân cư", DOCUMENT, "Population")
    open_service(new, by=PORTAL, at=AT)


def test_the_published_document_is_whole(client, described):
    told = json.loads(
        client.get(reverse("exchange:openapi", args=[POLICE, "population.v1"])).content
    )
    assert told["servers"][0]["url"].endswith(f"/trao-doi/{POLICE}/population.v1")
    assert "ExchangeProblem" in told["components"]["schemas"]
    assert "RFC 9421" in told["info"]["description"]

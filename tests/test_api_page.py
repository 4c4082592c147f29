"""The page that explains the API: whole, true to the document, in both languages."""

import pytest
from django.utils import translation

from motcua.backbone.tests.reading import Page, check_frame
from motcua.config.api import api
from motcua.portal.rules.openapi import read
from motcua.portal.web.api_statuses import STATUSES, TAGS

PAGE = "/api/v1/docs/"


@pytest.fixture(scope="module")
def document():
    return api.get_openapi_schema(path_prefix="/api/v1/")


def texts_in(found, own=("summary", "description")):
    """Yield what the document says in words, of responses only the refusals' own."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name in own and isinstance(value, str):
                yield value
            elif name not in {"responses", "info", "properties"}:
                yield from texts_in(value)
            elif name == "properties":
                yield from texts_in(list(value.values()))
    elif isinstance(found, list):
        for each in found:
            yield from texts_in(each)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_shows_every_endpoint_in_both_languages(client, document, language):
    client.cookies["motcua_language"] = language
    html = client.get(PAGE).content.decode()
    page = Page(html)
    check_frame(page)
    inner = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
    assert inner <= set(page.ids())
    for path in document["paths"]:
        assert path in html
    assert "/api/v1/openapi.json" in html


@pytest.mark.django_db
def test_the_page_is_found_from_the_foot_and_from_help(client):
    assert client.get("/tro-giup/").content.decode().count(f'href="{PAGE}"') == 2


def test_every_word_of_the_description_has_its_vietnamese(document):
    used = {schema.name for schema in read(document, base="").models}
    schemas = document["components"]["schemas"]
    said = [*texts_in(document["paths"]), *texts_in([schemas[name] for name in used])]
    with translation.override("vi"):
        assert [text for text in said if translation.gettext(text) == text] == []


def test_every_refusal_and_group_is_explained(document):
    described = read(document, base="")
    assert {status for each in described.endpoints for status in each.refusals} <= set(STATUSES)
    assert {each.tag for each in described.endpoints} == set(TAGS)


def test_an_example_carries_what_the_endpoint_asks_for(document):
    shown = {each.id: each.example for each in read(document, base="https://a.vn").endpoints}
    step = shown["post-api-v1-dossiers-code-steps"]
    assert "https://a.vn/api/v1/dossiers/000.00.61.H26-261124-0001/steps" in step
    for part in ("Bearer $TOKEN", "Idempotency-Key: ", 'If-Match: "3"', '{"step": "withdraw"}'):
        assert part in step
    assert "Bearer" not in shown["get-api-v1-procedures"]
    assert "-F 'file=@" in shown["post-api-v1-files"]


def test_a_type_is_said_in_few_words():
    fields = {
        "some": {"type": "array", "items": {"$ref": "#/components/schemas/B"}},
        "many": {"type": "object", "additionalProperties": {"type": "string"}},
        "one": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "null"}]},
        "word": {"enum": ["a", "b"], "type": "string", "default": "a"},
        "when": {"type": "string", "format": "date-time", "maxLength": 40},
    }
    schemas = {"A": {"properties": fields}, "B": {"enum": ["x"]}, "Unused": {}, "Problem": {}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    asked = {"summary": "Do", "responses": {"200": answer}}
    described = read(
        {
            "info": {"version": 1},
            "paths": {"/things/{id}": {"delete": asked, "parameters": []}},
            "components": {"schemas": schemas},
        },
        base="",
    )
    a, b, _problem = described.models
    assert [field.kind.text for field in a.fields] == [
        "array",
        "object: string",
        "integer 1–9 | null",
        "string (a, b) = a",
        "string (date-time) ≤ 40",
    ]
    assert a.fields[0].kind.schema == "B"
    assert b.values == ("x",)
    assert described.endpoints[0].example == "curl '/things/…' \\\n  -X DELETE"

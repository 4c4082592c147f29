"""No two things of the API's description have one name."""

import pytest
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from pydantic import create_model

from motcua.config.api import api


@pytest.fixture
def clashes(monkeypatch):
    """Return a way to describe an API, which tells the names that two schemas would share."""

    def made(described):
        known, shared = {}, set()

        def note(_document, definitions):
            for name, schema in definitions.items():
                if known.setdefault(name, schema) != schema or "__" in name:
                    shared.add(name.rpartition("__")[2])

        monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", note)
        described.get_openapi_schema(path_prefix="/api/v1/")
        assert known
        return shared

    return made


def test_no_two_schemas_share_a_name(clashes):
    """Of two with one name only the last is described: rename one of them."""
    assert clashes(api) == set()


@pytest.mark.parametrize("together", [False, True])
def test_two_that_share_one_are_found(clashes, together):
    whole = NinjaAPI(urls_namespace=f"two-of-a-name-{together}")
    one = create_model("Found", __base__=Schema, __module__="here", number=(int, ...))
    other = create_model("Found", __base__=Schema, __module__="there", number=(str, ...))
    both = create_model("Both", __base__=Schema, one=(one, ...), other=(other, ...))
    for path, answer in [("/a", both)] if together else [("/a", one), ("/b", other)]:
        whole.get(path, response=answer, operation_id=path)(lambda request: None)
    assert clashes(whole) == {"Found"}

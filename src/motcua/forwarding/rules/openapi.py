"""The service described in OpenAPI 3.1, for those who write clients."""

from typing import Any

import msgspec

from motcua.forwarding.rules.answers import Accepted, Opened, Standing
from motcua.forwarding.rules.manifest import CONTENT_TYPE, Answered, GivenOut, Manifest

_CODE = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def description() -> dict[str, Any]:
    """Return the OpenAPI document of ``forwarding.v1``."""
    told, parts = msgspec.json.schema_components(
        [Manifest, Answered, Accepted, Standing, Opened, GivenOut],
        ref_template="#/components/schemas/{name}",
    )
    _manifest, _answered, accepted, standing, opened, given = told
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dossiers handed on for processing", "version": "1"},
        "paths": _paths(accepted, standing)
        | _paths_of_bills(standing, opened)
        | _path_of_giving(given, standing),
        "components": {"schemas": parts},
    }


def _paths(accepted: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    return {
        "/dossiers": {
            "post": {
                "summary": "Take one dossier: a line (Manifest), then its files; idempotent",
                "requestBody": _BODY,
                "responses": _answers("It is here", accepted),
            }
        },
        "/dossiers/{code}": {
            "get": {
                "summary": "How a dossier stands, by the code of who handed it on",
                "parameters": [_CODE],
                "responses": _answers("How it stands", standing),
            }
        },
        "/dossiers/{code}/results/{id}": {
            "get": {
                "summary": "A result",
                "parameters": [_CODE, _ID],
                "responses": {"200": {"description": "The file itself"}},
            }
        },
        "/supplements": {
            "post": {
                "summary": "What was asked for: a line (Answered), then its files; idempotent",
                "requestBody": _BODY,
                "responses": _answers("How it stands", standing),
            }
        },
    }


def _paths_of_bills(standing: dict[str, Any], opened: dict[str, Any]) -> dict[str, Any]:
    back = {"type": "object", "properties": {"back": {"type": "string"}}, "required": ["back"]}
    return {
        "/dossiers/{code}/bills/{id}/renewals": {
            "post": {
                "summary": "More time for a bill whose time ran out; idempotent",
                "parameters": [_CODE, _ID],
                "responses": _answers("How it stands", standing),
            }
        },
        "/dossiers/{code}/bills/{id}/payments": {
            "post": {
                "summary": "The bank's page for a bill; `back` is at the caller's; idempotent",
                "parameters": [_CODE, _ID],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": back}},
                },
                "responses": _answers("Where the payer goes", opened),
            }
        },
    }


def _path_of_giving(given: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    return {
        "/dossiers/{code}/given": {
            "post": {
                "summary": "That a desk of the caller gave the result out; idempotent",
                "parameters": [_CODE],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": given}},
                },
                "responses": _answers("How it stands", standing),
            }
        }
    }


_BODY = {"required": True, "content": {CONTENT_TYPE: {"schema": {"type": "string"}}}}


def _answers(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "200": {"description": words, "content": {"application/json": {"schema": schema}}},
        "409": {"description": "It cannot be taken so; `problems` says what and where"},
        "422": {"description": "It is not right; `problems` says what and where"},
    }

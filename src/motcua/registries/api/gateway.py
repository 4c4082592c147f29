"""Where registries tell us of changes, over the exchange."""

from typing import Any

import msgspec

from motcua.exchange.operations.serving import Call, Reply, serve
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_
from motcua.registries.operations.objecting import Changed, take_changes
from motcua.registries.queries.questions import NotAQuestion

SERVICE = "registry-changes.v1"


class _Told(msgspec.Struct):
    register: str
    changes: tuple[Changed, ...]


msgspec.json.Decoder(_Told)
"""Known before two threads ask for it at once, which msgspec does not bear."""


def register_services() -> None:
    """Let registries push what we would else pull."""
    serve(
        SERVICE,
        reply_to,
        openapi=description,
        title_vi="Nhận thay đổi của cơ sở dữ liệu quốc gia",
        title_en=N_("Changes in national registries"),
    )


def reply_to(call: Call) -> Reply:
    """
    Take changes from the owner of a registry; the same again changes nothing.

    :raises NotAQuestion: if the message is none
    :raises NotTheirRegistry: if the caller does not own the registry it speaks of
    :raises NoSuchAnswer: if one of them answers an objection with what is no answer
    """
    try:
        told = read_json(call.body.read(), _Told)
    except NotReadable as problem:
        raise NotAQuestion(problem=str(problem)) from problem
    moved = take_changes(told.register, told.changes, member=call.consumer, at=call.at)
    return Reply(body=msgspec.json.encode({"moved": moved}))


def description() -> dict[str, Any]:
    """Return the OpenAPI document of the service, without servers."""
    ref = "#/components/schemas/{name}"
    (schema,), components = msgspec.json.schema_components([_Told], ref_template=ref)
    content = {"application/json": {"schema": schema}}
    post = {
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "OK"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Changes in national registries", "version": "1"},
        "paths": {"/": {"post": post}},
        "components": {"schemas": components},
    }

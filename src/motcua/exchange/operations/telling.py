"""Speak with other portals: read their directories, tell them of agreements, answer theirs."""

import uuid
from datetime import datetime
from typing import Any

import httpx
import msgspec

from motcua.exchange.adapters.sending import (
    Address,
    AnswerTooLarge,
    MemberDown,
    Outgoing,
    send,
)
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.directories import learn_keys, merge_directory
from motcua.exchange.operations.serving import Call, Reply
from motcua.exchange.operations.sharing import merge_agreement
from motcua.exchange.queries.directory import agreement_told, directory_for
from motcua.exchange.queries.members import may_be_inside, member_known
from motcua.exchange.rules.directory import PURPOSE, SERVICE, Directory, read_directory
from motcua.kernel.actors import Actor

__all__ = ["answer_directory", "openapi", "read_peer", "tell_peer"]

TIMEOUT = 20.0


def answer_directory(call: Call) -> Reply:
    """Answer ``directory.v1``: take in the agreements that are told, tell all that is known."""
    body = call.body.read()
    told = read_directory(body) if body else Directory()
    for agreement in told.agreements:
        merge_agreement(agreement, call.consumer, by=call.by, at=call.at)
    return Reply(body=msgspec.json.encode(directory_for(call.consumer)))


def read_peer(peer: str, *, by: Actor, at: datetime) -> None:
    """
    Read the directory of a peer's portal and take in what it says.

    A key that the peer has made meanwhile is learned first, or its answer could not be believed.

    :raises MemberDown: if it does not answer
    :raises CallRefused: if it refuses
    :raises NotTheirAnswer: if the answer is not theirs
    """
    learn_keys(peer, _published(peer), by=by, at=at)
    reply = call(peer, SERVICE, purpose=PURPOSE, at=at, timeout=TIMEOUT)
    merge_directory(read_directory(reply.body), peer, by=by, at=at)


def _published(peer: str) -> bytes:
    """Return what a portal tells everybody of its members, or nothing if it does not answer."""
    url = httpx.URL(f"{member_known(peer).address}/trao-doi/.well-known/members/")
    whom = (peer, "members", may_be_inside(peer))
    asking = Outgoing("GET", Address.of(url), {"accept-encoding": "identity"}, b"", *whom)
    try:
        answer = send(asking, timeout=TIMEOUT)
    except (MemberDown, AnswerTooLarge):
        return b""
    return answer.body if answer.status == 200 else b""


def tell_peer(agreement: uuid.UUID, peer: str, *, at: datetime) -> None:
    """
    Tell a peer's portal how an agreement stands here.

    :raises MemberDown: if it does not answer
    :raises CallRefused: if it refuses
    :raises NotTheirAnswer: if the answer is not theirs
    """
    told = agreement_told(agreement)
    ours = told.consumer if peer == told.provider else told.provider
    body = msgspec.json.encode(Directory(agreements=[told]))
    more: dict[str, Any] = {"consumer": ours, "timeout": TIMEOUT}
    call(peer, SERVICE, body=body, purpose=PURPOSE, at=at, **more)


def openapi() -> dict[str, Any]:
    """Return the description of ``directory.v1``."""
    (schema,), parts = msgspec.json.schema_components(
        [Directory], ref_template="#/components/schemas/{name}"
    )
    told = {"application/json": {"schema": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "directory", "version": "1"},
        "paths": {
            "/": {
                "post": {
                    "summary": "Tell of agreements; get members, services and own agreements",
                    "requestBody": {"content": told},
                    "responses": {"200": {"description": "The directory", "content": told}},
                }
            }
        },
        "components": {"schemas": parts},
    }

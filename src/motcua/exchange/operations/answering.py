"""Signed answers to members, also where they say no."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.utils.translation import override

from motcua.backbone.http.refusals import TooOften, note_refusal, sentence_of, status_of
from motcua.exchange.models.hot import Given
from motcua.exchange.operations.serving import Reply
from motcua.exchange.queries.keys import NoKeyOfOurs, signing_key
from motcua.exchange.rules.digests import content_digest
from motcua.exchange.rules.messages import answer
from motcua.exchange.rules.signatures import Signed, Times, sign_answer
from motcua.kernel.errors import Refusal

LIFE = 300
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back on the wire; ``signed`` is nothing where there is no key to sign with."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    signed: Signed | None

    def given(self, at: datetime) -> Given:
        """Return what the log keeps of it."""
        if self.signed is None:
            return Given(self.status, at=at)
        base, key = self.signed.base.decode(), self.signed.key
        return Given(self.status, base, self.signed.signature, key, at)


def problem_of(error: Refusal, *, at: datetime) -> dict[str, Any]:
    """Return a refusal as a problem document (RFC 9457) that says the same in both languages."""
    said = dict[str, str]()
    for language in ("vi", "en"):
        with override(language):
            said[language] = sentence_of(error)
    return {
        "type": f"urn:motcua:problem:{error.code}",
        "title": said["en"],
        "title_vi": said["vi"],
        "status": status_of(error),
        "code": error.code,
        "server_time": at.isoformat(timespec="milliseconds"),
        **error.facts,
    }


def refusal(error: Refusal, *, at: datetime) -> Reply:
    """Return the reply that says no, and why, and what to do next."""
    note_refusal(error)
    headers = {"Retry-After": str(error.facts["seconds"])} if isinstance(error, TooOften) else {}
    body = msgspec.json.encode(problem_of(error, at=at))
    return Reply(status_of(error), body, PROBLEM, headers)


def signed_answer(
    reply: Reply, provider: str, *, to: bytes | None, at: datetime, nonce: str = ""
) -> Answered:
    """
    Sign a reply in a member's name.

    :param to: the signature of the request; nothing where that had none that could be read
    """
    headers = {
        **reply.headers,
        "content-type": reply.content_type,
        "content-digest": content_digest(reply.body),
    }
    try:
        key = signing_key(provider, at=at)
    except NoKeyOfOurs:
        return Answered(reply.status, headers, reply.body, None)
    created = int(at.timestamp())
    times = Times(created, created + LIFE, nonce or secrets.token_hex(16))
    message = answer(reply.status, headers)
    signed = sign_answer(message, to=to, times=times, key=key.kid, with_=key.private)
    return Answered(reply.status, headers | signed.headers(), reply.body, signed)

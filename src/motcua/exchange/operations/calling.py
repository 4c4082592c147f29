"""
Call a service of another member: sign, send, check the answer, write both down.

Nothing is retried: the caller knows whether and when. Each call is an entry in our log, also one
without an answer; the answer's header ``motcua-own-entry`` names it. An answer that is no problem
document is returned whatever its status.
"""

import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import httpx
from django.db import connection

from motcua.exchange.adapters.sending import Address, AnswerTooLarge, MemberDown, Outgoing, send
from motcua.exchange.models.bodies import LONGEST_ID
from motcua.exchange.models.hot import Asked, Given, keep_own
from motcua.exchange.operations.arrivals import NONE, OPEN_TO_MEMBERS, check_purpose_known
from motcua.exchange.operations.keeping import Bodies, keep_bodies, keeps_bodies, small_enough
from motcua.exchange.operations.receiving import NO_SERVER, NotWrittenDown
from motcua.exchange.operations.serving import Reply
from motcua.exchange.operations.subjects import person_hash, tell_person
from motcua.exchange.operations.trusting import NotTheirAnswer, check_answer
from motcua.exchange.operations.witnessing import note_head
from motcua.exchange.queries.agreements import Terms, agreement_for
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.queries.members import may_be_inside, member_known, own_members
from motcua.exchange.rules.digests import written_digest
from motcua.exchange.rules.messages import NotSigned, request
from motcua.exchange.rules.paths import check_straight, encoded, normal
from motcua.exchange.rules.signatures import Signed, Times, sign_request
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, Unavailable
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_

__all__ = [
    "OWN_ENTRY",
    "AnswerTooLarge",
    "CallRefused",
    "MemberDown",
    "NotTheirAnswer",
    "Reply",
    "call",
]

LIFE = 120
"""Seconds that a request of ours is good for."""
OWN_ENTRY = "motcua-own-entry"
"""The header of an answer that names the entry of the call in our own log."""
PROBLEM = "application/problem+json"
LONGEST_SAID, LONGEST_CODE = 300, 80
"""How much is told of why the other side said no: more only fills pages, logs and rows."""


class InTransaction(RuntimeError):
    """``call`` was used inside a transaction: a defect of the caller."""


class NotAMember(Unavailable):
    code = "exchange.not-a-member"
    message = N_("This portal takes no part in the exchange. Set EXCHANGE_MEMBER to its member id.")


class NotSignable(Invalid):
    code = "exchange.not-signable"
    message = N_(
        "The call was not sent, because it cannot be signed ({why}). Write its headers in one "
        "line of ASCII."
    )


class CallRefused(Conflict):
    """
    The other side said no, and signed it.

    ``problem`` is its problem document, ``status`` the answer's; ``entry`` names the call here.
    """

    code = "exchange.call-refused"
    message = N_("{provider} refused the call: {said}")

    def __init__(self, provider: str, problem: Mapping[str, Any], reply: Reply) -> None:
        said = str(problem.get("title_vi") or problem.get("title") or reply.status)[:LONGEST_SAID]
        reason = str(problem.get("code", ""))[:LONGEST_CODE]
        super().__init__(provider=provider, said=said, reason=reason)
        self.problem, self.status = problem, reply.status
        self.headers, self.body = reply.headers, reply.body

    @property
    def again_later(self) -> bool:
        """Tell whether the same call may work later."""
        return self.status in {429, 503, 507}


@dataclass(frozen=True, slots=True)
class _Wanted:
    consumer: str
    provider: str
    service: str
    terms: Terms | None
    purpose: str
    at: datetime


def call(  # noqa: PLR0913 (a call is made of this)
    provider: str,
    service: str,
    path: str = "",
    *,
    method: str = "POST",
    body: bytes | Path = b"",
    content_type: str = "application/json",
    headers: Mapping[str, str] = {},
    purpose: str,
    at: datetime,
    consumer: str | None = None,
    timeout: float = 2.0,
    within: float | None = None,
    subject: str = "",
    by: Actor | None = None,
) -> Reply:
    """
    Call another member's service and return its answer, which is theirs and to this call.

    :param path: what follows the service, straight; logs keep it, so persons belong in the body
    :param headers: ``content-encoding``, ``stream`` and ``stream-offset``, which are signed
    :param purpose: a code of ``PURPOSES`` that the agreement names
    :param consumer: which of our members asks; the first one where not given
    :param timeout: seconds for connecting and for each piece of the answer, ``within`` for all
    :param subject: personal id of whom it is about, for the log and for their own list of looks
    :param by: on whose behalf, for that list; the portal itself where not given
    :raises MemberDown: if there is no answer, or they are left alone for not answering
    :raises CallRefused: if they refuse it
    :raises NotTheirAnswer: if the answer is not theirs, of now, and for this call
    :raises NoAgreement: if there is none to name; :raises NotSignable: if a header is not ASCII
    :raises NoSuchMember: if there is no such member; :raises PurposeNotServed: if no such purpose
    :raises NotWrittenDown: if our log cannot be written; the other side may have done it
    """
    wanted = _wanted(provider, service, purpose, consumer, at)
    sending = {n.lower(): value for n, value in headers.items()} | {"content-type": content_type}
    outgoing, asked = _prepared(wanted, method, path, body, sending, within)
    tell_person(subject, provider, purpose=purpose, by=by or Actor.system("exchange"), at=at)
    reply = _exchanged(outgoing, asked, subject, timeout=timeout)
    return _accepted(provider, reply)


def _prepared(
    wanted: _Wanted,
    method: str,
    path: str,
    body: bytes | Path,
    headers: dict[str, str],
    within: float | None,
) -> tuple[Outgoing, Asked]:
    digest, size = _digest(body)
    headers |= {
        "content-digest": written_digest(digest),
        "motcua-consumer": wanted.consumer,
        "motcua-agreement": str(wanted.terms.id) if wanted.terms else NONE,
        "motcua-purpose": wanted.purpose,
    }
    base = member_known(wanted.provider).address.rstrip("/")
    to = _address(base, wanted.provider, wanted.service, path)
    signed = _signed(wanted, method, to, headers)
    headers |= signed.headers()
    headers |= {"content-length": str(size), "accept-encoding": "identity"}
    whom = (wanted.provider, wanted.service, may_be_inside(wanted.provider))
    outgoing = Outgoing(method, to, headers, body, *whom, within=within)
    return outgoing, _asked(wanted, signed, size)


def _check_no_transaction() -> None:
    """Let nobody wait for another's computer while they hold locks; a test's own frame is none."""
    blocks = connection.atomic_blocks
    if any(not getattr(block, "_from_testcase", False) for block in blocks):
        raise InTransaction


def _wanted(
    provider: str, service: str, purpose: str, consumer: str | None, at: datetime
) -> _Wanted:
    _check_no_transaction()
    asking = consumer or next(iter(own_members()), None)
    if asking is None:
        raise NotAMember
    check_purpose_known(service, purpose)
    terms = None
    if service not in OPEN_TO_MEMBERS:
        terms = agreement_for(asking, service, provider, at=at, purpose=purpose)
    return _Wanted(asking, provider, service, terms, purpose, at)


@lru_cache(maxsize=2_000)
def _address(base: str, provider: str, service: str, path: str) -> Address:
    place, _, query = path.partition("?")
    check_straight(unquote(place))
    rest = normal(place).lstrip("/")
    url = httpx.URL(f"{base}/trao-doi/{provider}/{encoded(service)}/{rest}")
    return Address.of(url.copy_with(query=query.encode()) if query else url)


def _digest(body: bytes | Path) -> tuple[bytes, int]:
    if isinstance(body, bytes):
        return hashlib.sha256(body).digest(), len(body)
    size = body.stat().st_size
    with body.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest(), size


def _signed(wanted: _Wanted, method: str, to: Address, headers: Mapping[str, str]) -> Signed:
    key = signing_key(wanted.consumer, at=wanted.at)
    message = request(method, to.authority, to.path, to.query, headers)
    created = int(wanted.at.timestamp())
    times = Times(created, created + LIFE, secrets.token_urlsafe(18))
    try:
        return sign_request(message, times=times, key=key.kid, with_=key.private)
    except NotSigned as reason:
        raise NotSignable(why=str(reason)) from reason


def _asked(wanted: _Wanted, signed: Signed, size: int) -> Asked:
    return Asked(
        at=wanted.at,
        consumer=wanted.consumer,
        provider=wanted.provider,
        service=wanted.service,
        agreement=wanted.terms.id if wanted.terms else None,
        purpose=wanted.purpose,
        size=size,
        text=signed.base.decode(),
        signature=signed.signature,
        key=signed.key,
    )


def _exchanged(outgoing: Outgoing, asked: Asked, subject: str, *, timeout: float) -> Reply:
    """Send it, check the answer, and write both down, whatever came of it."""
    start, given, came = time.monotonic(), Given(0), None
    try:
        sent = send(outgoing, timeout=timeout)
        at = asked.at + timedelta(seconds=time.monotonic() - start)
        signed = check_answer(sent, asked.provider, to=asked.signature, at=at)
        given = Given(sent.status, signed.base.decode(), signed.signature, signed.key, at)
        came = sent.body
    finally:
        entry = _kept(asked, given, person_hash(subject))
        _keep_bodies(entry, asked, outgoing.body, came, subject)
    note_head(sent.headers, asked.provider, at=at)
    headers = {**sent.headers, OWN_ENTRY: str(entry)}
    return Reply(sent.status, sent.body, sent.headers["content-type"], headers)


def _kept(asked: Asked, given: Given, person: bytes | None) -> UUID:
    """Write a call down; a database that was started anew meanwhile is asked once more."""
    try:
        return keep_own(asked, given, person)
    except NO_SERVER:
        connection.close()
        try:
            return keep_own(asked, given, person)
        except NO_SERVER as reason:
            raise NotWrittenDown from reason


def _keep_bodies(
    entry: UUID, asked: Asked, sent: bytes | Path, came: bytes | None, subject: str
) -> None:
    if keeps_bodies(asked.consumer, agreed=asked.agreement is not None):
        answer = small_enough(came, len(came or b""))
        bodies = Bodies(small_enough(sent, asked.size), answer, subject[:LONGEST_ID])
        keep_bodies(entry, asked.consumer, bodies, at=asked.at)


def _accepted(provider: str, reply: Reply) -> Reply:
    if reply.status < 400 or not reply.content_type.startswith(PROBLEM):
        return reply
    try:
        problem = read_json(reply.body, dict[str, Any])
    except NotReadable:
        problem = {}
    raise CallRefused(provider, problem, reply)

"""Members watch one another's logs: who shows two different pasts is found out."""

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
import structlog
from django.db import transaction

from motcua.backbone.transactions import one_transaction
from motcua.exchange.models import Head
from motcua.exchange.operations.breaks import hold_against, tell_break, was_put_aside
from motcua.exchange.operations.serving import Call, Reply
from motcua.exchange.queries.heads import HEADER, head_of, last_head
from motcua.exchange.queries.keys import UnknownKey, key_known
from motcua.exchange.queries.members import own_members
from motcua.exchange.queries.tree import consistency, root_at
from motcua.exchange.rules.breaks import OTHER_PAST, SHRUNK, SPLIT
from motcua.exchange.rules.heads import NotAHead, SignedHead, read_head, write_head
from motcua.exchange.rules.merkle import is_consistent
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_

SERVICE = "heads.v1"
PURPOSE = "witness"
NOTED_EVERY = 60.0
"""Seconds between two heads of a member that a process keeps from what passes by."""
_noted: dict[str, float] = {}
log = structlog.get_logger("motcua.exchange")


class WrongHead(Invalid):
    code = "exchange.wrong-head"
    message = N_("This is not a signed head of your own log. Send the newest one that you signed.")


class Compared(msgspec.Struct, frozen=True):
    """
    What two members tell each other: a question has no ``proof``, an answer does.

    ``head`` is the newest of the sender's own log. In a question ``since`` is up to which size the
    answerer's log was checked; in an answer ``proof`` shows that it only grew since, and ``seen``
    is the newest head of the asker's log that the answerer knew before.
    """

    head: str = ""
    since: int = 0
    proof: list[bytes] = []
    seen: str = ""


msgspec.json.Decoder(Compared)
"""Known before two threads ask for it at once, which msgspec does not bear."""


def openapi() -> dict[str, Any]:
    """Return the description of ``heads.v1``."""
    (schema,), parts = msgspec.json.schema_components(
        [Compared], ref_template="#/components/schemas/{name}"
    )
    told = {"application/json": {"schema": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "heads", "version": "1"},
        "paths": {
            "/": {
                "post": {
                    "summary": "Compare signed tree heads of two members' message logs",
                    "requestBody": {"content": told},
                    "responses": {"200": {"description": "Compared", "content": told}},
                }
            }
        },
        "components": {"schemas": {name.rpartition("/")[2]: part for name, part in parts.items()}},
    }


def note_head(headers: Mapping[str, str], provider: str, *, at: datetime) -> None:
    """Keep the head that came with an answer, once a minute and member; it is checked later."""
    shown, now = headers.get(HEADER), time.monotonic()
    if shown is None or provider in own_members() or now < _noted.get(provider, now):
        return
    _noted[provider] = now + NOTED_EVERY
    try:
        keep_seen(_believed(shown, provider, at=at), by=Actor.system("exchange"), at=at)
    except WrongHead:
        log.warning("a head that does not hold", member=provider)


@one_transaction
def keep_seen(head: SignedHead, *, by: Actor, at: datetime) -> None:
    """Keep a head that a peer showed us; another root for the same size is a fault of theirs."""
    known = list(Head.objects.filter(log=head.head.log, size=head.head.size))
    if any(bytes(each.root) == head.head.root for each in known):
        return
    _keep(head, SPLIT if known else "", at=at)
    if known:
        tell_break(head_of(known[0]), SPLIT, by=by, at=at)


def answer_heads(call: Call) -> Reply:
    """Answer ``heads.v1``: show our newest head, prove that it grew, tell what we saw of theirs."""
    asked = _read(call.body.read())
    before = _newest_seen(call.consumer)
    if asked.head and call.consumer not in own_members():
        keep_seen(_believed(asked.head, call.consumer, at=call.at), by=call.by, at=call.at)
    ours = last_head(call.provider)
    if ours is None:
        return Reply(body=msgspec.json.encode(Compared(seen=before)))
    size = ours.head.size
    proof = consistency(call.provider, asked.since, size) if 0 < asked.since <= size else []
    return Reply(body=msgspec.json.encode(Compared(write_head(ours), asked.since, proof, before)))


def question_for(peer: str, *, log: str) -> tuple[bytes, SignedHead | None]:
    """Return what to ask a peer in the name of our log, and the head we go by."""
    ours, checked = last_head(log), _newest_checked(peer)
    question = Compared(
        head=write_head(ours) if ours else "", since=checked.head.size if checked else 0
    )
    return msgspec.json.encode(question), checked


@one_transaction
def compare(
    peer: str, answer: bytes, checked: SignedHead | None, *, log: str, by: Actor, at: datetime
) -> tuple[str, ...]:
    """
    Hold a peer's answer against what it showed before, and against our own log.

    :param checked: the head that ``question_for`` went by
    :return: the faults found, each of which is kept, and announced the first time
    """
    told = _read(answer)
    faults = list[str]()
    if told.head:
        theirs = _believed(told.head, peer, at=at)
        faults += _faults_of(theirs, checked, told.proof)
        _keep(theirs, faults[0] if faults else "", at=at, checked=not faults)
        if checked is not None and faults:
            tell_break(checked, faults[0], by=by, at=at)
    if told.seen and (fault := _fault_of_ours(told.seen, log, by=by, at=at)):
        faults.append(fault)
    return tuple(faults)


def _faults_of(head: SignedHead, checked: SignedHead | None, proof: list[bytes]) -> list[str]:
    if checked is None:
        return []
    old, new = checked.head, head.head
    if new.size < old.size:
        return [SHRUNK]
    if old.size and not is_consistent(old.size, old.root, new.size, new.root, proof):
        return [OTHER_PAST]
    return []


def _fault_of_ours(seen: str, log: str, *, by: Actor, at: datetime) -> str:
    """Tell whether our own log still has the past that a peer saw."""
    head = _believed(seen, log, at=at)
    root = root_at(log, head.head.size)
    if root == head.head.root or was_put_aside(head):
        return ""
    fault = SHRUNK if root is None else OTHER_PAST
    _keep(head, fault, at=at)
    tell_break(head, fault, by=by, at=at)
    transaction.on_commit(partial(hold_against, head))
    return fault


def _keep(head: SignedHead, fault: str, *, at: datetime, checked: bool = False) -> None:
    what = head.head
    facts = {"at": what.at, "key": head.key, "signature": head.signature, "seen_at": at}
    moment = {"checked_at": at} if checked else {}
    row, new = Head.objects.get_or_create(
        log=what.log, size=what.size, root=what.root, defaults=facts | {"fault": fault} | moment
    )
    if not new and row.seen_at is not None:
        Head.objects.filter(pk=row.pk).update(fault=fault, **moment)


def _believed(text: str, member: str, *, at: datetime) -> SignedHead:
    try:
        head = read_head(text)
        key = key_known(head.key, at=at)
        head.check(key.public)
    except (NotAHead, UnknownKey) as error:
        raise WrongHead from error
    if head.head.log != member or key.member != member:
        raise WrongHead
    return head


def _read(text: bytes) -> Compared:
    try:
        return read_json(text or b"{}", Compared)
    except NotReadable as error:
        raise WrongHead from error


def _newest_seen(member: str) -> str:
    row = Head.objects.filter(log=member, seen_at__isnull=False).order_by("-size").first()
    return "" if row is None else write_head(head_of(row))


def _newest_checked(member: str) -> SignedHead | None:
    rows = Head.objects.filter(log=member, checked_at__isnull=False, fault="")
    row = rows.order_by("-size").first()
    return None if row is None else head_of(row)

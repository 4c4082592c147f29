"""What is left of a call that was refused: a line in the program's log, and a count."""

import re
from contextlib import suppress
from datetime import datetime

import structlog
from django.db import DatabaseError

from motcua.exchange.models.refusals import RefusedNow, count_refused
from motcua.exchange.operations.arrivals import Arrival, signature_of
from motcua.exchange.operations.serving import served
from motcua.exchange.queries.keys import UnknownKey, key_known
from motcua.exchange.queries.members import own_members
from motcua.exchange.rules.signatures import Signed, WrongSignature
from motcua.kernel.errors import Refusal

log = structlog.get_logger("motcua.exchange")

LONGEST_TOLD = 80
_ID = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", re.ASCII)


def note_refused(error: Refusal, arrival: Arrival, *, at: datetime) -> None:
    """
    Leave evidence of a call that has no entry: who is said to have made it, from where, and why.

    The line has what was said; the count only what is known here, so that nobody can make it grow.
    """
    signed = None
    with suppress(Refusal, KeyError):
        signed = signature_of(arrival)
    claimed = arrival.headers.get("motcua-consumer", "")
    facts = {
        "member": claimed,
        "key": "" if signed is None else signed.key,
        "agreement": arrival.headers.get("motcua-agreement", ""),
        "provider": arrival.provider,
        "service": arrival.service,
        "address": arrival.address,
    }
    told = {name: text[:LONGEST_TOLD] for name, text in facts.items()}
    log.warning("a call was refused", code=error.code, **told)
    try:
        count_refused(_refused(error, arrival, signed, claimed, at=at), at=at)
    except DatabaseError as reason:
        log.warning("a refused call was not counted", code=error.code, reason=str(reason))


def _refused(
    error: Refusal, arrival: Arrival, signed: Signed | None, claimed: str, *, at: datetime
) -> RefusedNow:
    member, key, proven = claimed if _ID.fullmatch(claimed) else "", "", False
    with suppress(UnknownKey, WrongSignature):
        if signed is not None:
            known = key_known(signed.key, at=at)
            key = known.kid if known.member == member else ""
            signed.check(known.public)
            member, key, proven = known.member, known.kid, True
    ours = arrival.provider in own_members()
    return RefusedNow(
        member=member,
        key=key,
        provider=arrival.provider if ours else "",
        service=arrival.service,
        offered=ours and served(arrival.service) is not None,
        code=error.code,
        proven=proven,
    )

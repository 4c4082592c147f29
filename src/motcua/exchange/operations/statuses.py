"""Asking responders of outside authorities about single certificates (OCSP)."""

from datetime import datetime

from cryptography import x509
from django.conf import settings

from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.keyfiles import outside_anchors
from motcua.exchange.adapters.lists import NotFetched, asked
from motcua.exchange.models import Certificate, KeyStatus
from motcua.exchange.operations.revocations import refuse_key
from motcua.exchange.queries.keys import forget_keys
from motcua.exchange.queries.revocations import is_listed
from motcua.exchange.queries.statuses import statuses_wanted
from motcua.exchange.rules.certificates import fingerprint, load
from motcua.exchange.rules.revocations import NotBelieved
from motcua.exchange.rules.statuses import SignedStatus, ask_about, read_answer, responders_in
from motcua.kernel.actors import Actor

__all__ = ["forget_statuses", "read_status"]


def read_status(kid: str, *, by: Actor, at: datetime) -> bool:
    """
    Ask what became of a key; refuse it from then on if it was revoked. Tell whether that is known.

    The responders that its certificate names are asked one after the other, until one is believed.
    Why none was is kept, for who looks after the portal. A key that is refused already is not asked
    about: whatever a responder says later, it stays refused.
    """
    row = Certificate.objects.filter(pk=kid, revoked_at__isnull=True).first()
    issuers = {fingerprint(each): each for each in outside_anchors()}
    if row is None or row.issuer not in issuers:
        return False
    place, why = "", ""
    for place in responders_in(load(row.pem)):
        try:
            found = _answered(row, issuers[row.issuer], place, at=at)
        except (NotFetched, NotBelieved) as reason:
            why = str(reason.facts["why"])
            continue
        if _keep(kid, place, found, by=by, at=at):
            return True
        why = "older"
    if place:
        _note(kid, place, why, at=at)
    return False


def _answered(
    row: Certificate, issuer: x509.Certificate, place: str, *, at: datetime
) -> SignedStatus:
    question = ask_about(load(row.pem), issuer)
    raw = asked(place, question.raw, inside=settings.EXCHANGE_PRIVATE_ADDRESSES)
    found = read_answer(raw, question, at=at)
    if found.by and is_listed(row.issuer, found.by, at=at):
        raise NotBelieved(why="responder")
    return found


@one_transaction
def _keep(kid: str, place: str, found: SignedStatus, *, by: Actor, at: datetime) -> bool:
    """Keep what was said of a key, unless something newer is known: tell which."""
    key = Certificate.objects.select_for_update().filter(pk=kid, revoked_at__isnull=True).first()
    if key is None:
        return True
    row = KeyStatus.objects.filter(pk=kid).first() or KeyStatus(pk=kid, since=at)
    if row.made_at is not None and found.since < row.made_at:
        return False
    row.place, row.made_at, row.until = place, found.since, found.until
    row.read_at, row.trouble = at, ""
    row.save()
    if found.revoked is not None:
        refuse_key(key, found.revoked, place, by=by, at=at)
    forget_keys()
    return True


@one_transaction
def _note(kid: str, place: str, why: str, *, at: datetime) -> None:
    """Keep why nothing was believed, beside what was believed before."""
    facts = {"place": place, "trouble": why[:40]}
    KeyStatus.objects.update_or_create(
        pk=kid, defaults=facts, create_defaults=facts | {"since": at}
    )


@one_transaction
def forget_statuses(*, at: datetime) -> int:
    """Delete what was kept of keys that nobody asks about any more; return how many."""
    return KeyStatus.objects.exclude(pk__in=statuses_wanted(at=at)).delete()[0]

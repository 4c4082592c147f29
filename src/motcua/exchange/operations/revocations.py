"""Reading what outside authorities have revoked, and refusing those keys from then on."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.keyfiles import outside_anchors
from motcua.exchange.adapters.lists import NotFetched, fetched
from motcua.exchange.events import KeyRevoked
from motcua.exchange.models import Certificate, RevocationList
from motcua.exchange.queries.keys import forget_keys
from motcua.exchange.queries.revocations import ListWanted, lists_wanted
from motcua.exchange.rules.certificates import fingerprint
from motcua.exchange.rules.revocations import (
    NotBelieved,
    Revocation,
    SignedList,
    follows,
    read_list,
    revocations_in,
)
from motcua.kernel.actors import Actor

__all__ = ["apply_lists", "forget_lists", "read_revocations", "refuse_key"]


def read_revocations(issuer: str, place: str, *, by: Actor, at: datetime) -> bool:
    """
    Read a list that is wanted and refuse the keys on it; tell whether one was taken.

    Why none was taken is kept beside the place, for who looks after the portal.

    :param issuer: whose it is, by fingerprint; empty where the operator named the place
    """
    wanted = ListWanted(issuer, place)
    inside = settings.EXCHANGE_PRIVATE_ADDRESSES or not issuer
    try:
        raw = fetched(place, inside=inside)
        authority, found = _believed(raw, wanted, at=at)
        taken = _keep(authority, place, found, at=at)
    except (NotFetched, NotBelieved) as reason:
        _note(wanted, str(reason.facts["why"]), at=at)
        return False
    apply_lists(by=by, at=at)
    return taken


def _believed(raw: bytes, wanted: ListWanted, *, at: datetime) -> tuple[str, SignedList]:
    """Return whose list it is, and the list."""
    refusal = NotBelieved(why="signature")
    place = wanted.place if wanted.issuer else None
    for anchor in outside_anchors():
        if wanted.issuer in {"", fingerprint(anchor)}:
            try:
                return fingerprint(anchor), read_list(raw, anchor, place=place, at=at)
            except NotBelieved as reason:
                refusal = reason if reason.facts["why"] != "signature" else refusal
    raise refusal


@one_transaction
def _keep(issuer: str, place: str, found: SignedList, *, at: datetime) -> bool:
    """Keep a list, unless it is older than the one that is kept: tell which."""
    row = RevocationList.objects.select_for_update().filter(issuer=issuer, place=place).first()
    row = row or RevocationList(issuer=issuer, place=place, since=at)
    made_at = row.made_at
    if made_at is not None and not follows(found, number=int(row.number), since=made_at):
        RevocationList.objects.filter(pk=row.pk).update(trouble="older")
        return False
    row.raw, row.number, row.made_at, row.until = found.raw, found.number, found.since, found.until
    row.read_at, row.trouble = at, ""
    row.save()
    RevocationList.objects.filter(issuer="", place=place).delete()
    return True


@one_transaction
def _note(wanted: ListWanted, why: str, *, at: datetime) -> None:
    """Keep why a list was not taken, with those that were taken from there before."""
    rows = RevocationList.objects.filter(place=wanted.place)
    if wanted.issuer:
        rows = rows.filter(issuer=wanted.issuer)
    if not rows.update(trouble=why[:40]):
        RevocationList.objects.create(
            issuer=wanted.issuer, place=wanted.place, since=at, trouble=why[:40]
        )


@one_transaction
def apply_lists(*, by: Actor, at: datetime) -> int:
    """Refuse from now on every key that is on a list kept here; return how many were new."""
    told = 0
    for row in RevocationList.objects.filter(until__isnull=False):
        held = Certificate.objects.filter(issuer=row.issuer, revoked_at__isnull=True)
        rows = {each.serial: each for each in held.select_for_update(of=("self",))}
        for serial, found in revocations_in(bytes(row.raw), rows, at=at).items():
            refuse_key(rows[serial], found, row.place, by=by, at=at)
            told += 1
    if told:
        forget_keys()
    return told


def refuse_key(row: Certificate, found: Revocation, place: str, *, by: Actor, at: datetime) -> None:
    """Refuse a key from when its authority revoked it; ``place`` is where that was read."""
    row.revoked_at, row.revoked_reason, row.revoked_note = found.at, found.reason, place
    row.save(update_fields=["revoked_at", "revoked_reason", "revoked_note"])
    announce(KeyRevoked(subject=row.member_id, kid=row.kid, reason=found.reason), by=by, at=at)


@one_transaction
def forget_lists() -> int:
    """Delete what was kept of lists that nobody wants any more; return how many."""
    wanted = lists_wanted()
    named = [each.place for each in wanted if not each.issuer]
    outside = [fingerprint(each) for each in outside_anchors()]
    kept = Q(place__in=named, issuer__in=["", *outside])
    for each in wanted:
        kept |= Q(place=each.place, issuer=each.issuer)
    return RevocationList.objects.exclude(kept).delete()[0]

"""What is known of the keys that outside authorities revoked, and how long that is good enough."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from motcua.exchange.adapters.keyfiles import outside_anchors
from motcua.exchange.models import Certificate, KeyStatus, RevocationList
from motcua.exchange.rules.certificates import Trusted, fingerprint, load
from motcua.exchange.rules.revocations import TROUBLES, Revocation, places_in, revocations_in
from motcua.exchange.rules.statuses import responders_in
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

__all__ = [
    "TROUBLES",
    "ListKnown",
    "ListWanted",
    "authorities_without_list",
    "grace",
    "is_listed",
    "lists_known",
    "lists_wanted",
    "revocation_of",
    "sure_until",
]

GOOD, OLD, TOO_OLD = "good", "old", "too-old"


@dataclass(frozen=True, slots=True)
class ListWanted:
    """A list to be read; ``issuer`` is whose, by fingerprint: empty where the operator named it."""

    issuer: str
    place: str


@dataclass(frozen=True, slots=True)
class ListKnown:
    """
    A list of revoked keys, or what a responder said of keys: of a single one where ``of`` names it.

    ``authority`` is whose, empty while nothing was read there.
    It was made at ``made_at`` and is to be replaced by ``until``; both are nothing before the first
    was read. ``trouble`` is a short code of why the last try brought none; keys are believed until
    ``believed_until`` without a newer one.
    """

    authority: str
    place: str
    made_at: datetime | None
    until: datetime | None
    read_at: datetime | None
    since: datetime
    trouble: str
    believed_until: datetime
    of: str = ""

    @property
    def where(self) -> str:
        """Return the place, with whose key it was asked about."""
        return f"{self.place} ({self.of})" if self.of else self.place

    def standing(self, at: datetime) -> str:
        """Return ``good``, ``old``, or ``too-old``: then keys are refused."""
        if self.until is not None and at < self.until:
            return GOOD
        return OLD if at < self.believed_until else TOO_OLD


def lists_known(*, by: Actor) -> tuple[ListKnown, ...]:  # noqa: ARG001
    """Return the lists that are wanted, by place; officials may know of all. One statement."""
    names = {fingerprint(each): each.subject.rfc4514_string() for each in outside_anchors()}
    rows = RevocationList.objects.order_by("place", "issuer").defer("raw")
    return tuple(
        ListKnown(
            names.get(row.issuer, ""),
            row.place,
            row.made_at,
            row.until,
            row.read_at,
            row.since,
            row.trouble,
            (row.until or row.since) + grace(),
        )
        for row in rows
        if row.issuer in names or not row.issuer
    )


def authorities_without_list(*, by: Actor) -> tuple[str, ...]:  # noqa: ARG001
    """Return the outside authorities of whose revocations nothing was ever read. One statement."""
    lists = RevocationList.objects.filter(until__isnull=False).values_list("issuer", flat=True)
    asked = KeyStatus.objects.filter(until__isnull=False)
    kept = set(lists.union(asked.values_list("certificate__issuer", flat=True), all=True))
    found = outside_anchors()
    return tuple(each.subject.rfc4514_string() for each in found if fingerprint(each) not in kept)


@for_rooms
def lists_wanted() -> tuple[ListWanted, ...]:
    """Return what is to be read: what the operator named, and what members' keys name."""
    named = settings.EXCHANGE_REVOCATIONS
    outside = [fingerprint(each) for each in outside_anchors()]
    wanted = [ListWanted("", place) for place in named] if outside else []
    rows = Certificate.objects.filter(issuer__in=outside).order_by("made_at")
    for issuer, pem in rows.values_list("issuer", "pem"):
        places = [place for place in places_in(load(pem)) if place not in named]
        wanted += [ListWanted(issuer, place) for place in places]
    return tuple(dict.fromkeys(wanted))


@for_rooms
def sure_until(certificate: Trusted, *, made_at: datetime) -> datetime | None:
    """
    Return until when a key may be believed with what is known of its authority's revocations.

    Nothing: for as long as it holds, because the authority is not an outside one, or no list and no
    responder is named anywhere. The newest of what they said counts.

    :param made_at: since when the certificate is here
    """
    if certificate.issuer not in map(fingerprint, outside_anchors()):
        return None
    named = load(certificate.pem)
    places = [*settings.EXCHANGE_REVOCATIONS, *places_in(named)]
    asked = bool(responders_in(named))
    if not places and not asked:
        return None
    lists = RevocationList.objects.filter(issuer__in=[certificate.issuer, ""], place__in=places)
    keys = KeyStatus.objects.filter(pk=certificate.kid if asked else "")
    rows = lists.values_list("until", "since").union(keys.values_list("until", "since"))
    return max((until or since for until, since in rows), default=made_at) + grace()


@for_rooms
def revocation_of(certificate: Trusted, *, at: datetime) -> Revocation | None:
    """Return how the lists that are kept say that a certificate was revoked, if they do."""
    rows = RevocationList.objects.filter(issuer=certificate.issuer, until__isnull=False)
    for raw in rows.values_list("raw", flat=True):
        found = revocations_in(bytes(raw), [certificate.serial], at=at)
        if found:
            return found[certificate.serial]
    return None


@for_rooms
def is_listed(issuer: str, serial: str, *, at: datetime) -> bool:
    """Tell whether the lists that are kept name a certificate, of whomever it is."""
    rows = RevocationList.objects.filter(issuer=issuer, until__isnull=False)
    return any(
        revocations_in(bytes(raw), [serial], at=at) for raw in rows.values_list("raw", flat=True)
    )


@for_rooms
def grace() -> timedelta:
    """Return for how long keys are believed after a newer list or answer was due."""
    return timedelta(days=settings.EXCHANGE_REVOCATIONS_DAYS)

"""Which keys responders are asked about, and what they said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from motcua.exchange.adapters.keyfiles import outside_anchors
from motcua.exchange.models import Certificate, KeyStatus
from motcua.exchange.queries.revocations import ListKnown, grace
from motcua.exchange.rules.certificates import fingerprint, load
from motcua.exchange.rules.statuses import responders_in
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms


@for_rooms
def statuses_wanted(*, at: datetime) -> tuple[str, ...]:
    """Return the keys to ask about: of outside authorities, with a responder, that still hold."""
    outside = [fingerprint(each) for each in outside_anchors()]
    rows = Certificate.objects.filter(
        issuer__in=outside, revoked_at__isnull=True, valid_until__gt=at
    )
    named = rows.order_by("made_at").values_list("kid", "pem")
    return tuple(kid for kid, pem in named if responders_in(load(pem)))


def statuses_known(*, by: Actor) -> tuple[ListKnown, ...]:  # noqa: ARG001
    """
    Return what responders said of keys; officials may know of all. One statement.

    One line for all keys of a responder that are known to be good, and one for each other key.
    """
    names = {fingerprint(each): each.subject.rfc4514_string() for each in outside_anchors()}
    rows = KeyStatus.objects.filter(certificate__issuer__in=names, certificate__revoked_at=None)
    good, said = defaultdict[tuple[str, str], list[KeyStatus]](list), list[ListKnown]()
    for row in rows.exclude(place="").select_related("certificate").order_by("place", "pk"):
        authority = names[row.certificate.issuer]
        if row.trouble or row.until is None:
            said.append(_known(authority, [row], of=f"{row.certificate.member_id} {row.pk}"))
        else:
            good[authority, row.place].append(row)
    return (*_together(good), *said)


def _together(good: dict[tuple[str, str], list[KeyStatus]]) -> Iterator[ListKnown]:
    for (authority, _), rows in good.items():
        yield _known(authority, rows, of="")


def _known(authority: str, rows: Sequence[KeyStatus], *, of: str) -> ListKnown:
    """Return what is known of some keys: of the one that was asked about longest ago."""
    row = min(rows, key=lambda each: each.until or each.since)
    ends = (row.until or row.since) + grace()
    facts = (row.made_at, row.until, row.read_at, row.since, row.trouble, ends)
    return ListKnown(authority, row.place, *facts, of=of)

"""Take over what a desk here took for somebody who had no account then."""

from collections.abc import Collection
from datetime import datetime
from hmac import compare_digest

from motcua.agencies.queries.posts import posts_held
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.claiming import ClaimNotRight, NotForThemToClaim
from motcua.forwarding.events import HandedClaimed
from motcua.forwarding.models import Handed
from motcua.identity.queries.parties import is_organisation, may_be
from motcua.kernel.actors import Actor

__all__ = ["claim", "claim_along"]


@one_transaction
def claim(code: str, secret: str, *, by: Actor, at: datetime) -> str:
    """
    Make a person the applicant of what a desk took for them; return whose it was, if it is one.

    The same rules as for a dossier that is processed here: the secret counts once, and neither who
    filed it for them nor the clerk who took it may.

    :raises ClaimNotRight: if the secret is another
    :raises NotForThemToClaim: if they act for the applicant, took it as an official, have another
        personal id number, or work at the desk where an organisation's was taken
    """
    row = Handed.objects.select_for_update().filter(code=code).exclude(desk="").first()
    if row is None:
        return ""
    if not row.claim or not compare_digest(row.claim, secret):
        raise ClaimNotRight
    if not _may_take(row, by=by, at=at):
        raise NotForThemToClaim
    return _take(row, by=by, at=at)


@one_transaction
def claim_along(codes: Collection[str], party: str, *, by: Actor, at: datetime) -> None:
    """
    Make a person the applicant of the other parts of a linked filing that they took over.

    What they may not take over stays as it is.
    """
    rows = Handed.objects.select_for_update().filter(code__in=codes, applicant=party)
    for row in rows.exclude(claim="").order_by("pk"):
        if _may_take(row, by=by, at=at):
            _take(row, by=by, at=at)


def _may_take(row: Handed, *, by: Actor, at: datetime) -> bool:
    another = {row.agent, row.filer, row.clerk} - {row.applicant}
    if by.id in another or not may_be(by.id, row.applicant):
        return False
    works_there = row.desk in {post.agency for post in posts_held(by.id, at=at)}
    return not (is_organisation(row.applicant) and works_there)


def _take(row: Handed, *, by: Actor, at: datetime) -> str:
    party = row.applicant
    row.applicant, row.claim = by.id, ""
    row.filer = by.id if row.filer == party else row.filer
    row.save(update_fields=["applicant", "filer", "claim"])
    announce(HandedClaimed(subject=row.code, party=party, applicant=by.id), by=by, at=at)
    return party

"""Taking over a dossier filed at a counter for somebody who had no account then."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hmac import compare_digest

from motcua.agencies.queries.posts import posts_held
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierClaimed
from motcua.dossiers.models import Dossier, LinkedFiling, LinkedPart
from motcua.dossiers.models.hot import locked_row
from motcua.dossiers.operations.carrying import claim_carried, claim_carried_along
from motcua.dossiers.rules.codes import tidy_claim, tidy_code
from motcua.identity.queries.parties import is_organisation, may_be
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, NotFound
from motcua.kernel.text import N_
from motcua.payments.operations.billing import name_payer


class ClaimNotRight(NotFound):
    code = "dossiers.claim-not-right"
    message = N_("Code and secret do not belong together. Type both as they stand on the receipt.")


class OfficialsDoNotClaim(Forbidden):
    code = "dossiers.officials-do-not-claim"
    message = N_("You act as an official now. Switch to yourself, then take your dossier over.")


class NotForThemToClaim(Forbidden):
    code = "dossiers.not-for-them-to-claim"
    message = N_(
        "This dossier was filed for another person. Only that person takes it over, with their own "
        "account; who may act for them finds it among their dossiers."
    )


@one_transaction
def claim(code: str, secret: str, *, by: Actor, at: datetime) -> str:
    """
    Make a person the applicant of a dossier of theirs, by the secret of its receipt; return it.

    The secret counts once. Each dossier of the same person needs its own: nobody gets more than
    what they hold a receipt for; the parts of a linked filing have one receipt. An organisation's
    is nobody's who works where it was: they see the secret. Who filed it for them, and holds the
    receipt too, may not: what they may do ends with their authority. The party's bills are the
    person's then, paid ones too.

    :param code: as it is typed
    :raises ClaimNotRight: if there is no such dossier, or the secret is another
    :raises OfficialsDoNotClaim: if the actor acts for an agency
    :raises NotForThemToClaim: if they act for the applicant, took a step of it as an official,
        have another personal id number, or work where an organisation's dossier was
    """
    if by.is_official:
        raise OfficialsDoNotClaim
    tidy, typed = tidy_code(code), tidy_claim(secret)
    linked = _filing_of(tidy) if tidy else None
    dossier = locked_row(tidy, Actor.system("claims")) if tidy else None
    if tidy and dossier is None and (party := claim_carried(tidy, typed, by=by, at=at)):
        _take_whole(linked, tidy, party, by=by, at=at)
        return tidy
    if dossier is None or not dossier.claim or not compare_digest(dossier.claim, typed):
        raise ClaimNotRight
    another = {dossier.agent, dossier.filer} - {dossier.applicant}
    worked_on_it = dossier.transitions.filter(by=by.id).exists()
    if by.id in another or worked_on_it or not may_be(by.id, dossier.applicant):
        raise NotForThemToClaim
    if is_organisation(dossier.applicant) and _works_there(dossier, by, at=at):
        raise NotForThemToClaim
    party = dossier.applicant
    _take(dossier, party, by=by, at=at)
    _take_whole(linked, dossier.code, party, by=by, at=at)
    return dossier.code


def _take_whole(
    linked: LinkedFiling | None, taken: str, party: str, *, by: Actor, at: datetime
) -> None:
    """Let the linked filing of what was taken over be the person's, with its other parts."""
    if linked is None or linked.applicant != party:
        return
    linked.applicant = by.id
    linked.save(update_fields=["applicant"])
    others = linked.parts.exclude(dossier__in=["", taken]).order_by("number")
    codes = list(others.values_list("dossier", flat=True))
    for each in _other_parts(codes, party, by=by, at=at):
        _take(each, party, by=by, at=at)
    claim_carried_along(codes, party, by=by, at=at)


def _filing_of(code: str) -> LinkedFiling | None:
    """Return the linked filing that a dossier is part of, held before its dossiers are."""
    parts = LinkedPart.objects.filter(dossier=code).values("filing")
    return LinkedFiling.objects.select_for_update().filter(pk__in=parts).first()


def _other_parts(codes: Iterable[str], party: str, *, by: Actor, at: datetime) -> Iterator[Dossier]:
    """Yield the other parts of the party's, but those on which the person worked."""
    for code in codes:
        other = locked_row(code, Actor.system("claims"))
        if other is None or not other.claim or other.applicant != party:
            continue
        theirs = is_organisation(party) and _works_there(other, by, at=at)
        if not theirs and not other.transitions.filter(by=by.id).exists():
            yield other


def _take(dossier: Dossier, party: str, *, by: Actor, at: datetime) -> None:
    dossier.applicant, dossier.claim = by.id, ""
    if dossier.filer == party:
        dossier.filer = by.id
    dossier.version += 1
    dossier.save(update_fields=["applicant", "filer", "claim", "version"])
    name_payer(dossier.code, by.id, was=party)
    taken = DossierClaimed(subject=dossier.code, party=party, applicant=by.id)
    announce(taken, by=by, at=at)


def _works_there(dossier: Dossier, by: Actor, *, at: datetime) -> bool:
    """Tell whether a person holds a post at an agency where the dossier is or was."""
    theirs = {post.agency for post in posts_held(by.id, at=at)}
    return dossier.transitions.filter(agency__in=theirs).exists()

"""Note that an official will be away, with somebody in their place."""

from collections.abc import Iterable
from datetime import datetime

from motcua.agencies.events import AbsenceEnded, AbsenceNoted
from motcua.agencies.models import Absence, Agency, Post
from motcua.agencies.queries.agencies import NoSuchAgency
from motcua.agencies.rules.absence import covers, is_a_time
from motcua.agencies.rules.access import NotYourAgency, check_may_administer
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.text import N_

__all__ = [
    "AbsentAlready",
    "DeputyAbsent",
    "NoSuchAbsence",
    "NotAColleague",
    "NotATime",
    "NotYourAbsence",
    "RoleTooLow",
    "end_absence",
    "note_absence",
]

NOT_A_TIME = N_("Choose a last day that is not past and less than a year after the first.")
NOT_A_COLLEAGUE = N_("Choose somebody else who holds a post in this agency now.")
ROLE_TOO_LOW = N_(
    "Choose a colleague with the same role or a higher one, or ask an administrator to name one."
)
DEPUTY_ABSENT = N_("This colleague is away in that time too. Choose another.")


class NotYourAbsence(Forbidden):
    code = "not-your-absence"
    message = N_("You may note only your own absence. An administrator may note others'.")


class NotATime(Invalid):
    code = "absence-not-a-time"
    message = NOT_A_TIME


class NotAColleague(Invalid):
    code = "absence-not-a-colleague"
    message = NOT_A_COLLEAGUE


class RoleTooLow(Invalid):
    code = "absence-role-too-low"
    message = ROLE_TOO_LOW


class DeputyAbsent(Invalid):
    code = "absence-deputy-absent"
    message = DEPUTY_ABSENT


class AbsentAlready(Conflict):
    code = "absent-already"
    message = N_("{name} is noted as away in that time already. End that absence first.")


class NoSuchAbsence(NotFound):
    code = "no-such-absence"
    message = N_("There is no such absence, or it is over. Reload the list.")


@one_transaction
def note_absence(
    agency: str,
    holder: str,
    deputy: str,
    since: datetime,
    until: datetime,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """
    Let ``deputy`` stand in for ``holder`` from ``since`` until just before ``until``.

    In that time the deputy has the holder's roles beside their own. Officials choose a colleague
    who covers their roles; an administrator may name any. Standing in is not passed on.

    :raises NotYourAbsence: if it is another's and the actor does not administer the agency
    :raises NoSuchAgency: if there is no such agency
    :raises NotATime: if it is over, has no length, or is longer than a year
    :raises NotAColleague: if one of the two holds no post there
    :raises RoleTooLow: if the deputy does not cover the roles and no administrator chose them
    :raises AbsentAlready: if the holder is away in that time already
    :raises DeputyAbsent: if the deputy is away in that time
    """
    named = _check_may_note(agency, holder, by=by)
    if not Agency.objects.select_for_update(no_key=True).filter(pk=agency).exists():
        raise NoSuchAgency(agency=agency)
    if not is_a_time(since, until, at=at):
        raise NotATime(problems=[{"at": "until", "message": NOT_A_TIME}])
    names = _check_pair(agency, holder, deputy, named=named, at=at)
    _check_free(agency, holder, deputy, since, until, name=names[0])
    absence = Absence(agency_id=agency, holder=holder, deputy=deputy, since=since, until=until)
    absence.holder_name, absence.deputy_name = names
    absence.noted_by, absence.noted_at = by.id, at
    absence.save(force_insert=True)
    _announce_noted(absence, by=by, at=at)
    return absence.pk


@one_transaction
def end_absence(absence: int, *, by: Actor, at: datetime) -> None:
    """
    End an absence at once, or call it off before it begins.

    :raises NoSuchAbsence: if there is none that the actor may see, or it is over
    :raises NotYourAbsence: if it is another's and the actor does not administer the agency
    """
    known = Absence.objects.all() if _is_portal(by) else Absence.objects.visible_to(by)
    row = known.select_for_update().filter(pk=absence, until__gt=at).first()
    if row is None or row.until == row.since:
        raise NoSuchAbsence
    _check_may_note(row.agency_id, row.holder, by=by)
    row.until, row.ended_at = max(row.since, at), at
    row.save(update_fields=["until", "ended_at"])
    ended = AbsenceEnded(
        subject=row.agency_id, absence=row.pk, holder=row.holder, deputy=row.deputy
    )
    announce(ended, by=by, at=at)


def _is_portal(by: Actor) -> bool:
    return by.id.startswith("system:")


def _check_may_note(agency: str, holder: str, *, by: Actor) -> bool:
    """Check that the actor may; tell whether they do so as one who administers the agency."""
    try:
        check_may_administer(agency, by=by)
    except NotYourAgency:
        if by.id != holder or not by.serves(agency):
            raise NotYourAbsence from None
        return False
    return True


def _check_pair(
    agency: str, holder: str, deputy: str, *, named: bool, at: datetime
) -> tuple[str, str]:
    """Check that one may stand in for the other, and return both names."""
    posts = list(Post.objects.held_at(at).filter(agency=agency, holder__in=[holder, deputy]))
    theirs = [[p for p in posts if p.holder == who] for who in (holder, deputy)]
    if holder == deputy or not all(theirs):
        raise NotAColleague(problems=[{"at": "deputy", "message": NOT_A_COLLEAGUE}])
    if not named and not covers(_roles(theirs[1]), _roles(theirs[0])):
        raise RoleTooLow(problems=[{"at": "deputy", "message": ROLE_TOO_LOW}])
    return theirs[0][0].holder_name, theirs[1][0].holder_name


def _check_free(
    agency: str, holder: str, deputy: str, since: datetime, until: datetime, *, name: str
) -> None:
    there = Absence.objects.filter(agency=agency).overlapping(since, until)
    away = set(there.filter(holder__in=[holder, deputy]).values_list("holder", flat=True))
    if holder in away:
        raise AbsentAlready(name=name)
    if deputy in away:
        raise DeputyAbsent(problems=[{"at": "deputy", "message": DEPUTY_ABSENT}])


def _roles(posts: Iterable[Post]) -> frozenset[Role]:
    return frozenset(Role(post.role) for post in posts)


def _announce_noted(absence: Absence, *, by: Actor, at: datetime) -> None:
    noted = AbsenceNoted(
        subject=absence.agency_id,
        absence=absence.pk,
        holder=absence.holder,
        holder_name=absence.holder_name,
        deputy=absence.deputy,
        since=absence.since.isoformat(),
        until=absence.until.isoformat(),
    )
    announce(noted, by=by, at=at)

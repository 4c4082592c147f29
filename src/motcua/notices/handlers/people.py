"""What happens to people, their authorities and their posts, and whom it is told."""

from datetime import datetime

from motcua.agencies.events import AbsenceNoted
from motcua.agencies.queries.posts import holders
from motcua.backbone.journal import listen
from motcua.catalogue.queries.procedures import procedures
from motcua.identity.events import (
    AuthorityConfirmed,
    AuthorityEnded,
    AuthorityLimited,
    AuthorityRecorded,
    LookQuestioned,
)
from motcua.identity.queries.authorities import known_authority
from motcua.identity.queries.people import NoSuchPerson, actor_for
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

LOOK_QUESTIONED = Kind(
    name="notices.look-questioned",
    title=N_("{person} asks why their data was looked at"),
    body=N_(
        "{looked_by} opened data of {person} at {looked_at:moment}. "
        "Find out what it was for, and answer the person."
    ),
    action=N_("See my notices"),
)
SOMEBODY_ACTS = Kind(
    name="notices.authority-recorded",
    title=N_("{agent} may act for you"),
    body=N_(
        "It is recorded that {agent} may file dossiers in your name until the end of {until:day}. "
        "If that is not right, end it at once."
    ),
    action=N_("See who acts for me"),
)
POWER_OFFERED = Kind(
    name="notices.authority-offered",
    title=N_("{principal} gives you a power of attorney"),
    body=N_(
        "You may file dossiers in the name of {principal} until the end of {until:day}, once you "
        "have accepted it."
    ),
    action=N_("Accept or decline"),
)
AUTHORITY_CONFIRMED = Kind(
    name="notices.authority-confirmed",
    title=N_("It is confirmed that you act for {principal}"),
    body=N_("You may act for {principal} until the end of {until:day}."),
    action=N_("See for whom I act"),
)
AUTHORITY_ENDED = Kind(
    name="notices.authority-ended",
    title=N_("{agent} no longer acts for {principal}"),
    body=N_(
        "The authority to act for {principal} has ended. Dossiers filed before go on in the name "
        "of {principal}."
    ),
    action=N_("See for whom I act"),
)
LETTER_LAPSES = Kind(
    name="notices.letter-lapses",
    title=N_("{agent} acts for {principal} until {until:day}, not longer"),
    body=N_(
        "A letter shown at a counter was written down for all procedures. It ends with the end of "
        "{until:day}. After that, show a paper again: it will be good for what it is shown for."
    ),
    action=N_("See for whom I act"),
)
LETTER_LIMITED = Kind(
    name="notices.letter-limited",
    title=N_("What {agent} may file for {principal} is limited"),
    body=N_(
        "A letter shown at a counter was written down for all procedures. It is good for these "
        "alone now: {procedures}. For others, show a paper again."
    ),
    action=N_("See for whom I act"),
)
STANDING_IN = Kind(
    name="notices.standing-in",
    title=N_("You stand in for {name}"),
    body=N_(
        "From {since:moment} to {until:moment} you have the roles of {name} and see their "
        "dossiers. What you do is recorded in your own name."
    ),
    action=N_("See absences"),
)
AUTHORITIES = "/uy-quyen/"
register_kinds(LOOK_QUESTIONED, SOMEBODY_ACTS, POWER_OFFERED)
register_kinds(AUTHORITY_CONFIRMED, AUTHORITY_ENDED, STANDING_IN)
register_kinds(LETTER_LAPSES, LETTER_LIMITED)


@listen(LookQuestioned)
def tell_the_administrators(event: LookQuestioned, now: datetime) -> None:
    """Tell those who answer for an agency that one of its looks is questioned."""
    facts = {
        "person": actor_for(event.subject).name,
        "looked_by": event.looked_by,
        "looked_at": event.looked_at,
    }
    for post in holders(event.agency, Role.ADMINISTRATOR, at=now):
        tell(
            post.holder,
            LOOK_QUESTIONED.name,
            subject=str(event.look),
            facts=facts,
            link="/thong-bao/",
            at=now,
        )


@listen(AuthorityRecorded)
def tell_whom_somebody_acts_for(event: AuthorityRecorded, now: datetime) -> None:
    """Tell the owner of an account that somebody may act for them, or that they may for another."""
    if event.offered:
        _tell_of_authority(POWER_OFFERED, event.subject, {event.agent}, now)
        return
    _tell_of_authority(SOMEBODY_ACTS, event.subject, {event.principal}, now)


@listen(AuthorityConfirmed)
def tell_that_it_is_confirmed(event: AuthorityConfirmed, now: datetime) -> None:
    """Tell the one who acts that it is right; the one who gave a power, that it is accepted."""
    if event.accepted:
        _tell_of_authority(SOMEBODY_ACTS, event.subject, {event.principal}, now)
        return
    _tell_of_authority(AUTHORITY_CONFIRMED, event.subject, {event.agent}, now)


@listen(AuthorityEnded)
def tell_that_it_ended(event: AuthorityEnded, now: datetime) -> None:
    """Tell both that one no longer acts for the other."""
    _tell_of_authority(AUTHORITY_ENDED, event.subject, {event.agent, event.principal}, now)


@listen(AuthorityLimited)
def tell_that_it_is_limited(event: AuthorityLimited, now: datetime) -> None:
    """Tell both what one may still do for the other, or until when."""
    both = {event.agent, event.principal}
    if not event.procedures:
        _tell_of_authority(LETTER_LAPSES, event.subject, both, now)
        return
    titles = {hit.code: hit.title for hit in procedures(event.procedures)}
    named = "; ".join(titles.get(code, code) for code in event.procedures)
    _tell_of_authority(LETTER_LIMITED, event.subject, both, now, procedures=named)


@listen(AbsenceNoted)
def tell_the_deputy(event: AbsenceNoted, now: datetime) -> None:
    """Tell who stands in, for whom and how long."""
    facts = {"name": event.holder_name, "since": event.since, "until": event.until}
    link, about = "/quan-tri/vang-mat/", str(event.absence)
    tell(event.deputy, STANDING_IN.name, subject=about, facts=facts, link=link, at=now)


def _tell_of_authority(
    kind: Kind, authority: str, people: set[str], now: datetime, **more: str
) -> None:
    """Tell those of ``people`` who have an account; a party has none."""
    known = known_authority(authority, at=now)
    if known is None:
        return
    facts = {
        "agent": known.agent_name,
        "principal": known.principal_name,
        "until": known.until.isoformat(),
        **more,
    }
    for person in sorted(people):
        try:
            actor_for(person)
        except NoSuchPerson:
            continue
        tell(person, kind.name, subject=authority, facts=facts, link=AUTHORITIES, at=now)

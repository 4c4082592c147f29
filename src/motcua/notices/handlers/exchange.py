"""What happens in the exchange, and which officials are told."""

from collections.abc import Iterable
from datetime import datetime

from motcua.agencies.queries.posts import holders
from motcua.backbone.journal import listen
from motcua.exchange.events import (
    AgreementAsked,
    AgreementExpiring,
    AgreementMoved,
    KeyExpiring,
    KeyRevoked,
)
from motcua.exchange.queries.members import NoSuchMember, member_known
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

ASKED = Kind(
    name="notices.agreement-asked",
    title=N_("{consumer} asks for your data: {service}"),
    body=N_(
        "{consumer} asks to call {service}. Two officials of your agency decide: read the reason "
        "and the legal basis, then grant or refuse it."
    ),
    action=N_("See the request"),
)
MOVED = Kind(
    name="notices.agreement-moved",
    title=N_("The agreement on {service} has changed"),
    body=N_(
        "Something was decided about the agreement of {consumer} on {service}. "
        "Open it to see what, and why."
    ),
    action=N_("See the agreement"),
)
ENDING = Kind(
    name="notices.agreement-expiring",
    title=N_("The agreement on {service} ends in {days} days"),
    body=N_(
        "{consumer} may call {service} until {until:moment}. Ask for a renewal in time, or calls "
        "are refused from then on."
    ),
    action=N_("See the agreement"),
)
KEY_ENDING = Kind(
    name="notices.key-expiring",
    title=N_("A key of {member} ends in {days} days"),
    body=N_(
        "The key with which {member} signs ends at {until:moment}. Make a new one in time: "
        "the old one goes on holding meanwhile."
    ),
    action=N_("See the keys"),
)
KEY_REVOKED = Kind(
    name="notices.key-revoked",
    title=N_("A key of {member} was revoked"),
    body=N_(
        "What this key signs from now on is refused. If that was not you, ask who administers "
        "the exchange at once."
    ),
    action=N_("See the keys"),
)
register_kinds(ASKED, MOVED, ENDING, KEY_ENDING, KEY_REVOKED)
_HOME = "/quan-tri/trao-doi/"


@listen(AgreementAsked)
def tell_who_decides(event: AgreementAsked, now: datetime) -> None:
    """Tell leaders and administrators of the agency whose data it is."""
    people = _people(event.owner, (Role.LEADER, Role.ADMINISTRATOR), now)
    _tell_of_agreement(ASKED, event, people, "", {}, now)


@listen(AgreementMoved)
def tell_both_sides(event: AgreementMoved, now: datetime) -> None:
    """Tell the consumer's administrators, and those who decide."""
    decide = _people(event.owner, (Role.LEADER, Role.ADMINISTRATOR), now)
    asked = _people(_agency_of(event.consumer), (Role.ADMINISTRATOR,), now)
    _tell_of_agreement(MOVED, event, {*decide, *asked}, f"{event.step} {event.after}", {}, now)


@listen(AgreementExpiring)
def tell_that_it_ends(event: AgreementExpiring, now: datetime) -> None:
    """Tell the administrators of both sides."""
    agencies = {event.owner, _agency_of(event.consumer)}
    people = {one for each in agencies for one in _people(each, (Role.ADMINISTRATOR,), now)}
    facts = {"days": str(event.days), "until": event.valid_until}
    _tell_of_agreement(ENDING, event, people, str(event.days), facts, now)


@listen(KeyExpiring)
def tell_that_a_key_ends(event: KeyExpiring, now: datetime) -> None:
    """Tell the member's administrators."""
    facts = {"days": str(event.days), "until": event.valid_until}
    _tell_of_key(KEY_ENDING, event.subject, f"{event.kid} {event.days}", facts, now)


@listen(KeyRevoked)
def tell_that_a_key_is_revoked(event: KeyRevoked, now: datetime) -> None:
    """Tell the member's administrators."""
    _tell_of_key(KEY_REVOKED, event.subject, event.kid, {}, now)


def _tell_of_agreement(
    kind: Kind,
    event: AgreementAsked | AgreementMoved | AgreementExpiring,
    people: Iterable[str],
    source: str,
    more: dict[str, str],
    now: datetime,
) -> None:
    facts = {"consumer": _title_of(event.consumer), "service": event.service, **more}
    link, about = f"{_HOME}thoa-thuan/{event.subject}/", event.subject
    for person in sorted(people):
        tell(person, kind.name, subject=about, source=source, facts=facts, link=link, at=now)


def _tell_of_key(kind: Kind, member: str, source: str, more: dict[str, str], now: datetime) -> None:
    facts = {"member": _title_of(member), **more}
    link = f"{_HOME}thanh-vien/{member}/"
    for person in sorted(_people(_agency_of(member), (Role.ADMINISTRATOR,), now)):
        tell(person, kind.name, subject=member, source=source, facts=facts, link=link, at=now)


def _people(agency: str, roles: Iterable[Role], now: datetime) -> set[str]:
    return {post.holder for role in roles for post in holders(agency, role, at=now)}


def _agency_of(member: str) -> str:
    try:
        return member_known(member).agency
    except NoSuchMember:
        return member


def _title_of(member: str) -> str:
    try:
        return member_known(member).title
    except NoSuchMember:
        return member

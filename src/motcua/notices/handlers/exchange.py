"""What happens in the exchange, and which officials are told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.agencies.queries.posts import holders
from motcua.backbone.journal import listen
from motcua.exchange.events import (
    AgreementAsked,
    AgreementExpiring,
    AgreementMoved,
    CallsRefused,
    KeyExpiring,
    KeyRevoked,
    LogBreakAccepted,
    LogContradicted,
)
from motcua.exchange.queries.members import NoSuchMember, member_known, own_members
from motcua.exchange.queries.services import NoSuchService, service
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
"""Of notices that were kept before each decision had words of its own."""


def _decided(standing: str, title: str, body: str) -> Kind:
    return Kind(f"notices.agreement-{standing}", title, body, N_("See the agreement"))


DECIDED = {
    "seconded": _decided(
        "seconded",
        N_("One of two has granted the agreement on {service}"),
        N_(
            "{consumer} may call it once a second official of the agency whose data it is has "
            "granted it too. Who granted it first cannot be the second."
        ),
    ),
    "granted": _decided(
        "granted",
        N_("The agreement on {service} is in force"),
        N_("Two officials have granted it: {consumer} may call, for what was agreed and no more."),
    ),
    "refused": _decided(
        "refused",
        N_("The agreement on {service} was refused"),
        N_("The reason given to {consumer}: {reason}"),
    ),
    "withdrawn": _decided(
        "withdrawn",
        N_("The request for {service} was withdrawn"),
        N_("{consumer} no longer asks for it. You need do nothing."),
    ),
    "suspended": _decided(
        "suspended",
        N_("The agreement on {service} is suspended"),
        N_("Calls of {consumer} are refused until it is let go on. The reason given: {reason}"),
    ),
    "resumed": _decided(
        "resumed",
        N_("The agreement on {service} goes on"),
        N_("{consumer} may call again, as was agreed."),
    ),
    "ended": _decided(
        "ended",
        N_("The agreement on {service} has ended"),
        N_("{consumer} may call it no longer. The reason given: {reason}"),
    ),
}
"""What was decided, by where the agreement stands then; letting one go on is told apart."""
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
CONTRADICTED = Kind(
    name="notices.log-contradicted",
    title=N_("The message log of {member} is not the one it showed before"),
    body=N_(
        "It contradicts a signed head of {size:number} entries. Somebody may have changed the log. "
        "Keep the database as it is, run “motcua exchange verify” and tell who administers the "
        "exchange. The page of the message log says what to do next."
    ),
    action=N_("See the message log"),
)
BREAK_ACCEPTED = Kind(
    name="notices.log-break-accepted",
    title=N_("It was decided to go on with the message log of {member}"),
    body=N_(
        "It contradicts a signed head of {size:number} entries; the heads and the reason are kept. "
        "The reason given: {reason}"
    ),
    action=N_("See the message log"),
)
REFUSED = Kind(
    name="notices.calls-refused",
    title=N_("Calls of {member} are refused"),
    body=N_(
        "{calls:number} calls since yesterday were refused for one reason: {code}. Open the page "
        "to see which calls they are, what that means and what to do."
    ),
    action=N_("See what is refused"),
)
register_kinds(
    *(ASKED, MOVED, *DECIDED.values(), ENDING, KEY_ENDING, KEY_REVOKED, REFUSED),
    *(CONTRADICTED, BREAK_ACCEPTED),
)
_HOME = "/quan-tri/trao-doi/"
_RUN = (Role.ADMINISTRATOR,)


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
    in_force = "resumed" if event.step == "resume" else "granted"
    kind = DECIDED[in_force if event.after == "in-force" else event.after]
    source = f"{event.step} {event.after} {event.version}"
    _tell_of_agreement(kind, event, {*decide, *asked}, source, {"reason": event.reason}, now)


@listen(AgreementExpiring)
def tell_that_it_ends(event: AgreementExpiring, now: datetime) -> None:
    """Tell the administrators of both sides."""
    agencies = {event.owner, _agency_of(event.consumer)}
    people = {one for each in agencies for one in _people(each, (Role.ADMINISTRATOR,), now)}
    facts = _ending(event.valid_until, now)
    _tell_of_agreement(ENDING, event, people, str(event.days), facts, now)


@listen(KeyExpiring)
def tell_that_a_key_ends(event: KeyExpiring, now: datetime) -> None:
    """Tell the member's administrators."""
    facts = _ending(event.valid_until, now)
    _tell_of_key(KEY_ENDING, event.subject, f"{event.kid} {event.days}", facts, now)


@listen(KeyRevoked)
def tell_that_a_key_is_revoked(event: KeyRevoked, now: datetime) -> None:
    """Tell the member's administrators."""
    _tell_of_key(KEY_REVOKED, event.subject, event.kid, {}, now)


@listen(CallsRefused)
def tell_that_calls_are_refused(event: CallsRefused, now: datetime) -> None:
    """Tell the administrators of the member, and of who runs the exchange."""
    agencies = {_agency_of(each) for each in (*own_members()[:1], event.subject)}
    facts = {**_called("member", event.subject), "calls": str(event.calls), "code": event.code}
    for person in sorted({one for each in agencies for one in _people(each, _RUN, now)}):
        tell(
            person,
            REFUSED.name,
            subject=event.subject,
            source=f"{event.code} {event.day}",
            facts=facts,
            link=f"{_HOME}thanh-vien/{event.subject}/#bi-tu-choi",
            at=now,
        )


@listen(LogContradicted)
def tell_that_a_log_contradicts_itself(event: LogContradicted, now: datetime) -> None:
    """Tell administrators and auditors of who runs the exchange, and of that member."""
    _tell_of_log(CONTRADICTED, event, f"{event.size} {event.fault}", {}, now)


@listen(LogBreakAccepted)
def tell_that_it_was_decided_to_go_on(event: LogBreakAccepted, now: datetime) -> None:
    """Tell the same people, so that none of them decides unseen."""
    _tell_of_log(BREAK_ACCEPTED, event, f"{event.size} {event.kept}", {"reason": event.reason}, now)


def _tell_of_log(
    kind: Kind,
    event: LogContradicted | LogBreakAccepted,
    source: str,
    more: dict[str, str],
    now: datetime,
) -> None:
    agencies = {_agency_of(each) for each in (*own_members()[:1], event.subject)}
    roles = (Role.ADMINISTRATOR, Role.AUDITOR)
    people = {one for each in agencies for one in _people(each, roles, now)}
    facts = {**_called("member", event.subject), "size": str(event.size), **more}
    link, about = f"{_HOME}nhat-ky/", event.subject
    for person in sorted(people):
        tell(person, kind.name, subject=about, source=source, facts=facts, link=link, at=now)


def _tell_of_agreement(
    kind: Kind,
    event: AgreementAsked | AgreementMoved | AgreementExpiring,
    people: Iterable[str],
    source: str,
    more: dict[str, str],
    now: datetime,
) -> None:
    facts = {**_called("consumer", event.consumer), **_service(event), **more}
    link, about = f"{_HOME}thoa-thuan/{event.subject}/", event.subject
    for person in sorted(people):
        tell(person, kind.name, subject=about, source=source, facts=facts, link=link, at=now)


def _tell_of_key(kind: Kind, member: str, source: str, more: dict[str, str], now: datetime) -> None:
    facts = {**_called("member", member), **more}
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


def _called(fact: str, member: str) -> dict[str, str]:
    """Return a member's name as a fact, in both languages where it has both."""
    try:
        known = member_known(member)
    except NoSuchMember:
        return {fact: member}
    return {fact: known.title} | ({f"{fact}_en": known.title_en} if known.title_en else {})


def _service(event: AgreementAsked | AgreementMoved | AgreementExpiring) -> dict[str, str]:
    """Return what a service is called, its code where it is no longer offered."""
    try:
        known = service(event.provider, event.service)
    except NoSuchService:
        return {"service": event.service}
    return {"service": known.title} | ({"service_en": known.title_en} if known.title_en else {})


def _ending(until: str, now: datetime) -> dict[str, str]:
    """Return when something ends, and in how many days, the last one counted whole."""
    left = datetime.fromisoformat(until) - now
    return {"days": str(max(0, -(-left // timedelta(days=1)))), "until": until}

"""Officials are told where a colleague means them; lists lose what another agency has."""

from datetime import datetime

from motcua.agencies.queries.absence import away_now
from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierAssigned, DossierMoved, HandOverMade, NoteWritten
from motcua.dossiers.operations.handovers import take_off_lists
from motcua.dossiers.queries.near import strangers_among
from motcua.dossiers.rules.clock import day_of
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

MENTIONED = Kind(
    "dossiers.mentioned",
    N_("{name} means you in a note on {code}"),
    N_("{name} wrote a note on the dossier {code} and named you. Open it to read and answer."),
    N_("Open the dossier"),
    mail=False,
)

MENTIONED_FOR = Kind(
    "dossiers.mentioned-for",
    N_("{name} means {absent} in a note on {code}"),
    N_(
        "{name} wrote a note on the dossier {code} and named {absent}, for whom you stand in. "
        "Open it to read and answer."
    ),
    N_("Open the dossier"),
    mail=False,
)
GIVEN_FOR = Kind(
    "dossiers.given-for",
    N_("Work was given to {absent}, for whom you stand in"),
    N_("It stands in your list “In my hand” until {absent} is back on {until:moment}."),
    N_("Open the worklist"),
    mail=False,
)
HANDED_FOR = Kind(
    "dossiers.handed-for",
    N_("A hand-over list was made out to {absent}, for whom you stand in"),
    N_("It names {count} dossiers. Confirm each of them with your own name, or say why not."),
    N_("Open the list"),
    mail=False,
)

register_kinds(MENTIONED, MENTIONED_FOR, GIVEN_FOR, HANDED_FOR)


@listen(NoteWritten)
def tell_mentioned(event: NoteWritten, now: datetime) -> None:
    """
    Tell each colleague whom a note names, and who stands in for them, once.

    Not who is near to somebody behind the dossier.
    """
    known = {"code": event.subject, "name": event.by_name}
    told = [(person, MENTIONED, known) for person in event.mentions]
    for deputy, names in event.instead.items():
        told.append((deputy, MENTIONED_FOR, known | {"absent": ", ".join(names)}))
    strangers = strangers_among([person for person, _kind, _facts in told], event.subject)
    for person, kind, facts in told:
        if person not in strangers:
            continue
        tell(
            person,
            kind.name,
            subject=event.subject,
            facts=facts,
            link=f"/ban-lam-viec/{event.subject}/#ghi-chu",
            at=now,
            source=str(event.note),
        )


@listen(DossierAssigned, when=lambda event: bool(event.holder))
def tell_who_stands_in(event: DossierAssigned, now: datetime) -> None:
    """Tell who stands in for an absent colleague that they were given work, once a day."""
    absent = away_now(event.agency, at=now).get(event.holder)
    if absent and absent.deputy:
        tell(
            absent.deputy,
            GIVEN_FOR.name,
            subject=event.agency,
            facts={"absent": absent.name, "until": absent.until.isoformat()},
            link="/ban-lam-viec/?cua=mine&xem=all",
            at=now,
            source=f"{event.holder} {day_of(now).isoformat()}",
        )


@listen(HandOverMade, when=lambda event: bool(event.receiver))
def tell_who_confirms_instead(event: HandOverMade, now: datetime) -> None:
    """Tell who stands in for an absent colleague of a hand-over list that waits for them."""
    absent = away_now(event.agency, at=now).get(event.receiver)
    if absent and absent.deputy:
        tell(
            absent.deputy,
            HANDED_FOR.name,
            subject=event.agency,
            facts={"absent": absent.name, "count": str(len(event.dossiers))},
            link=f"/ban-lam-viec/ban-giao/{event.subject}/",
            at=now,
            source=event.subject,
        )


def _leaves(event: DossierMoved) -> bool:
    return event.step == Step.TRANSFER


@listen(DossierMoved, when=_leaves)
def take_off_lists_when_passed_on(event: DossierMoved, now: datetime) -> None:
    """Let a dossier wait on no hand-over list of the agency it left."""
    take_off_lists(event.subject, by=Actor.system("hand-overs"), at=now)

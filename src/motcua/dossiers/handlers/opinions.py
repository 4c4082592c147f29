"""What happens around opinions: who is told, and what a settled dossier no longer needs."""

from datetime import datetime

from motcua.agencies.queries.posts import serving
from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved, OpinionGiven, OpinionRecalled
from motcua.dossiers.operations.opinions import close_opinions
from motcua.dossiers.queries.near import strangers_among
from motcua.dossiers.rules.lifecycle import ENDED, State, Step
from motcua.kernel.actors import Actor, Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

ASKED = Kind(
    "dossiers.opinion-asked",
    N_("Your agency is asked for an opinion"),
    N_("About dossier {code}: {question}"),
    N_("See what is asked"),
)
GIVEN = Kind(
    "dossiers.opinion-came",
    N_("The opinion on {code} has come"),
    N_("The agency you asked has answered. Open the dossier to read it."),
    N_("Open the dossier"),
)
RECALLED = Kind(
    "dossiers.opinion-recalled",
    N_("An opinion is no longer needed"),
    N_("About dossier {code}: the agency that asked has recalled its request."),
    N_("Open the opinions"),
    mail=False,
)
register_kinds(ASKED, GIVEN, RECALLED)


def _asks(event: DossierMoved) -> bool:
    return event.step == Step.CONSULT


@listen(DossierMoved, when=_asks)
def tell_asked(event: DossierMoved, now: datetime) -> None:
    """Tell the specialists and leaders of the agency asked."""
    (opinion,), (agency,) = event.details["opinion"], event.details["agency"]
    facts = {"code": event.subject, "question": event.reason}
    _tell(agency, ASKED, event.subject, facts, f"/ban-lam-viec/y-kien/{opinion}/", opinion, now)


def _leaves(event: DossierMoved) -> bool:
    return State(event.state) in ENDED or event.step == Step.TRANSFER


@listen(DossierMoved, when=_leaves)
def recall_what_nobody_needs(event: DossierMoved, now: datetime) -> None:
    """Recall opinions on a dossier that came to nothing, or that another agency has now."""
    close_opinions(event.subject, by=Actor.system("opinions"), at=now)


@listen(OpinionGiven)
def tell_given(event: OpinionGiven, now: datetime) -> None:
    """Tell who asked that the opinion has come."""
    tell(
        event.asked_by,
        GIVEN.name,
        subject=event.subject,
        facts={"code": event.subject},
        link=f"/ban-lam-viec/{event.subject}/",
        at=now,
        source=event.opinion,
    )


@listen(OpinionRecalled)
def tell_recalled(event: OpinionRecalled, now: datetime) -> None:
    """Tell the agency asked that nothing is needed any more."""
    facts = {"code": event.subject}
    _tell(event.agency, RECALLED, event.subject, facts, "/ban-lam-viec/y-kien/", event.opinion, now)


def _tell(
    agency: str,
    kind: Kind,
    code: str,
    facts: dict[str, str],
    link: str,
    opinion: str,
    now: datetime,
) -> None:
    specialists, leaders = (
        serving(agency, role, at=now) for role in (Role.SPECIALIST, Role.LEADER)
    )
    for person in strangers_among(specialists | leaders, code):
        tell(person, kind.name, subject=code, facts=facts, link=link, at=now, source=opinion)

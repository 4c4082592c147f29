"""Who has a dossier in hand: taking it, giving it to a colleague, laying it down."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from motcua.agencies.queries.absence import away_now
from motcua.agencies.queries.posts import holders, serving
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierAssigned, DossierTakenInHand
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.moving import Moved, locked
from motcua.dossiers.operations.standing import check_no_conflict, check_stranger
from motcua.dossiers.operations.step_checks import held
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.access import DESK_STATES, WORKERS, NotYourStep, role_that_holds
from motcua.dossiers.rules.lifecycle import OPEN, State, Step, StepNotAllowed
from motcua.identity.queries.relatives import related
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden
from motcua.kernel.text import N_


class NotTheirPost(Conflict):
    code = "dossiers.not-their-post"
    message = N_("This colleague does not hold the post that has the dossier now. Choose another.")


class TheirOwnDossier(Forbidden):
    code = "dossiers.their-own-dossier"
    message = N_("This dossier is the colleague's own or a relative's. Give it to somebody else.")


class NobodyInTheirPlace(Conflict):
    code = "dossiers.nobody-in-their-place"
    message = N_(
        "{name} is away and nobody stands in for them: it would lie there. Choose somebody else."
    )


class NoLongerTheirs(Conflict):
    code = "dossiers.no-longer-theirs"
    message = N_("Somebody else has this dossier in hand since, so it stays where it is.")


@one_transaction
def take_in_hand(code: str, *, by: Actor, at: datetime) -> None:
    """
    Note that an official works on a dossier now; the last to take it holds it.

    :raises StepNotAllowed: if the dossier has ended
    :raises NotYourStep: if the role that holds it now is not theirs
    :raises ConflictOfInterest: if it is a relative's, or of somebody they act for
    """
    dossier = locked(code, by=by)
    if State(dossier.state) not in OPEN:
        raise StepNotAllowed(state=dossier.state, step="take")
    if not by.serves(dossier.agency, role_that_holds(held(dossier))):
        raise NotYourStep(step="take")
    check_no_conflict(held(dossier), by=by)
    taken = DossierTakenInHand(subject=code, agency=dossier.agency, holder_before=dossier.holder)
    dossier.holder, dossier.holder_name = by.id, by.name
    dossier.save(update_fields=["holder", "holder_name"])
    announce(taken, by=by, at=at)


@one_transaction
def assign(code: str, holder: str, *, by: Actor, at: datetime, was: str | None = None) -> str:
    """
    Give an open dossier to a colleague in the post that has it now; return who held it until then.

    The leader gives to anybody in that post, others in the post to each other. Given again to who
    has it, nothing changes. An empty ``holder`` lays it down for anybody in the post.

    :param was: who had it as far as the actor knows, where it is to be taken from nobody else
    :raises NoLongerTheirs: if somebody else has it by now
    :raises NotYourStep: if it is not the actor's to give
    :raises OwnDossier: if it is the actor's own
    :raises ConflictOfInterest: if it is a relative's; they lay it down instead
    :raises NotTheirPost: if the colleague does not hold the post
    :raises NobodyInTheirPlace: if the colleague is away and nobody stands in for them
    :raises TheirOwnDossier: if it is the colleague's own or a relative's
    :raises StepNotAllowed: if the dossier has ended
    """
    dossier = locked(code, by=by)
    check_may_give(dossier, by=by)
    if was is not None and dossier.holder not in (was, holder):
        raise NoLongerTheirs(dossier=code)
    before = dossier.holder
    _give(dossier, holder, by=by, at=at)
    return before


@one_transaction
def release(code: str, *, by: Actor, at: datetime) -> None:
    """
    Lay a dossier down that one has in hand, so that anybody in the post may take it.

    :raises NotYourStep: if somebody else has it in hand and the actor does not lead the agency
    """
    dossier = locked(code, by=by)
    if dossier.holder != by.id and not by.serves(dossier.agency, Role.LEADER):
        raise NotYourStep(step="release")
    _give(dossier, "", by=by, at=at)


def lay_down_idle(agency: str, *, by: Actor, at: datetime) -> int:
    """
    Lay down what is in hands that may do nothing with it any more; return how many.

    So are those of who left the post, or stood in for a colleague who is back. Anybody in the post
    may take it then. Each dossier is a transaction of its own; doing it again changes nothing.
    """
    desk = Q(state__in=sorted(state.value for state in DESK_STATES))
    served = desk & Q(holder__in=serving(agency, Role.CLERK, at=at))
    for role in WORKERS:
        served |= ~desk & Q(stage_role=role, holder__in=serving(agency, role, at=at))
    open_ = Dossier.objects.filter(agency=agency, state__in=sorted(state.value for state in OPEN))
    idle = open_.exclude(holder="").exclude(served).order_by("id").values_list("code", "holder")
    return sum(_lay_down(code, holder, by=by, at=at) for code, holder in list(idle))


@one_transaction
def _lay_down(code: str, holder: str, *, by: Actor, at: datetime) -> bool:
    """Lay a dossier down unless somebody has taken it, or brought it on, in the meantime."""
    dossier = locked(code, by=by)
    if dossier.holder != holder or State(dossier.state) not in OPEN:
        return False
    if holder in serving(dossier.agency, role_that_holds(held(dossier)), at=at):
        return False
    _give(dossier, "", by=by, at=at)
    return True


@one_transaction
def forward_to(
    code: str, holder: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Moved:
    """
    Pass a dossier on for processing, into the hands of a colleague where ``holder`` names one.

    :raises NotTheirPost: if the colleague does not hold the post it goes to
    :raises NobodyInTheirPlace: if the colleague is away and nobody stands in for them
    :raises TheirOwnDossier: if it is the colleague's own or a relative's
    :raises NotYourStep: and the like, as ``take_step``
    """
    moved = take_step(code, Step.FORWARD, by=by, at=at, seen=seen)
    if holder:
        _give(locked(code, by=by), holder, by=by, at=at)
    return moved


def check_may_give(dossier: Dossier, *, by: Actor) -> None:
    """Raise as ``assign`` does where the dossier is not the actor's to give."""
    if State(dossier.state) not in OPEN:
        raise StepNotAllowed(state=dossier.state, step="assign")
    known = held(dossier)
    if not by.serves(dossier.agency, Role.LEADER, role_that_holds(known)):
        raise NotYourStep(step="assign")
    check_stranger(known, by=by, step="assign")


def check_somebody_there(agency: str, chosen: Collection[str], *, by: Actor, at: datetime) -> None:
    """
    Check that work given to these comes to somebody: to them, or to who stands in for them.

    :raises NobodyInTheirPlace: if one is away and nobody does
    """
    away = away_now(agency, at=at)
    for one in sorted(set(chosen) - {by.id}):
        if one in away and not away[one].deputy:
            problem = {"at": "nguoi", "message": NobodyInTheirPlace.message}
            raise NobodyInTheirPlace(name=away[one].name, problems=[problem])


def _give(dossier: Dossier, holder: str, *, by: Actor, at: datetime) -> None:
    if holder == dossier.holder:
        return
    name = ""
    if holder:
        name = _name_in_post(dossier, holder, at=at)
        check_somebody_there(dossier.agency, [holder], by=by, at=at)
    given = DossierAssigned(
        subject=dossier.code, agency=dossier.agency, holder=holder, holder_before=dossier.holder
    )
    dossier.holder, dossier.holder_name = holder, name
    dossier.save(update_fields=["holder", "holder_name"])
    announce(given, by=by, at=at)


def _name_in_post(dossier: Dossier, holder: str, *, at: datetime) -> str:
    known = held(dossier)
    posts = holders(dossier.agency, role_that_holds(known), at=at)
    name = next((post.holder_name for post in posts if post.holder == holder), None)
    if name is None:
        raise NotTheirPost(dossier=dossier.code)
    if holder in known.concerned or any(related(holder, each) for each in known.concerned):
        raise TheirOwnDossier(dossier=dossier.code)
    return name

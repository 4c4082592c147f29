"""Which steps an actor may take of a dossier that they may see."""

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.access import Held, may_take
from motcua.dossiers.rules.lifecycle import State, Step, may_follow
from motcua.kernel.actors import Actor, Role

__all__ = ["may_now"]


def may_now(x: Dossier, *, by: Actor) -> frozenset[Step]:
    """Return the steps that the table and the actor's post allow."""
    state = State(x.state)
    held = Held(
        applicant=x.applicant,
        agency=x.agency,
        state=state,
        stage_role=Role(x.stage_role),
        owes=bool(x.fee) and x.paid_at is None,
        agent=x.agent,
        filer=x.filer,
        asked_times=x.asked_times,
        reappointments=x.reappointments,
    )
    return frozenset(step for step in may_follow(state) if may_take(step, by=by, held=held))

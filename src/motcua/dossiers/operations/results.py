"""The result paper: made from the pack's template once the leader has approved."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import ResultIssued
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import locked
from motcua.dossiers.queries.results import result_facts
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.files.operations.keeping import keep_made
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack, result_for
from motcua.packs.queries.results import paper_of


def issue_result(code: str, *, by: Actor, at: datetime) -> None:
    """
    Make the result of an approved dossier and keep it; making it twice keeps the first.

    The paper is drawn before the transaction begins, so that a slow one blocks nobody.
    """
    dossier = Dossier.objects.get(code=code)
    if dossier.result is not None or dossier.state not in (State.DONE, State.RETURNED):
        return
    definition = pack(dossier.pack)
    approval = dossier.transitions.filter(step=Step.APPROVE).latest("id")
    approved_on = localtime(approval.at).date()
    facts = result_facts(dossier, approved_by=approval.by_name, approved_on=approved_on)
    result = result_for(definition, dossier.answers, on=localtime(dossier.filed_at).date())
    paper = paper_of(definition, result, facts)
    _keep(code, paper, f"{result.name.vi}.pdf", done_at=dossier.done_at, by=by, at=at)


@one_transaction
def _keep(
    code: str, paper: bytes, name: str, *, done_at: datetime | None, by: Actor, at: datetime
) -> None:
    """Keep the paper, unless the dossier was opened again while it was drawn."""
    dossier = locked(code, by=by)
    if dossier.result is None and dossier.done_at == done_at:
        kept = keep_made(
            paper, name, "application/pdf", owner=dossier.agency, to=code, by=by, at=at
        )
        dossier.result = kept.id
        dossier.save(update_fields=["result"])
        issued = ResultIssued(subject=code, agency=dossier.agency, applicant=dossier.applicant)
        announce(issued, by=by, at=at)

"""What was seen and noted when an official filed for somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.dossiers.models import Dossier, Draft
from motcua.kernel.actors import Actor

__all__ = ["CounterSlip", "counter_slip"]


@dataclass(frozen=True, slots=True)
class CounterSlip:
    """
    How a dossier came in over the counter or by post; ``claim`` is the receipt's secret.

    ``papers`` maps a paper's id to the form it was handed over in.
    """

    code: str
    claim: str
    channel: str
    tracking: str
    identity: str
    signed: str
    filer_name: str
    papers: Mapping[str, str]


def counter_slip(code: str, *, by: Actor) -> CounterSlip | None:
    """Return what an official of the dossier's own agency noted when they filed it, if they did."""
    if by.agency is None:
        return None
    ours = Dossier.objects.visible_to(by).filter(agency=by.agency, code=code)
    claim = ours.values_list("claim", flat=True).first()
    draft = Draft.objects.filter(filed_as=code, counter__isnull=False).first()
    if claim is None or draft is None or draft.counter is None:
        return None
    noted = draft.counter
    return CounterSlip(
        code=code,
        claim=claim,
        channel=noted["channel"],
        tracking=noted["tracking"],
        identity=noted["identity"],
        signed=noted["signed"],
        filer_name=noted["filer_name"],
        papers=noted["papers"],
    )

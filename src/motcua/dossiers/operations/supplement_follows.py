"""What follows from corrected answers: another fee, further papers, another agency."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import MONEY, settle_difference
from motcua.dossiers.operations.filing_checks import AnswersNotRight
from motcua.dossiers.queries.competence import NoCompetentAgency, competent_for
from motcua.dossiers.queries.filing import CHANNELS
from motcua.dossiers.queries.supplement import papers_opened
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.packs.queries.packs import fees_for, pack, total_of, unit_of
from motcua.payments.operations.billing import BillLine


@dataclass(frozen=True, slots=True)
class Follows:
    """
    What corrected answers bring: ``papers`` newly required, the fee ``was`` and its ``lines`` now.

    ``agency`` is the one that is competent now, empty where it is still the dossier's own.
    """

    papers: tuple[str, ...]
    was: Dong
    lines: tuple[BillLine, ...]
    agency: str

    @property
    def more(self) -> int:
        """How much dearer it is, in dong; below nothing where it is cheaper."""
        return sum(line.amount.amount for line in self.lines) - self.was.amount

    def facts(self) -> dict[str, list[str]]:
        """Return what the history says of it."""
        facts = {
            "new_papers": list(self.papers),
            "fee_changed": [str(self.more)] if self.more else [],
            "competent": [self.agency] if self.agency else [],
        }
        return {name: values for name, values in facts.items() if values}


def what_follows(dossier: Dossier, corrected: Mapping[str, Any], *, on: date) -> Follows:
    """Return what the answers as they would be then bring; nothing is changed."""
    definition, channel = pack(dossier.pack), CHANNELS[dossier.channel]
    before = fees_for(definition, dossier.answers, channel=channel, on=on)
    after = fees_for(definition, corrected, channel=channel, on=on)
    return Follows(
        papers=papers_opened(definition, before=dossier.answers, after=corrected, on=on),
        was=total_of(before),
        lines=tuple(BillLine(fee.name.vi, fee.amount, fee.name.en) for fee in after),
        agency=_elsewhere(dossier, corrected, on=on),
    )


def follow(dossier: Dossier, follows: Follows, *, by: Actor, at: datetime) -> None:
    """Bill what became dearer, or note what must go back."""
    if follows.more:
        settle_difference(dossier, follows.lines, was=follows.was, by=by, at=at)
        dossier.save(update_fields=MONEY)


def check_papers(newly: Collection[str], held: Mapping[str, Collection[str]]) -> None:
    """
    Check that the papers newly required were given, too.

    :raises AnswersNotRight: if one is missing
    """
    problems = [
        {"at": f"papers.{paper}", "message": _("This paper is required.")}
        for paper in newly
        if not held.get(paper)
    ]
    if problems:
        raise AnswersNotRight(problems=problems)


def _elsewhere(dossier: Dossier, corrected: Mapping[str, Any], *, on: date) -> str:
    definition = pack(dossier.pack)
    if unit_of(definition, corrected) == unit_of(definition, dossier.answers):
        return ""
    try:
        there = competent_for(definition, corrected, on=on)
    except NoCompetentAgency:
        return ""
    return "" if there.id == dossier.agency else there.id

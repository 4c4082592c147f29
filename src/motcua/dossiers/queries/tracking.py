"""What anybody who has a dossier's code may ask."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.lines import due_of
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.codes import tidy_code
from motcua.dossiers.rules.lifecycle import State
from motcua.kernel.scope import public


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """What anybody who knows a code may know: where it stands, nothing about anybody."""

    code: str
    title: str
    agency: str
    state: State
    filed_at: datetime
    due_at: datetime
    due: Due


@public
def status_of(code: str, *, at: datetime) -> PublicStatus:
    """
    Return where a dossier stands, for somebody who has its code.

    :raises UnknownDossier: if there is none
    """
    tidy = tidy_code(code)
    found = Dossier.objects.filter(code=tidy).first() if tidy else None
    if found is None:
        raise UnknownDossier(dossier=code.strip()[:60])
    state = State(found.state)
    return PublicStatus(
        code=found.code,
        title=found.title,
        agency=found.agency,
        state=state,
        filed_at=found.filed_at,
        due_at=found.due_at,
        due=due_of(found, at),
    )

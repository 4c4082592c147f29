"""What anybody who has a dossier's code may ask."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.lines import due_of
from motcua.dossiers.queries.linked import standings
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.codes import tidy_code
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.linked import PartState, is_linked_code
from motcua.forms.queries.forms import Words
from motcua.kernel.scope import public
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """What anybody who knows a code may know: where it stands, nothing about anybody."""

    code: str
    title: Words
    agency: str
    state: State
    filed_at: datetime
    due_at: datetime
    due: Due


@dataclass(frozen=True, slots=True)
class PublicPart:
    """Where a part of a linked filing stands; ``dossier_state`` once it is a dossier."""

    name: Words
    state: PartState
    dossier_state: State | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicLinked:
    """What anybody who knows the code of a linked filing may know."""

    code: str
    title: Words
    filed_at: datetime
    due_at: datetime
    parts: tuple[PublicPart, ...]


@public
def linked_status_of(code: str) -> PublicLinked:
    """
    Return where the parts of a linked filing stand, for somebody who has its code.

    ``due_at`` is the latest time promised for the parts that are dossiers; three statements.

    :raises UnknownDossier: if there is none
    """
    tidy = tidy_code(code) or ""
    found = next(iter(standings(code=tidy).values()), None) if is_linked_code(tidy) else None
    if found is None:
        raise UnknownDossier(dossier=code.strip()[:60])
    promised = [part.due_at for part in found.parts if part.due_at is not None]
    return PublicLinked(
        code=found.code,
        title=found.title,
        filed_at=found.filed_at,
        due_at=max(promised, default=found.filed_at),
        parts=tuple(PublicPart(x.name, x.state, x.dossier_state, x.due_at) for x in found.parts),
    )


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
        title=pack(found.pack).title,
        agency=found.agency,
        state=state,
        filed_at=found.filed_at,
        due_at=found.due_at,
        due=due_of(found, at),
    )

"""Files of a dossier, for those who may see the dossier."""

from datetime import datetime, timedelta

from django.db.models import Q

from motcua.backbone.looks import record_look
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.access import is_theirs
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.files.queries.kept import KeptFile, infos_for_room
from motcua.forms.queries.forms import files_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack

COLUMNS = tuple("code applicant agent answers pack papers asked result state".split())

TOGETHER = timedelta(minutes=1)
"""Pages of a dossier's papers seen within this time are one look."""


class UnknownPaper(NotFound):
    code = "dossiers.unknown-paper"
    message = N_("This dossier has no such file. Open the dossier again to see what it has.")


def file_of(code: str, file: str, *, by: Actor) -> KeptFile:
    """
    Return a file of a dossier the actor may see, without opening it.

    The applicant sees what they handed in, or are about to, and the result once it is returned,
    also after it is opened again; officials of the agency what was handed in, now or before a
    supplement, and each result.

    :raises UnknownPaper: if there is none such, or the actor may not know that there is
    """
    return _found(code, file, by=by)[1]


def file_for_reading(code: str, file: str, *, by: Actor, at: datetime, purpose: str) -> KeptFile:
    """
    Return a file to be opened; an official's look is written down for the applicant to see.

    :raises UnknownPaper: as ``file_of``
    """
    dossier, found = _found(code, file, by=by)
    record_look(
        dossier.applicant, N_("Paper of a dossier"), reference=code, purpose=purpose, by=by, at=at
    )
    return found


def page_for_reading(code: str, file: str, *, by: Actor, at: datetime, purpose: str) -> KeptFile:
    """
    Return a file of which a page is to be shown.

    Those seen within ``TOGETHER`` are one look.

    :raises UnknownPaper: as ``file_of``
    """
    dossier, found = _found(code, file, by=by)
    record_look(
        dossier.applicant,
        N_("Paper of a dossier"),
        reference=code,
        purpose=purpose,
        by=by,
        at=at,
        unless_since=at - TOGETHER,
    )
    return found


def _found(code: str, file: str, *, by: Actor) -> tuple[Dossier, KeptFile]:
    dossier = Dossier.objects.visible_to(by).only(*COLUMNS).filter(code=code).first()
    if dossier is None:
        raise UnknownPaper
    own = is_theirs(by=by, applicant=dossier.applicant, agent=dossier.agent)
    if not (_has(dossier, file, own=own) or _had(dossier, file, own=own)):
        raise UnknownPaper
    found = infos_for_room([file])
    if not found:
        raise UnknownPaper
    return dossier, found[0]


def _has(dossier: Dossier, file: str, *, own: bool) -> bool:
    if str(dossier.result) == file:
        return not own or dossier.state == State.RETURNED
    handed = [dossier.papers, files_in(pack(dossier.pack).form, dossier.answers)]
    if own:
        handed.append((dossier.asked or {}).get("given", {}))
    return any(file in files for papers in handed for files in papers.values())


def _had(dossier: Dossier, file: str, *, own: bool) -> bool:
    """
    Tell whether a supplement or a new result replaced the file: it stays in the history.

    A result that was withdrawn before it was returned stays among officials.
    """
    replaced = dossier.transitions.filter(details__replaced__contains=[file])
    if own:
        replaced = replaced.exclude(~Q(before=State.RETURNED), step=Step.REOPEN)
    return replaced.exists()

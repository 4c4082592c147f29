"""What officials note on a dossier for each other: papers checked, places marked, words written."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries.absence import Away, away_now
from motcua.agencies.queries.posts import who_ever_held
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import MarkRemoved, NoteWritten, PaperChecked, PaperMarked
from motcua.dossiers.models import Dossier, Mark, Note, PaperCheck
from motcua.dossiers.operations.moving import locked
from motcua.dossiers.operations.standing import check_stranger
from motcua.dossiers.operations.step_checks import held
from motcua.dossiers.rules.access import WORKERS, NotYourStep
from motcua.dossiers.rules.lifecycle import OPEN, State, StepNotAllowed
from motcua.dossiers.rules.remarks import Box, SeenAs, Verdict, mentioned
from motcua.files.queries.kept import infos_for_room
from motcua.forms.queries.forms import files_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_, letters
from motcua.packs.queries.packs import pack

MOST_WORDS = 300
MOST_REMARK = 500
MOST_NOTE = 4000


class UnknownPaper(Invalid):
    code = "dossiers.unknown-paper"
    message = N_("This dossier has no such paper or file. Reload it to see those it has.")


class RemarkNeeded(Invalid):
    code = "dossiers.remark-needed"
    message = N_("Say what is wrong with the paper: the applicant reads it when you ask for it.")


class WordsNeeded(Invalid):
    code = "dossiers.words-needed"
    message = N_("Write what you want to say, not longer than {most} letters.")


class NoSuchMark(NotFound):
    code = "dossiers.no-such-mark"
    message = N_("There is no such mark. Reload the dossier to see those there are.")


class MarkAskedAbout(Conflict):
    code = "dossiers.mark-asked-about"
    message = N_(
        "The applicant is asked for this paper and reads the mark now. It stays until they answer; "
        "put another mark if it is wrong."
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a paper, and what the official held in hand."""

    verdict: Verdict
    seen_as: SeenAs = SeenAs.FILE
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """
    A note as it was kept.

    ``away`` are those it names who are away; ``gone`` the names in it of who holds no post at the
    agency now, and is not told.
    """

    number: int
    away: tuple[Away, ...] = ()
    gone: tuple[str, ...] = ()


@one_transaction
def check_paper(code: str, paper: str, finding: Finding, *, by: Actor, at: datetime) -> None:
    """
    Note what was found of a paper; what was found before is replaced.

    :raises UnknownPaper: if the procedure asks for no such paper and none was handed in
    :raises RemarkNeeded: if it is wrong and nothing says what is wrong
    :raises NotYourStep: if the dossier is not the actor's agency's to work on
    :raises StepNotAllowed: if the dossier has ended: what led to its end stays
    """
    dossier = _workable(code, by=by)
    if State(dossier.state) not in OPEN:
        raise StepNotAllowed(state=dossier.state, step="check")
    definition = pack(dossier.pack)
    known = {each.id for each in definition.papers} | set(_files_of(dossier))
    if paper not in known:
        raise UnknownPaper(paper=paper)
    remark = finding.remark.strip()[:MOST_REMARK]
    if finding.verdict is Verdict.WRONG and letters(remark) < 3:
        raise RemarkNeeded(problems=[{"at": f"loi-{paper}", "message": RemarkNeeded.message}])
    found = {
        "verdict": finding.verdict,
        "seen_as": finding.seen_as,
        "remark": remark,
        "by": by.id,
        "by_name": by.name,
        "at": at,
    }
    PaperCheck.objects.update_or_create(dossier=dossier, paper=paper, defaults=found)
    told = PaperChecked(
        subject=code,
        agency=dossier.agency,
        paper=paper,
        verdict=finding.verdict.value,
        remark=remark,
    )
    announce(told, by=by, at=at)


@one_transaction
def mark_paper(code: str, file: str, box: Box, words: str, *, by: Actor, at: datetime) -> int:
    """
    Put words on a place of a paper's file; return the mark's number.

    :raises UnknownPaper: if the dossier has no such file, or the file no such page
    :raises WordsNeeded: if there are no words, or too many
    :raises NotYourStep: if the dossier is not the actor's agency's to work on
    """
    dossier = _workable(code, by=by)
    paper = next((p for p, files in _files_of(dossier).items() if file in files), None)
    if paper is None or not _has_page(file, box.page):
        raise UnknownPaper(file=file)
    mark = Mark.objects.create(
        dossier=dossier,
        paper=paper,
        file=file,
        page=box.page,
        left=box.left,
        top=box.top,
        width=box.width,
        height=box.height,
        words=_words(words, MOST_WORDS),
        by=by.id,
        by_name=by.name,
        at=at,
    )
    told = PaperMarked(subject=code, agency=dossier.agency, paper=paper, file=file)
    announce(told, by=by, at=at)
    return mark.pk


@one_transaction
def remove_mark(code: str, mark: int, *, by: Actor, at: datetime) -> None:
    """
    Take a mark away again; the journal keeps its words.

    :raises NoSuchMark: if the dossier has none of that number
    :raises MarkAskedAbout: if the applicant is asked for its paper, unless the actor put it since
    :raises NotYourStep: if the dossier is not the actor's agency's to work on
    """
    dossier = _workable(code, by=by)
    found = Mark.objects.filter(pk=mark, dossier=dossier).first()
    if found is None:
        raise NoSuchMark
    asked = dossier.state == State.SUPPLEMENT and found.paper in (dossier.asked or {}).get(
        "papers", ()
    )
    since = dossier.waiting_since
    if asked and not (found.by == by.id and since is not None and found.at > since):
        raise MarkAskedAbout
    found.delete()
    told = MarkRemoved(
        subject=code,
        agency=dossier.agency,
        paper=found.paper,
        file=str(found.file),
        page=found.page,
        words=found.words,
        author=found.by,
    )
    announce(told, by=by, at=at)


@one_transaction
def write_note(code: str, text: str, *, by: Actor, at: datetime) -> Written:
    """
    Write words on a dossier that only officials of its agency read.

    A colleague whose full name follows an @ is told, and who stands in for them while they are
    away, unless the dossier is the deputy's own.

    :raises WordsNeeded: if there are no words, or too many
    :raises NotYourStep: if the dossier is not the actor's agency's to work on
    """
    dossier = _workable(code, by=by)
    words = _words(text, MOST_NOTE)
    here, gone = who_ever_held(dossier.agency, WORKERS, at=at) if "@" in words else ({}, {})
    meant = sorted(mentioned(words, here) - {by.id})
    away = away_now(dossier.agency, at=at) if meant else {}
    absent = [away[one] for one in meant if one in away]
    note = Note.objects.create(
        dossier=dossier,
        agency=dossier.agency,
        text=words,
        mentions=meant,
        by=by.id,
        by_name=by.name,
        at=at,
    )
    told = NoteWritten(
        subject=code,
        agency=dossier.agency,
        note=note.pk,
        mentions=meant,
        by_name=by.name,
        instead=_instead(absent, {*meant, by.id, *held(dossier).concerned}),
    )
    announce(told, by=by, at=at)
    left = mentioned(words, gone)
    names = {name for one, name in gone.items() if one in left} - set(here.values())
    return Written(note.pk, tuple(absent), tuple(sorted(names)))


def _instead(absent: list[Away], without: set[str]) -> dict[str, list[str]]:
    """Return who stands in for these and is not told anyway, with their names."""
    found: dict[str, list[str]] = {}
    for one in absent:
        if one.deputy and one.deputy not in without:
            found.setdefault(one.deputy, []).append(one.name)
    return found


def _workable(code: str, *, by: Actor) -> Dossier:
    dossier = locked(code, by=by)
    if not by.serves(dossier.agency, *WORKERS):
        raise NotYourStep(step="remark")
    check_stranger(held(dossier), by=by, step="remark")
    return dossier


def _has_page(file: str, page: int) -> bool:
    """Tell whether a file has a page of that number, as far as its pages can be counted."""
    found = infos_for_room([file])
    most = found[0].pages if found else None
    return most is None or page <= most


def _files_of(dossier: Dossier) -> dict[str, list[str]]:
    answered = files_in(pack(dossier.pack).form, dossier.answers)
    return {**{name: list(files) for name, files in answered.items()}, **dossier.papers}


def _words(text: str, most: int) -> str:
    words = text.strip()
    if not letters(words) or len(words) > most:
        raise WordsNeeded(most=most, problems=[{"at": "loi", "message": WordsNeeded.message}])
    return words

"""What dossiers tells the other rooms. ``subject`` is always the dossier's code."""

from dataclasses import dataclass, field
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFiled(Event):
    """A person filed a dossier. Times are ISO 8601."""

    name: ClassVar[str] = "dossiers.filed"
    procedure: str
    agency: str
    applicant: str
    channel: int
    due_at: str
    fee: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    """A step was taken. ``details`` names the papers and fields of a request for supplement."""

    name: ClassVar[str] = "dossiers.moved"
    step: str
    before: str
    state: str
    agency: str
    applicant: str
    reason: str = ""
    due_at: str = ""
    details: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTakenInHand(Event):
    """An official took a dossier in hand; ``holder_before`` had it until then, if anybody."""

    name: ClassVar[str] = "dossiers.taken-in-hand"
    agency: str
    holder_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkBegun(Event):
    """An official asked for one thing to be done to many dossiers; ``subject`` is the run."""

    name: ClassVar[str] = "dossiers.bulk-begun"
    what: str
    agency: str
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChecked(Event):
    """An official noted how a paper was found: ``ok``, ``wrong`` or ``missing``."""

    name: ClassVar[str] = "dossiers.paper-checked"
    agency: str
    paper: str
    verdict: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMarked(Event):
    """An official put words on a place of a paper's file."""

    name: ClassVar[str] = "dossiers.paper-marked"
    agency: str
    paper: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRemoved(Event):
    """An official took away words that ``author`` had put on a place of a paper's file."""

    name: ClassVar[str] = "dossiers.mark-removed"
    agency: str
    paper: str
    file: str
    page: int
    words: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """
    An official wrote a note for colleagues; ``mentions`` are those to be told.

    ``instead`` are who stands in for those of them who are away, with the names of these.
    """

    name: ClassVar[str] = "dossiers.note-written"
    agency: str
    note: int
    mentions: list[str]
    by_name: str
    instead: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverMade(Event):
    """A list of dossiers (``subject`` is its id) was handed over, to ``receiver`` or to anybody."""

    name: ClassVar[str] = "dossiers.hand-over-made"
    agency: str
    receiver: str
    dossiers: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverSettled(Event):
    """Each dossier of a hand-over list (``subject`` is its id) was confirmed or refused."""

    name: ClassVar[str] = "dossiers.hand-over-settled"
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRated(Event):
    """The applicant said how satisfied they are: 3 very, 2 satisfied, 1 not."""

    name: ClassVar[str] = "dossiers.rated"
    agency: str
    procedure: str
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """A person asked something about a dossier; ``question`` is its number."""

    name: ClassVar[str] = "dossiers.question-asked"
    question: int
    agency: str
    holder: str
    answer_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """The agency answered a question about a dossier; ``asked_by`` is who asked it."""

    name: ClassVar[str] = "dossiers.question-answered"
    question: int
    agency: str
    asked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimesMoved(Event):
    """
    Open dossiers of an agency (``subject``) are due at another time, because its calendar changed.

    ``dossiers`` maps each code to its new due time in ISO 8601.
    """

    name: ClassVar[str] = "dossiers.due-times-moved"
    dossiers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersOwedMoved(Event):
    """
    What an agency (``subject``) owes others is due later, because its calendar changed.

    ``opinions`` and ``questions`` map each id to its new due time in ISO 8601.
    """

    name: ClassVar[str] = "dossiers.answers-owed-moved"
    opinions: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultIssued(Event):
    """The result of an approved dossier was made and is kept."""

    name: ClassVar[str] = "dossiers.result-issued"
    agency: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFiled(Event):
    """A person filed a linked pack (``subject`` is its code): its parts, and those opened."""

    name: ClassVar[str] = "dossiers.linked-filed"
    procedure: str
    applicant: str
    parts: list[str]
    opened: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPartOpened(Event):
    """A part of a linked filing (``subject``) that waited became a dossier."""

    name: ClassVar[str] = "dossiers.linked-part-opened"
    part: str
    dossier: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPartDropped(Event):
    """A part of a linked filing (``subject``) will never be a dossier; ``asked``: as wished."""

    name: ClassVar[str] = "dossiers.linked-part-dropped"
    part: str
    applicant: str
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPartStuck(Event):
    """A part of a linked filing (``subject``) could not be opened; it is tried again."""

    name: ClassVar[str] = "dossiers.linked-part-stuck"
    part: str
    applicant: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersHandedBack(Event):
    """The papers of a dossier that came to nothing went back; ``details`` say to whom and how."""

    name: ClassVar[str] = "dossiers.papers-handed-back"
    agency: str
    applicant: str
    details: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementTaken(Event):
    """A clerk took what was asked for at the counter; ``identity``: what they saw."""

    name: ClassVar[str] = "dossiers.supplement-taken"
    agency: str
    applicant: str
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierClaimed(Event):
    """A person with an account took over a dossier of theirs that was filed without one."""

    name: ClassVar[str] = "dossiers.claimed"
    party: str
    applicant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAssigned(Event):
    """A dossier was given to an official to work on; ``holder`` is empty: to nobody any more."""

    name: ClassVar[str] = "dossiers.assigned"
    agency: str
    holder: str
    holder_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven(Event):
    """Another agency gave its opinion; ``view`` is agrees, disagrees or conditions."""

    name: ClassVar[str] = "dossiers.opinion-given"
    opinion: str
    agency: str
    asking: str
    asked_by: str
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRecalled(Event):
    """An opinion asked of ``agency`` is no longer needed."""

    name: ClassVar[str] = "dossiers.opinion-recalled"
    opinion: str
    agency: str

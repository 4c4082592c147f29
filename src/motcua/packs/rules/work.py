"""What a pack says of the office: its steps, its time, its results, and the law behind them."""

from dataclasses import dataclass, field
from datetime import date

from motcua.forms.rules.definition import Condition, Words
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit
from motcua.packs.rules.demands import Channel


@dataclass(frozen=True, slots=True)
class CaseLimit:
    """How long the office may take; the first whose channel, case and condition fit counts."""

    limit: Limit
    cases: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = tuple(Channel)
    when: Condition | None = None
    legal: str = ""


@dataclass(frozen=True, slots=True)
class WorkStep:
    """
    One step of the work inside the office, who does it, and its share of the limit.

    ``four_eyes``: not by a person who did an earlier step of the same dossier.
    """

    id: str
    name: Words
    role: Role
    limit: Limit | None = None
    four_eyes: bool = False
    legal: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the person receives: the catalogue's result code and the file of its Typst template."""

    code: str
    name: Words
    template: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """A legal text the pack stands on, with its validity where it is known."""

    code: str
    name: Words
    valid_from: date | None = None
    valid_to: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class ResultOf:
    """The paper that another part of the same filing results in."""

    result_of: str


@dataclass(frozen=True, slots=True)
class Part:
    """
    One dossier of a linked pack: under ``procedure``, with answers and papers of the whole.

    ``answers`` maps a field of that procedure's form (or a part, ``mother.name``) to an expression
    over this form; ``papers`` a paper of that procedure to one of this pack, or to the result of
    another part. It opens once the parts named in ``after`` are done.
    """

    id: str
    procedure: str
    name: Words
    answers: dict[str, str]
    papers: dict[str, str | ResultOf] = field(default_factory=dict)
    when: Condition | None = None
    after: tuple[str, ...] = ()

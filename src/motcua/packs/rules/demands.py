"""What a pack demands of people: papers and fees, and the cases in which they are spared."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.forms.rules.definition import Condition, Words


class Channel(StrEnum):
    """How a dossier comes in."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class PaperForm(StrEnum):
    """In which form a paper is asked for."""

    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A paper the law asks for: in the ``cases`` named (all if none) and where ``show`` holds.

    ``spared_when`` says when it is not asked although it would be. ``template`` is the address or
    the name of the official form, ``held_by`` the facts of State registries that could replace it
    (``population.residence``) and ``about`` of whom: the ``applicant``, or the person whom a
    question of the form names. ``count`` is how many copies, ``most_files`` how many files.
    """

    id: str
    name: Words
    hint: Words | None = None
    required: bool | Condition = True
    show: Condition | None = None
    cases: tuple[str, ...] = ()
    forms: tuple[PaperForm, ...] = (PaperForm.COPY,)
    count: int = 1
    accept: tuple[str, ...] = ("image/jpeg", "image/png", "image/heic", "application/pdf")
    most_files: int = 10
    legal: str = ""
    template: str = ""
    held_by: tuple[str, ...] = ()
    about: str = ""
    spared_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A case in which ``percent`` of a fee is not charged, and the law that says so."""

    when: Condition
    reason: Words
    percent: int = 100
    legal: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """
    What is to be paid: ``amount`` dong, ``times`` as often, in the cases and channels named.

    Both are a number or an expression over the answers; where one is empty, nothing is charged.
    """

    code: str
    name: Words
    amount: int | str
    times: str = ""
    cases: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = tuple(Channel)
    when: Condition | None = None
    exempt: tuple[Exemption, ...] = ()
    legal: str = ""

    @property
    def for_everybody(self) -> int | None:
        """The amount in dong, if everybody pays it alike."""
        alike = not (self.times or self.cases or self.when or self.exempt)
        if isinstance(self.amount, int) and alike and len(self.channels) == len(Channel):
            return self.amount
        return None

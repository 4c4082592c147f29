"""What must be seen and said when an official files for somebody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

IDENTITY_PAPERS = {
    "card": N_("Identity card"),
    "vneid": N_("VNeID, level 2"),
    "passport": N_("Passport"),
    "birth": N_("Birth certificate"),
}
"""By which paper an official may check who stands there."""

LETTER, RECEIPT = "letter", "receipt"

KNOWN_BY = {
    **IDENTITY_PAPERS,
    RECEIPT: N_("Secret code on the receipt"),
    LETTER: N_("A letter"),
}
"""By what an official knows whose answer it is that they take at the counter."""

TABLET = "tablet"

SIGNED = {
    "paper": N_("On paper, which is kept with the dossier"),
    TABLET: N_("On the tablet: the drawn signature is kept with the dossier"),
}
"""How an applicant signs at the desk."""

SIGNED_THERE = {
    "paper": N_("On paper, which the desk that took it keeps"),
    TABLET: N_("On the tablet of the desk that took it, which keeps the signature"),
}
"""The same, where another portal processes the dossier: what was signed does not travel."""

PAPER_FORMS = {
    "original": N_("Original"),
    "certified": N_("Certified copy"),
    "copy": N_("Plain copy"),
}
"""In which form a paper was handed over before it was scanned."""


class NotChecked(Invalid):
    """The fact ``problems`` says at which field and why."""

    code = "dossiers.not-checked"


@dataclass(frozen=True, slots=True)
class Present:
    """
    Who stands there, or wrote: their number, and what their card says; the paper checked.

    The name is always compared: a number typed wrong may be somebody else's.
    """

    number: str
    name: str
    born: date | None = None
    phone: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How it came: at which office, over the ``counter`` or by ``post``, and then which letter."""

    office: int
    channel: str = "counter"
    tracking: str = ""
    arrived: datetime | None = None


def check_present(present: Present, way: Way, *, at: datetime, oldest: datetime) -> None:
    """
    Check that a name and its proof were looked at, and that a letter is known by number and day.

    :raises NotChecked: with the fields that are missing
    """
    problems: list[tuple[str, str]] = []
    if not present.name.strip():
        problems.append(("name", N_("Write the name as it stands on the card.")))
    if way.channel == "counter" and present.document not in IDENTITY_PAPERS:
        problems.append(("document", N_("Say by which paper you checked who they are.")))
    if way.channel == "post" and len(way.tracking.strip()) < 4:
        problems.append(("tracking", N_("Write the tracking number of the letter.")))
    if way.channel == "post" and (way.arrived is None or not oldest <= way.arrived <= at):
        problems.append(("arrived", N_("Give the day the letter came: in the last 60 days.")))
    _refuse(problems)


def check_finished(
    signed: str, papers: Mapping[str, str], scanned: Iterable[str], *, drawn: bool
) -> None:
    """
    Check that the applicant signed, and in which form each scanned paper came.

    :param drawn: whether a signature was drawn
    :raises NotChecked: with the fields that are missing
    """
    problems: list[tuple[str, str]] = []
    if signed not in SIGNED:
        problems.append(("signed", N_("Let the applicant sign, and say here how they did.")))
    elif signed == TABLET and not drawn:
        problems.append(
            ("signed", N_("Let the applicant draw their signature below, or sign on paper."))
        )
    problems += [
        (f"form-{paper}", N_("Say in which form this paper was handed over."))
        for paper in scanned
        if papers.get(paper) not in PAPER_FORMS
    ]
    _refuse(problems)


def _refuse(problems: list[tuple[str, str]]) -> None:
    if problems:
        raise NotChecked(problems=[{"at": at, "message": text} for at, text in problems])

"""How the desk's dossiers are found by what somebody types: a code, words, their beginnings."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from django.db.models import F, QuerySet

from motcua.backbone.built import Built
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.models.searching import Alike, DigitsOf, HasWords, indexed_words
from motcua.dossiers.rules.codes import tidy_code
from motcua.kernel.actors import Actor
from motcua.kernel.folding import fold
from motcua.kernel.scope import for_rooms

MOST_WORDS = 8
"""How many words of a search are looked for."""


class How(StrEnum):
    """By what a dossier is looked for: its code, the index of words, one word, digits."""

    CODE = "code"
    INDEX = "index"
    WORD = "word"
    DIGITS = "digits"


class Sought(NamedTuple):
    """One thing a dossier must have, as the database is asked for it."""

    how: How
    value: str


def sought_by(text: str, *, finished: bool, by: Actor) -> tuple[Sought, ...]:
    """
    Return what dossiers with every word of a text have; nothing, if the text holds no word.

    A word is sought by its beginning, or by any of its digits. Of the open ones each is looked at;
    among all, the index of the agency's words is asked (one statement more, at most).
    """
    if code := tidy_code(text):
        return (Sought(How.CODE, code),)
    words = fold(text).split()[:MOST_WORDS]
    letters = [word for word in words if word.isalpha()]
    found = [Sought(How.WORD, f"% {word}%") for word in letters]
    if letters and finished:
        found = _of_the_index(letters, found, agency=by.agency or "", alone=len(words) == 1)
    for word in words:
        if word.isdigit():
            found.append(Sought(How.DIGITS, f"%{word}%"))
        elif not word.isalpha():
            found.append(Sought(How.WORD, f"%{word}%"))
    return tuple(found)


@for_rooms
def with_words(found: DossierQuerySet, sought: Iterable[Sought]) -> DossierQuerySet:
    """Keep the dossiers that have all that is sought."""
    for how, value in sought:
        match how:
            case How.CODE:
                found = found.filter(code=value)
            case How.INDEX:
                found = found.filter(HasWords(value))
            case How.WORD:
                found = found.filter(Alike(F("sought"), value))
            case How.DIGITS:
                found = found.filter(Alike(DigitsOf(), value))
    return found


def _of_the_index(
    words: list[str], looking: list[Sought], *, agency: str, alone: bool
) -> list[Sought]:
    """
    Return how words are asked of the index.

    Words before the last are first taken for whole ones, which the index finds much sooner than
    beginnings. The newest dossiers with one common word are found soonest by looking.
    """
    *whole, last = words
    if whole:
        exactly = indexed_words(agency, whole, [last])
        if _whole.rows(agency, exactly):
            return [Sought(How.INDEX, exactly)]
    if alone and _is_common(looking, agency=agency):
        return looking
    return [Sought(How.INDEX, indexed_words(agency, (), words))]


@Built
def _whole(agency: str, words: str) -> QuerySet[Dossier, tuple[int]]:
    having = Dossier.objects.filter(HasWords(words), agency=agency)
    return having.order_by().values_list("pk")[:1]


COMMON, AMONG = 60, 1000
"""A word that more of the newest dossiers have than this, among so many, is a common one."""


def _is_common(word: Iterable[Sought], *, agency: str) -> bool:
    newest = Dossier.objects.filter(agency=agency).order_by("-id").values("pk")[:AMONG]
    return with_words(Dossier.objects.filter(pk__in=newest), word).count() > COMMON

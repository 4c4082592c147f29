"""A question about a dossier: how long it may be, how many a day, how soon it is answered."""

from decimal import Decimal

from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_, letters
from motcua.kernel.worktime import Limit, Unit

ANSWERED_WITHIN = Limit(Decimal(2), Unit.WORKING_DAYS)
"""How soon an agency answers a question on a dossier."""

SHORTEST, LONGEST = 10, 2000
"""Letters of a question, and of an answer."""

PER_DAY = 5
"""Questions on one dossier in one day."""

AT_ONCE = 3
"""Questions on one dossier that wait for their answers."""


class WordsNeeded(Invalid):
    code = "dossiers.words-needed"
    message = N_("Write a sentence or more: at least 10 letters, at most 2,000.")


class EnoughAsked(Conflict):
    code = "dossiers.enough-asked"
    message = N_(
        "You may ask {per_day} questions a day about one dossier, and {at_once} may wait for an "
        "answer. Wait for the answers, or call the agency."
    )


class AnsweredAlready(Conflict):
    code = "dossiers.answered-already"
    message = N_("A colleague has answered this question already. Reload the page to read it.")


def words_of(text: str) -> str:
    """
    Return what was written, tidied.

    :raises WordsNeeded: if it is too short to mean anything, or too long to be read
    """
    words = text.replace("\r\n", "\n").strip()
    if letters(words) < SHORTEST or len(words) > LONGEST:
        raise WordsNeeded(problems=[{"at": "text", "message": WordsNeeded.message}])
    return words


def check_may_ask(*, today: int, waiting: int) -> None:
    """
    Check that one more question may be asked.

    :param today: how many were asked on the dossier today
    :param waiting: how many of all wait for their answers
    :raises EnoughAsked: if it is one too many
    """
    if today >= PER_DAY or waiting >= AT_ONCE:
        raise EnoughAsked(per_day=PER_DAY, at_once=AT_ONCE)

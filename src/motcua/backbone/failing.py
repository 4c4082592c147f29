"""Why a job failed: written down by the worker in one line, without what the job was given."""

import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.models import FailedTry
from motcua.kernel.errors import Refusal

LONGEST = 300
SHORTEST_SECRET = 3
NAMELESS = frozenset({"code", "notice", "bill"})
"""Arguments of jobs that name a thing and nobody: they may be shown."""
OF_THE_PROGRAM = frozenset({"listener"})
"""Arguments that are names of the program itself."""
DIED = "The worker died in the middle of it: killed, out of memory, or the machine stopped."
"""What is written where a job has no error of its own to tell."""
_ROOT = Path(__file__).parents[1]
_MAIL = re.compile(r"[^\s<>'\"(,;:]+@[^\s<>'\"),;]+")
_LONG_NUMBER = re.compile(r"\+?\d(?: ?\d){8,}")
_QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,59}")


def note_failure(
    job: int, error: BaseException, *, given: Mapping[str, object], at: datetime
) -> None:
    """
    Write down why a try of a job failed, instead of what was written of an earlier one.

    :param given: the job's arguments, of which only harmless ones may appear in what is written
    """
    noted = FailedTry(
        job=job,
        error=one_line(error, given=given),
        details="\n".join(_frames(error)),
        first_at=at,
        last_at=at,
    )
    FailedTry.objects.bulk_create(
        [noted],
        update_conflicts=True,
        unique_fields=["job"],
        update_fields=["error", "details", "last_at"],
    )


def note_death(job: int, *, at: datetime) -> int:
    """Write down that a worker died in the middle of a job; return how many have by now."""
    noted, _ = FailedTry.objects.get_or_create(job=job, defaults={"first_at": at, "last_at": at})
    noted.deaths += 1
    noted.error, noted.details, noted.last_at = DIED, "", at
    noted.save()
    return noted.deaths


def forget_failure(job: int) -> None:
    """Forget why a job failed: it is done."""
    FailedTry.objects.filter(pk=job).delete()


def one_line(error: BaseException, *, given: Mapping[str, object] | None = None) -> str:
    """
    Return what went wrong in at most 300 characters, without personal data.

    Left out are the job's arguments, addresses of mail, numbers of nine digits and more, texts in
    quotes that are no names of the program, and what a database tells of a row after its first
    line.
    """
    text = sentence_of(error) if isinstance(error, Refusal) else str(error)
    first = text.strip().split("\n", 1)[0]
    known = NAMELESS | OF_THE_PROGRAM
    secrets = [value for name, value in (given or {}).items() if name not in known]
    for secret in sorted(_texts(secrets), key=len, reverse=True):
        first = first.replace(secret, "…")
    if not isinstance(error, Refusal):
        first = _QUOTED.sub(_without_values, first)
    first = _LONG_NUMBER.sub("…", _MAIL.sub("…", first))
    name = getattr(error, "code", "") if isinstance(error, Refusal) else type(error).__name__
    return (f"{name}: {first}" if first else str(name)).replace("\0", "")[:LONGEST]


def _without_values(quoted: re.Match[str]) -> str:
    inner = quoted[1] if quoted[1] is not None else quoted[2]
    return quoted[0] if _NAME.fullmatch(inner) else "'…'"


def _texts(given: object) -> Iterator[str]:
    if isinstance(given, str) and len(given) >= SHORTEST_SECRET:
        yield given
    elif isinstance(given, Mapping):
        yield from _texts(list(given.values()))
    elif isinstance(given, list):
        for each in given:
            yield from _texts(each)


def _frames(error: BaseException) -> Iterator[str]:
    """Yield the errors that led to one another, each with the places it came through."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield f"{'' if cause is error else 'because of '}{type(cause).__name__}"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _short(path: str) -> str:
    """Return a file as it is known inside the house, or the last two parts of its path."""
    file = Path(path)
    return str(file.relative_to(_ROOT) if file.is_relative_to(_ROOT) else Path(*file.parts[-2:]))

"""
One dossier as it travels: a line of JSON that says what it is, then its files, one after another.

Nothing is packed, so nothing can unpack into more than was sent; how long each file is and what it
must hash to stands in the line. ``docs/forwarding.md`` describes it for other systems.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, BinaryIO

import msgspec
from msgspec import Meta

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

__all__ = [
    "CONTENT_TYPE",
    "Answered",
    "BadManifest",
    "Desk",
    "File",
    "GivenOut",
    "Manifest",
    "Person",
    "Proof",
    "Stood",
    "files_of",
    "line_of",
    "read_line",
    "renamed",
]

CONTENT_TYPE = "application/vnd.motcua.dossier"
MOST_LINE = 2**21
"""Bytes that the line may have."""
MOST_FILES = 500

Code = Annotated[str, Meta(pattern=r"^[A-Z0-9.]{3,24}-\d{6}-\d{4,12}$")]
Short = Annotated[str, Meta(max_length=200)]
Moment = Annotated[datetime, Meta(tz=True)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """
    Who somebody is, as the portal that hands the dossier on vouches for it.

    ``kind`` is ``person`` (``number`` is the personal id) or ``organisation`` (the tax code).
    ``proven_at`` is when an official of ``proven_by`` compared card and face, if one did.
    """

    number: Annotated[str, Meta(min_length=9, max_length=14)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: Annotated[str, Meta(pattern="^(person|organisation)$")] = "person"
    born: date | None = None
    sex: Annotated[str, Meta(max_length=10)] = ""
    phone: Annotated[str, Meta(max_length=20)] = ""
    email: Short = ""
    language: Annotated[str, Meta(max_length=5)] = "vi"
    proven_at: Moment | None = None
    proven_by: Annotated[str, Meta(max_length=40)] = ""


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the dossier: its bytes follow the line, ``size`` of them, in this order."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    media_type: Annotated[str, Meta(max_length=100)]
    size: Annotated[int, Meta(ge=1, le=2**31)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """
    That a value, or instead of a paper (``field`` is ``papers.`` and its id), a registry answered.

    ``member`` keeps the register, ``answer`` is what it signed, ``digest`` that of the value;
    ``entry`` names the call in the message log of who tells, which can prove it to anybody.
    """

    field: Annotated[str, Meta(min_length=1, max_length=80)]
    register: Annotated[str, Meta(max_length=12)]
    member: Annotated[str, Meta(max_length=20)]
    key: Annotated[str, Meta(max_length=40)]
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    as_of: date
    since: date
    fact: Annotated[str, Meta(max_length=40)] = ""
    path: Annotated[str, Meta(max_length=20)] = ""
    entry: Annotated[str, Meta(max_length=36)] = ""
    answer: Annotated[str, Meta(max_length=100_000)] = ""


class Desk(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """
    The desk that took it, in words, and its clerk, who compared the papers and saw it signed.

    ``identity`` names the paper by which the clerk knew who stood there; ``papers`` in which form
    each paper was handed over before it was scanned. The papers themselves stay with their owner.
    """

    place: Annotated[str, Meta(min_length=1, max_length=400)]
    clerk: Annotated[str, Meta(min_length=1, max_length=200)]
    signed: Annotated[str, Meta(pattern="^(paper|tablet)$")]
    identity: Annotated[str, Meta(max_length=20)] = ""
    papers: dict[Id, Annotated[str, Meta(pattern="^(original|certified|copy)$")]] = {}


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """
    A dossier handed on for processing.

    ``code`` is the code of the portal that hands it on, once and for all; ``pack`` the version of
    the procedure's form it was filled in, with its digest; ``agency`` the agency it is for.
    ``acting`` is who filed it, where that is not the applicant. ``answers`` and ``papers`` name
    files by their ids. ``consent_at`` is when the applicant declared it true and sent it there.
    ``channel`` is 2 online, 1 where a ``desk`` took it, 3 where it came there as a letter, at
    ``arrived``.
    """

    code: Code
    procedure: Annotated[str, Meta(min_length=1, max_length=40)]
    pack: Annotated[str, Meta(max_length=40)]
    agency: Annotated[str, Meta(min_length=3, max_length=40)]
    applicant: Person
    answers: dict[str, Any]
    filed_at: Moment
    consent_at: Moment
    papers: dict[Id, list[Id]] = {}
    files: Annotated[list[File], Meta(max_length=MOST_FILES)] = []
    acting: Person | None = None
    proofs: Annotated[list[Proof], Meta(max_length=500)] = []
    channel: Annotated[int, Meta(ge=1, le=3)] = 2
    desk: Desk | None = None
    return_by: Annotated[int, Meta(ge=0, le=2)] = 2
    return_to: dict[Id, Short] | None = None
    arrived: Moment | None = None


class Stood(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """
    The desk at which somebody stood later, in words, its clerk, and by what the clerk knew them.

    ``identity`` names a paper, or is ``receipt``: the secret that stands on it; or ``letter``:
    they wrote, and ``letter`` is its tracking number.
    """

    place: Annotated[str, Meta(min_length=1, max_length=400)]
    clerk: Annotated[str, Meta(min_length=1, max_length=200)]
    identity: Annotated[str, Meta(pattern="^(card|vneid|passport|birth|receipt|letter)$")]
    letter: Annotated[str, Meta(max_length=80)] = ""


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """
    What the applicant sends for a request for supplement: the ``round``-th of this dossier.

    ``desk`` tells where a clerk took it from them.
    """

    code: Code
    round: Annotated[int, Meta(ge=1, le=1000)]
    sent_at: Moment
    answers: dict[str, Any] = {}
    papers: dict[Id, list[Id]] = {}
    files: Annotated[list[File], Meta(max_length=MOST_FILES)] = []
    note: Annotated[str, Meta(max_length=4000)] = ""
    desk: Stood | None = None


class GivenOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a desk handed a ``result`` of the unit, by the unit's id, to who stood there."""

    code: Code
    result: Id
    at: Moment
    to: Annotated[str, Meta(min_length=1, max_length=200)]
    desk: Stood


class BadManifest(Invalid):
    """``problems`` says what is wrong, and where in the line."""

    code = "forwarding.bad-manifest"
    message = N_("This is not a dossier as it is handed on: {why} (at {where}). Correct it.")

    def __init__(self, where: str, why: str) -> None:
        problems = [{"at": where, "message": why}]
        super().__init__(where=where, why=why, problems=problems)


_WHERE = re.compile(r" - at `([^`]*)`$")


def line_of(told: Manifest | Answered | GivenOut) -> bytes:
    """Return the line that a body begins with, its end included; always the same bytes."""
    return msgspec.json.encode(told, order="deterministic") + b"\n"


def read_line(body: BinaryIO, kind: type[Manifest] | type[Answered]) -> tuple[Any, str]:
    """
    Read the line that a body begins with; return it and the hex digest of its bytes.

    :raises BadManifest: if it is too long, is no JSON or not of this shape
    """
    line = body.readline(MOST_LINE + 1)
    if len(line) > MOST_LINE or not line.endswith(b"\n"):
        raise BadManifest("$", f"the first line must end within {MOST_LINE} bytes")
    try:
        told = msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = _WHERE.search(str(error))
        where = found[1] if found else "$"
        raise BadManifest(where, _WHERE.sub("", str(error))[:300]) from error
    _check_names(told)
    return told, hashlib.sha256(line).hexdigest()


def _check_names(told: Manifest | Answered) -> None:
    """Check that each file has a name of its own and each name a file, and that no NUL is in."""
    ids = [file.id for file in told.files]
    if len(ids) != len(set(ids)):
        raise BadManifest("$.files", "two files have the same id")
    named = [file for files in told.papers.values() for file in files]
    if missing := sorted(set(named) - set(ids)):
        raise BadManifest("$.papers", f"there is no file {missing[0]}")
    if isinstance(told, Manifest) and (told.channel != 2) != (told.desk is not None):
        raise BadManifest("$.desk", "a desk is named where one took it, and only there")
    if isinstance(told, Manifest) and (told.channel == 3) != (told.arrived is not None):
        raise BadManifest("$.arrived", "a letter came at some time, and nothing else did")
    if b"\\u0000" in msgspec.json.encode(told):
        raise BadManifest("$", "a text contains the character NUL")


def files_of(
    body: BinaryIO, told: Manifest | Answered, *, most: int
) -> Iterator[tuple[File, bytes]]:
    """
    Yield the files that follow the line, each with its bytes; one is in memory at a time.

    :param most: the most bytes that one may have
    :raises BadManifest: if one is larger, shorter than said, another, or more follows than was said
    """
    for number, file in enumerate(told.files):
        if file.size > most:
            raise BadManifest(f"$.files[{number}].size", f"a file may have {most} bytes at most")
        content = body.read(file.size)
        if len(content) != file.size:
            raise BadManifest(f"$.files[{number}].size", "the body ends before this file does")
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise BadManifest(f"$.files[{number}].sha256", "the file that was sent is another one")
        yield file, content
    if body.read(1):
        raise BadManifest("$.files", "more was sent than the line tells of")


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return answers in which files have the ids that they have here."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [renamed(each, names) for each in value]
    if isinstance(value, dict):
        return {key: renamed(each, names) for key, each in value.items()}
    return value

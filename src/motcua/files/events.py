"""What happens to files."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKept(Event):
    """A file was taken in; ``subject`` is its id, ``sha256`` what it contained, in hex."""

    name: ClassVar[str] = "files.kept"
    owner: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForgotten(Event):
    """A file and its content were removed; ``subject`` is its id."""

    name: ClassVar[str] = "files.forgotten"
    owner: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRefused(Event):
    """Somebody (``subject``) sent a file that was not taken; ``reason`` is the refusal's code."""

    name: ClassVar[str] = "files.upload-refused"
    reason: str
    called: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphansSwept(Event):
    """Files that nothing ever used were removed, this many in one batch."""

    name: ClassVar[str] = "files.orphans-swept"
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadsSwept(Event):
    """Uploads that were begun and not finished in time were forgotten, this many in one batch."""

    name: ClassVar[str] = "files.uploads-swept"
    count: int

"""Files that somebody sends, alone or packed as zip: which are taken, and why others are not."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from motcua.kernel.text import N_

LARGEST = 1_000_000
"""Bytes of a file taken."""
MOST_IN_ALL = 10_000_000
"""Bytes of all files of a parcel together, unpacked."""
MOST_ENTRIES = 200
"""Entries of a zip that are looked at."""
_LINK = 0o120000
_KIND = 0o170000

TOO_LARGE = N_("It is larger than 1 MB.")
TOO_MUCH = N_("All files together are larger than 10 MB.")
TOO_MANY = N_("The zip holds more than 200 files: the others were not looked at.")
CLIMBS = N_("Its name leads out of the folder.")
NOT_OURS = N_("A pack has no file of this name.")
A_LINK = N_("It is a link, not a file.")
LOCKED = N_("It is locked by a password.")
BROKEN = N_("It is damaged, or packed in a way we do not read.")
NOT_TEXT = N_("It is no text in UTF-8.")
TWICE = N_("Another file of this name came before it.")
NO_ZIP = N_("It is no zip file that can be read.")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken; ``why`` is an English sentence to translate."""

    name: str
    why: str


@dataclass(slots=True)
class Parcel:
    """What was sent: texts by name, and what was refused."""

    belongs: Callable[[str], bool]
    files: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    size: int = 0

    def refuse(self, name: str, why: str) -> None:
        """Note that a file was not taken; its name without what cannot be shown."""
        shown = "".join(c if c.isprintable() else "�" for c in name)[:120] or "–"
        self.refused.append(Refused(shown, why))

    def take(self, name: str, data: bytes) -> None:
        """Take a file, or note why not."""
        if why := self._against(name, data):
            self.refuse(name, why)
            return
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.refuse(name, NOT_TEXT)
            return
        if "\x00" in text:
            self.refuse(name, NOT_TEXT)
            return
        self.size += len(data)
        self.files[name] = text.replace("\r\n", "\n")

    def _against(self, name: str, data: bytes) -> str:
        if climbs(name):
            return CLIMBS
        if not self.belongs(name):
            return NOT_OURS
        if name in self.files:
            return TWICE
        if len(data) > LARGEST:
            return TOO_LARGE
        return TOO_MUCH if self.size + len(data) > MOST_IN_ALL else ""


def climbs(name: str) -> bool:
    """Tell whether a name leads anywhere but into the folder."""
    parts = PurePosixPath(name).parts
    return name.startswith(("/", "~")) or "\\" in name or ":" in name or ".." in parts or not parts


def parcel_of(
    sent: Iterable[tuple[str, bytes]], *, belongs: Callable[[str], bool], inside: str = ""
) -> Parcel:
    """
    Return the files that were sent, those of zips unpacked.

    :param belongs: tells whether a pack has a file of a name
    :param inside: the folder single files go to: ``examples/``
    """
    parcel = Parcel(belongs)
    for name, data in sent:
        if name.lower().endswith(".zip"):
            _unpack(name, data, parcel)
        else:
            own = belongs(name) or climbs(name)
            parcel.take(name if own else inside + name, data)
    return parcel


def _unpack(name: str, data: bytes, parcel: Parcel) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [each for each in packed.infolist() if not each.is_dir()]
            if len(entries) > MOST_ENTRIES:
                parcel.refuse(name, TOO_MANY)
            shared = _shared_folder([each.filename for each in entries])
            for entry in entries[:MOST_ENTRIES]:
                _take_entry(packed, entry, shared, parcel)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        parcel.refuse(name, NO_ZIP)


def _take_entry(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, shared: str, parcel: Parcel
) -> None:
    name = entry.filename.removeprefix(shared)
    if entry.flag_bits & 1:
        parcel.refuse(name, LOCKED)
    elif (entry.external_attr >> 16) & _KIND == _LINK:
        parcel.refuse(name, A_LINK)
    elif climbs(name) or not parcel.belongs(name):
        parcel.take(name, b"")
    elif entry.file_size > LARGEST:
        parcel.refuse(name, TOO_LARGE)
    else:
        try:
            with packed.open(entry) as stream:
                parcel.take(name, stream.read(LARGEST + 1))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError):
            parcel.refuse(name, BROKEN)


def _shared_folder(names: list[str]) -> str:
    """Return the one folder in which everything lies, as zips of a folder have it, or nothing."""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or not all("/" in name for name in names):
        return ""
    top = tops.pop()
    return "" if top in ("", ".", "..", "examples", "lists") else f"{top}/"


def zipped(files: Mapping[str, str], *, folder: str) -> bytes:
    """Return files as a zip with one folder in it; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, files[name])
    return made.getvalue()

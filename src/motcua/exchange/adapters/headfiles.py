"""
The newest signed head of each log kept here, in a file: the database cannot take it back.

``exchange/<member>/head`` is one line, a head as it is on the wire. A head that the log does not
bear out any more, and that somebody has decided to put aside, is in ``head-aside-<ms>.json`` beside
it, with who did so, when and why.
"""

import os
from datetime import datetime
from pathlib import Path

import msgspec

from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.rules.heads import SignedHead, read_head, write_head


class Aside(msgspec.Struct, frozen=True):
    """
    Heads that a log did not bear out, as they were written, and who put them aside.

    ``size`` is how many entries of the log were borne out: it went on from there.
    """

    at: datetime
    by: str
    reason: str
    size: int
    heads: tuple[str, ...]

    def accounts_for(self, head: SignedHead) -> bool:
        """Tell whether a head is one of those, or one of what was given up with them."""
        text, known = write_head(head), head.head
        return text in self.heads or (known.size > self.size and known.at <= self.at)


def head_outside(log: str) -> SignedHead | None:
    """
    Return the head in a log's file, its signature unchecked; nothing where there is no file.

    :raises NotAHead: if there is something else in it
    """
    try:
        text = _file(log).read_text(errors="replace")
    except FileNotFoundError:
        return None
    return read_head(text.strip())


def keep_outside(head: SignedHead) -> None:
    """Put a head into its log's file, whole or not at all."""
    _write(_file(head.head.log), f"{write_head(head)}\n")


def put_aside(log: str, aside: Aside) -> None:
    """Keep what was decided about heads beside a log's file, and take them out of it."""
    name = f"head-aside-{int(aside.at.timestamp() * 1000)}.json"
    _write(_file(log).with_name(name), f"{msgspec.json.encode(aside).decode()}\n")
    _file(log).unlink(missing_ok=True)


def heads_aside(log: str) -> tuple[Aside, ...]:
    """Return what was decided about a log's heads, the oldest first; other files are not read."""
    found = []
    for file in sorted(folder(log).glob("head-aside-*.json")):
        try:
            found.append(msgspec.json.decode(file.read_bytes(), type=Aside))
        except (OSError, msgspec.MsgspecError):
            continue
    return tuple(found)


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = place.with_name(f"{place.name}.{os.getpid()}.new")
    with new.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)


def _file(log: str) -> Path:
    return folder(log) / "head"

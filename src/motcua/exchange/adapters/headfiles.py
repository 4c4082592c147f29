"""
The newest signed head of each log kept here, in a file: the database cannot take it back.

``exchange/<member>/head`` is one line, a head as it is on the wire.
"""

import os
from pathlib import Path

from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.rules.heads import SignedHead, read_head, write_head


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
    place = _file(head.head.log)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = place.with_name(f"head.{os.getpid()}.new")
    with new.open("w") as file:
        file.write(f"{write_head(head)}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(place)


def _file(log: str) -> Path:
    return folder(log) / "head"

"""
What the headers of the tus protocol say (tus.io, version 1.0.0), read with suspicion.

``Upload-Metadata`` is a list of ``key base64``, ``Upload-Checksum`` one ``algorithm base64``.
"""

import hashlib
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from hmac import compare_digest
from typing import Any

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination,checksum"
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_DIGESTS: dict[str, Callable[[bytes], Any]] = {
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False),
    "sha256": hashlib.sha256,
}
ALGORITHMS = ",".join(_DIGESTS)


class HeaderNotUnderstood(Invalid):
    code = "files.header-not-understood"
    message = N_("The header {header} is missing or cannot be read.")


def number_in(headers: Any, name: str) -> int:
    """
    Return a count of bytes that a header gives.

    :raises HeaderNotUnderstood: if it is missing, negative or no number
    """
    text = headers.get(name, "")
    if not _NUMBER.fullmatch(text):
        raise HeaderNotUnderstood(header=name)
    return int(text)


def filename_in(metadata: str) -> str:
    """
    Return the ``filename`` (or ``name``) of an ``Upload-Metadata`` header; "" if it gives none.

    :raises HeaderNotUnderstood: if what it gives is not base64 of UTF-8
    """
    pairs = [pair.split() for pair in metadata.split(",")]
    given = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    try:
        name = b64decode(given.get("filename", given.get("name", "")), validate=True).decode()
    except (Error, ValueError):
        raise HeaderNotUnderstood(header="Upload-Metadata") from None
    return name.replace("\0", "")


def matches(data: bytes, checksum: str) -> bool:
    """
    Tell whether ``data`` has the checksum that an ``Upload-Checksum`` header gives.

    :raises HeaderNotUnderstood: if the algorithm is not known or the digest is not base64
    """
    algorithm, _space, digest = checksum.partition(" ")
    if algorithm not in _DIGESTS:
        raise HeaderNotUnderstood(header="Upload-Checksum")
    try:
        wanted = b64decode(digest, validate=True)
    except (Error, ValueError):
        raise HeaderNotUnderstood(header="Upload-Checksum") from None
    return compare_digest(_DIGESTS[algorithm](data).digest(), wanted)

"""
What may be kept as a PDF.

This is a scan of bytes, not a parser: a parser of hostile files is itself a risk. The portal
hands a PDF on, and opens one only to draw a page of it, in a process of its own. The scan looks
at the file's own text with ``#xx`` escapes undone and inside compressed object streams, where
modern writers put dictionaries. It does not look inside page contents or attached files, and does
not repair anything: what it cannot read is refused when it is not a PDF, and harmless to the
portal when it is.
"""

import re
import zlib
from collections.abc import Iterator

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

MOST_UNPACKED = 30_000_000
"""How many bytes of object streams are unpacked: a small file must not fill the memory."""

_OBJECT_STREAM = re.compile(
    rb"/Type\s*/ObjStm\b(?:(?!endobj).){0,400}?stream\r?\n(.*?)endstream", re.DOTALL
)
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ENDS = rb"(?=[\s/<>\[\]()%]|$)"
_LOCKED = re.compile(rb"/Encrypt" + _ENDS)
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|RichMedia|ImportData|SubmitForm|EmbeddedFile)" + _ENDS
)
_SCRIPT = re.compile(rb"/JS" + _ENDS)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


class BrokenPdf(Invalid):
    code = "files.broken-pdf"
    message = N_("This PDF is damaged or not complete. Save it again and send the new file.")


class LockedPdf(Invalid):
    code = "files.locked-pdf"
    message = N_(
        "This PDF is locked with a password. Save a copy without the password, then send it."
    )


class ActivePdf(Invalid):
    code = "files.active-pdf"
    message = N_(
        "This PDF contains a program or other files. Print it to a new PDF, or send a photo of it."
    )


def check_pdf(content: bytes) -> int | None:
    """
    Check that a PDF looks whole, can be opened by anybody and does nothing by itself.

    :returns: how many pages it has, where that can be seen
    :raises BrokenPdf: if head, cross-reference or end is missing
    :raises LockedPdf: if it is encrypted
    :raises ActivePdf: if it carries a script, starts a program, sends data or holds other files
    """
    if b"%PDF-" not in content[:1024] or b"startxref" not in content[-2048:]:
        raise BrokenPdf
    if b"%%EOF" not in content[-2048:]:
        raise BrokenPdf
    dictionaries = [_STREAM.sub(b" ", content), *_unpacked(content)]
    texts = [_ESCAPE.sub(_unescaped, part) for part in (content, *dictionaries)]
    if any(_LOCKED.search(text) for text in texts):
        raise LockedPdf
    if any(_ACTIVE.search(text) for text in texts):
        raise ActivePdf
    if any(_SCRIPT.search(text) for text in texts[1:]):
        raise ActivePdf
    return sum(len(_PAGE.findall(text)) for text in texts[1:]) or None


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _unpacked(content: bytes) -> Iterator[bytes]:
    left = MOST_UNPACKED
    for found in _OBJECT_STREAM.finditer(content):
        try:
            text = zlib.decompressobj().decompress(found[1], left + 1)
        except zlib.error:
            text = found[1]
        left -= len(text)
        if left < 0:
            raise BrokenPdf
        yield text

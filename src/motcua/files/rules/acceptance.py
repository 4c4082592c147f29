"""Which files the portal takes, judged by what they contain and never by what they are called."""

from dataclasses import dataclass

import filetype

from motcua.files.rules.images import draw_anew
from motcua.files.rules.names import shown_name
from motcua.files.rules.pdf import check_pdf
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

_PHOTOS = {"image/jpeg", "image/png", "image/webp", "image/heic"}
_DOCUMENTS = {
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.text",
    "application/rtf",
}


class EmptyFile(Invalid):
    code = "files.empty"
    message = N_("This file is empty. Choose the file again.")


class FileTooLarge(Invalid):
    code = "files.too-large"
    message = N_(
        "This file is larger than {megabytes} MB. Send a photo of each page, or a smaller PDF."
    )


class WrongKind(Invalid):
    code = "files.wrong-kind"
    message = N_("We cannot take this kind of file. Send a PDF or a photo (JPEG, PNG, WebP, HEIC).")


class OfficeDocument(Invalid):
    code = "files.office-document"
    message = N_(
        "This is a document that is still being edited. Save it as PDF, then send the PDF."
    )


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it will be kept: its name and kind are ours, its content safe to hand on."""

    name: str
    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    thumbnail: bytes | None = None


def accept(content: bytes, name: str, *, most_bytes: int) -> Accepted:
    """
    Return what to keep of a file that somebody sent.

    :raises EmptyFile: if there is nothing in it
    :raises FileTooLarge: if it is larger than ``most_bytes``
    :raises OfficeDocument: if it is a document of an office program
    :raises WrongKind: if it is anything else but a PDF or a photo; SVG and HTML are that, too
    :raises Invalid: BrokenPdf, LockedPdf, ActivePdf, BrokenImage, ImageTooLarge
    """
    if not content:
        raise EmptyFile
    if len(content) > most_bytes:
        raise FileTooLarge(megabytes=most_bytes // 2**20)
    media_type = kind_of(content)
    if media_type == "application/pdf":
        pages = check_pdf(content)
        return Accepted(shown_name(name, media_type), media_type, content, pages=pages)
    if media_type in _PHOTOS:
        drawn = draw_anew(content, media_type)
        return Accepted(
            shown_name(name, drawn.media_type),
            drawn.media_type,
            drawn.content,
            width=drawn.width,
            height=drawn.height,
            thumbnail=drawn.thumbnail,
        )
    raise OfficeDocument if media_type in _DOCUMENTS else WrongKind


def kind_of(content: bytes) -> str | None:
    """Return the media type that the first bytes of a file show, if it is one we know."""
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    found: str | None = filetype.guess_mime(content)
    return found

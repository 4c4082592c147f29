"""Letters by e-mail: plain text and HTML with the same words, sent by a job that may try again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says, already in the reader's language; ``link`` is a path of this portal."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    link_text: str = ""


def post_letter(letter: Letter, *, to: str) -> None:
    """
    Send a letter now, in the language that is active.

    :raises OSError: if the mail server does not take it; the caller is a job that tries again
    """
    link = settings.BASE_URL + letter.link if letter.link else ""
    closing = _("Một Cửa, the public service portal. Nobody reads answers to this address.")
    parts = [*letter.paragraphs, f"{letter.link_text}: {link}" if link else "", closing]
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body="\n\n".join(part for part in parts if part) + "\n",
        to=[to],
    )
    facts = {"letter": letter, "link": link, "closing": closing, "language": get_language()}
    message.attach_alternative(render_to_string("backbone/letter.html", facts), "text/html")
    message.send()


def mail_settings(url: str, var: Path) -> dict[str, Any]:
    """
    Return Django's settings for ``EMAIL_URL``.

    ``smtp://user:secret@host:587?tls=1`` (or ``ssl=1``) sends; empty keeps each letter as a file
    in ``var/outbox``.

    :raises ValueError: if the URL is of another kind
    """
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(var / "outbox"),
        }
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError("EMAIL_URL must look like smtp://user:secret@host:587?tls=1")
    options = parse_qs(parts.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == ["1"],
        "EMAIL_USE_SSL": options.get("ssl") == ["1"],
        "EMAIL_TIMEOUT": 20,
    }

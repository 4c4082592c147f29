"""Whether an entry's own signatures hold, and say what the entry says."""

from collections.abc import Callable, Iterator
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.exchange.rules.digests import DigestDiffers, read_digest
from motcua.exchange.rules.entries import Entry, Part
from motcua.exchange.rules.fields import written
from motcua.exchange.rules.messages import NotSigned
from motcua.exchange.rules.signatures import BINDING, Signed, Times, WrongSignature, times_in
from motcua.exchange.rules.windows import borne_out

KeyOf = Callable[[str, str, datetime], Ed25519PublicKey | None]
"""Returns a member's key by its name if it held at a moment: ``(kid, member, at)``."""
_NO_TIMES = Times(0, 0, "")


def lines_of(part: Part) -> dict[str, str]:
    """Return the components of a signed text with their values."""
    lines = (line.partition(": ") for line in part.text.split("\n"))
    return {name: value for name, _, value in lines}


def faults_of(entry: Entry, key_of: KeyOf) -> Iterator[str]:
    """Yield what is wrong with an entry by itself; nothing where both signatures bear it out."""
    key = key_of(entry.asked.key, entry.consumer, entry.at)
    if key is None:
        yield "consumer-key"
    elif not _holds(entry.asked, key):
        yield "request-signature"
    if not _request_agrees(entry):
        yield "request-differs"
    if not _at_its_time(entry.asked, entry.at):
        yield "request-time"
    if entry.answered is not None:
        yield from _faults_of_answer(entry, entry.answered, key_of)


def signed_times(part: Part) -> Times | None:
    """Return when a part says itself that it was signed, and until when it was good."""
    try:
        return times_in(lines_of(part).get('"@signature-params"', ""))
    except NotSigned:
        return None


def request_digest(entry: Entry) -> bytes | None:
    """Return the SHA-256 of the body that the consumer signed."""
    return _digest(entry.asked)


def answer_digest(entry: Entry) -> bytes | None:
    """Return the SHA-256 of the body that the provider signed, if there was an answer."""
    return None if entry.answered is None else _digest(entry.answered)


def _faults_of_answer(entry: Entry, answered: Part, key_of: KeyOf) -> Iterator[str]:
    key = key_of(answered.key, entry.provider, entry.answered_at or entry.at)
    if key is None:
        yield "provider-key"
    elif not _holds(answered, key):
        yield "answer-signature"
    lines = lines_of(answered)
    bound = lines.get(BINDING) == written(entry.asked.signature)
    if not bound or lines.get('"@status"') != str(entry.status):
        yield "answer-differs"
    if not _at_its_time(answered, entry.answered_at):
        yield "answer-time"


def _holds(part: Part, key: Ed25519PublicKey) -> bool:
    try:
        Signed(_NO_TIMES, part.key, part.text.encode(), part.signature).check(key)
    except WrongSignature:
        return False
    return True


def _at_its_time(part: Part, at: datetime | None) -> bool:
    """Tell whether the log's moment is one at which the signature was good."""
    times = signed_times(part)
    return times is not None and at is not None and borne_out(int(at.timestamp()), times)


def _request_agrees(entry: Entry) -> bool:
    lines = lines_of(entry.asked)
    said = (
        lines.get('"motcua-consumer"'),
        lines.get('"motcua-agreement"'),
        lines.get('"motcua-purpose"'),
    )
    place = lines.get('"@path"', "")
    expected = (entry.consumer, entry.agreement or "none", entry.purpose)
    return said == expected and place.startswith(f"/trao-doi/{entry.provider}/{entry.service}/")


def _digest(part: Part) -> bytes | None:
    try:
        return read_digest(lines_of(part).get('"content-digest"', ""))
    except DigestDiffers:
        return None

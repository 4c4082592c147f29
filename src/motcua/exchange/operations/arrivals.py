"""What a call must be before anything is done for it: signed, of now, agreed upon."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from motcua.backbone.http.refusals import NotTrusted, TooLarge
from motcua.exchange.operations.serving import PurposeNotServed
from motcua.exchange.queries.agreements import PURPOSES, Terms, agreement_for, check_covers
from motcua.exchange.queries.keys import check_believed, key_known
from motcua.exchange.queries.members import own_members
from motcua.exchange.rules.digests import Source
from motcua.exchange.rules.messages import NotSigned, request
from motcua.exchange.rules.signatures import Signed, Times, WrongSignature, read_request
from motcua.exchange.rules.windows import LONGEST_LIFE, Timing, timing_of
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import N_

OPEN_TO_MEMBERS = frozenset({"certificates.v1", "directory.v1", "heads.v1"})
"""Services that every active member may call: no agreement is needed, ``none`` is signed."""
NONE = "none"


class NotHere(NotFound):
    code = "exchange.not-here"
    message = N_("{provider} does not receive its calls here. Look its address up in the list.")


class SignatureNeeded(NotTrusted):
    code = "exchange.not-signed"
    message = N_(
        "This message is not signed as the exchange asks ({why}). Sign it as "
        "docs/exchange-messages.md says and send it again."
    )


class Altered(NotTrusted):
    code = "exchange.altered"
    message = N_(
        "This is not the message that was signed: its {part} does not agree. Sign what you really "
        "send, and make sure that nothing on the way changes it."
    )


class Expired(NotTrusted):
    code = "exchange.expired"
    message = N_("The signature was good until {expires}, and it is {now} here. Sign anew.")


class WrongClock(NotTrusted):
    code = "exchange.clock"
    message = N_(
        "The signature says that it was made at {created}, but it is only {now} here. Set your "
        "clock (NTP), then sign anew."
    )


class LifeTooLong(NotTrusted):
    code = "exchange.lifetime"
    message = N_("A signature may be good for 1 to {most} seconds. Sign anew with fewer.")


class WrongConsumer(NotTrusted):
    code = "exchange.wrong-consumer"
    message = N_("The key {key} is not {consumer}'s. Sign with your own key, in your own name.")


class BodyTooLarge(TooLarge):
    code = "exchange.too-large"
    message = N_("A message may have at most {most} bytes. Send it in parts.")


class LengthNeeded(Invalid):
    code = "exchange.length-needed"
    message = N_("Say how long the body is: send Content-Length, not chunks.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    A request as it came in, with ``headers`` in lower case and ``path`` percent-encoded.

    ``length`` is what it says that its body has, nothing where it does not say; ``address`` is the
    network address it came from.
    """

    method: str
    authority: str
    path: str
    query: str
    headers: Mapping[str, str]
    length: int | None
    body: Source
    provider: str
    service: str
    rest: str
    address: str = ""

    @property
    def consumer(self) -> str:
        """Return who says that they call."""
        return self.headers["motcua-consumer"]

    @property
    def purpose(self) -> str:
        """Return the code of what they say it is for."""
        return self.headers["motcua-purpose"]


def check_is_ours(provider: str) -> None:
    """
    Check that this portal speaks for a member.

    :raises NotHere: if not
    """
    if provider not in own_members():
        raise NotHere(provider=provider[:40])


def signature_of(arrival: Arrival) -> Signed:
    """
    Return the signature of a request, unchecked.

    :raises SignatureNeeded: if there is none in our profile
    """
    message = request(
        arrival.method, arrival.authority, arrival.path, arrival.query, arrival.headers
    )
    try:
        return read_request(message)
    except NotSigned as reason:
        raise SignatureNeeded(why=str(reason)) from reason


def check_signature(signed: Signed, consumer: str, *, at: datetime) -> None:
    """
    Check that the consumer has signed, by a key that is believed, and not too long ago.

    :raises WrongClock: if it was signed in what is the future here
    :raises Expired: if it is too old
    :raises LifeTooLong: if it would be good for too long
    :raises UnknownKey: if nobody has such a key
    :raises RevokedKey: if it was revoked
    :raises ExpiredKey: if it does not hold now
    :raises MemberNotActive: if its member takes no part now
    :raises WrongConsumer: if the key is another's
    :raises Altered: if the signature is not that of the message
    """
    _check_times(signed.times, at=at)
    key = key_known(signed.key, at=at)
    check_believed(key, at=at)
    if key.member != consumer:
        raise WrongConsumer(key=signed.key, consumer=consumer)
    try:
        signed.check(key.public)
    except WrongSignature as reason:
        raise Altered(part="signature") from reason


def check_still(signed: Signed, arrival: Arrival, *, at: datetime) -> Terms | None:
    """
    Check that the key is still believed, and return the agreement, while a call is under way.

    What is known of both is five seconds old at most; nothing is asked in between.

    :raises RevokedKey: if it was revoked meanwhile, and so on as ``check_signature`` says of keys
    :raises AgreementEnded: if it does not hold any more, and so on as ``terms_of`` says
    """
    check_believed(key_known(signed.key, at=at), at=at)
    return terms_of(arrival, at=at)


def terms_of(arrival: Arrival, *, at: datetime) -> Terms | None:
    """
    Return the agreement that covers a call; nothing where none is needed.

    :raises NoAgreement: if there is none, or not the one that was named
    :raises AgreementEnded: if it does not hold now
    :raises PurposeNotAgreed: if it is for other purposes
    :raises PurposeNotServed: if it is for a purpose that nothing is for
    """
    if arrival.service in OPEN_TO_MEMBERS:
        check_purpose_known(arrival.service, arrival.purpose)
        return None
    terms = agreement_for(
        arrival.consumer,
        arrival.service,
        arrival.provider,
        at=at,
        id=arrival.headers["motcua-agreement"],
        purpose=arrival.purpose,
    )
    check_covers(terms, arrival.purpose, at=at)
    return terms


def check_purpose_known(service: str, purpose: str) -> None:
    """
    Check that a purpose is one of the exchange's.

    :raises PurposeNotServed: if it is not
    """
    if purpose not in PURPOSES:
        said = ", ".join(sorted(PURPOSES))
        raise PurposeNotServed(service=service, purpose=purpose[:40], served=said)


def length_of(arrival: Arrival, most: int | None = None) -> int:
    """
    Return how many bytes the body says it has.

    :param most: how many its service takes; none: as many as the portal takes
    :raises LengthNeeded: if it comes in chunks
    :raises BodyTooLarge: if they are more than we take
    """
    if arrival.length is None:
        raise LengthNeeded
    most = min(settings.EXCHANGE_MOST_BYTES, most or settings.EXCHANGE_MOST_BYTES)
    if arrival.length > most:
        raise BodyTooLarge(most=most)
    return arrival.length


def _check_times(times: Times, *, at: datetime) -> None:
    now = int(at.timestamp())
    match timing_of(times, now=now, skew=settings.EXCHANGE_CLOCK_SKEW):
        case Timing.FROM_AHEAD:
            raise WrongClock(created=_moment(times.created), now=_moment(now))
        case Timing.EXPIRED:
            raise Expired(expires=_moment(times.expires), now=_moment(now))
        case Timing.TOO_LONG:
            raise LifeTooLong(most=LONGEST_LIFE)
        case Timing.GOOD:
            return


def _moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return str(seconds)

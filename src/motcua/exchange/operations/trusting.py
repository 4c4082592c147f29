"""Whether an answer is the provider's own, of now, unaltered, and to the very request we sent."""

import hashlib
from datetime import datetime

from django.conf import settings

from motcua.exchange.adapters.sending import Sent
from motcua.exchange.queries.keys import check_believed, key_known
from motcua.exchange.rules.digests import DigestDiffers, read_digest
from motcua.exchange.rules.messages import NotSigned, answer
from motcua.exchange.rules.signatures import Signed, WrongSignature, read_answer
from motcua.exchange.rules.windows import Timing, timing_of
from motcua.kernel.errors import Forbidden, Unavailable
from motcua.kernel.text import N_


class NotTheirAnswer(Unavailable):
    code = "exchange.not-their-answer"
    message = N_(
        "What came back is not an answer of {provider} to this call ({why}). Nothing of it was "
        "used. Tell the operator of the exchange if it happens again."
    )


def check_answer(sent: Sent, provider: str, *, to: bytes, at: datetime) -> Signed:
    """
    Return the signature of an answer once everything about it holds.

    :param to: the signature of our request
    :raises NotTheirAnswer: if anything does not hold
    """
    try:
        signed = read_answer(answer(sent.status, sent.headers), to=to)
        key = key_known(signed.key, at=at)
        check_believed(key, at=at)
        if key.member != provider:
            raise NotTheirAnswer(provider=provider, why="another's key")
        signed.check(key.public)
        if read_digest(sent.headers["content-digest"]) != hashlib.sha256(sent.body).digest():
            raise NotTheirAnswer(provider=provider, why="another body")
    except NotSigned as reason:
        raise NotTheirAnswer(provider=provider, why=f"HTTP {sent.status}, {reason}") from reason
    except (WrongSignature, DigestDiffers) as reason:
        raise NotTheirAnswer(provider=provider, why="a wrong signature") from reason
    except Forbidden as reason:
        raise NotTheirAnswer(provider=provider, why=reason.code) from reason
    timing = timing_of(signed.times, now=int(at.timestamp()), skew=settings.EXCHANGE_CLOCK_SKEW)
    if timing is not Timing.GOOD:
        raise NotTheirAnswer(provider=provider, why=f"clock: {timing}")
    return signed

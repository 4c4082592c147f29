"""What the worker does for dossiers handed on."""

from contextlib import suppress
from datetime import timedelta

from django.utils.timezone import now
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from motcua.backbone.jobs import QUICK, jobs
from motcua.forwarding.operations.answering import hand_answer_on
from motcua.forwarding.operations.following import ask_how_it_stands, to_ask, with_news
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.outbox import take_up_again
from motcua.forwarding.operations.telling import tell_given_out

FORGOTTEN = timedelta(hours=1)
"""After so long without a try, it is looked whether what waits is in a job at all."""
LONGEST = 900
"""Seconds between two tries at most."""


class Forever(BaseRetryStrategy):
    """Try until it works: after 5, 10, 20 … seconds, and every quarter of an hour from then on."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:  # noqa: ARG002
        """Return when to try again."""
        return RetryDecision(retry_in={"seconds": min(5 * 2 ** min(job.attempts, 10), LONGEST)})


@jobs.task(name="forwarding.hand-on", queue="exchange", retry=Forever())
def hand_on_dossier(code: str) -> None:
    """Hand a dossier on; it is tried for ever."""
    hand_on(code, at=now())


@jobs.task(name="forwarding.hand-answer-on", queue="exchange", retry=Forever())
def hand_answer(supplement: int) -> None:
    """Hand an answer to a request for supplement on; it is tried for ever."""
    hand_answer_on(supplement, at=now())


@jobs.task(name="forwarding.tell-given-out", queue="exchange", retry=Forever())
def tell_given(given: int) -> None:
    """Tell the unit that its result was given out at a desk here; it is tried for ever."""
    tell_given_out(given, at=now())


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="forwarding.remember", queue="upkeep", retry=QUICK)
def remember_forgotten(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes, take up again what waits, and whose job was lost or given up."""
    take_up_again(before=now() - FORGOTTEN)


@jobs.periodic(cron="* * * * * */10")
@jobs.task(name="forwarding.follow", queue="exchange", queueing_lock="forwarding.follow")
def follow(timestamp: int) -> None:  # noqa: ARG001
    """Every ten seconds, ask units how dossiers stand of which something may be new."""
    for code in dict.fromkeys((*to_ask(at=now()), *with_news())):
        with suppress(AlreadyEnqueued):
            ask_dossier.configure(queueing_lock=f"forwarding.ask:{code}").defer(code=code)


@jobs.task(name="forwarding.ask", queue="exchange", retry=QUICK)
def ask_dossier(code: str) -> None:
    """Ask how one dossier stands."""
    ask_how_it_stands(code, at=now())

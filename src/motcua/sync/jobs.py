"""What the worker does for synchronisation by the clock, and when somebody asks."""

from contextlib import suppress

from django.utils.timezone import now
from procrastinate.exceptions import AlreadyEnqueued

from motcua.backbone.jobs import PATIENT, jobs
from motcua.kernel.actors import Actor
from motcua.sync.operations.partitions import keep_house
from motcua.sync.operations.quality import measure_quality, members_told
from motcua.sync.operations.telling import parents_to_tell, tell_parent
from motcua.sync.operations.warning import warn_of_stuck


@jobs.periodic(cron="20 18 * * *")
@jobs.task(name="sync.nightly", queue="upkeep", retry=PATIENT)
def measure_all(timestamp: int) -> None:  # noqa: ARG001
    """Each night at 1.20 here: make the next year's partitions, measure each member in its turn."""
    keep_house(by=Actor.system("sync"), at=now())
    for top in members_told():
        measure_member.defer(top=top)


@jobs.task(name="sync.measure-quality", queue="upkeep", retry=PATIENT)
def measure_member(top: str) -> None:
    """Measure what one member told."""
    measure_quality(top, by=Actor.system("sync"), at=now())


@jobs.periodic(cron="* * * * * */2")
@jobs.task(name="sync.look-for-news", queue="exchange", queueing_lock="sync.look-for-news")
def look_for_news(timestamp: int) -> None:  # noqa: ARG001
    """Every two seconds, have those parents told that do not know of the last step yet."""
    for number in parents_to_tell(at=now()):
        one = f"sync.parent.{number}"
        with suppress(AlreadyEnqueued):
            tell_one.configure(lock=one, queueing_lock=one).defer(number=number)


@jobs.task(name="sync.tell-parent", queue="exchange")
def tell_one(number: int) -> None:
    """Tell one parent what it does not know; one at a time. The clock tries again by itself."""
    tell_parent(number, clock=now)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="sync.watch-parents", queue="upkeep", retry=PATIENT)
def watch_parents(timestamp: int) -> None:  # noqa: ARG001
    """Every minute, warn of parents to whom something has been waiting for more than an hour."""
    warn_of_stuck(by=Actor.system("sync"), at=now())

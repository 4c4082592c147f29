"""What the worker does for synchronisation by the clock, and when somebody asks."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.kernel.actors import Actor
from motcua.sync.operations.partitions import keep_house
from motcua.sync.operations.quality import measure_quality, members_told


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

"""What the worker does for reports by the clock."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.kernel.actors import Actor
from motcua.reporting.operations.public import count_public_months


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="reporting.public-months", queue="upkeep", retry=PATIENT)
def count_what_is_public(timestamp: int) -> None:  # noqa: ARG001
    """Every quarter of an hour, count the running month, and any that is not final."""
    count_public_months(by=Actor.system("reporting"), at=now())

"""What the worker does for the exchange by the clock."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.exchange.operations.warning import warn_of_ends
from motcua.kernel.actors import Actor


@jobs.periodic(cron="37 0 * * *")
@jobs.task(name="exchange.warnings", queue="upkeep", retry=PATIENT)
def watch_ends(timestamp: int) -> None:  # noqa: ARG001
    """Every day, warn of keys and agreements that end in 60, 30 or 7 days."""
    warn_of_ends(by=Actor.system("exchange"), at=now())

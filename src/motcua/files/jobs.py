"""What the worker does for files."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.files.operations.keeping import sweep_orphans
from motcua.kernel.actors import Actor


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="files.sweep", queue="upkeep", retry=PATIENT)
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, remove files that nothing used for seven days."""
    while sweep_orphans(by=Actor.system("files"), at=now()):
        pass

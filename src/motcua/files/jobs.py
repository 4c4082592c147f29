"""What the worker does for files."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.files.operations.keeping import sweep_orphans
from motcua.files.operations.uploading import sweep_uploads
from motcua.kernel.actors import Actor


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="files.sweep", queue="upkeep", retry=PATIENT)
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, remove files that nothing used for seven days."""
    while sweep_orphans(by=Actor.system("files"), at=now()):
        pass


@jobs.periodic(cron="37 * * * *")
@jobs.task(name="files.sweep-uploads", queue="upkeep", retry=PATIENT)
def forget_uploads(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, forget uploads that were begun more than 24 hours ago."""
    while sweep_uploads(by=Actor.system("files"), at=now()):
        pass

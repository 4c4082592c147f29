"""What the worker does for the portal."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, QUICK, jobs
from motcua.portal.operations.exporting import build_export, forget_exports


@jobs.task(name="portal.export", queue="exports", retry=PATIENT)
def build(export: str) -> None:
    """Build one person's archive."""
    build_export(export, at=now())


@jobs.periodic(cron="41 * * * *")
@jobs.task(name="portal.forget-exports", queue="upkeep", retry=QUICK)
def forget(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, forget the archives whose seven days are over."""
    forget_exports(at=now())

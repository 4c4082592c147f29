"""What the worker does for dossiers by the clock."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.dossiers.operations.bulk import do_next
from motcua.dossiers.operations.linked_going import go_on
from motcua.dossiers.queries.linked import filings_that_wait
from motcua.kernel.actors import Actor


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="dossiers.linked", queue="upkeep", retry=PATIENT)
def try_stuck_parts(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, try the parts of linked filings that are stuck, and any that was missed."""
    for code in filings_that_wait():
        go_on(code, by=Actor.system("linked"), at=now(), again=True)


@jobs.task(name="dossiers.bulk", queue="bulk", retry=PATIENT)
def do_bulk(run: int) -> None:
    """Do what a run has left to do, dossier by dossier; taken up again, it goes on."""
    while do_next(run, at=now()):
        pass

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime, now
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from motcua.backbone.jobs import jobs
from motcua.config.workers import jobs_by_state, stalled_jobs

MOST_LISTED = 100


class Command(BaseCommand):
    help = "List jobs that failed or stand still; retry one, give one up, or run one now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", metavar="ACTION")
        actions.add_parser("list", help="what waits, fails or stands still (the default)")
        for name, what in (("retry", "do a failed job again"), ("give-up", "never do it again")):
            actions.add_parser(name, help=what).add_argument("id", type=int)
        run = actions.add_parser("run", help="queue a job that the clock runs, now; print its id")
        run.add_argument("name", help="such as backbone.sweep")

    def handle(self, *, action: str | None, **options: Any) -> None:
        match action:
            case "retry":
                self._retry(self._job(options["id"]))
            case "give-up":
                self._give_up(self._job(options["id"]))
            case "run":
                self._run(options["name"])
            case _:
                self._list()

    def _list(self) -> None:
        counts = jobs_by_state()
        self.stdout.write(", ".join(f"{n} {state}" for state, n in counts.items()) or "no jobs")
        for job in stalled_jobs(at=now())[:MOST_LISTED]:
            self.stdout.write(f"  {job.pk:>8}  stalled  {job.task_name}  (taken up by itself)")
        failed = ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:MOST_LISTED]
        for job in failed:
            last = ProcrastinateEvent.objects.filter(job=job).order_by("-id").first()
            when = f"{localtime(last.at):%d/%m/%Y %H:%M}" if last and last.at else "?"
            tries = f"{job.attempts} tries"
            self.stdout.write(f"  {job.pk:>8}  failed   {job.task_name}  {tries}, last {when}")
        if failed:
            self.stdout.write("Why: the worker's log. Then: motcua jobs retry ID | give-up ID")

    def _job(self, number: int) -> ProcrastinateJob:
        job: ProcrastinateJob | None = ProcrastinateJob.objects.filter(pk=number).first()
        if job is None:
            raise CommandError(f"There is no job {number}; those done well are not kept.")
        return job

    def _retry(self, job: ProcrastinateJob) -> None:
        if job.status not in {"failed", "cancelled", "aborted"}:
            raise CommandError(f"Job {job.pk} is {job.status}: there is nothing to retry.")
        jobs.job_manager.retry_job_by_id(
            job.pk, retry_at=now(), queue=None, priority=None, lock=None
        )
        self.stdout.write(f"Job {job.pk} will be done again.")

    def _give_up(self, job: ProcrastinateJob) -> None:
        if job.status == "todo":
            jobs.job_manager.cancel_job_by_id(job.pk, delete_job=True)
        elif job.status in {"failed", "cancelled", "aborted"}:
            jobs.job_manager.connector.get_sync_connector().execute_query(
                "DELETE FROM procrastinate_jobs WHERE id = %(id)s", id=job.pk
            )
        else:
            raise CommandError(f"Job {job.pk} is {job.status}: only a waiting or failed one ends.")
        self.stdout.write(f"Job {job.pk} ({job.task_name}) is given up.")

    def _run(self, name: str) -> None:
        by_clock = {task.name: task for task in _tasks_of_the_clock()}
        if name not in by_clock:
            known = ", ".join(sorted(by_clock))
            raise CommandError(f"The clock runs no job {name}. Known: {known}")
        task = by_clock[name]
        number = task.configure(queueing_lock=None).defer(timestamp=int(time.time()))
        self.stdout.write(str(number))


def _tasks_of_the_clock() -> list[Any]:
    return [periodic.task for periodic in jobs.periodic_registry.periodic_tasks.values()]

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from getpass import getuser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.jobs import jobs
from motcua.backbone.languages import language_of_terminal
from motcua.backbone.queued import jobs_by_state
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.portal.operations.undone import give_up_job, retry_all, retry_job
from motcua.portal.queries.undone import Standing, Undone, job_page, undone, work_seen
from motcua.portal.rules.job_words import in_words

OPERATOR = Actor.system(f"jobs:{getuser()}"[:70])
"""Whoever sits at the machine: the journal keeps the name of their account there."""
LISTED = (Standing.FAILED, Standing.STALLED, Standing.RETRYING)
MOST_LISTED = 100


class Command(BaseCommand):
    help = "Jobs that failed, stand still or wait for a retry: list, show, retry, give up, run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", choices=["vi", "en"], default=language_of_terminal())
        actions = parser.add_subparsers(dest="action", metavar="ACTION")
        listing = actions.add_parser("list", help="what failed, stands still or waits (default)")
        listing.add_argument("--task", default="", help="only this task, such as notices.mail")
        listing.add_argument("--about", default="", help="only what is about this dossier")
        show = actions.add_parser("show", help="one job: what about, since when, why")
        show.add_argument("id", type=int)
        retry = actions.add_parser(
            "retry", help="do failed jobs, or those of dead workers, again now"
        )
        retry.add_argument("ids", type=int, nargs="*", metavar="ID")
        retry.add_argument("--task", default="", help="all failed jobs of this task")
        retry.add_argument("--reason", default="", help="kept in the journal")
        give_up = actions.add_parser("give-up", help="never do them; the journal keeps why")
        give_up.add_argument("ids", type=int, nargs="+", metavar="ID")
        give_up.add_argument("--reason", required=True, help="at least 10 letters")
        run = actions.add_parser("run", help="queue a job that the clock runs, now; print its id")
        run.add_argument("name", help="such as backbone.sweep")

    def handle(self, *, action: str | None, language: str, **options: Any) -> None:
        with translation.override(language):
            match action:
                case "show":
                    self._show(options["id"])
                case "retry":
                    self._retry(options["ids"], options["task"], options["reason"])
                case "give-up":
                    self._give_up(options["ids"], options["reason"])
                case "run":
                    self._run(options["name"])
                case _:
                    self._list(options.get("task", ""), options.get("about", ""))

    def _list(self, task: str, about: str) -> None:
        at = now()
        counts = ", ".join(f"{n} {state}" for state, n in jobs_by_state().items())
        self.stdout.write(counts or _("no jobs"))
        work = work_seen(by=OPERATOR, at=at)
        if work.stands_still:
            told = _("A job has been waiting for {seconds} s. Is a worker running?")
            self.stdout.write(told.format(seconds=round(work.longest)))
        for each in work.tasks:
            told = _("{failed} failed, {retrying} wait for a retry")
            told = told.format(failed=each.failed, retrying=each.retrying)
            self.stdout.write(f"  {each.task}: {told}")
        some = False
        for standing in LISTED:
            found = undone(standing, by=OPERATOR, at=at, task=task, about=about, limit=MOST_LISTED)
            some |= bool(found.jobs)
            for job in found.jobs:
                self.stdout.write(_line(job))
            if found.before:
                self.stdout.write(_("  … and older ones: narrow the list with --task or --about"))
        if some:
            self.stdout.write(_("Then: motcua jobs show ID | retry ID | give-up ID --reason …"))

    def _show(self, number: int) -> None:
        job = job_page(number, by=OPERATOR, at=now())
        self.stdout.write(_line(job))
        self.stdout.write(f"  {_(in_words(job.task))}")
        for name, value in (
            (_("Asked for"), _moment(job.since)),
            (_("Failing since"), _moment(job.failing_since)),
            (_("Last try"), _moment(job.tried_at)),
            (_("Next try by itself"), _moment(job.next_at)),
            (_("The event"), job.event),
            (_("To be told to"), job.listener),
        ):
            if value:
                self.stdout.write(f"  {name}: {value}")
        for line in job.details.splitlines():
            self.stdout.write(f"    {line}")

    def _retry(self, ids: list[int], task: str, reason: str) -> None:
        if not ids and not task:
            raise CommandError(_("Name the jobs by their numbers, or all of one by --task NAME."))
        count = 0
        while task and (some := retry_all(task, reason=reason, by=OPERATOR, at=now())):
            count += some
        if task:
            told = _("{count} jobs of this task are done again now.")
            self.stdout.write(told.format(count=count))
        done = _("Job {job} is done again now.")
        self._each(ids, done, lambda job: retry_job(job, reason=reason, by=OPERATOR, at=now()))

    def _give_up(self, ids: list[int], reason: str) -> None:
        done = _("Job {job} is given up. The journal keeps who did it and why.")
        self._each(ids, done, lambda job: give_up_job(job, reason=reason, by=OPERATOR, at=now()))

    def _each(self, ids: list[int], done: str, act: Callable[[int], None]) -> None:
        """Do all that can be done, say what cannot, and fail where anything could not."""
        refused = []
        for job in ids:
            try:
                act(job)
            except Refusal as refusal:
                refused.append(sentence_of(refusal))
            else:
                self.stdout.write(done.format(job=job))
        if refused:
            raise CommandError("\n".join(dict.fromkeys(refused)))

    def _run(self, name: str) -> None:
        by_clock = {task.name: task for task in _tasks_of_the_clock()}
        if name not in by_clock:
            known = ", ".join(sorted(by_clock))
            told = _("The clock runs no job {name}. Known: {known}")
            raise CommandError(told.format(name=name, known=known))
        task = by_clock[name]
        number = task.configure(queueing_lock=None).defer(timestamp=int(time.time()))
        self.stdout.write(str(number))


def _line(job: Undone) -> str:
    """Return a job in one line: number, standing, task, what about, how often, next, why."""
    parts = [f"  {job.id:>8}  {job.standing:<8}  {job.task}"]
    if job.about:
        parts.append(job.about)
    parts.append(_("{count} tries").format(count=job.attempts))
    if job.next_at:
        parts.append(_("next {moment}").format(moment=_moment(job.next_at)))
    elif job.tried_at:
        parts.append(_("last {moment}").format(moment=_moment(job.tried_at)))
    return "  ".join([*parts, job.error])


def _moment(moment: datetime | None) -> str:
    return f"{localtime(moment):%d/%m/%Y %H:%M}" if moment else ""


def _tasks_of_the_clock() -> list[Any]:
    return [periodic.task for periodic in jobs.periodic_registry.periodic_tasks.values()]

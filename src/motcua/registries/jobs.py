"""What the worker does for questions to the registries."""

from django.utils.timezone import now

from motcua.backbone.jobs import QUICK, jobs
from motcua.registries.operations.following import stop_following
from motcua.registries.operations.objecting import hear_answers


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="registries.hear", queue="registries", retry=QUICK)
def hear(timestamp: int) -> None:  # noqa: ARG001 (every periodic job is given it)
    """Hear every five minutes what became of objections, and what changed since it was proven."""
    try:
        hear_answers(at=now())
    finally:
        stop_following(at=now())

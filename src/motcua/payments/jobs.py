"""What the worker does for payments."""

import structlog
from django.utils.timezone import now

from motcua.backbone.jobs import jobs
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Unavailable
from motcua.payments.adapters.registry import provider_names
from motcua.payments.operations.reconciling import reconcile

log = structlog.get_logger("motcua.payments")


@jobs.periodic(cron="* * * * *")
@jobs.task(name="payments.reconcile", queue="payments", queueing_lock="payments.reconcile")
def read_statements(timestamp: int) -> None:  # noqa: ARG001
    """Every minute, read each bank's statement; a silent bank is asked again the next minute."""
    for name in provider_names():
        try:
            found = reconcile(name, by=Actor.system("payments"), at=now())
        except Unavailable:
            log.warning("payments.bank-silent", provider=name)
            continue
        if found:
            log.info("payments.found", provider=name, count=found)

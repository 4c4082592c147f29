"""E-mail goes out by the worker, as often as it takes."""

from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.backbone.together import together
from motcua.notices.operations.mailing import mail_notice


@jobs.task(name="notices.mail", queue="mail", retry=PATIENT)
def mail(notice: int) -> None:
    """Send one notice by e-mail."""
    mail_notice(notice, at=now())


together("notices.mail", most=20)

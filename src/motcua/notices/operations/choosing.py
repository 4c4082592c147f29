"""A person chooses which reminders come by e-mail."""

from collections.abc import Collection

from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.notices.models import MailOff
from motcua.notices.rules.kinds import REMINDERS


@one_transaction
def choose_mail(wanted: Collection[str], *, by: Actor) -> None:
    """Send by e-mail those reminders only that are ``wanted``; in the portal all are told."""
    off = [reminder for reminder in REMINDERS if reminder not in wanted]
    MailOff.objects.filter(person=by.id).exclude(reminder__in=off).delete()
    rows = [MailOff(person=by.id, reminder=reminder) for reminder in off]
    MailOff.objects.bulk_create(rows, ignore_conflicts=True)

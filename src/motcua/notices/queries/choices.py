"""Which reminders a person wants by e-mail."""

from motcua.kernel.actors import Actor
from motcua.notices.models import MailOff
from motcua.notices.rules.kinds import REMINDERS


def reminders_by_mail(*, by: Actor) -> dict[str, tuple[str, bool]]:
    """Return each reminder's words, an English key, and whether the actor wants it by e-mail."""
    off = set(MailOff.objects.filter(person=by.id).values_list("reminder", flat=True))
    return {name: (words, name not in off) for name, words in REMINDERS.items()}

"""Send a notice by e-mail, in its reader's language."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.backbone.mail import Letter, post_letter
from motcua.backbone.sentences import say
from motcua.backbone.statements import Select, Statement
from motcua.identity.queries.people import NoSuchPerson, contact_of
from motcua.notices.models import MailOff, Notice
from motcua.notices.rules.kinds import Kind, kind_named

_notice = Select(Notice, "WHERE id = %s")
_mailed = Statement("UPDATE notices_notice SET mailed_at = %s WHERE id = %s")


def mail_notice(notice_id: int, *, at: datetime) -> None:
    """
    Send it, unless it was sent, its person has no account, or wants no e-mail of such reminders.

    :raises OSError: if the mail server does not take it: try again later
    """
    notice = _notice.first(notice_id)
    if notice is None:
        raise Notice.DoesNotExist(notice_id)
    kind = kind_named(notice.kind)
    if notice.mailed_at is not None or _unwanted(notice.person, kind):
        return
    try:
        contact = contact_of(notice.person)
    except NoSuchPerson:
        return
    with override(contact.language):
        greeting = _("Dear {name},").format(name=contact.name)
        letter = Letter(
            say(kind.title, notice.facts),
            (greeting, say(kind.body, notice.facts)),
            notice.link,
            _(kind.action),
        )
        post_letter(letter, to=contact.email)
    _mailed.run(at, notice_id)


def _unwanted(person: str, kind: Kind) -> bool:
    if not kind.reminder:
        return False
    return MailOff.objects.filter(person=person, reminder=kind.reminder).exists()

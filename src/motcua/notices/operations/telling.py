"""Tell people what happened: in the portal at once, by e-mail soon after."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from motcua.backbone.jobs import jobs
from motcua.backbone.sentences import say
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.notices.models import Notice
from motcua.notices.rules.kinds import kind_named

_TELL = """
INSERT INTO notices_notice (person, kind, subject, source, facts, link, at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING id
"""


@one_transaction
def tell(
    person_id: str,
    kind: str,
    *,
    subject: str,
    facts: Mapping[str, str],
    link: str,
    at: datetime,
    source: str = "",
) -> bool:
    """
    Tell a person, once for each kind, subject and source; return whether it was news.

    :param kind: the name of a registered kind
    :param subject: what it is about, such as a dossier code
    :param facts: what the kind's sentences need; a value for one language only as ``name_en``
    :param link: path of the page to go to, empty for none
    :param source: which of several like events it tells of, such as a step's number
    :raises UnknownKind: if no room has registered the kind
    :raises KeyError: if a fact is missing
    """
    known = kind_named(kind)
    say(known.title, facts)
    say(known.body, facts)
    kept = json.dumps(dict(facts))
    with connection.cursor() as cursor:
        cursor.execute(_TELL, (person_id, kind, subject, source, kept, link, at))
        told = cursor.fetchone()
    if told is None:
        return False
    if known.mail:
        jobs.configure_task("notices.mail").defer(notice=told[0])
    return True


def mark_read(notice: int, *, by: Actor, at: datetime) -> None:
    """Remember that the actor has seen one of their notices."""
    Notice.objects.visible_to(by).filter(pk=notice, read_at=None).update(read_at=at)


def mark_all_read(*, by: Actor, at: datetime) -> None:
    """Remember that the actor has seen all their notices."""
    Notice.objects.visible_to(by).filter(read_at=None).update(read_at=at)

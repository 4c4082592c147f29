"""Tell people what happened: in the portal at once, by e-mail soon after."""

from collections.abc import Mapping
from datetime import datetime

from motcua.backbone.sentences import say
from motcua.backbone.statements import Statement, json_value
from motcua.kernel.actors import Actor
from motcua.notices.models import Notice
from motcua.notices.rules.kinds import kind_named

_TELL = """
INSERT INTO notices_notice (person, kind, subject, source, facts, link, at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING id
"""
_tell = Statement(_TELL)
_tell_and_mail = Statement(
    f"""
WITH notice AS ({_TELL}), letter AS (
  SELECT ROW('mail', 'notices.mail', 0, NULL, NULL, jsonb_build_object('notice', notice.id), NULL
         )::procrastinate_job_to_defer_v1 AS job FROM notice
)
SELECT procrastinate_defer_jobs_v1(ARRAY(SELECT job FROM letter)) WHERE EXISTS (SELECT FROM letter)
"""  # noqa: S608 (our own text)
)
"""The notice and the job that mails it are one statement: each filing and most steps need it."""


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

    One statement.

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
    write = _tell_and_mail if known.mail else _tell
    kept = json_value(dict(facts))
    return write.first(person_id, kind, subject, source, kept, link, at) is not None


def mark_read(notice: int, *, by: Actor, at: datetime) -> None:
    """Remember that the actor has seen one of their notices."""
    Notice.objects.visible_to(by).filter(pk=notice, read_at=None).update(read_at=at)


def mark_all_read(*, by: Actor, at: datetime) -> None:
    """Remember that the actor has seen all their notices."""
    Notice.objects.visible_to(by).filter(read_at=None).update(read_at=at)

"""What happened to a dossier since somebody looked at it, told to who acts on what they saw."""

from django.utils.timezone import localtime

from motcua.backbone.http.refusals import StaleVersion
from motcua.dossiers.models import Dossier, DueMove, Transition
from motcua.kernel.text import N_

MOST_TOLD = 20
"""How many of the steps taken meanwhile are told, the latest."""


class OnlyDueMoved(StaleVersion):
    """Nothing but the due time changed, by the calendar: what was to be done can still be done."""

    message = N_(
        "Only the due time moved since you opened it, because the agency's calendar changed. "
        "Look at the new due time, then send it again."
    )


def stale(dossier: Dossier, seen: int) -> StaleVersion:
    """
    Return the refusal of what was decided on version ``seen`` of a dossier (two statements).

    Its fact ``changes`` tells what happened since, each with ``what``: ``step`` (``step``,
    ``by_name``, ``at``), ``due`` (``was`` and ``due_at``: moved by a changed calendar) or ``other``
    (its papers went back, or its applicant took it over into an account).
    """
    steps = list(
        Transition.objects.filter(dossier=dossier, version__gt=seen)
        .order_by("id")
        .values_list("version", "step", "by_name", "at")
    )
    moves = list(
        DueMove.objects.filter(dossier=dossier, version__gt=seen)
        .order_by("id")
        .values_list("version", "was_due_at", "due_at")
    )
    changes = [
        {"what": "step", "step": step, "by_name": name, "at": localtime(at).isoformat()}
        for _version, step, name, at in steps[-MOST_TOLD:]
    ]
    if moves:
        was, due_at = localtime(moves[0][1]), localtime(moves[-1][2])
        changes.append({"what": "due", "was": was.isoformat(), "due_at": due_at.isoformat()})
    if 0 < seen < dossier.version - len(steps) - len(moves):
        changes.append({"what": "other"})
    only_due = [each["what"] for each in changes] == ["due"]
    kind = OnlyDueMoved if only_due and 0 < seen < dossier.version else StaleVersion
    return kind(dossier=dossier.code, changes=changes)

"""What was noted on a dossier: for officials all of it, for its applicant the marks asked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from motcua.dossiers.models import Dossier, HandOverItem, Mark, Note, PaperCheck
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.remarks import SeenAs, Verdict
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Checked:
    """What an official found of a paper."""

    paper: str
    verdict: Verdict
    seen_as: SeenAs
    remark: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """Words on a place of a file; the box in thousandths of the page, all 0 for the whole page."""

    id: int
    paper: str
    file: str
    page: int
    left: int
    top: int
    width: int
    height: int
    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """A note among officials."""

    text: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remarks:
    """
    All that officials noted on a dossier; the notes newest first.

    ``pending_list`` is the hand-over list on which it waits to be confirmed.
    """

    checks: Mapping[str, Checked]
    marks: tuple[Marked, ...]
    notes: tuple[Noted, ...]
    pending_list: int | None


def remarks_of(code: str, *, by: Actor) -> Remarks:
    """
    Return what officials noted on a dossier of the actor's agency (one statement).

    Nothing to whom it concerns: who stands behind it, or is near to somebody who does.
    """
    here: Any = Dossier.objects.filter(code=code, agency=by.agency or "").of_strangers_to(
        near_to(by.id)
    )
    row = here.values(**{name: ArraySubquery(rows) for name, rows in _ROWS.items()}).first()
    if row is None:
        return Remarks({}, (), (), None)
    checks = (
        Checked(**x | {"verdict": Verdict(x["verdict"]), "seen_as": SeenAs(x["seen_as"])})
        for x in map(_timed, row["checks"])
    )
    return Remarks(
        {check.paper: check for check in checks},
        tuple(Marked(**_timed(x)) for x in row["marks"]),
        tuple(Noted(**_timed(x)) for x in row["notes"]),
        next((x["hand_over"] for x in row["lists"]), None),
    )


def marks_asked_about(code: str, *, by: Actor) -> tuple[Marked, ...]:
    """Return the marks on the papers that an open request for supplement names (two statements)."""
    mine = Dossier.objects.visible_to(by).filter(code=code, state=State.SUPPLEMENT)
    asked = mine.values_list("asked", flat=True).first() or {}
    papers = asked.get("papers", [])
    if not papers:
        return ()
    return tuple(
        _marked(x) for x in Mark.objects.filter(dossier__code=code, paper__in=papers).order_by("pk")
    )


def _marked(x: Mark) -> Marked:
    return Marked(**{name: getattr(x, name) for name in (*MARK, "at")} | {"file": str(x.file)})


def _timed(x: dict[str, Any]) -> dict[str, Any]:
    return x | {"at": datetime.fromisoformat(x["at"])}


CHECK = ("paper", "verdict", "seen_as", "remark", "by_name")
MARK = ("id", "paper", "file", "page", "left", "top", "width", "height", "words", "by_name")
NOTE = ("text", "by_name")


def _rows_of(all_of_them: QuerySet[Any], names: tuple[str, ...], order: str, **more: Any) -> Any:
    """Return one kind of remark on the outer dossier, each as one JSON value."""
    rows = all_of_them.filter(dossier=OuterRef("pk"), **more).order_by(order)
    return rows.values(row=JSONObject(**{name: name for name in names}))


_ROWS = {
    "checks": _rows_of(PaperCheck.objects.all(), (*CHECK, "at"), "pk"),
    "marks": _rows_of(Mark.objects.all(), (*MARK, "at"), "pk"),
    "notes": _rows_of(Note.objects.all(), (*NOTE, "at"), "-pk", agency=OuterRef("agency")),
    "lists": _rows_of(HandOverItem.objects.all(), ("hand_over",), "pk", state="pending"),
}
"""What is read beside a dossier, in the same statement."""

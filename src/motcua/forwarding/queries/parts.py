"""Parts of linked filings that were handed on: how they stand, and what they leave to the next."""

from collections.abc import Collection
from typing import Any

import msgspec
from django.urls import reverse

from motcua.agencies.queries.agencies import names_of
from motcua.dossiers.queries.carried_parts import CarriedPart
from motcua.dossiers.queries.elsewhere import OPEN
from motcua.forwarding.models import Handed
from motcua.forwarding.queries.handed import state_of
from motcua.forwarding.rules.answers import Standing
from motcua.forwarding.rules.manifest import Answered, Manifest
from motcua.forwarding.rules.states import Handing
from motcua.kernel.scope import for_rooms

__all__ = ["carried"]


@for_rooms
def carried(codes: Collection[str]) -> dict[str, CarriedPart]:
    """Return those of ``codes``, our own, that were handed on, by code."""
    rows = list(Handed.objects.filter(code__in=codes).prefetch_related("supplements"))
    names = names_of({row.agency for row in rows}) if rows else {}
    return {
        row.code: CarriedPart(
            code=row.code,
            agency_name=names.get(row.agency, row.agency),
            state=state_of(row),
            due_at=row.due_at if row.taken_at else None,
            filed_at=row.filed_at,
            address=reverse("forwarding:show", kwargs={"code": row.code}),
            result=_result(row),
            answers=_answers(row),
            desk_address=reverse("forwarding:at-desk", args=[row.code]) if row.desk else "",
            claim=row.claim,
            **_fee(row),
        )
        for row in rows
    }


def _fee(row: Handed) -> dict[str, Any]:
    """Return what it costs: by the unit's bills where it told of any, else as it was filed."""
    if row.handing == Handing.REFUSED:
        return {}
    if "steps" not in row.told:
        return {"fee": row.fee, "unpaid": row.fee}
    bills = msgspec.convert(row.told, Standing, strict=False).bills
    owed = [bill for bill in bills if bill.is_owed and state_of(row) in OPEN]
    kwargs = {"code": row.code, "bill": owed[0].id} if owed else None
    return {
        "fee": sum(bill.total for bill in bills if bill in owed or bill.is_paid),
        "unpaid": sum(bill.left for bill in owed),
        "pay_address": reverse("forwarding:pay", kwargs=kwargs) if kwargs else "",
    }


def _result(row: Handed) -> str:
    """Return the file of the result that holds, nothing while the unit has none."""
    if "steps" not in row.told:
        return ""
    told = msgspec.convert(row.told, Standing, strict=False).results
    return next((row.results[x.id] for x in told if x.id in row.results), "")


def _answers(row: Handed) -> dict[str, Any]:
    """Return the answers that were filed, with the corrections that the unit took."""
    answers = dict(msgspec.json.decode(row.manifest, type=Manifest).answers)
    for sent in sorted(row.supplements.all(), key=lambda each: each.pk):
        if sent.handing == Handing.TAKEN:
            answers |= msgspec.json.decode(sent.line, type=Answered).answers
    return answers

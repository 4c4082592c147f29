"""First values of fields, from what an account knows of the person."""

from datetime import date
from typing import Any, Protocol

from motcua.forms.rules.definition import Field, Form, Kind
from motcua.forms.rules.findings import Prefill
from motcua.forms.rules.schema import parts_of
from motcua.kernel.text import N_

FROM_ACCOUNT = N_("From your account")


class Holder(Protocol):
    """What an account knows of the person who signed in."""

    @property
    def name(self) -> str: ...
    @property
    def personal_id(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def sex(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


SOURCES = frozenset(
    f"account.{fact}" for fact in ("name", "personal_id", "birth_date", "phone", "email", "person")
)
"""Where a field's first value may come from; ``account.person`` fills a whole person block."""


def prefilled(form: Form, person: Holder) -> dict[str, Prefill]:
    """
    Return first values for the fields that name a source, each with where it comes from.

    The first row of a group is filled where its columns name sources; other rows are others'.
    """
    made: dict[str, Prefill] = {}
    for field in form.fields:
        value = _value(field, person)
        if field.rows is not None:
            row = {c.id: given for c in field.rows.columns if (given := _value(c, person))}
            value = [row] if row else None
        if value:
            made[field.id] = Prefill(value, FROM_ACCOUNT)
    return made


def _value(field: Field, person: Holder) -> Any:
    born = person.birth_date.isoformat() if person.birth_date else ""
    if field.source == "account.person":
        block = {"name": person.name, "id": person.personal_id, "sex": person.sex}
        parts = ("name",) if field.kind is Kind.SIGNATURE else parts_of(field)
        return {part: fact for part in parts if (fact := (block | {"birth_date": born})[part])}
    return {
        "account.name": person.name,
        "account.personal_id": person.personal_id,
        "account.birth_date": born,
        "account.phone": person.phone,
        "account.email": person.email,
    }.get(field.source)

"""Open agencies, give them offices."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.events import AgencyOpened, OfficeOpened
from motcua.agencies.models import Agency, Office, Unit
from motcua.agencies.queries.agencies import NoSuchAgency, forget_competent
from motcua.agencies.queries.units import NoSuchUnit
from motcua.agencies.rules.access import check_may_administer
from motcua.agencies.rules.electronic_ids import check_electronic_id
from motcua.agencies.rules.levels import Kind, Level
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = ["AgencyExists", "Kind", "Level", "NewAgency", "add_office", "open_agency"]


class AgencyExists(Conflict):
    code = "agency-exists"
    message = N_(
        "The id {agency}, or this place's committee, is taken. Choose another id or place."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgency:
    """
    What there is to say about an agency when it opens.

    ``unit`` is the code of the place it answers for: the commune of a commune's committee, the
    province of a department. Ministries have none.
    """

    id: str
    name: str
    level: Level
    kind: Kind
    opened_on: date
    unit: str | None = None
    parent: str | None = None
    address: str = ""
    phone: str = ""


@one_transaction
def open_agency(new: NewAgency, *, by: Actor, at: datetime) -> None:
    """
    Open an agency; the administrators of its parent may, and the portal's own commands.

    :raises NotYourAgency: for anybody else
    :raises WrongElectronicId: if the id has not the shape of one
    :raises NoSuchAgency: if there is no such parent
    :raises NoSuchUnit: if there is no such unit of that level on the day it opens
    :raises AgencyExists: if the id is taken, or the unit has a committee already
    """
    check_may_administer(new.parent, by=by)
    check_electronic_id(new.id)
    if new.parent is not None and not Agency.objects.filter(pk=new.parent).exists():
        raise NoSuchAgency(agency=new.parent)
    unit = None if new.unit is None else _unit_of(new, new.unit)
    _check_free(new, unit)
    Agency.objects.create(
        id=new.id,
        name=new.name,
        level=new.level,
        kind=new.kind,
        unit=unit,
        parent_id=new.parent,
        address=new.address,
        phone=new.phone,
        opened_on=new.opened_on,
    )
    opened = AgencyOpened(
        subject=new.id,
        title=new.name,
        level=new.level,
        unit=new.unit or "",
        parent=new.parent or "",
    )
    announce(opened, by=by, at=at)
    forget_competent()


@one_transaction
def add_office(
    agency: str,
    name: str,
    *,
    address: str = "",
    phone: str = "",
    one_stop: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """
    Give an agency an office, or say its address anew; told twice it changes nothing.

    :raises NotYourAgency: if ``by`` is not its administrator
    :raises NoSuchAgency: if there is no such agency
    """
    check_may_administer(agency, by=by)
    if not Agency.objects.filter(pk=agency).exists():
        raise NoSuchAgency(agency=agency)
    facts = {"address": address, "phone": phone, "one_stop": one_stop}
    Office.objects.update_or_create(agency_id=agency, name=name, defaults=facts)
    announce(OfficeOpened(subject=agency, title=name, address=address), by=by, at=at)


def _check_free(new: NewAgency, unit: Unit | None) -> None:
    taken = Agency.objects.filter(pk=new.id)
    if new.kind == Kind.COMMITTEE and unit is not None:
        taken |= Agency.objects.filter(unit=unit, kind=Kind.COMMITTEE, closed_on__isnull=True)
    if taken.exists():
        raise AgencyExists(agency=new.id)


def _unit_of(new: NewAgency, code: str) -> Unit:
    unit = Unit.objects.valid_on(new.opened_on).filter(level=new.level, code=code).first()
    if unit is None:
        raise NoSuchUnit(unit=code, day=f"{new.opened_on:%d/%m/%Y}")
    return unit

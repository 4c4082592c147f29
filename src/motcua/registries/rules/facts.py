"""What an answer says of one fact: the value of a form's question, or what stands for a paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.folding import fold
from motcua.registries.rules.answers import Enterprises, Fact, Parcels, TaxAccount
from motcua.registries.rules.persons import Relative

__all__ = ["Shown", "key_of", "path_of", "shown_by", "value_of"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands for a paper: its number in the register, its day, and who or what it is."""

    number: str
    on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a fact stands in a record, its values by kind of question, and what it shows."""

    path: str
    values: Callable[[Any], Mapping[str, Any]]
    shows: Callable[[Any, date], Shown | None] = lambda _told, _on: None


def value_of(fact: str, kind: str, told: Fact) -> Any:
    """
    Return the value that a fact gives a question of a kind; empty where it gives none.

    A place is an `Address`, of a ``choice`` one gets the words by which its option is known.
    """
    reading = _READINGS.get(fact)
    return None if reading is None else reading.values(told).get(kind)


def shown_by(fact: str, told: Fact, *, on: date) -> Shown | None:
    """Return what stands for a paper that proves the fact; nothing where the answer does not."""
    reading = _READINGS.get(fact)
    return None if reading is None else reading.shows(told, on)


def path_of(fact: str) -> str:
    """Return where in the record a fact stands, empty where it cannot be pointed at."""
    return _READINGS[fact].path if fact in _READINGS else ""


def key_of(told: Fact) -> str:
    """Return the key of the record that an answer came from, as its register knows it."""
    if isinstance(told, Parcels):
        first = told.parcels[0]
        return f"{first.unit}-{first.sheet}-{first.number}"
    if isinstance(told, Enterprises):
        return told.enterprises[0].tax_code
    return told.tax_code if isinstance(told, TaxAccount) else str(getattr(told, "id", ""))


def _worded(text: str, *same: str) -> dict[str, Any]:
    return {"text": text, "choice": (text, *same)} if text else {}


def _nationality(told: Any) -> dict[str, Any]:
    ours = told.nationality == "VN"
    return _worded("Việt Nam", "VN", "vietnamese") if ours else _worded(told.nationality)


def _person(told: Any) -> dict[str, Any]:
    name, born = str(told.name), told.birth_date.isoformat()
    whole = {"name": name, "id": told.id, "birth_date": born, "sex": told.sex}
    return {"text": name, "person": whole}


def _relative(of: str) -> _Reading:
    def read(told: Any) -> dict[str, Any]:
        found: Relative | None = getattr(told, of)
        if found is None:
            return {}
        born = found.birth_date.isoformat() if found.birth_date else ""
        whole = {"name": found.name, "id": found.id, "birth_date": born}
        return {"text": found.name, "date": born, "person": whole}

    return _Reading(f"{of}.name", read)


def _only(held: tuple[Any, ...]) -> Any:
    """Return the one there is; of several nobody knows which is meant."""
    return held[0] if len(held) == 1 else None


def _firm(told: Any) -> dict[str, Any]:
    one = _only(told.enterprises)
    if one is None:
        return {}
    known = {"tax_code": one.tax_code, "name": one.name}
    return {"text": one.name, "enterprise": known, "address": one.address}


def _firm_shown(told: Any, _on: date) -> Shown | None:
    one = _only(told.enterprises)
    alive = one is not None and one.state == "active"
    return Shown(one.tax_code, one.registered_on, one.name) if alive else None


def _parcel(told: Any) -> dict[str, Any]:
    one = _only(told.parcels)
    return {} if one is None else {"text": one.certificate}


def _parcel_shown(told: Any, _on: date) -> Shown | None:
    one = _only(told.parcels)
    if one is None or not one.certificate:
        return None
    return Shown(one.certificate, one.certified_on, f"{one.sheet}/{one.number}, {one.address}")


def _residence_shown(told: Any, _on: date) -> Shown | None:
    return Shown(told.household, text=told.permanent.detail) if told.permanent.unit else None


def _birth_shown(told: Any, _on: date) -> Shown | None:
    return Shown(told.birth.number, told.birth.on, str(told.name)) if told.birth.number else None


def _marriage_shown(told: Any, _on: date) -> Shown | None:
    """Show a marriage that is registered; that somebody is not married is no marriage paper."""
    if told.marriage != "married" or told.married is None or told.spouse is None:
        return None
    return Shown(told.married.number, told.married.on, f"{told.name}, {told.spouse.name}")


def _card_shown(told: Any, on: date) -> Shown | None:
    ended = told.card_expires_on is not None and told.card_expires_on < on
    held = told.card_number and not ended
    return Shown(told.card_number, told.card_issued_on, str(told.name)) if held else None


def _health_shown(told: Any, on: date) -> Shown | None:
    valid = told.valid_from <= on <= told.valid_to
    return Shown(told.number, told.valid_from, told.clinic) if valid else None


def _ethnicity_shown(told: Any, _on: date) -> Shown | None:
    """Show that somebody is of a minority: only minorities are asked for a paper about it."""
    minority = told.ethnicity and fold(told.ethnicity) != "kinh"
    return Shown(told.id, text=told.ethnicity) if minority else None


_READINGS: Mapping[str, _Reading] = {
    "population.name": _Reading("name.given", _person),
    "population.birth_date": _Reading("birth_date", lambda x: {"date": x.birth_date.isoformat()}),
    "population.sex": _Reading("sex", lambda x: _worded(x.sex)),
    "population.nationality": _Reading("nationality", _nationality),
    "population.ethnicity": _Reading("ethnicity", lambda x: _worded(x.ethnicity), _ethnicity_shown),
    "population.marriage": _Reading("marriage", lambda x: _worded(x.marriage), _marriage_shown),
    "population.birth": _Reading(
        "birth.number",
        lambda x: {"text": x.birth.number, "date": x.birth.on.isoformat()},
        _birth_shown,
    ),
    "population.birth_place": _Reading(
        "birth_place.detail", lambda x: {"text": x.birth_place, "address": x.birth_place}
    ),
    "population.father": _relative("father"),
    "population.mother": _relative("mother"),
    "population.spouse": _relative("spouse"),
    "population.id_card": _Reading("card_number", lambda x: {"text": x.card_number}, _card_shown),
    "population.residence": _Reading(
        "residence.detail", lambda x: {"address": x.permanent}, _residence_shown
    ),
    "land.certificate": _Reading("certificate", _parcel, _parcel_shown),
    "land.parcel": _Reading("number", lambda _: {}, _parcel_shown),
    "enterprise.registration": _Reading("name", _firm, _firm_shown),
    "insurance.participation": _Reading("number", lambda x: {"text": x.number}),
    "insurance.card": _Reading("cards.1.number", lambda x: {"text": x.number}, _health_shown),
    "finance.tax_code": _Reading("tax_code", lambda x: {"text": x.tax_code}),
}

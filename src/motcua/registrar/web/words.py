"""Fields of records in words people read."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.agencies.queries.branches import ENDED_ON, branch_named
from motcua.agencies.queries.countries import country_named
from motcua.agencies.queries.units import Place, places_on
from motcua.kernel.text import N_

LABELS = {
    "id": N_("Personal identification number"),
    "name": N_("Name"),
    "family": N_("Family name"),
    "middle": N_("Middle name"),
    "given": N_("Given name"),
    "sex": N_("Sex"),
    "birth_date": N_("Date of birth"),
    "birth_place": N_("Place of birth registration"),
    "birth": N_("Birth certificate"),
    "native_place": N_("Native place"),
    "ethnicity": N_("Ethnic group"),
    "religion": N_("Religion"),
    "nationality": N_("Nationality"),
    "marriage": N_("Marital status"),
    "married": N_("Marriage certificate"),
    "residence": N_("Permanent residence"),
    "current": N_("Where they stay now"),
    "household": N_("Household"),
    "father": N_("Father"),
    "mother": N_("Mother"),
    "spouse": N_("Spouse"),
    "kin": N_("Kinship"),
    "card_number": N_("Identity card"),
    "card_issued_on": N_("Card issued on"),
    "card_expires_on": N_("Card valid until"),
    "old_id": N_("Old identity card"),
    "blood": N_("Blood group"),
    "died": N_("Death certificate"),
    "unit": N_("Commune and province"),
    "detail": N_("House and street"),
    "country": N_("Country"),
    "number": N_("Number"),
    "on": N_("Registered on"),
    "sheet": N_("Map sheet"),
    "area": N_("Area, in tenths of a square metre"),
    "use": N_("Land use"),
    "address": N_("Address"),
    "owners": N_("Holder"),
    "share": N_("Share, %"),
    "certificate": N_("Certificate of land-use rights"),
    "certified_on": N_("Certified on"),
    "until": N_("Until"),
    "burden": N_("Burden"),
    "tax_code": N_("Tax code"),
    "short_name": N_("Abbreviated name"),
    "kind": N_("Kind"),
    "state": N_("State"),
    "registered_on": N_("Registered on"),
    "capital": N_("Capital, dong"),
    "business": N_("Line of business"),
    "representatives": N_("Legal representative"),
    "title": N_("Title"),
    "holder": N_("Taxpayer"),
    "opened_on": N_("Opened on"),
    "office": N_("Tax office"),
    "year": N_("Year"),
    "paid": N_("Paid in the year, dong"),
    "debts": N_("Debt"),
    "period": N_("Tax period"),
    "due_on": N_("Due on"),
    "amount": N_("Amount, dong"),
    "budget_unit": N_("Budget unit"),
    "since": N_("Member since"),
    "employer": N_("Employer"),
    "cards": N_("Health-insurance card"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid until"),
    "clinic": N_("First place of treatment"),
    "periods": N_("Months paid"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "wage": N_("Monthly wage, dong"),
}
VALUES = {
    "male": N_("Male"),
    "female": N_("Female"),
    "single": N_("Single"),
    "married": N_("Married"),
    "divorced": N_("Divorced"),
    "widowed": N_("Widowed"),
    "father": N_("Father"),
    "mother": N_("Mother"),
    "spouse": N_("Spouse"),
    "active": N_("Active"),
    "suspended": N_("Suspended"),
    "dissolved": N_("Dissolved"),
    "closed": N_("Closed"),
    "paying": N_("Paying"),
    "paused": N_("Paused"),
    "retired": N_("Retired"),
    "llc1": N_("Limited company with one member"),
    "llc2": N_("Limited company with two members or more"),
    "joint-stock": N_("Joint-stock company"),
    "private": N_("Private enterprise"),
    "partnership": N_("Partnership"),
    "household": N_("Household business"),
}
PLACE, BRANCH = "unit", "business"
_CODE = re.compile(r"[0-9]{2}|[0-9]{5}", re.ASCII)
_WRITTEN_ON = {
    "birth_place": "birth_date",
    "native_place": "birth_date",
    "birth": "birth.on",
    "married": "married.on",
    "died": "died.on",
}
"""Places written down once, and the day they were: their codes are those of that day."""
CODED = frozenset({"sex", "marriage", "kin", "state", "kind"})
"""Fields whose values are codes of ours."""


def label(path: str) -> str:
    """Return the words for a field, by its path: ``residence.detail``, ``owners.2.name``."""
    parts = [_(LABELS[part]) if part in LABELS else part for part in path.split(".")]
    return " · ".join(parts)


def is_place(path: str) -> bool:
    """Tell whether a field holds the code of a commune."""
    return path.rpartition(".")[2] == PLACE


def is_country(path: str) -> bool:
    """Tell whether a field holds the two letters of a country."""
    return path.rpartition(".")[2] in {"nationality", "country"}


def is_branch(path: str) -> bool:
    """Tell whether a field holds the code of a line of business."""
    return path.partition(".")[0] == BRANCH


def in_words(facts: Iterable[tuple[str, str]], *, on: date) -> list[str]:
    """
    Return values as people read them, each of them for its path; at most three statements.

    :param on: the day whose codes they are, where they were not written down on another one
    """
    known = dict(facts := tuple(facts))
    written = {
        path: (known[path], _written_on(path, known, on)) for path in known if is_place(path)
    }
    places = places_on(set(written.values())) if written else {}
    return [
        _place_said(value, places.get(written[path]))
        if is_place(path)
        else _branch_said(value, known)
        if is_branch(path)
        else said(path, value)
        for path, value in facts
    ]


def _written_on(path: str, known: Mapping[str, str], on: date) -> date:
    told = known.get(_WRITTEN_ON.get(path.rpartition(".")[0], ""), "")
    try:
        return date.fromisoformat(told)
    except ValueError:
        return on


def _place_said(code: str, place: Place | None) -> str:
    if place is None:
        unknown = _("%(code)s (a code of no place)")
        return unknown % {"code": code} if _CODE.fullmatch(code) else code
    facts = {"name": place.name, "code": code}
    if place.until is not None:
        last = date_format(place.until - timedelta(days=1), "d/m/Y")
        return _("%(name)s (%(code)s, until %(day)s)") % {**facts, "day": last}
    if place.since is not None:
        first = date_format(place.since, "d/m/Y")
        return _("%(name)s (%(code)s, since %(day)s)") % {**facts, "day": first}
    return f"{place.name} ({code})"


def _branch_said(code: str, known: Mapping[str, str]) -> str:
    """Return a line of business by its branch's name, where its code is one of the list we have."""
    name = branch_named(code, get_language() or "vi")
    if not name:
        return code
    if known.get("registered_on", "") >= ENDED_ON.isoformat():
        return _("%(code)s (a code of Decision 36/2025/QĐ-TTg)") % {"code": code}
    return f"{name} ({code})"


def said(path: str, value: str) -> str:
    """Return any other value as people read it: codes as words, days as they are written here."""
    last = path.rpartition(".")[2]
    if is_country(path):
        return country_named(value, get_language() or "vi") or value
    if last in CODED and value in VALUES:
        return _(VALUES[value])
    try:
        return date_format(date.fromisoformat(value), "d/m/Y") if len(value) == 10 else value
    except ValueError:
        return value

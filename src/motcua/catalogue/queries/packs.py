"""
Service packs and their forms, for rooms above.

A pack is an immutable value, so the questions about one are plain functions of it: see
`motcua.catalogue.rules` for what each answers. Only what names administrative units asks the
database.
"""

from datetime import date
from functools import lru_cache
from typing import ClassVar

from motcua.backbone.remembered import Remembered
from motcua.catalogue.models.packs import PackVersion
from motcua.catalogue.queries.forms import problem_text, result_values, summary_of
from motcua.catalogue.rules.fees import fees_for, limit_for, papers_for, total_of, unit_of
from motcua.catalogue.rules.forms import FeeLine, PaperAsked, Prefill, Problem, SummarySection
from motcua.catalogue.rules.forms_cleaning import SHOWN, clean
from motcua.catalogue.rules.forms_problems import problems_in
from motcua.catalogue.rules.forms_schema import answers_schema
from motcua.catalogue.rules.forms_summary import (
    prefilled,
)
from motcua.catalogue.rules.packs import Answers, Channel, Pack, PaperForm, Words
from motcua.catalogue.rules.packs_conditions import seen, visible_fields, visible_steps
from motcua.catalogue.rules.packs_definition import pack_from
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import public
from motcua.kernel.text import N_

__all__ = [
    "SHOWN",
    "Answers",
    "Channel",
    "FeeLine",
    "NoSuchPack",
    "Pack",
    "PaperAsked",
    "PaperForm",
    "Prefill",
    "Problem",
    "SummarySection",
    "Words",
    "answers_schema",
    "clean",
    "codes_online",
    "fees_for",
    "forget_newest",
    "limit_for",
    "pack",
    "pack_for",
    "papers_for",
    "prefilled",
    "problem_text",
    "problems_in",
    "result_values",
    "seen",
    "summary_of",
    "total_of",
    "unit_of",
    "visible_fields",
    "visible_steps",
]


class NoSuchPack(NotFound):
    """No version of a pack has this id."""

    code: ClassVar[str] = "catalogue.no-such-pack"
    message: ClassVar[str] = N_("There is no service pack {version}. Check its number.")


_newest: Remembered[tuple[str, date], str] = Remembered(seconds=5)


@public
def pack(version_id: str) -> Pack:
    """
    Return a version of a pack, kept in this process once read.

    :raises NoSuchPack: if there is none
    """
    return _kept(version_id)


@lru_cache(maxsize=512)
def _kept(version_id: str) -> Pack:
    document = (
        PackVersion.objects.filter(id=version_id).values_list("definition", flat=True).first()
    )
    if document is None:
        raise NoSuchPack(version=version_id)
    return pack_from(document, version=version_id)


@public
def pack_for(procedure_code: str, *, on: date) -> Pack | None:
    """
    Return the newest version of a procedure's pack valid ``on`` a day, or None.

    Which one that is is remembered for five seconds, so that filing need not ask each time.
    """
    versions = PackVersion.objects.filter(code=procedure_code).valid_on(on).newest_first()
    ids = versions.values_list("id", flat=True)
    version = _newest.get((procedure_code, on), ids.first)
    return pack(version) if version else None


@public
def forget_newest() -> None:
    """Ask again which versions are the newest: this process has loaded one."""
    _newest.forget()


@public
def codes_online(*, on: date) -> frozenset[str]:
    """Return the codes of the procedures that can be filed online ``on`` a day."""
    online = PackVersion.objects.valid_on(on).filter(
        definition__procedure__channels__contains="online"
    )
    return frozenset(online.values_list("code", flat=True).distinct())

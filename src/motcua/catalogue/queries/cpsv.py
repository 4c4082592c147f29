"""The catalogue for other machines: one service or all of them, in the words of CPSV-AP."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import islice

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Count, Max, OuterRef, QuerySet

from motcua import __version__
from motcua.agencies.queries.calendars import usual_calendar
from motcua.catalogue.models.procedures import Version
from motcua.catalogue.queries.cpsv_packs import told_by
from motcua.catalogue.queries.cpsv_places import Provinces, place_of
from motcua.catalogue.queries.procedures import NoSuchProcedure, Procedure
from motcua.catalogue.rules.cpsv.addresses import Addresses
from motcua.catalogue.rules.cpsv.from_readings import service_from
from motcua.catalogue.rules.cpsv.graph import described
from motcua.catalogue.rules.cpsv.schema_org import government_service
from motcua.catalogue.rules.cpsv.services import Place, Service
from motcua.catalogue.rules.cpsv.writing import Format, written
from motcua.catalogue.rules.demo import in_our_words
from motcua.catalogue.rules.readings import from_json
from motcua.kernel.scope import public
from motcua.packs.queries.packs import Pack, pack, version_for

__all__ = ["Format", "catalogue_as", "mark_of", "schema_org", "service", "service_as", "services"]

A_BATCH = 200
"""Procedures read by one statement; a reading takes some 20 kB."""
A_PIECE = 300
"""Nodes sent at once."""


@public
def service(code: str, *, on: date) -> Service:
    """
    Return a procedure as others may read it, told by its pack of that day where it has one.

    :raises NoSuchProcedure: if there is none
    """
    row = _rows(on).filter(procedure=code).first()
    if row is None:
        raise NoSuchProcedure(procedure=code[:60])
    return _told(row, place_of(code))


@public
def services(*, on: date) -> Iterator[Service]:
    """Yield every procedure by its code, in keyset batches: a statement for each two hundred."""
    provinces = Provinces()
    after, more = "", True
    while more:
        batch = list(_rows(on).filter(procedure__gt=after).order_by("procedure")[:A_BATCH])
        yield from (_told(row, provinces.place_of(row.procedure_id)) for row in batch)
        more = len(batch) == A_BATCH
        after = batch[-1].procedure_id if batch else ""


@public
def service_as(form: Format, code: str, *, base: str, on: date) -> str:
    """
    Return one procedure as RDF, with all that it points at; ``base`` is the portal's address.

    :raises NoSuchProcedure: if there is none
    """
    nodes = described([service(code, on=on)], Addresses(base), usual_calendar())
    return "".join(written(nodes, form))


@public
def catalogue_as(form: Format, *, base: str, on: date) -> Iterator[str]:
    """Yield the whole catalogue as RDF in pieces of about a hundred kilobytes."""
    nodes = described(services(on=on), Addresses(base), usual_calendar())
    pieces = written(nodes, form)
    while piece := "".join(islice(pieces, A_PIECE)):
        yield piece


@public
def schema_org(found: Procedure, own: Pack | None, *, base: str, language: str) -> str:
    """Return a procedure as a schema.org GovernmentService, as JSON that is safe in a page."""
    place = place_of(found.reading.code)
    told = service_from(found.reading, since=found.valid_from, place=place)
    told = told_by(own, told) if own else told
    return government_service(told, Addresses(base), language=language)


@public
def mark_of(*, base: str, on: date) -> str:
    """Return what changes whenever the export of the catalogue does, in two statements."""
    known = _rows(on).aggregate(
        last=Max("id"),
        count=Count("id"),
        packs=StringAgg("pack_version", ",", order_by="pack_version"),
    )
    said = (__version__, base, repr(Provinces()), *map(str, known.values()))
    return sha256("\n".join(said).encode()).hexdigest()[:32]


def _rows(on: date) -> QuerySet[Version]:
    rows = Version.objects.filter(valid_to=None).defer("original")
    return rows.annotate(pack_version=version_for(OuterRef("procedure_id"), on=on))


def _told(row: Version, place: Place | None) -> Service:
    reading = in_our_words(from_json(row.reading))
    told = service_from(reading, since=row.valid_from, place=place)
    version: str | None = getattr(row, "pack_version", None)
    return told_by(pack(version), told) if version else told

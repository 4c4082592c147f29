"""The facts the package carries: units through time, electronic ids, decisions on days off."""

import gzip
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import NamedTuple

from motcua.agencies.rules.national import Decision

_FOLDER = files("motcua.agencies") / "reference"


class UnitRow(NamedTuple):
    """One line of ``units.tsv.gz``, dates in ISO form or empty."""

    level: str
    code: str
    parent: str
    kind: str
    name: str
    valid_from: str
    valid_to: str


class IdRow(NamedTuple):
    """One line of ``electronic_ids.tsv``; ``verified`` is ``1`` when a document was seen."""

    code: str
    name: str
    verified: str


def units() -> Iterator[UnitRow]:
    """Yield every administrative unit of every period."""
    packed = (_FOLDER / "units.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode().splitlines():
        yield UnitRow(*line.split("\t"))


def electronic_ids() -> Iterator[IdRow]:
    """Yield the first-level electronic ids of Decision 20/2020/QĐ-TTg."""
    for line in (_FOLDER / "electronic_ids.tsv").read_text("utf-8").splitlines():
        yield IdRow(*line.split("\t"))


class CountryRow(NamedTuple):
    """One line of ``countries.tsv``: two letters of ISO 3166-1, past ones too, and the names."""

    code: str
    vi: str
    en: str


def countries() -> Iterator[CountryRow]:
    """Yield every country with its names in the Unicode CLDR."""
    for line in (_FOLDER / "countries.tsv").read_text("utf-8").splitlines():
        yield CountryRow(*line.split("\t"))


class BranchRow(NamedTuple):
    """One line of ``branches.tsv``: two digits of a branch of the economy, and its names."""

    code: str
    vi: str
    en: str


def branches() -> Iterator[BranchRow]:
    """Yield the 88 branches of the second level of Decision 27/2018/QĐ-TTg."""
    for line in (_FOLDER / "branches.tsv").read_text("utf-8").splitlines():
        yield BranchRow(*line.split("\t"))


def decisions() -> Iterator[Decision]:
    """Yield the swaps of working days that the ``holidays`` library does not know."""
    for line in (_FOLDER / "day_swaps.tsv").read_text("utf-8").splitlines():
        off, worked, source = line.split("\t")
        yield Decision(date.fromisoformat(off), date.fromisoformat(worked), source)

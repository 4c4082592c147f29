"""The plain values a description is made of, and the names CPSV-AP uses for its terms."""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.catalogue.rules.cpsv.services import Told

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority"
UNIT_TYPE = "http://data.europa.eu/88u/dataset/atu-type"
"""The class CPSV-AP 3.2 gives to an administrative territorial unit; it has no short name."""

VIET_NAM = f"{AUTHORITY}/country/VNM"
DONG = f"{AUTHORITY}/currency/VND"
LANGUAGES = {"vi": f"{AUTHORITY}/language/VIE", "en": f"{AUTHORITY}/language/ENG"}
IN_FORCE = "http://purl.org/adms/status/Completed"


@dataclass(frozen=True, slots=True)
class Ref:
    """Another thing, by its address."""

    iri: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language, a value of a datatype, or, with neither, a plain string."""

    value: str
    language: str = ""
    datatype: str = ""


Value = Ref | Text


@dataclass(frozen=True, slots=True)
class Node:
    """One thing: its address, its classes, and what is said of it as (property, value)."""

    iri: str
    types: tuple[str, ...]
    said: tuple[tuple[str, Value], ...] = ()


def texts(name: str, told: Told) -> list[tuple[str, Value]]:
    """Say ``told`` in the languages it has."""
    return [(name, Text(text, language)) for text, language in told.both()]


def refs(name: str, iris: Iterable[str]) -> list[tuple[str, Value]]:
    """Point at other things, at each once."""
    return [(name, Ref(iri)) for iri in dict.fromkeys(iris)]

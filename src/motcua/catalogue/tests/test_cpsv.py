"""What other machines read of the catalogue keeps to CPSV-AP 3.2, whatever a record says."""

import gzip
import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from pyshacl import validate
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from motcua.agencies.operations.agencies import NewAgency, open_agency
from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.operations.importing import import_procedures
from motcua.catalogue.queries import cpsv
from motcua.catalogue.queries.cpsv import Format, catalogue_as, mark_of, service_as
from motcua.catalogue.queries.procedures import NoSuchProcedure
from motcua.catalogue.rules.sources import records_in
from motcua.catalogue.tests.cpsv_shapes import iri, shapes
from motcua.catalogue.tests.records import HEAD, portal_record, stream
from motcua.kernel.actors import Actor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
"""rdflib's own reader of JSON-LD still uses what rdflib calls old."""

BASE = "https://dvc.example.vn"
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NEW_MAP = date(2025, 7, 1)
BY = Actor.system("test")
PUBLISHED = Path(__file__).parents[4].parent / "shared/data/catalogue/portal_records.jsonl.gz"
HOSTILE = (
    "A \"b' \\ \n\t </script><script>alert(1)</script> \u202egnp.exe\u2066 \x7f @vi . <x> \u2028"
)


@pytest.fixture
def demo(publish_shipped):
    load_demo_catalogue(by=BY, at=NOON)
    publish_shipped(by=BY, at=NOON)


def read(text, form):
    graph = Graph()
    graph.parse(data=text, format="turtle" if form is Format.TURTLE else "json-ld")
    return graph


def whole(form=Format.TURTLE):
    return read("".join(catalogue_as(form, base=BASE, on=TODAY)), form)


def one(code, form=Format.TURTLE):
    return read(service_as(form, code, base=BASE, on=TODAY), form)


def service(code):
    return URIRef(f"{BASE}/thu-tuc/{code}/#service")


def words(graph, code, name, language="vi"):
    found = graph.objects(service(code), iri(name))
    return {str(each) for each in found if each.language == language}


def flaws(graph):
    conforms, _report, text = validate(graph, shacl_graph=shapes())
    return "" if conforms else text


def test_every_procedure_of_the_demo_catalogue_keeps_to_the_profile(demo):
    graph = whole()
    assert flaws(graph) == ""
    assert len(set(graph.subjects(RDF.type, iri("cpsv:PublicService")))) > 20


def test_every_sampled_procedure_of_the_published_catalogue_keeps_to_the_profile(db):
    if not PUBLISHED.exists():
        pytest.skip(f"{PUBLISHED} is not here")
    with gzip.open(PUBLISHED) as lines:
        sample = b"".join(line for n, line in enumerate(lines) if n % 8 == 0)
    import_procedures(records_in(BytesIO(sample)), source="sample", by=BY, at=NOON)
    graph = whole()
    assert flaws(graph) == ""
    assert len(set(graph.subjects(RDF.type, iri("cpsv:PublicService")))) > 250


@pytest.mark.parametrize(
    "gone",
    ["dct:title", "dct:description", "dct:identifier", "cv:hasCompetentAuthority"],
)
def test_a_description_without_what_the_profile_demands_is_caught(demo, gone):
    graph = one("1.001193")
    assert flaws(graph) == ""
    graph.remove((service("1.001193"), iri(gone), None))
    assert "Conforms: False" in flaws(graph)


def test_a_thing_of_another_class_is_caught(demo):
    graph = one("1.001193")
    cost = next(graph.objects(service("1.001193"), iri("cv:hasCost")))
    graph.remove((cost, RDF.type, None))
    assert "Conforms: False" in flaws(graph)


def test_both_forms_hold_the_same_graph(demo):
    assert isomorphic(whole(Format.TURTLE), whole(Format.JSONLD))
    for code in ("1.001193", "1.010038"):
        assert isomorphic(one(code, Format.TURTLE), one(code, Format.JSONLD))


def test_one_procedure_says_what_the_whole_catalogue_says_of_it(demo):
    assert set(one("1.001193")) <= set(whole())


def test_a_pack_tells_cases_fees_papers_and_results(demo):
    graph = one("1.001193")
    birth = service("1.001193")
    assert words(graph, "1.001193", "dct:description", "en") == {
        "A parent registers a child's birth within 60 days."
    }
    (cost,) = graph.objects(birth, iri("cv:hasCost"))
    assert float(graph.value(cost, iri("cv:hasValue"))) == 8000
    assert str(graph.value(cost, iri("cv:currency"))).endswith("/currency/VND")
    papers = set(graph.objects(birth, iri("cpsv:hasInput")))
    assert URIRef(f"{BASE}/thu-tuc/1.001193/#paper-birth_certificate") in papers
    (result,) = graph.objects(birth, iri("cpsv:produces"))
    assert graph.value(result, iri("skos:notation")) == Literal("KQ.G15.000031")
    assert len(set(graph.objects(birth, iri("cv:hasChannel")))) == 3
    assert "/nop/1.001193/" in {str(o).removeprefix(BASE) for o in graph.objects()}
    events = set(graph.objects(birth, iri("cv:isGroupedBy")))
    assert events == {URIRef(f"{BASE}/tim-kiem/#event-sinh-con")}


def test_a_record_tells_its_channels_limits_fees_cases_and_laws(db):
    rows = HEAD + "Trực tuyến5 Ngày làm việc2,000,000 Việt Nam ĐồngTrực tiếp30 NgàyMiễn phí"
    record = portal_record(code="9.000002", cach_thuc_thuc_hien=rows)
    import_procedures(records_in(stream(record)), source="s", by=BY, at=NOON)
    graph = one("9.000002")
    assert flaws(graph) == ""
    online = URIRef(f"{BASE}/thu-tuc/9.000002/#way-online")
    assert str(graph.value(online, iri("cv:processingTime"))) == "P7D"
    assert Literal("Thời hạn giải quyết: 5 ngày làm việc.", "vi") in set(
        graph.objects(online, iri("dct:description"))
    )
    sums = {
        (float(graph.value(c, iri("cv:hasValue"))), graph.value(c, iri("cv:ifAccessedThrough")))
        for c in graph.objects(service("9.000002"), iri("cv:hasCost"))
    }
    counter = URIRef(f"{BASE}/thu-tuc/9.000002/#way-counter")
    assert sums == {(2_000_000, online), (0, counter)}
    assert graph.value(counter, iri("cv:openingHours")) is not None
    assert URIRef(f"{BASE}/tim-kiem/#law-60-2014-qh13") in set(
        graph.objects(service("9.000002"), iri("cv:hasLegalResource"))
    )


@pytest.mark.parametrize("form", Format)
def test_hostile_words_stay_words(db, form):
    record = json.dumps(portal_record(ten_thu_tuc=HOSTILE, linh_vuc=HOSTILE, code="9.000003"))
    import_procedures(records_in(BytesIO(record.encode())), source="s", by=BY, at=NOON)
    text = service_as(form, "9.000003", base=BASE, on=TODAY)
    assert "\u202e" not in text
    graph = read(text, form)
    assert flaws(graph) == ""
    (title,) = words(graph, "9.000003", "dct:title")
    assert "</script><script>alert(1)</script>" in title
    assert isomorphic(graph, one("9.000003", Format.TURTLE))


def test_one_procedure_costs_one_statement(demo, django_assert_num_queries):
    one("1.001193")
    with django_assert_num_queries(1):
        service_as(Format.TURTLE, "1.001193", base=BASE, on=TODAY)


def test_the_whole_catalogue_costs_a_statement_for_each_batch(
    demo, django_assert_num_queries, monkeypatch
):
    count = len(set(whole().subjects(RDF.type, iri("cpsv:PublicService"))))
    monkeypatch.setattr(cpsv, "A_BATCH", 10)
    with django_assert_num_queries(count // 10 + 1):
        found = whole()
    assert len(set(found.subjects(RDF.type, iri("cpsv:PublicService")))) == count


def test_the_mark_changes_with_the_catalogue_and_costs_two_statements(
    demo, django_assert_num_queries
):
    with django_assert_num_queries(2):
        before = mark_of(base=BASE, on=TODAY)
    assert mark_of(base=BASE, on=TODAY) == before
    assert mark_of(base="https://other.vn", on=TODAY) != before
    import_procedures(
        records_in(stream(portal_record(code="9.000004"))), source="s", by=BY, at=NOON
    )
    assert mark_of(base=BASE, on=TODAY) != before


def test_an_unknown_procedure_is_refused(demo):
    with pytest.raises(NoSuchProcedure):
        one("0.000000")


@pytest.mark.parametrize("known_as", ["H26", "000.00.00.H26"])
def test_a_province_s_own_copy_names_its_agency_its_area_and_its_phone(
    db, django_assert_num_queries, known_as
):
    apps.get_model("agencies", "Unit").objects.create(
        level="province", code="01", kind="thành phố", name="Hà Nội", valid_from=NEW_MAP
    )
    city = NewAgency(
        id=known_as,
        name="Ủy ban nhân dân thành phố Hà Nội",
        level="province",
        kind="committee",
        opened_on=NEW_MAP,
        unit="01",
        phone="024 3825 3536",
    )
    open_agency(city, by=BY, at=NOON)
    copies = stream(portal_record(code="9.000005.H26"), portal_record(code="9.000005.H99"))
    import_procedures(records_in(copies), source="s", by=BY, at=NOON)
    with django_assert_num_queries(2):
        text = "".join(catalogue_as(Format.TURTLE, base=BASE, on=TODAY))
    graph = read(text, Format.TURTLE)
    assert flaws(graph) == ""
    own, others = service("9.000005.H26"), service("9.000005.H99")
    area = graph.value(own, iri("dct:spatial"))
    assert str(graph.value(area, iri("skos:prefLabel"))) == "Hà Nội"
    assert graph.value(others, iri("dct:spatial")) != area
    agency = graph.value(own, iri("cv:hasCompetentAuthority"))
    assert str(graph.value(agency, iri("skos:prefLabel"))) == "Ủy ban nhân dân thành phố Hà Nội"
    contact = graph.value(own, iri("cv:contactPoint"))
    assert str(graph.value(contact, iri("cv:telephone"))) == "024 3825 3536"
    assert set(one("9.000005.H26")) <= set(graph)
    assert set(one("9.000005.H99")) <= set(graph)

"""A record becomes a pack that loads, in which nothing is wrong but what is left to do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.queries.site_map import parts
from motcua.kernel.actors import Actor
from motcua.packs.queries.files import files_from, pack_in
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import findings_in, findings_in_text
from motcua.studio.queries.beginnings import files_of_record, from_catalogue
from motcua.studio.rules.from_record import document_from
from motcua.studio.rules.record import Numbered, Record, Row, Sheet, Situation, clean, id_of
from motcua.studio.tests.samples import NOON

REAL = Path(__file__).parents[4].parent / "shared/data/catalogue/portal_records.jsonl.gz"
DAY = date(2026, 12, 1)
SYSTEM = Actor.system("tests")


def rules_broken(files):
    """Return what lint finds in the text of files, but for what is left to do."""
    return {each.flaw.rule for each in findings_in_text(read_files(files))} - {"todo"}


@pytest.mark.django_db
def test_every_demo_record_becomes_a_pack_with_nothing_wrong_but_work_left():
    load_demo_catalogue(by=SYSTEM, at=NOON)
    codes = parts(1)
    assert len(codes) > 50
    for code in codes:
        files = from_catalogue(code, on=DAY).files
        assert rules_broken(files) == set(), code
    for code in codes[::6]:
        found = findings_in(read_files(from_catalogue(code, on=DAY).files))
        assert {each.flaw.rule for each in found} == {"todo"}, code


@pytest.mark.slow
@pytest.mark.django_db
def test_every_published_record_does_too():
    if not REAL.exists():
        pytest.skip("the published catalogue is not here")
    call_command("import_catalogue", str(REAL))
    codes = parts(1)
    assert len(codes) > 2000
    for code in codes:
        assert rules_broken(from_catalogue(code, on=DAY).files) == set(), code


texts = st.text(max_size=60)
rows = st.builds(
    Row,
    way=st.sampled_from(["online", "counter", "post", "horse"]),
    amount=st.none() | st.decimals(min_value=-2, max_value=200_000, places=3),
    unit=st.sampled_from([None, "days", "working_days", "months", "same_day", "moons"]),
    limit_text=texts,
    cost=st.sampled_from(["free", "amount", "depends", "unknown"]),
    fees=st.lists(st.integers(-5, 10**13), max_size=3).map(tuple),
    fee_text=texts,
)
sheets = st.builds(
    Sheet,
    name=texts,
    originals=st.none() | st.integers(0, 90),
    copies=st.none() | st.integers(0, 90),
    form=texts,
)
situations = st.builds(Situation, name=texts, papers=st.lists(sheets, max_size=4).map(tuple))
numbered = st.builds(Numbered, name=texts, number=texts)
records = st.builds(
    Record,
    code=st.just("1.000001") | texts,
    title=texts,
    field=texts,
    levels=st.lists(
        st.sampled_from(["ministry", "province", "commune", "district", "other"]), max_size=3
    ).map(tuple),
    applicants=st.lists(
        texts | st.sampled_from(["Doanh nghiệp", "Công dân Việt Nam", "Cơ quan", "Tổ chức khác"])
    ).map(tuple),
    channels=st.lists(rows, max_size=4).map(tuple),
    cases=st.lists(situations, max_size=4).map(tuple),
    steps=st.lists(texts, max_size=3).map(tuple),
    conditions=texts,
    results=st.lists(numbered, max_size=3).map(tuple),
    laws=st.lists(numbered, max_size=3).map(tuple),
)


@settings(max_examples=150)
@given(records)
def test_whatever_a_record_says_the_pack_loads_and_only_work_is_left(record):
    assert rules_broken(files_of_record(record, on=DAY)) == set()


@given(records)
def test_the_files_say_what_the_document_says(record):
    document = document_from(record, on=DAY)
    read = read_files(files_from(document))
    assert read.flaws == ()
    assert read.document == document
    assert pack_in(read.document).unit_field == "office"


def test_very_many_cases_and_papers_are_cut_and_it_is_said():
    many = tuple(
        Situation(f"Trường hợp {n}", (Sheet(f"Giấy {n}a", 1, 0), Sheet(f"Giấy {n}b", 0, 2)))
        for n in range(60)
    )
    record = Record("1.000001", "Cấp thẻ", "Thẻ", ("commune",), cases=many)
    made = document_from(record, on=DAY)["procedure"]
    assert (len(made["cases"]), len(made["papers"])) == (40, 100)
    assert sum("TODO" in each["vi"] for each in made["requirements"]) == 2
    assert rules_broken(files_of_record(record, on=DAY)) == set()


def test_what_the_record_says_stands_in_its_place():
    row = Row("online", Decimal("1.5"), "working_days", cost="amount", fees=(8000,))
    free = Row("counter", Decimal(3), "days", cost="free")
    named = (
        Situation("Thường", (Sheet("Đơn", 1, 0), Sheet("Ảnh", 0, 2))),
        Situation("Gấp", (Sheet("Đơn", 1, 0),)),
    )
    record = Record(
        "1.000001",
        "Cấp thẻ",
        "Thẻ",
        ("province",),
        applicants=("Doanh nghiệp", "Công dân Việt Nam"),
        channels=(row, free),
        cases=named,
        results=(Numbered("Thẻ", "KQ.G12.000327"),),
        laws=(Numbered("Luật Thẻ", "1/2020/QH14"),),
    )
    made = document_from(record, on=DAY)["procedure"]
    assert made["limits"] == [
        {"limit": {"amount": "1.5", "unit": "working_days"}, "channels": ["online"]},
        {"limit": {"amount": 3, "unit": "days"}, "channels": ["counter"]},
    ]
    assert [(fee["amount"], fee["channels"]) for fee in made["fees"]] == [(8000, ["online"])]
    assert [(p["id"], p["forms"], p.get("count"), p.get("cases")) for p in made["papers"]] == [
        ("don", ["original"], None, None),
        ("anh", ["copy"], 2, ["case_1"]),
    ]
    assert made["applicants"] == ["citizen", "enterprise"]
    assert made["results"][0]["code"] == "KQ.G12.000327"


def test_ids_are_plain_and_never_the_same():
    taken: set[str] = set()
    made = [id_of(name, taken, "paper") for name in ("Đơn xin", "Đơn xin", "123", "…", "…")]
    assert made == ["don_xin", "don_xin_2", "paper", "paper_2", "paper_3"]


def test_what_is_too_long_says_so():
    assert clean("a" * 3000).endswith("TODO…")
    assert len(clean("a" * 3000)) <= 2000
    assert clean("a\x00\u2028 b") == "a b"

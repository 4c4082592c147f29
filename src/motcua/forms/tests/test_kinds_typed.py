"""What people type in each kind of field, and what it means."""

import pytest

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import SHOWN, clean
from motcua.forms.tests.every_kind import EVERY, field, form_of

FIELDS = {each.id: each for each in EVERY.fields}
STEP = {each.id: step.id for step in EVERY.steps for each in step.fields}


def read(name, **boxes):
    """What the field ``name`` answers when its boxes hold this, by the tails of their names."""
    posted = {f"{name}{tail}": [text] for tail, text in boxes.items()}
    return clean(EVERY, STEP[name], posted)[name]


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [
        ("count_of", "12", 12),
        ("count_of", "-3", -3),
        ("count_of", "1.250", 1250),
        ("count_of", "1 250 000", 1250000),
        ("count_of", "12,5", "12,5"),
        ("count_of", "mười", "mười"),
        ("count_of", "", None),
        ("area", "12,5", 12.5),
        ("area", "12.5", 12.5),
        ("area", "-0,125", -0.125),
        ("area", "0.125", 0.125),
        ("area", "1.250", 1250),
        ("area", "1.250,5", 1250.5),
        ("area", "1,250.5", 1250.5),
        ("area", "1.250.000", 1250000),
        ("area", "1 250,5", 1250.5),
        ("area", "1250.125", 1250.125),
        ("area", "12,0", 12),
        ("area", "1.250.5", "1.250.5"),
        ("area", "12,1234", "12,1234"),
        ("area", "12 m²", "12 m²"),
        ("area", "", None),
        ("paid", "50.000.000", 50_000_000),
        ("paid", "50 triệu", "50 triệu"),
        ("phone", "091 234 56 78", "+84912345678"),
        ("phone", "123", "123"),
        ("email", " an@example.vn ", "an@example.vn"),
        ("agreed", "yes", True),
        ("agreed", "perhaps", "perhaps"),
        ("begins", "31/1/2026", "2026-01-31"),
        ("begins", "2026-01-31", "2026-01-31"),
        ("site", "10.7769, 106.7009", {"lat": 10.7769, "lng": 106.7009}),
        ("site", "10,7769; 106,7009", {"lat": 10.7769, "lng": 106.7009}),
        ("site", "10.7769°N 106.7009°E", {"lat": 10.7769, "lng": 106.7009}),
        ("site", "chợ Đông Ba", "chợ Đông Ba"),
        ("name", "Bu\u0301n\x00  ", "Bún"),
    ],
)
def test_one_box_is_read_as_people_mean_it(name, text, answer):
    made = read(name, **{"": text})
    assert made == answer
    assert type(made) is type(answer)


@pytest.mark.parametrize(
    ("name", "boxes", "answer"),
    [
        ("begins", ("10", "11", "2026"), "2026-11-10"),
        ("begins", ("31", "2", "2026"), "31/2/2026"),
        ("begins", ("", "", "2026"), "//2026"),
        ("begins", ("", "", ""), None),
        ("begins", ("1/\n2", "", "x"), "1/2//x"),
        ("ends", ("", "", "1960"), "1960"),
        ("ends", ("", "5", "1960"), "1960-05"),
        ("ends", ("", "13", "1960"), "/13/1960"),
        ("ends", ("", "", "60"), "//60"),
        ("ends", ("1", "", "1960"), "1//1960"),
        ("ends", ("1", "5", "1960"), "1960-05-01"),
    ],
)
def test_a_date_of_three_boxes_may_lack_day_and_month_only_where_that_is_asked(name, boxes, answer):
    tails = dict(zip(("-day", "-month", "-year"), boxes, strict=True))
    assert read(name, **tails) == answer
    assert read(name, **{t: v[0] for t, v in typed_tails(name, answer).items()}) == answer


def typed_tails(name, answer):
    """What the boxes of a field hold when its answer is shown again, by their tails."""
    boxes = typed(FIELDS[name], {name: answer})
    return {box.removeprefix(name): held for box, held in boxes.items()} or {"-day": [""]}


@pytest.mark.parametrize(
    ("name", "boxes", "answer"),
    [
        ("firm", {".tax_code": "0100233488001", ".name": "Bún"}, ("0100233488-001", "Bún")),
        ("firm", {".tax_code": "0100 233 488"}, ("0100233488",)),
        ("firm", {".tax_code": "01002"}, ("01002",)),
        ("firm", {".tax_code": ""}, ()),
        ("account", {".bank": "970436", ".number": "0123 456-789"}, ("970436", "0123456789")),
        ("account", {".number": "một hai"}, ("một hai",)),
        ("site", {".lat": "10,5", ".lng": "106.5"}, (10.5, 106.5)),
        ("site", {".lat": "bắc", ".lng": ""}, ("bắc",)),
        ("person", {".birth_date-day": "2", ".birth_date-month": "3"}, ("2/3/",)),
        ("person", {".birth_date": "2/3/1990"}, ("1990-03-02",)),
        ("signed", {".name": "An", ".strokes": "M1,2L3,4"}, ("An", "M1,2L3,4")),
    ],
)
def test_blocks_are_read_part_by_part(name, boxes, answer):
    made = read(name, **boxes)
    assert tuple((made or {}).values()) == answer


def test_an_identity_number_typed_in_groups_is_twelve_digits():
    form = form_of(field("who", "person"))
    made = clean(form, "only", {"who.id": ["0461 9200 3718"], "who.sex": ["female"]})
    assert made == {"who": {"id": "046192003718", "sex": "female"}}


def test_lists_keep_their_order_and_each_value_once():
    posted = {"some_of": ["c", "a", "c", ""], "papers": ["f2", "f1"]}
    assert clean(EVERY, "plain", posted)["some_of"] == ["c", "a"]
    assert clean(EVERY, "blocks", posted)["papers"] == ["f2", "f1"]
    assert clean(EVERY, "blocks", {})["papers"] is None


def test_a_field_the_page_did_not_show_keeps_its_answer():
    page = {SHOWN: ["name area"], "name": ["An"], "area": [""]}
    assert clean(EVERY, "plain", page) == {"name": "An", "area": None}
    assert clean(EVERY, "nowhere", page) == {}


def test_what_nobody_can_have_typed_is_shown_without_an_error():
    answers = {"area": 10**4000, "place": "x", "some_of": [1.5, None], "site": {"lat": True}}
    assert typed(FIELDS["area"], answers) == {"area": [""]}
    assert typed(FIELDS["place"], answers) == {}
    assert typed(FIELDS["some_of"], answers) == {"some_of": ["1,5", ""]}
    assert typed(FIELDS["site"], answers) == {"site.lat": ["yes"], "site.lng": [""]}
    assert typed(FIELDS["name"], {"name": "\ud800"}) == {"name": ["?"]}
    assert typed(FIELDS["phone"], {"phone": 5}) == {"phone": ["5"]}

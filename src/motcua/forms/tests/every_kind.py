"""A form with every kind of field, alone and in rows, whose conditions ask about one another."""

from datetime import date

import msgspec

from motcua.forms.rules.definition import Form

TODAY = date(2026, 11, 24)


def w(text):
    """Words whose Vietnamese is told from the English by its tail."""
    return {"vi": f"{text} vi", "en": text}


def field(id_, kind, **more):
    """A field as a pack's document has it."""
    return {"id": id_, "kind": kind, "label": w(id_), **more}


def options(*values):
    """Options whose labels are their values."""
    return [{"value": value, "label": w(value)} for value in values]


def step(id_, *fields, **more):
    """A page of one section."""
    return {"id": id_, "title": w(id_), "sections": [{"fields": list(fields)}], **more}


def form_of(*steps):
    """The form of these pages, or of one page of these fields."""
    pages = steps if "sections" in steps[0] else [step("only", *steps)]
    return msgspec.convert({"title": w("form"), "steps": pages}, Form)


GOODS = field(
    "goods",
    "table",
    rows={
        "name": w("item"),
        "least": 1,
        "most": 4,
        "columns": [
            field("item", "text"),
            field("price", "money"),
            field("quantity", "number", decimals=2, unit=w("kg")),
            field("sold", "date", required=False, checks=["not_future"]),
            field("sort", "choice", options=options("dry", "fresh"), required=False),
            field("cooled", "yes_no", show='sort = "fresh"'),
            field("dealer_phone", "phone", required=False),
            field("dealer_email", "email", required="cooled"),
            field("cost", "computed", value="price * quantity", format="money"),
        ],
    },
    checks=[{"rule": "price > 0", "message": w("A price is above nothing"), "at": "price"}],
)
CHILDREN = field(
    "children",
    "group",
    required=False,
    rows={
        "name": {"vi": "Con", "en": "Child"},
        "columns": [
            field("who", "person", optional_parts=["id"]),
            field("home", "address", required=False),
            field("school", "enterprise", required=False),
            field("story", "long_text", required=False),
            field("likes", "choices", options=options("rice", "fish"), required=False),
            field("aside", "note", text=w("Write it down"), show="present(story)"),
        ],
    },
)
EVERY = form_of(
    step(
        "plain",
        field("name", "text", checks=["name"]),
        field("story_of_all", "long_text", required=False),
        field("count_of", "number", schema={"minimum": -5, "maximum": 50}),
        field("area", "number", decimals=3, unit=w("m²"), required=False),
        field("paid", "money", required=False),
        field("begins", "date"),
        field("ends", "date", required=False, partial=True, checks=["not_past"]),
        field("one_of", "choice", options=options("a", "b", "c")),
        field("some_of", "choices", options=options("a", "b", "c"), required="one_of = 'b'"),
        field("agreed", "yes_no", required=False),
        field("phone", "phone", required=False),
        field("email", "email", required=False, show="agreed"),
        checks=[
            {"rule": "count_of != 13", "message": w("Not thirteen"), "at": "count_of"},
        ],
    ),
    step(
        "blocks",
        field("place", "address", required=False),
        field("person", "person", parts=["name", "birth_date"], required=False),
        field("firm", "enterprise", required=False, optional_parts=["name"]),
        field("account", "bank_account", required=False),
        field("papers", "files", most=2, required=False),
        field("site", "point", required=False),
        field("signed", "signature", required=False),
        field("hello", "note", text=w("Hello")),
        show="one_of != 'c'",
    ),
    step(
        "rows",
        GOODS,
        CHILDREN,
        field("total", "computed", value="sum(goods, cost)", format="money"),
        field("from_day", "computed", value="plus_days(begins, 10)", format="date"),
        checks=[
            {"rule": "total <= 1000000", "message": w("Too dear"), "at": "goods"},
        ],
    ),
)
RIGHT = {
    "name": "Nguyễn Văn An",
    "count_of": -3,
    "area": 12.5,
    "paid": 8000,
    "begins": "2026-01-31",
    "ends": "2027",
    "one_of": "b",
    "some_of": ["a", "c"],
    "agreed": True,
    "phone": "+84912345678",
    "email": "an@example.vn",
    "place": {"province": "46", "commune": "19786", "street": "1 Lê Lợi"},
    "person": {"name": "Trần Thị Bé", "birth_date": "1990-02-28"},
    "firm": {"tax_code": "0100233488-001", "name": "Bún Huế"},
    "account": {"bank": "970436", "number": "0123456789", "holder": "AN"},
    "papers": ["f1", "f2"],
    "site": {"lat": 16.4637, "lng": 107.5909},
    "signed": {"name": "An", "strokes": "M1,2L30.5,4L50,60M7,8L9,9"},
    "goods": [
        {"item": "Gạo", "price": 20000, "quantity": 2.5, "sort": "dry"},
        {"item": "Cá", "price": 90000, "quantity": 1, "sort": "fresh", "cooled": False},
    ],
    "children": [{"who": {"name": "Lê Na", "birth_date": "2020-01-02", "sex": "female"}}],
}

"""Components escape what they are given, wire words to fields, and never style inline."""

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import UndefinedError

from motcua.backbone.tests.reading import Page

HOUSE = Path(__file__).parent.parent.parent
LETTER = HOUSE / "backbone" / "templates" / "backbone" / "letter.html"
"""Read by mail programs, which know neither stylesheets nor our policy."""
TAKEN_AWAY = HOUSE / "portal" / "templates" / "portal" / "export" / "archive.html"
"""Read from a disk, out of the file in which people take their data away."""
TEMPLATES = sorted(set(HOUSE.glob("*/templates/**/*.html")) - {LETTER, TAKEN_AWAY})
EVIL = "\"'><script>alert(1)</script>"
IMPORT = '{% import "backbone/mc.html" as mc %}'

CALLS = [
    "mc.button(e, href=e, icon_name='ok', about=e, attrs={'data-x': e})",
    "mc.button(e, name=e, value=e)",
    "mc.link(e, e, about=e)",
    "mc.link_button(e, e, e, about=e)",
    "mc.text(e, e, e, hint=e, error=e, source=e, type=e, autocomplete=e)",
    "mc.textarea(e, e, e, hint=e, error=e, source=e)",
    "mc.select(e, e, [(e, e)], e, hint=e, error=e, empty=e)",
    "mc.radios(e, e, [(e, e, e)], e, hint=e, error=e, source=e)",
    "mc.checkboxes(e, e, [(e, e, e)], [e], hint=e, error=e, source=e)",
    "mc.checkbox(e, e, value=e, hint=e, error=e)",
    "mc.date(e, e, {'day': e, 'month': e, 'year': e}, hint=e, error=e, source=e)",
    "mc.file(e, e, hint=e, error=e, accept=e)",
    "mc.text(e, e, e, unit=e)",
    "mc.date(e, e, {'year': e}, partial=True)",
    "mc.computed(e, e, e, hint=e, unit=e)",
    "mc.ask(e, e, e, e, e, about=e)",
    "mc.told(e)",
    "mc.files(e, e, [{'id': e, 'name': e, 'href': e}], hint=e, error=e, accept=e)",
    "mc.errors([{'at': e, 'message': e}], title=e)",
    "mc.search(e, e, e, name=e, id=e, placeholder=e, text=e)",
    "mc.source(e)",
    "mc.lines_of(e)",
    "mc.kv_row(e, e, note=e, from_source=e, href=e, action=e, about=e)",
    "mc.tag(e, e)",
    "mc.due(e, e, e)",
    "mc.note(e, title=e, role=e)",
    "mc.table(e, [e, e], [[e, e]], numeric=(1,))",
    "mc.facts([('ok', e, e)])",
    "mc.paper_row(e, e, tag_text=e, tag_kind=e)",
    "mc.due_box(e, e)",
    "mc.done(e, e)",
    "mc.empty(e, e)",
    "mc.qr(e, e, e)",
    "mc.tile(e, e, e, 'ok')",
    "mc.row(e, e, [e])",
    "mc.figure(e, e)",
    "mc.chip(e, e, on=True, about=e)",
    "mc.meter(e, 5)",
    "mc.saved(e)",
    "mc.crumbs([(e, e)])",
    "mc.back(e, e)",
    "mc.progress([e, e], 2)",
    "mc.pager(e, e, e)",
    "mc.door_item('now', e, e)",
    "mc.step(e, e)",
    "mc.toc([(e, e)])",
    "mc.tabs(e, [(e, e, e, true)])",
    "mc.count(e, e, e, e, 'late')",
    "mc.row_box(e, e, e, e)",
    "mc.filter_text(e, e, e, placeholder=e)",
    "mc.filter_select(e, e, [(e, e)], e)",
    "mc.keys(e, [((e,), e)])",
    "mc.compare([(e, e, false, e), (e, e, true, e)])",
    "mc.log([(e, e, e, true)])",
    "mc.sparkline([1, 2], e)",
    "mc.bars([(e, e, (1, 2, 3), e)])",
    "mc.columns([(e, 1, 2)], e, e, e)",
    "mc.data(e, [e], [[e]])",
    "mc.icon('ok', e)",
]


def drawn(source: str, **known: object) -> str:
    return engines["jinja2"].env.from_string(IMPORT + source).render(**known)


@pytest.mark.parametrize("call", CALLS)
def test_what_a_component_is_given_stays_text(call):
    html = drawn("{{ " + call + " }}", e=EVIL)
    assert "<script" not in html
    page = Page(html)
    assert not any(tag == "script" for tag, _ in page.elements)
    known = {"data-x", "data-l"}
    assert not any(
        "alert" in name for _, attrs in page.elements for name in attrs if name not in known
    )


@pytest.mark.parametrize(
    "call",
    [
        "mc.actions()",
        "mc.kv()",
        "mc.panel(e, class=e)",
        "mc.todo(e)",
        "mc.more(e)",
        "mc.fill_table(e, [e])",
        "mc.fill_row(1, e, e, id=e, error=e)",
        "mc.many(e, e, 1, hint=e, error=e)",
        "mc.card(e, e, folded=True, id=e, error=e)",
        "mc.point(e, e, hint=e, error=e, href=e, map=e)",
        "mc.signature(e, e, e, hint=e, error=e)",
    ],
)
def test_the_body_of_a_call_is_escaped_like_everything_else(call):
    assert "<script" not in drawn("{% call " + call + " %}{{ e }}{% endcall %}", e=EVIL)


def test_a_field_is_described_by_its_hint_its_error_and_its_source():
    page = Page(drawn('{{ mc.text("ten", "Tên", hint="h", error="e", source="s") }}'))
    (field,) = page.all("input")
    assert field["aria-describedby"].split() == ["ten-hint", "ten-error", "ten-source"]
    assert field["aria-invalid"] == "true"
    assert set(field["aria-describedby"].split()) <= set(page.ids())


def test_a_field_without_words_is_described_by_nothing():
    (field,) = Page(drawn('{{ mc.text("ten", "Tên") }}')).all("input")
    assert "aria-describedby" not in field
    assert "aria-invalid" not in field


def test_the_error_summary_leads_to_the_first_control_of_a_group():
    page = Page(
        drawn("""{{ mc.errors([{"at": "dan-toc", "message": "Chọn dân tộc"}]) }}
        {{ mc.radios("dan-toc", "Dân tộc", [(1, "Kinh"), (2, "Tà Ôi")], 2) }}""")
    )
    (link,) = page.all("a")
    first, second = page.all("input")
    assert link["href"] == "#" + first["id"]
    assert "checked" in second
    assert "checked" not in first


def test_two_fields_with_one_sentence_are_told_apart_in_the_summary():
    text = drawn("""{{ mc.errors([
        {"at": "a", "message": "Sai giờ"},
        {"at": "b", "message": "Sai giờ"},
        {"at": "c", "message": "Nêu lý do"},
    ], names={"a": "Thứ Hai", "b": "Thứ Ba", "c": "Lý do"}) }}""")
    said = re.findall("<a [^>]+>([^<]+)</a>", text)
    assert said == ["Thứ Hai: Sai giờ", "Thứ Ba: Sai giờ", "Nêu lý do"]


@pytest.mark.parametrize(
    "value", ["2026-11-09", {"day": "09", "month": "11", "year": "2026"}], ids=["iso", "typed"]
)
def test_a_date_is_three_boxes(value):
    boxes = Page(drawn('{{ mc.date("sinh", "Ngày sinh", value) }}', value=value)).all("input")
    assert [(box["name"], box["value"]) for box in boxes] == [
        ("sinh-day", "09"),
        ("sinh-month", "11"),
        ("sinh-year", "2026"),
    ]


def test_a_date_that_was_typed_wrongly_is_shown_as_typed():
    typed = {"day": "32", "month": "", "year": "x"}
    boxes = Page(drawn('{{ mc.date("sinh", "Ngày sinh", typed) }}', typed=typed)).all("input")
    assert [box["value"] for box in boxes] == ["32", "", "x"]


def test_an_unknown_icon_is_a_mistake_that_shows():
    with pytest.raises(UndefinedError, match="nowhere"):
        drawn('{{ mc.icon("nowhere") }}')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_template_needs_nothing_that_the_strict_policy_forbids(path):
    source = path.read_text()
    assert not re.search(r"\sstyle\s*=", source)
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=.application/ld\+json.>)", source)
    assert not re.search(r"<[^>]*\son\w+\s*=\s*[\"']", source)
    assert not re.search(r"hx-on|javascript:", source)


@pytest.mark.parametrize("frame", ["page", "desk"])
def test_a_page_may_call_its_facts_as_it_likes(frame, rf):
    """What a frame imports, its pages see under that name instead of their own facts."""
    inside = (
        "{% block title %}t{% endblock %}{% block content %}{{ note }} {{ mark }}{% endblock %}"
    )
    source = f"{{% extends 'backbone/{frame}.html' %}}{inside}"
    page = (
        engines["jinja2"]
        .from_string(source)
        .render({"note": "my note", "mark": "my mark"}, rf.get("/"))
    )
    assert "my note my mark" in page

"""Every part of every shipped pack goes into its editor and comes out as it was."""

import pytest

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import clean
from motcua.packs.queries.files import files_from
from motcua.packs.queries.folders import SHIPPED, read_files, read_folder
from motcua.studio.rules.editors import editor_name, editor_of
from motcua.studio.rules.nodes import STEP, answers_of, box_of, form_for, left_out, node_of
from motcua.studio.rules.parts import (
    NoSuchPart,
    asked_by,
    copied,
    given_id,
    moved,
    path_of,
    put,
    taken_to,
    text_of,
    without,
)

CODES = sorted(path.parent.name for path in SHIPPED.glob("*/procedure.yaml"))
EMPTY = ([], {}, None)


def parts_in(value, path=()):
    """Yield every part that has an editor, with its way."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from parts_in(each, (*path, number))
    elif isinstance(value, dict):
        if editor_name(path):
            yield path, value
        for key, each in value.items():
            yield from parts_in(each, (*path, key))


@pytest.fixture(params=CODES, scope="module")
def document(request):
    return read_folder(SHIPPED / request.param).document


def test_a_part_comes_back_as_it_was(document):
    for path, node in parts_in(document):
        editor = editor_of(path, node, {})
        assert left_out(editor, node) == frozenset(), path
        assert node_of(editor, answers_of(editor, node), node) == node


def test_an_editor_knows_everything_of_a_part_but_what_has_editors_of_its_own(document):
    own = {"kind", "sections", "fields", "answers", "rows"}
    for path, node in parts_in(document):
        editor = editor_of(path, node, {})
        if path == ("procedure",):
            continue
        asked = {asking.key for asking in editor.askings}
        bare = {key: node[key] for key in node if key in own and key != "expect"}
        again = node_of(editor, answers_of(editor, node), bare)
        assert node.keys() - own <= asked, path
        assert told(again) == told(node), path


def told(value):
    """Leave out what says nothing: what is empty, a flag that is false, `required: true`."""
    if isinstance(value, list):
        return [told(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: told(each) for key, each in value.items()}
    return {
        key: each
        for key, each in made.items()
        if each not in EMPTY and (key, each) not in (("required", True), ("searchable", False))
    }


def test_a_part_comes_back_through_the_boxes_of_a_page(document):
    for path, node in parts_in(document):
        editor = editor_of(path, node, {})
        form, answers = form_for(editor, node), answers_of(editor, node)
        boxes = {}
        for field in form.fields:
            boxes |= typed(field, answers)
        assert node_of(editor, clean(form, STEP, boxes), node) == node, path


def test_saving_a_part_writes_the_same_document_again(document):
    again = document
    for path, node in parts_in(document):
        again = put(again, path, node)
    assert again == document
    assert read_files(files_from(again)).document == document


def test_what_an_editor_does_not_know_stays():
    path, node = ("procedure", "papers", 0), {"id": "a", "later": 1, "forms": "original"}
    editor = editor_of(path, node, {})
    assert left_out(editor, node) == {("forms",)}
    made = node_of(editor, {"id": "b", "name_vi": "Giấy"}, node)
    assert made == {"id": "b", "later": 1, "forms": "original", "name": {"vi": "Giấy"}}


@pytest.mark.parametrize(
    ("way", "box"),
    [
        (("show",), "show"),
        (("label", "en"), "label_en"),
        (("label",), "label_vi"),
        (("required",), "required_if"),
        (("options", 1, "label", "vi"), "options.1.options_label_vi"),
        (("options", 0), "options"),
        (("checks", 0, "rule"), "checks.0.checks_rule"),
        (("schema", "pattern"), None),
        (("schema",), "schema_minItems"),
        (("fields",), None),
        ((), None),
    ],
)
def test_a_flaw_is_told_at_its_box(way, box):
    editor = editor_of(("form", "steps", 0, "sections", 0, "fields", 0), {"kind": "choices"}, {})
    assert box_of(editor, way) == box


def test_required_always_never_and_by_a_condition():
    path = ("procedure", "papers", 0)
    editor = editor_of(path, {}, {})
    for value in (False, 'a = "b"'):
        node = {"id": "a", "required": value}
        assert node_of(editor, answers_of(editor, node), {}) == node
    assert node_of(editor, {"required": "always"}, {"required": False}) == {}


def a_form():
    def field(name, **more):
        return {"id": name, "kind": "text", "label": {"vi": name, "en": name}, **more}

    first = {"fields": [field("a"), field("b", show="present(a)")]}
    second = {"fields": [field("c", required="a = b")]}
    steps = [
        {"id": "one", "title": {"vi": "1", "en": "1"}, "sections": [first]},
        {"id": "two", "title": {"vi": "2", "en": "2"}, "sections": [second]},
    ]
    return {"form": {"steps": steps}, "procedure": {"unit_field": "c", "papers": [{"id": "p"}]}}


def ids(document):
    return [
        [f["id"] for s in step["sections"] for f in s["fields"]]
        for step in document["form"]["steps"]
    ]


A = ("form", "steps", 0, "sections", 0, "fields", 0)
SECOND = ("form", "steps", 1, "sections", 0)


def test_questions_are_moved_copied_and_taken_to_another_page():
    document = a_form()
    assert ids(moved(document, A, 1)) == [["b", "a"], ["c"]]
    assert ids(moved(document, A, -1)) == [["a", "b"], ["c"]]
    assert ids(copied(document, A)) == [["a", "a_2", "b"], ["c"]]
    assert ids(copied(copied(document, A), A)) == [["a", "a_3", "a_2", "b"], ["c"]]
    assert ids(taken_to(document, A, SECOND)) == [["b"], ["c", "a"]]
    assert ids(without(document, A)) == [["b"], ["c"]]
    assert ids(document) == [["a", "b"], ["c"]]
    assert without(document, ("procedure", "papers", 0))["procedure"] == {"unit_field": "c"}
    with pytest.raises(NoSuchPart):
        moved(document, (*A[:-1], 7), 1)


def test_copying_a_page_gives_all_its_questions_ids_of_their_own():
    assert ids(copied(a_form(), ("form", "steps", 1))) == [["a", "b"], ["c"], ["c_2"]]


def test_what_asks_a_question_is_found():
    found = asked_by(a_form(), frozenset({"a", "c"}))
    assert found == {"a": [(*A[:-1], 1), (*SECOND, "fields", 0)], "c": [("procedure",)]}


def test_a_new_part_is_named_by_its_words():
    document = a_form()
    assert given_id(document, {"label_en": "Number of copies wanted here now"})["id"] == (
        "number_of_copies_wanted"
    )
    assert given_id(document, {"label_en": "A"})["id"] == "a_2"
    assert given_id(document, {"label_vi": "Đường đi"})["id"] == "duong_di"
    assert given_id(document, {"id": "own", "label_en": "A"})["id"] == "own"
    assert given_id(document, {"label_en": "2 copies"})["id"] == "part_2_copies"
    assert given_id(document, {}) == {}


def test_a_way_is_the_same_in_an_address():
    assert path_of(text_of(A)) == A
    assert path_of("procedure/papers/moi/") == ("procedure", "papers", "moi")


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("procedure", "title"),
        ("procedure", "papers"),
        ("form",),
        ("form", "steps"),
        ("examples",),
        ("examples", "a", "answers"),
        ("workflow", "steps", 0, "limit"),
        ("lists", "a"),
    ],
)
def test_what_is_no_part_has_no_editor(path):
    assert editor_name(path) is None
    assert editor_of(path, {}, {}) is None


def test_files_read_as_they_were_written():
    assert read_files({"procedure.yaml": "code: '1'\n"}).document["procedure"] == {"code": "1"}

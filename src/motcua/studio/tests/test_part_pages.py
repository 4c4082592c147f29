"""An administrator edits a draft part by part, and tries it, without seeing a file."""

import json
from datetime import UTC, datetime

import pytest

from motcua.backbone.tests.reading import Page, check_frame
from motcua.forms.rules.boxes import typed
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import findings_in
from motcua.studio.operations.drafting import begin, write
from motcua.studio.queries.drafts import draft
from motcua.studio.queries.editing import document_in
from motcua.studio.rules.editors import editor_of
from motcua.studio.rules.nodes import answers_of, form_for
from motcua.studio.rules.parts import part_at, text_of
from motcua.studio.tests.readers import LAN
from motcua.studio.tests.samples import files_of
from motcua.studio.tests.test_nodes import parts_in

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
CODE = "2.000635"
FIELD = ("form", "steps", 0, "sections", 0, "fields", 0)


@pytest.fixture
def lan(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.studio.tests.readers.As"]
    client.cookies["who"] = "lan"
    return client


@pytest.fixture
def begun():
    return begin(CODE, "Bản sao", files_of(CODE), by=LAN, at=NOON)


def at(id_, way):
    return f"/quan-tri/goi/{id_}/{way}/"


def document(id_):
    return document_in(draft(id_, by=LAN).files)


def boxes_of(id_, path, node=None):
    """Return what the page of a part posts when nobody changes anything."""
    node = part_at(document(id_), path) if node is None else node
    editor = editor_of(path, node, {})
    boxes = {"seen": str(draft(id_, by=LAN).changes)}
    for field in form_for(editor, node).fields:
        boxes |= typed(field, answers_of(editor, node))
    return boxes


def test_every_part_opens_in_its_editor(lan, begun):
    for path, _node in parts_in(document(begun)):
        answer = lan.get(at(begun, f"sua/{text_of(path)}"))
        assert answer.status_code == 200, path
        check_frame(Page(answer.content.decode()))


def test_saving_without_a_change_changes_nothing(lan, begun):
    for path, _node in list(parts_in(document(begun)))[:12]:
        before = document(begun)
        answer = lan.post(at(begun, f"sua/{text_of(path)}"), boxes_of(begun, path))
        assert answer.status_code == 302, path
        assert document(begun) == before


def test_a_title_is_edited_in_english(lan, begun):
    boxes = boxes_of(begun, ("procedure",)) | {"title_en": "Copies from the register"}
    answer = lan.post(at(begun, "sua/procedure"), boxes)
    assert answer.status_code == 302
    assert document(begun)["procedure"]["title"]["en"] == "Copies from the register"
    told = lan.get(at(begun, "sua/procedure")).content.decode()
    assert "Copies from the register" in told


def test_a_wrong_condition_is_told_under_its_box_and_kept(lan, begun):
    path = (*FIELD[:-1], 1)
    boxes = boxes_of(begun, path) | {"show": 'no_such_field = "a"'}
    answer = lan.post(at(begun, f"sua/{text_of(path)}"), boxes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no_such_field" in page
    assert 'href="#show"' in page
    assert "show" not in part_at(document(begun), path)
    again = lan.post(at(begun, f"sua/{text_of(path)}"), boxes | {"anyway": "1"})
    assert again.status_code == 302
    assert part_at(document(begun), path)["show"] == 'no_such_field = "a"'


def test_what_another_changed_first_is_not_overwritten(lan, begun):
    boxes = boxes_of(begun, ("procedure",)) | {"title_en": "Mine"}
    write(begun, {"result.typ": "= A\n"}, what="edited", seen=0, by=LAN, at=NOON)
    answer = lan.post(at(begun, "sua/procedure"), boxes)
    assert answer.status_code == 412
    assert "Mine" in answer.content.decode()
    assert document(begun)["procedure"]["title"]["en"] != "Mine"


def test_a_question_is_added_with_a_condition(lan, begun):
    way = f"sua/{text_of(FIELD[:-1])}/moi"
    page = lan.get(at(begun, way) + "?loai=choice")
    assert page.status_code == 200
    check_frame(Page(page.content.decode()))
    boxes = boxes_of(begun, FIELD, {"kind": "choice"}) | {
        "label_vi": "Bạn cần gấp không",
        "label_en": "Is it urgent",
        "required": "always",
        "options.rows": "2",
        "options.0.options_value": "yes",
        "options.0.options_label_vi": "Có",
        "options.0.options_label_en": "Yes",
        "options.1.options_value": "no",
        "options.1.options_label_vi": "Không",
        "options.1.options_label_en": "No",
    }
    more = lan.post(at(begun, way) + "?loai=choice", boxes | {"add": "options"})
    assert more.status_code == 200
    answer = lan.post(at(begun, way) + "?loai=choice", boxes)
    assert answer.status_code == 302, answer.content.decode()
    added = part_at(document(begun), FIELD[:-1])[-1]
    assert added["id"] == "is_it_urgent"
    assert [option["value"] for option in added["options"]] == ["yes", "no"]
    assert findings_in(read_files(draft(begun, by=LAN).files)) is not None


@pytest.mark.parametrize(
    "way",
    [
        "sua/form/steps/99",
        "sua/form",
        "sua/lists/a",
        "bot/procedure",
        "sua/form/steps/0/sections/0/fields/moi",
        "bot/form/steps/99",
    ],
)
def test_what_is_not_there_is_not_found(lan, begun, way):
    assert lan.get(at(begun, way)).status_code == 404


def test_the_form_reads_as_a_list_that_names_who_asks(lan, begun):
    page = lan.get(at(begun, "bieu-mau"))
    check_frame(Page(page.content.decode()))
    assert "asking_for" in page.content.decode()


def test_questions_are_put_in_order(lan, begun):
    def names():
        return [field["id"] for field in part_at(document(begun), FIELD[:-1])]

    def do(act, path, **more):
        seen = draft(begun, by=LAN).changes
        facts = {"act": act, "path": text_of(path), "seen": str(seen), **more}
        return lan.post(at(begun, "xep"), facts).status_code

    first, second = names()[:2]
    assert do("down", FIELD) == 302
    assert names()[:2] == [second, first]
    assert do("copy", FIELD) == 302
    assert names()[:2] == [second, f"{second}_2"]
    assert do("to", FIELD, section="form/steps/1/sections/0") == 302
    assert document(begun)["form"]["steps"][1]["sections"][0]["fields"][-1]["id"] == second
    assert do("to", FIELD, section="procedure/papers/0") == 404
    assert do("up", ("procedure",)) == 404
    stale = {"act": "down", "path": text_of(FIELD), "seen": "0"}
    before = names()
    assert lan.post(at(begun, "xep"), stale).status_code == 302
    assert names() == before


def test_removing_what_others_ask_names_them(lan, begun):
    way = f"bot/{text_of(FIELD)}"
    page = lan.get(at(begun, way)).content.decode()
    check_frame(Page(page))
    assert page.count("/sua/") >= 1
    assert lan.post(at(begun, way), {"seen": "0"}).status_code == 302
    assert part_at(document(begun), FIELD)["id"] != "asking_for"


def test_everything_else_reads_as_lists(lan, begun):
    page = lan.get(at(begun, "noi-dung"))
    check_frame(Page(page.content.decode()))
    assert "KQ." in page.content.decode()


def test_a_draft_is_answered_in_a_phones_frame_and_kept_as_an_example(lan, begun):
    example = json.loads(files_of(CODE)["examples/valid-own-birth.json"])["answers"]
    first = lan.get(at(begun, "xem-thu/dau"), follow=True)
    check_frame(Page(first.content.decode()))
    assert "frame-src 'self'" in first["Content-Security-Policy"]
    session = lan.session
    session[f"studio-answers-{begun}"] = example
    session.save()
    step = document(begun)["form"]["steps"][0]["id"]
    page = lan.get(at(begun, f"xem-thu/{step}/trang"))
    check_frame(Page(page.content.decode()))
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    last = lan.get(at(begun, "xem-thu/ket-qua"))
    check_frame(Page(last.content.decode()))
    assert "16.000" in last.content.decode()
    answer = lan.post(at(begun, "giu"), {"seen": "0", "name": "kept-by-lan"})
    assert answer["Location"] == at(begun, "").replace("//", "/")
    files = draft(begun, by=LAN).files
    kept = json.loads(files["examples/valid-kept-by-lan.json"])
    assert kept["expect"]["fee"] == 16000
    assert findings_in(read_files(files)) == ()


def test_missing_answers_become_an_invalid_example(lan, begun):
    step = document(begun)["form"]["steps"][0]["id"]
    stays = lan.post(at(begun, f"xem-thu/{step}"), {})
    assert stays["Location"].endswith("?sai=1")
    assert lan.get(at(begun, f"xem-thu/{step}/trang") + "?sai=1").status_code == 200
    assert lan.post(at(begun, f"xem-thu/{step}"), {"go": "1"}).status_code == 302
    lan.post(at(begun, "giu"), {"seen": "0", "name": "nothing-said"})
    files = draft(begun, by=LAN).files
    assert json.loads(files["examples/invalid-nothing-said.json"])["expect"]["problems"]
    assert lan.post(at(begun, "giu"), {"seen": "1", "name": "Not A Name"}).status_code == 302
    assert lan.post(at(begun, "giu"), {"seen": "1", "name": "nothing-said"}).status_code == 302
    assert lan.post(at(begun, "giu"), {"seen": "0", "name": "other"}).status_code == 302
    assert draft(begun, by=LAN).files == files


def test_the_preview_waits_for_files_without_errors(lan):
    id_ = begin(CODE, "Bản sao", {"procedure.yaml": "code: '1'\n"}, by=LAN, at=NOON)
    for way in ("xem-thu/dau", "xem-thu/dau/trang", "noi-dung", "bieu-mau"):
        assert lan.get(at(id_, way)).status_code == 200


def test_a_file_that_cannot_be_read_is_named(lan):
    id_ = begin(CODE, "Bản sao", {"procedure.yaml": "code: ["}, by=LAN, at=NOON)
    answer = lan.get(at(id_, "noi-dung"))
    assert answer.status_code == 409
    assert "procedure.yaml" in answer.content.decode()

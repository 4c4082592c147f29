"""Pages of a form posted as no browser would: nothing is lost or breaks, the field is named."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, ward
from motcua.dossiers.tests.counter import Counter
from motcua.files.operations.keeping import keep_upload
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack
from tests.browser.shop import CODE, EXAMPLES
from tests.browser.shop import write as write_shop
from tests.filing.boxes import boxes_of

__all__ = ["ward"]
RIGHT = boxes_of(EXAMPLES["valid-shop.json"]["answers"])
EVIL = "\"'><svg onload=alert(1)>{{7*7}}${7*7}</textarea><script>alert(1)</script>"
STRANGE = "an\u202egpj.exe\u2066\x01\x1b[31m\u200b\ufeff"


@pytest.fixture
def shop(ward, tmp_path):
    """A counter, and a procedure whose form asks for every kind of field."""
    folder = write_shop(tmp_path)
    counter = Counter(pack(publish_folder(folder, by=SYSTEM, at=MONDAY).version)).open()
    cache.clear()
    return counter


@pytest.fixture
def lan(shop):
    return shop.client("lan")


@pytest.fixture
def pages(lan):
    """Lan's draft; returns the address of each page of its form."""
    answer = lan.post(f"/nop/{CODE}/bat-dau/")
    assert answer.status_code == 302
    draft = Draft.objects.get()
    return lambda step: f"/khai/{draft.pk}/{step}/"


def post(client, address, posted, *, shown=None):
    """Post a page and check what holds for every answer: no fault, a whole page."""
    page = client.get(address)
    listed = re.search(r'name="shown" value="([^"]*)"', page.content.decode())[1]
    answer = client.post(address, {"shown": listed if shown is None else shown, **posted})
    assert answer.status_code < 500
    if answer.status_code in (200, 422):
        assert len(re.findall(r"<h1[ >]", answer.content.decode())) == 1
        assert "<svg onload" not in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()
    return answer


def kept():
    return Draft.objects.get().answers


def names(step):
    form = pack(Draft.objects.get().pack).form
    return [field for page in form.steps if page.id == step for field in page.fields]


@pytest.mark.parametrize("step", ["place", "people", "many"])
@pytest.mark.parametrize("value", [EVIL, STRANGE, "x" * 50_000, "-1e999", "[]", "{}", "null"])
def test_any_text_in_every_box_is_shown_again_as_it_is_and_the_field_named(lan, pages, step, value):
    before = kept()
    boxes = [*RIGHT, *(field.id for field in names(step)), "goods.rows", "children.rows"]
    shown = " ".join(field.id for field in names(step))
    answer = post(lan, pages(step), dict.fromkeys(boxes, value), shown=shown)
    assert answer.status_code == 422
    assert b'id="errors"' in answer.content
    assert {name: kept()[name] for name in before if name not in shown.split()} == {
        name: value for name, value in before.items() if name not in shown.split()
    }
    assert post(lan, pages(step), {}, shown="").status_code in (200, 302, 422)


@pytest.mark.parametrize("count", ["99999999", "10000", "-1", "1e9", "٣", "", "x" * 5000])
def test_a_forged_number_of_rows_makes_no_more_work_than_a_page_may_have(lan, pages, count):
    answer = post(lan, pages("many"), {"goods.rows": count, "children.rows": count})
    assert answer.status_code in (200, 422)
    assert len(kept().get("goods") or []) <= 200
    assert len(answer.content) < 3_000_000


def test_ten_thousand_rows_are_refused_and_what_was_there_stays(lan, pages):
    post(lan, pages("many"), {"goods.rows": "1", "goods.0.item": "Gạo"})
    before = kept()
    rows = {f"goods.{n}.item": "Gạo" for n in range(10_000)}
    answer = lan.post(pages("many"), {"shown": "goods", "goods.rows": "10000", **rows})
    assert answer.status_code in (400, 413, 422)
    if answer.status_code != 422:
        assert kept() == before


def test_what_is_worked_out_and_what_nobody_asks_is_not_taken(lan, pages):
    shown = "goods total nobody pack aside __proto__ constructor children"
    more = {"total": "1", "nobody": "x", "pack": "y", "goods.0.cost": "1", "goods.0.nobody": "z"}
    rows = {"goods.rows": "1", "goods.0.item": "Gạo", "goods.0.price": "5"}
    post(lan, pages("many"), {**rows, **more}, shown=shown)
    assert "total" not in kept()
    assert not {"nobody", "pack", "__proto__", "constructor"} & kept().keys()
    assert kept()["goods"] == [{"item": "Gạo", "price": 5}]


def test_an_answer_to_a_hidden_question_is_not_filed(lan, pages):
    posted = {**RIGHT, "permit": ["12/GP"]}
    post(lan, pages("place"), posted, shown="office shop sells permit")
    for step in ("place", "people", "many"):
        post(lan, pages(step), {**RIGHT, "goods.rows": "1"})
    check = lan.get(pages("kiem-tra")).content.decode()
    assert "12/GP" not in check


def test_another_persons_file_is_no_answer(lan, pages, shop):
    theirs = keep_upload(PDF, "giay.pdf", by=shop.actor("nam"), at=MONDAY).id
    step, field = next(
        (step, each.id)
        for step in ("place", "people", "many")
        for each in names(step)
        if each.kind.value == "files"
    )
    for id_ in (theirs, "x", EVIL, "0" * 36):
        post(lan, pages(step), {field: id_}, shown=field)
        assert not kept().get(field)
    assert lan.get(f"/tep/{theirs}/").status_code in (403, 404)


@pytest.mark.parametrize(
    "strokes",
    ["M0 0<script>", "javascript:alert(1)", "M0,0 L1e9,1e9", "M0 0" * 9000, EVIL, "url(#x)"],
)
def test_a_signature_is_strokes_and_nothing_else(lan, pages, strokes):
    step = next(s for s in ("place", "people", "many") if "signed" in [f.id for f in names(s)])
    posted = {"signed.name": "Lan", "signed.strokes": strokes}
    answer = post(lan, pages(step), posted, shown="signed")
    assert answer.status_code == 422
    assert 'href="#signed' in answer.content.decode()


def test_marks_that_turn_or_hide_text_do_not_reach_a_name(lan, pages):
    post(lan, pages("place"), {"shop": f"Gạo {STRANGE}"}, shown="shop")
    assert "\x00" not in json.dumps(kept())
    assert not set(kept()["shop"] or "") & set("\u202e\u2066\x01\x1b")


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_tabs_that_post_at_once_lose_nothing(shop):
    lan = shop.client("lan")
    lan.post(f"/nop/{CODE}/bat-dau/")
    draft = Draft.objects.get()

    def one(number):
        client = Client()
        client.cookies = lan.cookies
        field, step = [("shop", "place"), ("mail", "people")][number % 2]
        posted = {"shown": field, field: f"a{number}@example.vn"}
        try:
            return client.post(f"/khai/{draft.pk}/{step}/", posted).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as tabs:
        statuses = set(tabs.map(one, range(200)))
    assert statuses <= {200, 302, 422}
    draft.refresh_from_db()
    assert draft.answers["shop"].startswith("a")
    assert draft.answers["mail"].startswith("a")

"""An administrator sees what a pack costs people, and reckons it with figures of their own."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from motcua.backbone.tests.reading import Page, check_frame
from motcua.kernel.money import Dong
from motcua.kernel.worktime import Limit, Unit
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.burden import Typed
from motcua.packs.queries.folders import SHIPPED
from motcua.packs.queries.redtape import record_of
from motcua.studio.operations.drafting import begin
from motcua.studio.queries.burdens import NoPublishedPack, published_burden
from motcua.studio.tests.readers import LAN, MINH

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
HOME = "1.004222"
ALL, ONE = "/quan-tri/goi/ganh-nang/", f"/quan-tri/goi/thu-tuc/{HOME}/ganh-nang/"


@pytest.fixture
def lan(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.studio.tests.readers.As"]
    client.cookies["who"] = "lan"
    return client


@pytest.fixture
def published():
    for code in (HOME, "1.004873"):
        publish_folder(SHIPPED / code, by=LAN, at=NOON)


def files_of(code):
    folder = SHIPPED / code
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_page_tells_findings_cost_and_every_input(lan, published):
    answer = lan.get(ONE)
    page = Page(answer.content.decode())
    check_frame(page)
    assert "chứng minh chỗ ở hợp pháp" in page.text
    assert "Luật Đất đai 31/2024/QH15; điều khoản cần được xác nhận" in page.text
    assert "116.134" in page.text
    assert "96.604" in page.text
    assert "394.000" in page.text
    names = {field["name"] for field in page.all("input")}
    assert {"income", "subjects", "times", "h-form", "t-trip", "s-paper:dwelling"} <= names
    assert "spare" in names


def test_typed_figures_change_the_sum_and_are_marked(lan, published):
    typed = {"income": "211.200.000", "h-trip": "0,5", "t-trip": "0", "subjects": "1 000"}
    text = lan.get(ONE, typed).content.decode()
    # form 25.000, the paper 25.000 + 2.000, half an hour 50.000, the fee 10.000
    assert "112.000" in text
    assert ">tự nhập<" in text
    assert "1.000" in text


def test_sparing_nothing_saves_nothing_and_what_is_unticked_stays_so(lan, published):
    burden = published_burden(HOME, Typed(spared=frozenset()), on=NOON.date(), by=LAN)
    assert burden.cost.saving == Dong(0)
    text = lan.get(ONE, {"chosen": "1", "spare": "paper:dwelling"}).content.decode()
    assert text.count(" checked") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("income", "0"), ("income", "x"), ("times", "-1"), ("times", "NaN"), ("h-form", "1e99")],
)
def test_what_is_no_figure_is_told_at_its_field_and_left_out(lan, published, name, value):
    page = Page(lan.get(ONE, {name: value}).content.decode())
    check_frame(page)
    assert any(a["href"] == f"#{name}" for a in page.all("a"))
    assert "116.134" in page.text


@pytest.mark.parametrize("asked", [{"case": "x" * 300}, {"h-form": "²"}, {"spare": ["a"] * 900}])
def test_strange_questions_show_the_usual_page(lan, published, asked):
    assert lan.get(ONE, asked).status_code == 200


def test_another_case_is_reckoned_when_it_is_chosen(lan, published):
    text = lan.get(ONE, {"case": "child-of-tenant"}).content.decode()
    assert 'value="child-of-tenant" selected' in text


def test_all_packs_stand_with_the_largest_saving_first(
    lan, published, django_assert_max_num_queries
):
    lan.get(ALL)
    with django_assert_max_num_queries(4):
        answer = lan.get(ALL)
    page = Page(answer.content.decode())
    check_frame(page)
    assert page.text.index("Đăng ký thường trú") < page.text.index("tình trạng hôn nhân")
    assert "59.422" in page.text
    assert "100.000" in lan.get(ALL, {"income": "211200000"}).content.decode()
    assert "#income" in lan.get(ALL, {"income": "nhiều"}).content.decode()


def test_no_packs_is_an_empty_page_with_a_way_on(lan):
    check_frame(Page(lan.get(ALL).content.decode()))


def test_a_draft_has_its_burden_unless_it_has_errors(lan):
    good = begin(HOME, "Đăng ký thường trú", files_of(HOME), by=LAN, at=NOON)
    assert "116.134" in lan.get(f"/quan-tri/goi/{good}/ganh-nang/").content.decode()
    bad = begin(HOME, "Đăng ký thường trú", {"form.yaml": "steps: []"}, by=LAN, at=NOON)
    assert lan.get(f"/quan-tri/goi/{bad}/ganh-nang/").status_code == 409
    assert lan.get(f"/quan-tri/goi/{uuid4()}/ganh-nang/").status_code == 404


def test_only_administrators_see_it(lan, published):
    draft = begin(HOME, "Đăng ký thường trú", files_of(HOME), by=LAN, at=NOON)
    lan.cookies["who"] = "minh"
    for path in (ALL, ONE, f"/quan-tri/goi/{draft}/ganh-nang/"):
        assert lan.get(path).status_code == 403
    with pytest.raises(NoPublishedPack):
        published_burden(HOME, Typed(), on=NOON.date(), by=MINH)
    lan.cookies["who"] = ""
    assert lan.get(ALL).status_code in (302, 403)


def test_an_unknown_procedure_is_said_to_have_no_pack(lan):
    assert lan.get("/quan-tri/goi/thu-tuc/9.1/ganh-nang/").status_code == 404


def test_the_published_limit_is_the_longest_of_its_channel():
    days = [Limit(Decimal(n), Unit.WORKING_DAYS) for n in (3, 7, 5)]
    assert record_of(("online", each) for each in days) == {"online": days[1]}

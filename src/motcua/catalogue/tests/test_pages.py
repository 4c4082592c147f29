from datetime import UTC, datetime
from decimal import Decimal

import pytest

from motcua.agencies.queries.calendars import usual_calendar
from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.operations.importing import import_procedures
from motcua.catalogue.rules.readings import Cost
from motcua.catalogue.rules.sources import records_in
from motcua.catalogue.tests.records import HEAD, portal_record, stream
from motcua.catalogue.web.showing import promise_of
from motcua.catalogue.web.wording import cost_in_words
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import ZONE, Limit, Unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
QUESTIONS = [
    "truc-tuyen",
    "chuan-bi",
    "chi-phi",
    "bao-lau",
    "cac-buoc",
    "ket-qua",
    "can-cu",
    "co-quan",
]


@pytest.fixture(autouse=True)
def _catalogue(publish_shipped):
    load_demo_catalogue(by=Actor.system("test"), at=NOON)


def page(client, path, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_results_mark_what_was_found_and_escape_what_was_typed(client):
    html = page(client, "/tim-kiem/?q=khai+sinh")
    assert "Đăng ký <mark>khai sinh</mark>" in html
    html = page(client, "/tim-kiem/?q=%3Cscript%3Ealert(1)%3C/script%3E%22")
    assert "<script>alert" not in html


def test_a_search_as_you_type_gets_only_the_results(client):
    html = page(client, "/tim-kiem/?q=khai+sinh", **{"HX-Request": "true"})
    assert html.strip().startswith('<div id="ket-qua"')
    assert "<html" not in html


def test_an_empty_result_helps_on(client):
    html = page(client, "/tim-kiem/?q=zzzzzz&lv=H%E1%BB%99+t%E1%BB%8Bch")
    assert "/tim-kiem/?q=" in html
    assert "mc-empty" in html


def test_filters_and_pages_are_plain_addresses(client):
    html = page(client, "/tim-kiem/?nop=truc-tiep&nop=x&cap=commune&cap=moon&co-quan=x%25")
    assert "mc-chip--on" in html
    html = page(client, "/tim-kiem/")
    assert 'rel="next"' in html
    assert client.get("/tim-kiem/?sau=nowhere").status_code == 422


def test_a_search_page_takes_at_most_four_statements(client, django_assert_max_num_queries):
    page(client, "/tim-kiem/?q=khai+sinh")
    with django_assert_max_num_queries(4):
        page(client, "/tim-kiem/?q=giay+khai+sihn")
    with django_assert_max_num_queries(4):
        page(client, "/tim-kiem/")


def test_a_procedure_answers_eight_questions_in_order_in_three_statements(
    client, django_assert_max_num_queries
):
    page(client, "/thu-tuc/1.001193/")
    with django_assert_max_num_queries(3):
        html = page(client, "/thu-tuc/1.001193/")
    places = [html.index(f'id="{name}"') for name in QUESTIONS]
    assert places == sorted(places)


@pytest.mark.parametrize("code", ["1.001193", "1.013831", "2.000815", "1.005092", "1.001978"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_procedure_has_its_page_in_both_languages(client, code, language):
    client.cookies["motcua_language"] = language
    assert code in page(client, f"/thu-tuc/{code}/")


def test_a_long_title_is_never_cut(client):
    title = "Cấp giấy " + "rất dài " * 200 + "hết"
    record = portal_record("1.999999", title)
    import_procedures(records_in(stream(record)), source="a", by=Actor.system("t"), at=NOON)
    assert title in page(client, "/thu-tuc/1.999999/")
    assert title in page(client, "/tim-kiem/?q=1.999999")


def test_an_unknown_limit_is_never_shown_as_days_nor_a_doubtful_price_as_free(client):
    table = HEAD + "Trực tuyến1Miễn phí(Mức lệ phí do Hội đồng nhân dân quyết định)"
    record = portal_record("1.999998", cach_thuc_thuc_hien=table)
    import_procedures(records_in(stream(record)), source="a", by=Actor.system("t"), at=NOON)
    html = page(client, "/thu-tuc/1.999998/")
    assert "1 ngày" not in html
    assert "mc-due" not in html
    assert "<dd>Miễn phí" not in html
    assert "Hội đồng nhân dân" in html


def test_a_record_with_markup_in_it_is_shown_as_text(client):
    evil = "<img src=x onerror=alert(1)>"
    fields = {"trinh_tu_thuc_hien": evil, "yeu_cau_dieu_kien": evil, "detail_url": "javascript:x"}
    record = portal_record("1.999997", f"Thủ tục {evil}", co_quan_thuc_hien=evil, **fields)
    import_procedures(records_in(stream(record)), source="a", by=Actor.system("t"), at=NOON)
    html = page(client, "/thu-tuc/1.999997/")
    assert "<img" not in html
    assert "javascript:" not in html


def test_a_number_that_is_none_is_not_found(client):
    assert client.get("/thu-tuc/9.999999/").status_code == 404


def test_before_the_cutoff_is_today_and_after_it_the_next_working_day():
    at = datetime(2026, 11, 25, 9, 38, tzinfo=ZONE)
    promise = promise_of(Limit(Decimal(1), Unit.SAME_DAY), at, usual_calendar())
    assert (promise.before.day, promise.after.day) == (25, 26)
    sunday = datetime(2026, 11, 22, 9, tzinfo=ZONE)
    assert promise_of(Limit(Decimal(1), Unit.SAME_DAY), sunday, usual_calendar()).cutoff is None


def test_a_price_in_words_is_a_sum_a_span_or_a_hint():
    assert cost_in_words(Cost.AMOUNT, (8000,)) == "8.000 đồng"
    assert "50.000 đồng" in cost_in_words(Cost.AMOUNT, (150_000, 50_000))
    assert cost_in_words(Cost.DEPENDS, (8000,)) == cost_in_words(Cost.UNKNOWN, ())


def test_machines_search_and_read_with_strict_questions(client):
    found = client.get("/api/v1/procedures?q=khai sihn&limit=2").json()
    assert found["procedures"][0]["code"] == "1.001193"
    more = client.get(f"/api/v1/procedures?q=khai sinh&limit=2&after={found['after']}").json()
    assert more["procedures"][0]["code"] not in {p["code"] for p in found["procedures"]}
    whole = client.get("/api/v1/procedures/2.000635").json()
    assert whole["channels"][0]["fees"] == [8000]
    assert whole["channels"][0]["limit"] is None
    for bad in ("limit=0", "limit=x", "level=moon", "after=x"):
        answer = client.get(f"/api/v1/procedures?{bad}")
        assert answer.status_code == 422, bad
        assert answer["Content-Type"] == "application/problem+json"
    missing = client.get("/api/v1/procedures/9.999999")
    assert (missing.status_code, missing.json()["code"]) == (404, "catalogue.no-such-procedure")


def test_a_pack_brings_its_own_papers_fees_and_the_way_to_file(client, publish_shipped):
    publish_shipped(by=Actor.system("test"), at=NOON)
    html = page(client, "/thu-tuc/1.001193/")
    assert 'href="/nop/1.001193/"' in html
    assert "Giấy chứng sinh" in html
    assert "Luật Hộ tịch" in html.split('id="can-cu"')[1].split("</section>")[0]
    assert "/nop/" not in page(client, "/thu-tuc/1.004837/")
    assert "Miễn khi" not in page(client, "/thu-tuc/3.000347/").split('id="chi-phi"')[1]
    hit = client.get("/api/v1/procedures?q=khai sinh").json()["procedures"][0]
    assert (hit["code"], hit["online"], hit["filed_here"]) == ("1.001193", "full", True)

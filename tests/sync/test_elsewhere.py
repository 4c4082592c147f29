"""A citizen's dossiers from everywhere in one list; any of them by its code, without persons."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from motcua.backbone.remembered import forget_all
from motcua.dossiers.queries.elsewhere import cursor_at, place_at
from motcua.dossiers.tests.conftest import MONDAY, definition, ward
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.kernel.actors import Actor
from motcua.sync.models import Dossier
from motcua.sync.operations.partitions import archive_year
from motcua.sync.queries.elsewhere import _MINE
from motcua.sync.tests.streams import code_of, dossier, send, status

__all__ = ["definition", "ward"]


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def lan(counter):
    """An account whose owner showed their card at a counter."""
    account = get_user_model().objects.get(pk=counter.actor("lan").id)
    account.proven_at = MONDAY
    account.save()
    return account


def told(number, account, *, days=0, **facts):
    """Return a dossier of a person, filed some days from the Monday of the tests."""
    at = (MONDAY + timedelta(days=days)).isoformat()
    known = {"person": account.personal_id, "filed_at": at, "title": f"Việc số {number}"}
    return dossier(number, **known | facts)


def shown(page):
    """Return the codes of a list, in its order."""
    text = page.content.decode()
    return [part.partition("<")[0] for part in text.split('<span class="mc-code">')[1:]]


def test_a_status_from_the_future_says_nothing_of_where_a_dossier_stands(counter, lan):
    ahead = "2199-01-01T08:00:00+07:00"
    send([told(1, lan), status(1, 8, at=ahead), status(1, 2, hours=1), told(2, lan)])
    send([status(1, 10, hours=3)], stream="b")
    page = counter.client("lan").get(f"/ho-so/noi-khac/{code_of(1)}/")
    check_shape(page)
    (heading,) = re.findall(r"<h1[^>]*>([^<]+)</h1>", page.content.decode())
    assert heading == "Đã trả kết quả"
    assert "2199" in text_of(page)


def test_one_list_holds_what_was_filed_here_and_elsewhere_by_time(counter, lan):
    here = counter.file().code
    rows = [
        told(1, lan, days=-1, title="Việc khai"),
        told(2, lan, days=1),
        status(1, 9),
        status(2, 5, hours=1),
    ]
    send(rows)
    page = counter.client("lan").get("/ho-so/")
    check_shape(page)
    assert shown(page) == [code_of(2), here, code_of(1)]
    for words in ("Việc số 2", "Thừa Thiên"):
        assert words in text_of(page)
    todo = counter.client("lan").get("/ho-so/?xem=todo")
    assert shown(todo) == [code_of(2)]
    for words in (code_of(1), "VIEC khai", "khai viec"):
        assert shown(counter.client("lan").get("/ho-so/", {"tim": words})) == [code_of(1)]


def test_pages_of_the_list_show_each_dossier_once_in_order(counter, lan, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.mine.PAGE", 2)
    here = [counter.file().code for _ in range(3)]
    days = {1: -2, 2: -1, 3: 0, 4: 1, 5: 1}
    send([told(number, lan, days=day) for number, day in days.items()])
    client, address, seen = counter.client("lan"), "/ho-so/", []
    while address:
        page = client.get(address)
        seen += shown(page)
        text = page.content.decode()
        address = None
        if 'rel="next"' in text:
            part = text.rpartition('rel="next"')[0].rpartition('href="')[2]
            address = part.partition('"')[0].replace("&amp;", "&")
    ours = list(reversed(here))
    theirs = [code_of(n) for n in (5, 4, 3, 2, 1)]
    assert sorted(seen) == sorted(ours + theirs)
    assert [code for code in seen if code in ours] == ours
    assert [code for code in seen if code in theirs] == theirs


def links(page):
    """Return where a list says that it goes on, if it does."""
    found = re.findall(r'href="(/ho-so/[^"]*truoc[^"]*)"', page.content.decode())
    return html.unescape(found[0]) if found else None


def walked(client, address):
    """Return the codes on each page of a list, from an address to its end."""
    pages = []
    while address:
        page = client.get(address)
        check_shape(page)
        pages.append(shown(page))
        address = links(page)
    return pages


@pytest.mark.parametrize("asked", ["?tim=ba+mươi", "?xem=todo"])
def test_who_looks_among_very_many_is_led_on_until_all_were_looked_at(
    counter, lan, monkeypatch, asked
):
    monkeypatch.setattr("motcua.dossiers.queries.elsewhere.LOOKED_THROUGH", 2)
    here = counter.file().code
    rows = [told(number, lan, days=-number) for number in range(1, 30)]
    rows += [told(30, lan, days=-30, title="Việc thứ ba mươi"), status(30, 5)]
    send(rows)
    client = counter.client("lan")
    first = client.get(f"/ho-so/{asked}")
    assert shown(first) == []
    assert "Chưa tìm thấy" in text_of(first)
    pages = walked(client, f"/ho-so/{asked}")
    assert [code for page in pages for code in page] == [code_of(30)]
    assert len(pages) == 6
    under_way = walked(client, "/ho-so/?xem=under-way")
    assert [code for page in under_way for code in page] == [
        here,
        *(code_of(number) for number in range(1, 30)),
    ]


def test_a_page_that_was_not_filled_says_how_far_it_looked(counter, lan, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.queries.elsewhere.LOOKED_THROUGH", 2)
    send([told(number, lan, days=-number) for number in range(1, 11)])
    page = counter.client("lan").get("/ho-so/?tim=việc+3")
    assert shown(page) == [code_of(3)]
    assert "trang sau" in text_of(page)
    assert links(page)


def test_a_look_among_very_many_costs_no_more_for_those_it_passes(
    counter, lan, django_assert_max_num_queries
):
    send([told(number, lan, days=-number) for number in range(1, 800)])
    client = counter.client("lan")
    client.get("/ho-so/?tim=khong-co")
    with django_assert_max_num_queries(7) as seen:
        client.get("/ho-so/?tim=khong-co")
    assert sum("FROM sync_dossier" in query["sql"] for query in seen) == 2


def test_a_place_in_a_person_s_list_is_found_by_the_index_alone(counter, lan):
    send([told(number, lan, days=-number) for number in range(1, 40)])
    asked = (uuid4(), *place_at(cursor_at(MONDAY, code_of(9))), 21)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {_MINE.text}", asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert re.search(r"Index Cond: \(\(person = .*ROW\(since, code\) < ", plan)
    assert "Merge Append" in plan
    assert not re.search(r"(Seq|Bitmap Heap) Scan on sync_dossier|Filter: \(*(person|ROW)", plan)


def test_nobody_sees_another_s_and_nobody_unproven_their_own(counter, lan):
    send([told(1, lan), status(1, 2, words="Bí mật")])
    nam = counter.client("nam")
    assert shown(nam.get("/ho-so/")) == []
    assert nam.get(f"/ho-so/noi-khac/{code_of(1)}/").status_code == 404
    lan.proven_at = None
    lan.save()
    forget_all()
    client = counter.client("lan")
    assert shown(client.get("/ho-so/")) == []
    assert client.get(f"/ho-so/noi-khac/{code_of(1)}/").status_code == 404
    assert counter.client("clerk").get(f"/ho-so/noi-khac/{code_of(1)}/").status_code == 404


def test_a_dossier_elsewhere_shows_its_way_and_who_told_it_when(counter, lan):
    rows = [told(1, lan, applicant="Nguyễn Thị Lan", due_at="2026-12-01T10:00:00Z")]
    rows += [status(1, 1, words="Nộp"), status(1, 2, hours=2, who="Trần Văn Bình")]
    send(rows)
    client = counter.client("lan")
    page = client.get(f"/ho-so/noi-khac/{code_of(1)}/")
    check_shape(page)
    for words in ("“Nộp”", "Trần Văn Bình", "Cơ quan đã tiếp nhận", "Thừa Thiên", "23/11/2026"):
        assert words in text_of(page)
    send([told(2, lan)], stream="b")
    check_shape(client.get(f"/ho-so/noi-khac/{code_of(2)}/"))


def test_a_code_is_looked_up_by_anybody_and_shows_nothing_personal(client, counter, lan):
    about = "Khai sinh cho cháu Nguyễn Văn Tèo"
    row = told(1, lan, title=about, applicant="Nguyễn Thị Lan", due_at="2026-12-01T10:00:00Z")
    send([row, status(1, 4, words="Chờ mẹ cháu", who="Trần Văn Bình")])
    page = client.get("/tra-cuu/", {"ma": code_of(1).lower()})
    check_shape(page)
    text = text_of(page)
    assert "Thừa Thiên" in text
    assert "giải quyết" in text
    for secret in ("Tèo", "Lan", "Bình", "mẹ cháu", lan.personal_id):
        assert secret not in text
    check_shape(client.get("/tra-cuu/", {"ma": code_of(9)}))


def test_a_dossier_of_a_year_in_the_archive_is_not_said_to_be_unknown(counter, lan):
    code = code_of(1, day="200917")
    send([told(1, lan, code=code)])
    archive_year(2020, ask="Trung tâm Lưu trữ", by=Actor.system("test"), at=MONDAY)
    client = counter.client("lan")
    page = client.get(f"/ho-so/noi-khac/{code}/")
    assert page.status_code == 404
    assert "Trung tâm Lưu trữ" in text_of(page)
    page = client.get(f"/ho-so/{code}/", follow=True)
    assert page.status_code == 200
    check_shape(page)
    assert "Hồ sơ năm 2020 đã được đưa vào lưu trữ" in text_of(page)
    assert client.get(f"/ho-so/{code_of(1)}/").status_code == 404


def test_a_status_told_before_its_dossier_is_looked_up_as_such(client, counter, lan):
    send([status(1, 2), status(1, 4, hours=2, words="Chờ mẹ cháu")])
    page = client.get("/tra-cuu/", {"ma": code_of(1)})
    check_shape(page)
    text = text_of(page)
    assert "Thừa Thiên" in text
    assert "giải quyết" in text
    assert "chưa báo chính hồ sơ" in text
    assert "mẹ cháu" not in text
    assert "Nộp lúc" not in text
    led = counter.client("lan").get(f"/ho-so/{code_of(1)}/", follow=True)
    assert "chưa báo chính hồ sơ" in text_of(led)
    send([told(1, lan)], stream="b")
    assert "chưa báo chính hồ sơ" not in text_of(client.get("/tra-cuu/", {"ma": code_of(1)}))


def test_where_nothing_comes_from_elsewhere_the_list_costs_nothing_more(
    counter, lan, django_assert_max_num_queries
):
    counter.file()
    client = counter.client("lan")

    def cost():
        client.get("/ho-so/?xem=under-way")
        with django_assert_max_num_queries(6) as seen:
            client.get("/ho-so/?xem=under-way")
        return [query["sql"] for query in seen.captured_queries]

    assert not any("sync_" in sql for sql in cost())


def test_what_comes_from_elsewhere_costs_few_statements_however_many(
    counter, lan, django_assert_max_num_queries
):
    send([told(number, lan, days=-number) for number in range(1, 20)])
    client = counter.client("lan")
    client.get("/ho-so/")
    with django_assert_max_num_queries(13):
        client.get("/ho-so/")
    assert Dossier.objects.count() == 19


def test_what_an_agency_asked_for_by_the_old_interface_is_shown(counter, lan, settings):
    from motcua.exchange.tests.conftest import PORTAL
    from motcua.sync.operations.legacy_taking import take_dossiers
    from motcua.sync.operations.systems import System, make_system
    from motcua.sync.rules.legacy.shapes import Envelope
    from motcua.sync.tests.streams import HUE
    from tests.sync.legacy import legacy_dossier

    settings.EXCHANGE_MEMBERS = ("000.00.00.H26",)
    make_system("hue", HUE, title="", by=PORTAL, at=MONDAY)
    item = legacy_dossier(
        1,
        MaDoiTuong=lan.personal_id,
        DanhSachHoSoBoSung=[
            {"NoiDungBoSung": "Thiếu <b>giấy chứng sinh</b>", "NgayBoSung": "20260917100000"},
            {"NoiDungBoSung": "Thiếu ảnh", "NgayBoSung": "không rõ"},
            "không phải",
        ],
        DanhSachGiayToKetQua={"TenGiayTo": "Giấy khai sinh"},
    )
    take_dossiers(System.objects.get(), Envelope(data=[item]), at=MONDAY)
    page = counter.client("lan").get(f"/ho-so/noi-khac/{code_of(1)}/")
    check_shape(page)
    assert "Thiếu &lt;b&gt;giấy chứng sinh" in page.content.decode()
    assert "Giấy khai sinh" in text_of(page)

"""What holds for every page: no barrier, no sideways scrolling, a light first visit."""

import pytest
from playwright.sync_api import Request, expect

from tests.browser.filed import file_births, waiting_for_her
from tests.browser.handed import hand_on_some
from tests.browser.steps import (
    ADMINISTRATOR,
    CITY_ADMINISTRATOR,
    CLERK,
    GRANDMOTHER,
    KEEPER,
    LEADER,
    MOTHER,
    axe,
    sign_in,
    too_wide,
)

PUBLIC = [
    "/",
    "/tim-kiem/",
    "/tim-kiem/?q=khai+sinh",
    "/tai-khoan/dang-nhap/",
    "/tai-khoan/dang-ky/",
    "/su-kien/",
    "/tro-giup/",
    "/tro-nang/",
    "/quyen-rieng-tu/",
    "/so-lieu/",
    "/trao-doi/",
    "/trao-doi/tu-choi/",
    "/api/v1/docs/",
    "/nop/1.001193/",
    "/nop/2.000986/",
    "/thu-tuc/1.001193/",
    "/design/",
    "/design/ban-lam-viec/",
    "/?lang=en",
]
"""Pages anyone can open; a room that brings a page adds it here or below."""

PERSONAL = [
    "/thong-bao/qua-thu/",
    "/ho-so/?xem=others",
    "/ho-so/",
    "/ho-so/nhan/",
    "/du-lieu-cua-toi/",
    "/du-lieu-cua-toi/tai-ve/",
    "/du-lieu-cua-toi/ai-da-xem/",
    "/du-lieu-cua-toi/dong-y/",
    "/du-lieu-cua-toi/sai-sot/",
    "/tai-khoan/",
    "/tai-khoan/danh-tinh/",
    "/uy-quyen/",
    "/uy-quyen/moi/",
    "/uy-quyen/trao/",
    "/uy-quyen/moi/cha-me/",
    "/uy-quyen/moi/uy-quyen/",
]
OFFICIAL = [
    "/ban-lam-viec/cau-hoi/",
    "/tai-khoan/nguoi-than/",
    "/tai-khoan/xac-nhan-danh-tinh/",
    "/ban-lam-viec/",
    "/ban-lam-viec/khung-nhin/?hoi=xem%3Dlate",
    "/ban-lam-viec/hang-loat/",
    "/ban-lam-viec/ban-giao/",
    "/ban-lam-viec/xep-hang/",
    "/ban-lam-viec/thu-ngan/",
    "/ban-lam-viec/so-theo-doi/",
    "/ban-lam-viec/y-kien/",
    "/ban-lam-viec/quay/",
    "/ban-lam-viec/chuyen/",
]
OPERATING = ["/quan-tri/viec/", "/quan-tri/viec/?loai=cho"]
ARRANGING = [
    "/quan-tri/xep-hang/",
    "/quan-tri/vang-mat/",
    "/quan-tri/uy-quyen/",
    "/quan-tri/lich/",
    "/quan-tri/lich/gio/",
    "/quan-tri/lich/ngay/?ngay=2026-11-24",
]
READING = [
    "/ban-lam-viec/tai-cong-viec/",
    "/ban-lam-viec/bao-cao/",
    "/ban-lam-viec/bao-cao/ho-so/?cot=received",
]
WRITING = [
    "/quan-tri/goi/",
    "/quan-tri/goi/moi/?q=khai+sinh",
    "/quan-tri/goi/thu-tuc/1.001193/",
    "/quan-tri/goi/thu-tuc/1.001193/so-sanh/",
    "/quan-tri/goi/ganh-nang/",
    "/quan-tri/goi/thu-tuc/1.004222/ganh-nang/",
]
KEEPING = [
    "/so-goc/",
    "/so-goc/dan-cu/",
    "/so-goc/dan-cu/1/",
    "/so-goc/dan-cu/1/?ly-do=supervise",
    "/so-goc/yeu-cau/",
]

EXCHANGING = [
    "/quan-tri/chuyen-ho-so/",
    "/quan-tri/dong-bo/",
    "/quan-tri/dong-bo/000.00.00.H26/",
    "/quan-tri/dong-bo/noi-nhan/",
    "/quan-tri/dong-bo/noi-nhan/moi/",
    "/quan-tri/dong-bo/he-thong/",
    "/quan-tri/trao-doi/",
    "/quan-tri/trao-doi/de-nghi/",
    "/quan-tri/trao-doi/thanh-vien/",
    "/quan-tri/trao-doi/thanh-vien/moi/",
    "/quan-tri/trao-doi/thanh-vien/000.00.00.H26/",
    "/quan-tri/trao-doi/thanh-vien/000.00.00.H26/chung-thu/",
    "/quan-tri/trao-doi/dich-vu/",
    "/quan-tri/trao-doi/dich-vu/000.00.00.H26/dossiers.v1/",
    "/quan-tri/trao-doi/dich-vu/000.00.00.H26/dossiers.v1/he-thong/",
    "/quan-tri/trao-doi/nhat-ky/",
]

HEAVIEST = 40_000
"""Bytes on the wire for a first visit, fonts apart."""


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_bars_nobody(page, path):
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert axe(page) == []
    assert too_wide(page) == 0


def test_a_page_that_is_not_there_bars_nobody(page):
    page.goto("/khong-co-trang-nay/")
    assert page.locator("h1").count() == 1
    assert axe(page) == []
    assert too_wide(page) == 0


@pytest.mark.parametrize(
    ("who", "path"),
    [
        *((MOTHER, p) for p in PERSONAL),
        *((CLERK, p) for p in OFFICIAL),
        *((KEEPER, p) for p in KEEPING),
        *((ADMINISTRATOR, p) for p in (*ARRANGING, *READING, *WRITING)),
        *((CITY_ADMINISTRATOR, p) for p in (*EXCHANGING, *OPERATING)),
    ],
)
def test_a_page_behind_sign_in_bars_nobody(page, who, path):
    sign_in(page, who, to=path)
    assert axe(page) == []
    assert too_wide(page) == 0


@pytest.fixture(scope="module")
def handed(house):
    return hand_on_some(house, CLERK, GRANDMOTHER)


@pytest.mark.parametrize(
    ("who", "list_of_them", "under"),
    [
        (CLERK, "/ban-lam-viec/chuyen/", "/ban-lam-viec/chuyen/"),
        (GRANDMOTHER, "/ho-so/", "/ho-so/chuyen/"),
    ],
)
def test_a_page_of_what_was_handed_on_bars_nobody(page, handed, who, list_of_them, under):
    sign_in(page, who, to=list_of_them)
    pages = [f"{under}{code}/" for code in handed]
    for path in (list_of_them, *pages, f"{pages[1]}bo-sung/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        assert too_wide(page) == 0, path
        expect(page.locator("h1")).to_have_count(1)


def test_the_pages_of_what_is_waited_for_bar_nobody(page, house):
    asked, owes = waiting_for_her(house, MOTHER, CLERK)
    sign_in(page, MOTHER, to=f"/ho-so/{asked}/bo-sung/")
    for left in (False, True):
        if left:
            page.get_by_role("button", name="Gửi cơ quan").click()
            expect(page.locator("[name=lacking]")).to_have_count(2)
        assert axe(page) == []
        assert too_wide(page) == 0
    sign_in(page, CLERK, to=f"/ban-lam-viec/{asked}/nhan-bo-sung/")
    expect(page.locator("[name=proof]")).to_be_visible()
    page.get_by_role("button", name="Nộp vào hồ sơ").click()
    expect(page.locator("[name=proof]")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == 0
    sign_in(page, LEADER, to=f"/ban-lam-viec/{owes}/thoi-thu-phi/")
    expect(page.locator("[name=bill]")).to_have_count(1)
    assert axe(page) == []
    assert too_wide(page) == 0


def test_what_waits_for_other_portals_bars_nobody(page, handed):
    sign_in(page, CITY_ADMINISTRATOR, to="/quan-tri/chuyen-ho-so/")
    for code in handed[:2]:
        expect(page.get_by_role("row").filter(has_text=code)).to_have_count(1)
    assert axe(page) == []
    assert too_wide(page) == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_tracking_book_fits_any_screen(desktop, house, language):
    file_births(house, MOTHER)
    sign_in(desktop, CLERK, to=f"/ban-lam-viec/so-theo-doi/?lang={language}")
    assert desktop.locator("html").get_attribute("lang") == language
    expect(desktop.locator("tbody tr").first).to_contain_text("000.00.61.H26-")
    for width in (1440, 1280, 1024, 800, 360):
        desktop.set_viewport_size({"width": width, "height": 900})
        assert too_wide(desktop) == 0, width


@pytest.mark.parametrize("path", PUBLIC[:4])
def test_a_first_visit_is_light(desktop, path):
    answers: list[Request] = []

    def note(request):
        answers.append(request)

    desktop.on("requestfinished", note)
    desktop.goto(path, wait_until="networkidle")
    weights = {
        request.url: request.sizes()["responseBodySize"]
        for request in answers
        if request.resource_type != "font"
    }
    assert weights
    assert sum(weights.values()) <= HEAVIEST, weights


@pytest.mark.parametrize("path", PUBLIC[:4])
def test_a_page_works_without_javascript(no_js, path):
    answer = no_js.goto(path)
    assert answer is not None
    assert answer.status == 200
    assert no_js.locator("h1").count() == 1

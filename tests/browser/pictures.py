"""
Take the pictures of the README: ``python -m pytest tests/browser/pictures.py`` walks the main job.

They are written to ``docs/pictures`` as WebP.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.browser import citizen, officials
from tests.browser.conftest import MANNERS
from tests.browser.people import Person
from tests.browser.steps import CLERK, LEADER, MOTHER, SPECIALIST
from tests.portals import Portal

PLACE = Path(__file__).parent.parent.parent / "docs" / "pictures"


def test_the_main_job_in_pictures(browser, house, tmp_path):
    PLACE.mkdir(parents=True, exist_ok=True)
    house.command("demo", "--dossiers", "30000")
    walk(browser, house, tmp_path)


def walk(browser: Browser, house: Portal, scratch: Path) -> None:
    scan = scratch / "giấy chứng sinh.jpg"
    a_paper().save(scan)
    stranger, mother = someone(browser, house), someone(browser, house, "phone")
    stranger.open("/")
    keep(stranger, "home", height=900)
    stranger.open("/tim-kiem/?q=giay+khai+sinh")
    keep(stranger, "find", height=900)
    mother.open("/thu-tuc/1.001193/")
    citizen.begin(mother, MOTHER)
    citizen.fill_page(mother)
    mother.press("Lưu và tiếp tục")
    citizen.fill_page(mother)
    keep(mother, "file", height=740)
    code = hand_over(mother, scan)
    process(browser, house, code)
    desk = someone(browser, house, who=MOTHER)
    desk.open(f"/ho-so/{code}/")
    keep(desk, "receive", height=900)


def a_paper() -> Image.Image:
    """Return what a filled-in form looks like from afar."""
    paper = Image.new("RGB", (1200, 1600), "#fbfaf6")
    draw = ImageDraw.Draw(paper)
    draw.rectangle((60, 60, 1140, 1540), outline="#8a7f70", width=3)
    draw.rectangle((330, 170, 870, 215), fill="#3b342c")
    for row in range(14):
        y = 330 + row * 72
        draw.rectangle((140, y, 380, y + 16), fill="#b9b0a3")
        draw.rectangle((420, y, 700 + row * 97 % 330, y + 16), fill="#5c544a")
    draw.ellipse((760, 1330, 960, 1530), outline="#b3262a", width=8)
    return paper


def hand_over(mother: Person, scan: Path) -> str:
    """File and pay; the bill is kept."""
    citizen.fill_form(mother)
    citizen.hand_in(mother, "birth_certificate", scan)
    mother.press("Lưu và tiếp tục")
    code = citizen.check_and_file(mother)
    mother.press("Thanh toán 24.000")
    keep(mother, "pay", height=900)
    mother.open(f"/ho-so/{code}/giay-hen/")
    citizen.pay_at_the_bank(mother)
    citizen.wait_until_paid(mother)
    return code


def process(browser: Browser, house: Portal, code: str) -> None:
    """Let the officials do their part; the specialist's page is kept."""
    clerk, specialist, leader = (
        someone(browser, house, who=who) for who in (CLERK, SPECIALIST, LEADER)
    )
    officials.take_at_once(clerk, code, "Tiếp nhận hồ sơ")
    officials.take_at_once(clerk, code, "Chuyển giải quyết")
    officials.open_case(specialist, code)
    keep(specialist, "process", height=900)
    officials.decide(specialist, code, "Đề xuất giải quyết")
    officials.decide(leader, code, "Phê duyệt và cấp kết quả")
    officials.return_result(clerk, code)


def someone(browser: Browser, house: Portal, manner: str = "desktop", who: str = "") -> Person:
    context = browser.new_context(base_url=house.url, locale="vi-VN", **MANNERS[manner])
    person = Person(context.new_page())
    if who:
        person.sign_in(who)
    return person


def keep(person: Person, name: str, *, height: int) -> None:
    """Write what the person sees, from the top of the page, as WebP."""
    person.page.evaluate("scrollTo(0, 0)")
    shot = Image.open(BytesIO(person.page.screenshot()))
    shot.crop((0, 0, shot.width, min(shot.height, height))).save(
        PLACE / f"{name}.webp", quality=80, method=6
    )

"""A paper the State has is not asked for: agreed, asked, proved, filed, seen at the desk."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from psutil import Process

from motcua.files.tests.samples import pdf
from tests.browser.citizen import drawn_again, hand_in, show_communes
from tests.browser.people import Person
from tests.browser.steps import CLERK, FATHER, MOTHER, SPECIALIST

CODE = "9.000011"
PACK = Path(__file__).parent.parent / "registers" / "packs" / CODE
GO_ON, YES, SELF = "Lưu và tiếp tục", "Tôi đồng ý, bắt đầu", "Bắt đầu, tôi tự điền"
NOT_NEEDED = "Không cần nộp: đã có trong Cơ sở dữ liệu quốc gia về dân cư"


@pytest.fixture(scope="module", autouse=True)
def published(house):
    """Put the pack online."""
    house.command("packs", "publish", str(PACK))


@contextmanager
def frozen(house):
    """Let the registers hang: they take calls and never answer."""
    first = Process(house.pid("registrar"))
    whole = [first, *first.children(recursive=True)]
    try:
        for process in whole:
            process.suspend()
        yield
    finally:
        for process in whole:
            process.resume()


def choose_place(me: Person) -> None:
    province = me.page.locator("[name='office.province']")
    drawn_again(me, province, lambda: province.select_option("01"))
    commune = me.page.locator("[name='office.commune']")
    if commune.locator("[value='00070']").count() == 0:
        show_communes(me, "office.commune")
    commune.select_option("00070")


def to_the_facts(me: Person, button: str, who: str) -> None:
    """Begin, read what would be asked, and go to the page of facts."""
    me.sign_in(who, to=f"/nop/{CODE}/")
    expect(me.page.locator("main")).to_contain_text("Cơ sở dữ liệu quốc gia về dân cư")
    me.look()
    me.press(button)
    choose_place(me)
    me.press(GO_ON)


def take(me: Person, label: str) -> None:
    """Take over what the registry says for a question."""
    if not me.scripts and "/da-co/" not in me.page.url:
        me.press("Xem Nhà nước đã có gì")
    words = re.compile(f"^Đúng, dùng giá trị này.*{label}", re.DOTALL)
    with me.page.expect_navigation():
        me.page.get_by_role("button", name=words).click()


def file_it(me: Person) -> str:
    me.look()
    me.page.locator("[name=declared]").check(force=True)
    with me.page.expect_navigation(url="**/giay-hen/"):
        me.page.get_by_role("button", name="Nộp hồ sơ").click()
    return me.page.url.split("/ho-so/")[1].split("/")[0]


def seen_at_the_desk(desk: Person, code: str) -> None:
    """Find on the checklist what stands for a paper, and check it once the log has signed it."""
    desk.open(f"/ban-lam-viec/{code}/")
    expect(desk.page.locator("#kiem-tra")).to_contain_text("Đã chứng minh bằng")
    desk.look()
    desk.page.locator("#kiem-tra").get_by_role("link", name="kiểm tra").first.click()
    proved = desk.page.locator("main").get_by_text("Vừa kiểm tra")
    for _second in range(15):
        if proved.count():
            break
        desk.page.wait_for_timeout(1_000)
        desk.page.reload()
    expect(proved).to_have_count(1)
    desk.look()


def test_a_paper_the_state_has_is_proved_and_seen_at_the_desk(someone):
    me = someone()
    to_the_facts(me, YES, MOTHER)
    for label in ("Nơi cư trú", "Tình trạng hôn nhân"):
        take(me, label)
    me.look()
    me.press(GO_ON)
    if not me.scripts:
        me.press("Hỏi cơ sở dữ liệu")
    expect(me.page.locator("main").get_by_text(NOT_NEEDED)).to_have_count(2)
    expect(me.page.locator("main [type=file]")).to_have_count(0)
    me.look()
    me.press(GO_ON)
    code = file_it(me)
    me.open(f"/ho-so/{code}/chung-cu/wedding/")
    me.look()
    me.open("/du-lieu-cua-toi/dong-y/")
    expect(me.page.locator("main")).to_contain_text(code)
    me.look()
    seen_at_the_desk(someone(SPECIALIST), code)


def test_who_takes_consent_back_is_asked_for_papers(someone):
    me = someone()
    to_the_facts(me, YES, MOTHER)
    me.press("Xem nội dung hoặc rút lại")
    me.look()
    me.press("Rút lại sự đồng ý")
    expect(me.page.locator("body")).to_contain_text("Không cơ sở dữ liệu nào được hỏi nữa")
    me.press("Cho phép hỏi cơ sở dữ liệu")
    me.look()
    me.press("Tiếp tục mà không hỏi")
    expect(me.page.locator("main")).not_to_contain_text("Đúng, dùng giá trị này")


def test_the_clerk_asks_who_stands_before_them(someone):
    clerk = someone(CLERK)
    clerk.open(f"/ban-lam-viec/quay/moi/{CODE}/")
    clerk.page.fill("[name=who]", "001195012345")
    clerk.page.fill("[name=name]", "Nguyễn Thị Hương")
    clerk.page.locator("[name=document][value=card]").check(force=True)
    clerk.press("Tiếp tục đến tờ khai")
    clerk.press("Cho phép hỏi cơ sở dữ liệu")
    clerk.look()
    clerk.press("Người nộp đồng ý")
    expect(clerk.page.locator("main")).to_contain_text("Đánh dấu rằng người trước quầy")
    clerk.look()
    clerk.page.locator("[name=nghe]").check(force=True)
    clerk.press("Người nộp đồng ý")
    take(clerk, "Tình trạng hôn nhân")
    me = someone(MOTHER)
    me.open("/du-lieu-cua-toi/dong-y/")
    expect(me.page.locator("main")).to_contain_text("ghi nhận tại quầy")
    me.look()


def test_while_the_registers_hang_the_form_goes_on(someone, house, tmp_path):
    """The last test here: for a while afterwards the portal leaves the registers alone."""
    scan = tmp_path / "giấy.pdf"
    scan.write_bytes(pdf())
    me = someone()
    to_the_facts(me, YES, FATHER)
    with frozen(house):
        here = me.page.url
        me.open(here.removeprefix(house.url))
        for name, value in (("home.street", "Số 1"),):
            me.page.fill(f"[name='{name}']", value)
        province = me.page.locator("[name='home.province']")
        drawn_again(me, province, lambda: province.select_option("01"))
        commune = me.page.locator("[name='home.commune']")
        if commune.locator("[value='00070']").count() == 0:
            show_communes(me, "home.commune")
        commune.select_option("00070")
        me.page.locator("[name=status][value=single]").check(force=True)
        me.press(GO_ON)
        if not me.scripts:
            me.press("Hỏi cơ sở dữ liệu")
        expect(me.page.locator("main")).to_contain_text("hiện chưa trả lời")
        me.look()
        hand_in(me, "residence", scan)
        me.press(GO_ON)
        file_it(me)

"""The whole desk in a browser that runs no scripts, and a mark that leads to a better paper."""

import re

from playwright.sync_api import expect

from motcua.files.tests.samples import photo
from tests.browser import officials
from tests.browser.filed import file_births
from tests.browser.people import Person
from tests.browser.steps import CLERK, LEADER, MOTHER, SPECIALIST

PAPER = "birth_certificate"


def at_desk(page, who: str) -> Person:
    me = Person(page, scripts=False)
    me.sign_in(who)
    return me


def give_to_somebody(me: Person, code: str, button: str) -> None:
    """Give the dossier to the first colleague of the list: of the next post, or of one's own."""
    officials.open_case(me, code)
    me.press("Chuyển hoặc giao cho đồng nghiệp")
    me.page.locator("[name=nguoi]:not([value=''])").first.check(force=True)
    me.look()
    me.press(button)
    expect(me.page.locator("[role=status]").first).to_contain_text(code)


def pass_many_on(me: Person, codes: list[str]) -> None:
    """Choose dossiers in the list and pass them on in one run."""
    me.open("/ban-lam-viec/?trang-thai=received&xep=newest")
    for code in codes:
        me.page.locator(f"[name=hs][value='{code}']").check(force=True)
    me.press("Chuyển xử lý")
    me.look()
    me.press("Chuyển")
    for _moment in range(40):
        if me.page.get_by_text("Đã chạy xong").count():
            break
        me.page.wait_for_timeout(500)
        me.page.reload()
    expect(me.page.locator("#tien-do [role=status]")).to_contain_text("đều làm được")
    me.look()


def hand_over(giver: Person, codes: list[str]) -> str:
    """Put dossiers passed on on a list; return its address."""
    giver.open("/ban-lam-viec/ban-giao/")
    for box in giver.page.locator("[name=hs]").all():
        box.set_checked(box.get_attribute("value") in codes, force=True)
    giver.look()
    giver.press("Lập danh sách")
    giver.look()
    return giver.page.url


def test_the_whole_desk_works_without_scripts(no_js, house):
    codes = file_births(house, MOTHER, 2)
    clerk = at_desk(no_js, CLERK)
    for code in codes:
        officials.take_at_once(clerk, code, "Tiếp nhận hồ sơ")
    give_to_somebody(clerk, codes[0], "Chuyển giải quyết")
    pass_many_on(clerk, codes[1:])
    there = hand_over(clerk, codes)

    specialist = at_desk(no_js, SPECIALIST)
    specialist.open(there)
    specialist.press("Xác nhận")
    expect(specialist.page.locator("main")).to_contain_text("Đã nhận")
    give_to_somebody(specialist, codes[0], "Giao cho đồng nghiệp")
    officials.ask_for_supplement(specialist, codes[1], PAPER, "child_name")
    officials.decide(specialist, codes[0], "Đề xuất giải quyết")
    leader = at_desk(no_js, LEADER)
    officials.decide(leader, codes[0], "Phê duyệt và cấp kết quả")
    clerk = at_desk(no_js, CLERK)
    officials.return_result(clerk, codes[0])
    clerk.open(f"/ban-lam-viec/?tim={codes[0]}&trong=tat-ca")
    expect(clerk.page.locator("[data-worklist]")).to_contain_text("Đã trả")


def mark(me: Person, code: str, words: str) -> None:
    """Mark a place on the paper by numbers, as it works everywhere."""
    officials.open_case(me, code)
    me.press("Đánh dấu")
    me.press("Trang 2")
    for name, value in {"trai": 10, "tren": 20, "rong": 40, "cao": 15}.items():
        me.page.fill(f"[name={name}]", str(value))
    me.page.fill("[name=loi]", words)
    me.look()
    me.press("Lưu chỗ đánh dấu")
    expect(me.page.locator("main")).to_contain_text(words)
    me.look()


def test_an_applicant_sees_where_a_paper_was_marked_and_sends_a_better_one(
    someone, house, tmp_path
):
    (code,) = file_births(house, MOTHER)
    clerk, mother = someone(CLERK), someone(MOTHER)
    mark(clerk, code, "Con dấu bị mất góc")
    officials.ask_for_supplement(clerk, code, PAPER, "child_name")
    mother.open(f"/ho-so/{code}/bo-sung/")
    mother.look()
    picture = mother.page.locator(f"#giay-{PAPER} .mc-marked")
    expect(picture.locator("rect")).to_have_count(1)
    expect(picture.locator("img")).to_have_attribute("src", re.compile(f"{code}.*/trang/2/"))
    expect(mother.page.locator("main")).to_contain_text("Con dấu bị mất góc")
    better = tmp_path / "chứng sinh rõ.jpg"
    better.write_bytes(photo(size=(800, 600)))
    mother.page.locator(f"[name=file-{PAPER}]").set_input_files(better)
    if not mother.scripts:
        mother.press("Thêm các tệp đã chọn")
    expect(mother.page.locator(f"#giay-{PAPER} .mc-photo")).to_have_count(1)
    mother.page.fill("[name=child_name]", "Trần Nguyễn Minh Ánh")
    mother.press("Gửi cơ quan")
    expect(mother.page.locator("main")).to_contain_text("Cơ quan đã nhận")
    officials.open_case(clerk, code)
    expect(clerk.page.locator(".mc-viewer").first).to_contain_text("chứng sinh rõ")

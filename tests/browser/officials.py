"""What officials do at their desk."""

from playwright.sync_api import expect

from tests.browser.people import Person

WHY = "Ảnh giấy chứng sinh bị mờ; chữ đệm của cháu chưa khớp giấy chứng sinh."


def open_case(me: Person, code: str) -> None:
    """Find a dossier by its code in the worklist, and open it."""
    me.open("/ban-lam-viec/")
    me.look()
    me.page.fill("[name=tim]", code)
    me.press("Lọc")
    me.page.get_by_role("link", name="Đăng ký khai sinh").first.click()
    expect(me.page.locator("main")).to_contain_text(code)
    me.look()


def take_at_once(me: Person, code: str, step: str) -> None:
    """Take a step that needs no words."""
    open_case(me, code)
    me.press(step)
    expect(me.page.locator("[role=status]").first).to_contain_text(code)


def ask_for_supplement(me: Person, code: str, paper: str, field: str) -> None:
    """Ask for a paper and an answer again, and say why."""
    open_case(me, code)
    me.press("Yêu cầu bổ sung")
    me.page.locator(f"[name=papers][value={paper}]").check(force=True)
    me.page.locator(f"[name=fields][value={field}]").check(force=True)
    me.page.fill("[name=reason]", WHY)
    me.look()
    me.press("Yêu cầu bổ sung")
    expect(me.page.locator("[role=status]").first).to_contain_text(code)


def decide(me: Person, code: str, step: str) -> None:
    """Take a step that has a page of its own, without a comment."""
    open_case(me, code)
    me.press(step)
    me.look()
    me.press(step)
    expect(me.page.locator("[role=status]").first).to_contain_text(code)


def return_result(me: Person, code: str) -> None:
    """Hand the result over as soon as it is made: on paper at the desk where that was wished."""
    open_case(me, code)
    for _moment in range(20):
        if me.page.get_by_role("button", name="Trả kết quả").count():
            break
        me.page.wait_for_timeout(500)
        me.page.reload()
    me.press("Trả kết quả")
    if me.page.locator("[name=to_whom]").is_visible():
        me.page.fill("[name=to_whom]", "Nguyễn Thị Hương")
        me.page.fill("[name=document]", "Thẻ căn cước 001195012345")
        me.press("Trả kết quả")
    expect(me.page.locator("[role=status]").first).to_contain_text(code)

"""A procedure goes online without code: begun from its record, edited, published by another."""

from playwright.sync_api import expect

from tests.browser.steps import ADMINISTRATOR, MOTHER, PUBLISHER

CODES = {"desktop": "1.003677", "phone": "2.001159", "no_js": "1.004837"}
"""Procedures of the demonstration that have no pack yet: one for each manner of reading."""
FILES = ("procedure.yaml", "form.yaml", "result.typ")


def write_what_is_left(me, draft):
    """Replace every word TODO in the files, as an author would with better words."""
    for file in FILES:
        me.open(f"{draft}tep/sua/{file}/")
        text = me.page.input_value("[name=text]")
        me.page.fill("[name=text]", text.replace("TODO", "G99"))
        me.look()
        me.press("Lưu")
        me.look()


def propose(me, draft):
    """Hand a draft without errors to others, and see that its writer cannot publish it."""
    me.open(draft)
    expect(me.page.locator("main")).to_contain_text("Không có lỗi")
    me.press("Trình ban hành")
    me.page.fill("[name=note]", "Soạn từ danh mục, đã đối chiếu quyết định công bố.")
    me.look()
    me.press("Trình ban hành")
    me.open(f"{draft}duyet/")
    assert me.page.get_by_role("button", name="Ban hành").count() == 0


def test_a_record_becomes_a_procedure_that_people_file(request, someone):
    code = CODES[request.node.callspec.params["someone"]]
    author, publisher = someone(ADMINISTRATOR), someone(PUBLISHER)
    author.open(f"/quan-tri/goi/moi/?q={code}")
    author.look()
    author.press("Soạn từ bản ghi này")
    draft = author.page.url
    expect(author.page.locator("main")).to_contain_text("TODO")
    author.look()
    write_what_is_left(author, draft)
    propose(author, draft)

    publisher.open("/quan-tri/goi/")
    publisher.open(f"{draft}duyet/")
    publisher.look()
    publisher.press("Ban hành")
    expect(publisher.page.locator("[role=status]").first).to_contain_text("Đã ban hành")
    publisher.look()

    citizen = someone(MOTHER)
    citizen.open(f"/thu-tuc/{code}/")
    expect(citizen.page.locator(f"a[href^='/nop/{code}/']").first).to_be_visible()

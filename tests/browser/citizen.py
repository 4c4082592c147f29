"""What a citizen does, page after page: find, fill, hand in, check, file, pay, answer, rate."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.people import Person

HERE = {"province": "01", "commune": "00070"}
HOME = {**HERE, "street": "12 Hàng Trống"}
ANSWERS = {
    "relation": "mother",
    "birth_proof": "certificate",
    "surrogacy": "no",
    "office": HERE,
    "child_name": "Trần Nguyễn Minh Anh",
    "child_birth_date": date(2026, 11, 10),
    "child_sex": "female",
    "child_ethnicity": "01",
    "child_nationality": "VN",
    "birth_facility": "Bệnh viện Phụ sản Hà Nội",
    "birth_place": HERE,
    "home_town": HERE,
    "mother": {
        "name": "Nguyễn Thị Hương",
        "id": "001195012345",
        "birth_date": date(1995, 3, 14),
    },
    "mother_ethnicity": "01",
    "mother_nationality": "Việt Nam",
    "mother_home": HOME,
    "father_declared": "yes",
    "parents_married": "yes",
    "father": {"name": "Trần Minh Quân", "id": "001092023456", "birth_date": date(1992, 8, 2)},
    "father_ethnicity": "01",
    "father_nationality": "Việt Nam",
    "father_home": HOME,
    "requester_home": HOME,
    "copies": "3",
    "delivery": "counter",
}
"""What the demonstration's mother answers; her own name and phone come from her account."""


def fill_form(me: Person) -> None:
    """Go through every page of the form, whatever it asks next, to the papers."""
    while "/giay-to/" not in me.page.url:
        me.look()
        here = me.page.url
        for _more_questions in range(3):
            fill_page(me)
            me.press("Lưu và tiếp tục")
            if me.page.url != here:
                break
        assert me.page.url != here, me.page.locator("main").inner_text()


def fill_page(me: Person) -> None:
    """Answer what the page asks, in its order."""
    for name, answer in ANSWERS.items():
        for control, value in boxes(name, answer):
            type_in(me, control, value)


def boxes(name: str, answer: object) -> Iterator[tuple[str, str]]:
    """Return the controls of an answer with what to put into each."""
    if isinstance(answer, dict):
        for part, inner in answer.items():
            yield from boxes(f"{name}.{part}", inner)
    elif isinstance(answer, date):
        for part in ("day", "month", "year"):
            yield f"{name}-{part}", str(getattr(answer, part))
    else:
        yield name, str(answer)


def type_in(me: Person, name: str, value: str) -> None:
    """Put one value into its control, if the page has it and it is not there already."""
    control = me.page.locator(f"main [name='{name}']")
    if control.count() == 0 or not control.first.is_visible():
        return
    choice = me.page.locator(f"main [type=radio][name='{name}'][value='{value}']")
    if choice.count():
        if not choice.is_checked():
            drawn_again(me, choice, lambda: choice.check(force=True))
    elif control.input_value() == value:
        return
    elif control.locator("option").count():
        if control.locator(f"[value='{value}']").count() == 0:
            show_communes(me, name)
        drawn_again(me, control, lambda: control.select_option(value))
    else:
        control.fill(value)


def drawn_again(me: Person, control: Locator, act: Callable[[], object]) -> None:
    """Do something that may bring new questions, and wait until they are there."""
    if not me.scripts or control.get_attribute("hx-post") is None:
        act()
        return
    with me.page.expect_response(lambda answer: answer.request.method == "POST"):
        act()
    expect(me.page.locator(".htmx-request, .htmx-settling")).to_have_count(0)


def show_communes(me: Person, name: str) -> None:
    """Without JavaScript: press the button that brings the communes of the chosen province."""
    province = name.replace(".commune", ".province")
    with me.page.expect_navigation():
        me.page.locator(f"button[name=again][value='{province}']").click()


def hand_in(me: Person, paper: str, *files: Path) -> None:
    """Send photos or PDFs for a paper, one by one, as this reader's browser lets them."""
    section = me.page.locator(f"#paper-{paper}")
    for number, file in enumerate(files, start=1):
        section.locator(f"#files-{paper}").set_input_files(file)
        if not me.scripts:
            section.get_by_role("button", name="Tải lên").first.click()
        expect(section.locator(".mc-photo")).to_have_count(number)


def check_and_file(me: Person) -> str:
    """Check the answers, declare them true, press twice as people do; return the code."""
    expect(me.page.locator("main")).to_contain_text("Trần Nguyễn Minh Anh")
    me.look()
    me.page.locator("[name=declared]").check(force=True)
    with me.page.expect_navigation(url="**/giay-hen/"):
        me.page.get_by_role("button", name="Nộp hồ sơ").dblclick()
    me.look()
    return me.page.url.split("/ho-so/")[1].split("/")[0]


def pay_at_the_bank(me: Person) -> None:
    """Go to the bank's own page, pay exactly what is asked, and come back."""
    me.press("Thanh toán 24.000")
    me.look()
    me.press("Thanh toán qua")
    me.press("Trả đúng 24.000")
    expect(me.page).to_have_url(re.compile("/thanh-toan/"))


def answer_in_place(me: Person, code: str, paper: str, file: Path, name: str) -> None:
    """Send the paper and correct the answer that the agency named."""
    me.open(f"/ho-so/{code}/")
    me.look()
    me.press("Bổ sung ngay")
    me.page.locator(f"[name=file-{paper}]").set_input_files(file)
    if not me.scripts:
        me.press("Thêm các tệp đã chọn")
    expect(me.page.locator(f"#giay-{paper} .mc-photo")).to_have_count(1)
    me.page.fill("[name=child_name]", name)
    me.look()
    me.press("Gửi cơ quan")
    expect(me.page.locator("main")).to_contain_text("Cơ quan đã nhận")


def rate(me: Person, code: str) -> None:
    """Say that it went very well."""
    me.open(f"/ho-so/{code}/")
    me.page.locator("[name=score][value='3']").check(force=True)
    me.page.fill("[name=comment]", "Nhanh, không phải đi lại.")
    me.press("Gửi đánh giá")
    me.look()


def find(me: Person, words: str, title: str, *, code: str) -> None:
    """Type a few words on the first page, and open the procedure that is meant."""
    me.open("/")
    me.look()
    me.page.locator("main [type=search]").first.fill(words)
    me.page.locator("main [type=search]").first.press("Enter")
    me.page.wait_for_url("**/tim-kiem/**")
    me.look()
    me.press(title)
    assert f"/thu-tuc/{code}/" in me.page.url
    me.look()


def begin(me: Person, who: str) -> None:
    """Go from the procedure to filing it, signing in on the way, and open the first page."""
    me.press("Nộp trực tuyến")
    me.look()
    me.press("Đăng nhập để nộp")
    me.look()
    me.enter(who)
    first = me.page.get_by_role("button", name="Bắt đầu")
    me.press("Bắt đầu" if first.count() else "Khai hồ sơ mới")


def wait_until_paid(me: Person) -> None:
    """See the money arrive: by itself, or after asking once more where no script runs."""
    arrived = me.page.get_by_role("heading", name="Đã nộp 24.000")
    if not me.scripts:
        for _moment in range(20):
            if arrived.count():
                break
            me.page.wait_for_timeout(500)
            me.page.reload()
    expect(arrived).to_be_visible()
    me.look()


def download_result(me: Person, code: str) -> Path:
    """Save the result."""
    me.open(f"/ho-so/{code}/")
    me.look()
    with me.page.expect_download() as saved:
        me.page.get_by_role("link", name="Tải về (PDF)").click()
    assert saved.value.suggested_filename == "Giấy khai sinh.pdf"
    return saved.value.path()


def keeps_the_page_in_english(me: Person) -> None:
    """Read the same page in English, and go back."""
    here = me.page.url.partition("#")[0]
    me.speak("en")
    assert me.page.url.partition("#")[0] == here
    me.look()
    me.speak("vi")
    assert me.page.url.partition("#")[0] == here


def read_notices(me: Person, code: str) -> None:
    """See what the portal told her, and follow one notice to the dossier."""
    me.open("/thong-bao/")
    me.look()
    expect(me.page.locator("main")).to_contain_text(code)

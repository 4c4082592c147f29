"""Papers sent over a phone's line: seen to go, refused one by one, sent again when it drops."""

import json
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.steps import MOTHER, axe, sign_in, too_wide

BEGIN = """
import json
from django.contrib.auth import get_user_model
from django.utils.timezone import localdate, now
from motcua.packs.operations.publishing import SHIPPED
from motcua.packs.queries.packs import pack_for
from motcua.dossiers.operations.drafts import begin_draft, save_answers
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.files.operations.keeping import keep_upload
from motcua.kernel.actors import Actor, Role
account, at = get_user_model().objects.get(email="{who}"), now()
by = Actor(str(account.pk), account.name)
example = SHIPPED / "1.001193" / "examples" / "valid-mother-with-certificate.json"
right = json.loads(example.read_text())["answers"]
place = {{"province": "01", "commune": "00070"}}
right |= {{n: {{**v, **place}} for n, v in right.items() if isinstance(v, dict) and "commune" in v}}
drafts = [begin_draft("1.001193", by=by, at=at) for _ in range(12)]
for draft in drafts:
    save_answers(draft, right, by=by, at=at)
paper = keep_upload({pdf!r}, "giay.pdf", by=by, at=at).id
definition = pack_for("1.001193", on=localdate(at))
filing = Filing(definition, right, {{"birth_certificate": [paper]}}, "browser", at.isoformat())
code = file_dossier(filing, by=by, at=at).code
from motcua.dossiers.models import Dossier
agency = Dossier.objects.get(code=code).agency
clerk = Actor("clerk", "Lê Thị Mai", agency, frozenset({{Role.CLERK}}))
wanted = {{"papers": ["birth_certificate"], "fields": []}}
why = "Ảnh giấy chứng sinh bị mờ."
take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=at, reason=why, details=wanted)
print("MADE" + json.dumps([[str(draft) for draft in drafts], code]))
"""
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"xref\n0 4\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)
GOOD = {"name": "chung-sinh.pdf", "mimeType": "application/pdf", "buffer": PDF}
SENDING = "/tep/gui/"
"""Where the page script begins to send a file."""
SECOND = {**GOOD, "name": "mat-sau.pdf"}
BAD = {"name": "ghi-am.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3 no paper"}


@pytest.fixture(scope="module")
def stock(house):
    """Drafts that lack only their paper, and a dossier of which a paper is asked again."""
    said = house.command("shell", "-c", BEGIN.format(who=MOTHER, pdf=PDF))
    drafts, code = json.loads(said.split("MADE")[1].splitlines()[0])
    return iter(drafts), code


@pytest.fixture
def papers(stock):
    """The papers page of a draft of hers."""
    return f"/khai/{next(stock[0])}/giay-to/"


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


def section_of(page):
    return page.locator("#paper-birth_certificate")


def choose(page, *files):
    section_of(page).locator("input[data-upload]").set_input_files(list(files))


def hold_first(page, address):
    """Let the first request to an address wait on the line; it can be let go from the list."""
    held = []

    def hold(route):
        held.append(route)

    page.route("**" + address, hold, times=1)
    return held


def test_two_files_go_in_one_go_and_are_seen_to_go(page, papers):
    sign_in(page, MOTHER, to=papers)
    waiting = hold_first(page, SENDING)
    section = section_of(page)
    section.locator("input[data-upload]").focus()
    choose(page, GOOD, SECOND)
    expect(section.get_by_role("status")).to_contain_text("Đang")
    expect(section.get_by_role("progressbar")).to_have_count(2)
    assert axe(page) == []
    assert too_wide(page) == 0
    waiting[0].continue_()
    expect(section.locator(".mc-photo")).to_have_count(2)
    expect(section.get_by_role("status")).to_have_text("Đã thêm 2 tệp.")
    expect(section.locator(".mc-need")).to_contain_text("Đã thêm")
    expect(section.locator(".mc-queue__i")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "files-birth_certificate"
    assert axe(page) == []


def test_a_refused_file_says_why_beside_it_and_the_others_are_kept(page, papers):
    sign_in(page, MOTHER, to=papers)
    section = section_of(page)
    choose(page, BAD, GOOD)
    expect(section.locator(".mc-photo")).to_have_count(1)
    row = section.locator(".mc-queue__i")
    expect(row).to_have_count(1)
    expect(row.locator("b")).to_have_text("ghi-am.mp3")
    expect(row.locator(".mc-error")).to_contain_text("PDF")
    expect(section.get_by_role("status")).to_contain_text("1 tệp không nhận được")
    assert axe(page) == []
    assert too_wide(page) == 0
    row.get_by_role("button", name="Bỏ tệp này").click()
    expect(row).to_have_count(0)


def test_a_dropped_line_is_told_and_one_need_not_wait_to_try_again(page, papers):
    sign_in(page, MOTHER, to=papers)
    section = section_of(page)
    page.route("**" + SENDING, lambda route: route.abort("internetdisconnected"))
    choose(page, GOOD)
    row = section.locator(".mc-queue__i")
    expect(row.locator(".mc-queue__w")).to_contain_text("Mất mạng, sẽ gửi tiếp khi có mạng")
    assert axe(page) == []
    assert too_wide(page) == 0
    page.unroute("**" + SENDING)
    row.get_by_role("button", name="Thử ngay").click()
    expect(section.locator(".mc-photo")).to_have_count(1)
    expect(row).to_have_count(0)


def test_a_file_on_its_way_can_be_cancelled_and_the_next_one_goes(desktop, papers):
    sign_in(desktop, MOTHER, to=papers)
    section = section_of(desktop)
    hold_first(desktop, SENDING)
    big = {**BAD, "buffer": bytes(3_000_000)}
    choose(desktop, big, GOOD)
    section.get_by_role("button", name="Hủy ghi-am.mp3").click()
    expect(section.locator(".mc-photo")).to_have_count(1)
    expect(section.locator(".mc-queue__i")).to_have_count(0)


def test_a_large_photo_is_sent_small_and_upright(desktop, papers):
    photo, exif = Image.effect_noise((3600, 2400), 90).convert("RGB"), Image.Exif()
    exif[0x0112] = 6  # shown turned by a quarter
    content = BytesIO()
    photo.save(content, "JPEG", quality=90, exif=exif)
    sign_in(desktop, MOTHER, to=papers)
    name = {"name": "anh.jpeg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
    choose(desktop, name)
    link = section_of(desktop).locator(".mc-photo a")
    expect(link).to_have_text("anh.jpg")
    kept = desktop.request.get(link.get_attribute("href")).body()
    assert Image.open(BytesIO(kept)).size == (1467, 2200)
    assert len(kept) < len(content.getvalue())


def test_without_javascript_the_form_sends_the_files_itself(no_js, papers):
    sign_in(no_js, MOTHER, to=papers)
    choose(no_js, GOOD, SECOND)
    section_of(no_js).get_by_role("button", name="Tải lên").first.click()
    expect(section_of(no_js).locator(".mc-photo")).to_have_count(2)


def test_a_paper_asked_again_is_sent_the_same_way_and_what_was_typed_stays(page, stock):
    _drafts, code = stock
    sign_in(page, MOTHER, to=f"/ho-so/{code}/bo-sung/")
    section = page.locator("#giay-birth_certificate")
    had = section.locator(".mc-photo").count()
    page.fill("[name=note]", "Tôi gửi bản rõ hơn.")
    section.locator("input[data-upload]").set_input_files([BAD, GOOD])
    expect(section.locator(".mc-photo")).to_have_count(had + 1)
    expect(section.locator(".mc-queue__i .mc-error")).to_contain_text("PDF")
    expect(page.locator("[name=note]")).to_have_value("Tôi gửi bản rõ hơn.")
    assert axe(page) == []
    page.reload()
    expect(page.locator("[name=note]")).to_have_value("Tôi gửi bản rõ hơn.")

"""The form as a page and as files: figures lead to dossiers, files hold the same figures."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from django.apps import apps
from pypdf import PdfReader

from motcua.backbone.tests.reading import Page, check_frame
from motcua.kernel.actors import Role
from tests.reporting.conftest import CITY, OTHER, WARD
from tests.reporting.people import signed_in

REPORT = "/ban-lam-viec/bao-cao/"
NOVEMBER = {"ky": "2026-M11"}


@pytest.fixture
def leader(dossiers):
    client, _actor = signed_in(Role.LEADER, CITY)
    return client


def figures_in(html):
    """Return the rows of the form by name."""
    table = html[html.index("mc-form") : html.index("</table>")]
    found = {}
    for row in table.split("<tr")[1:]:
        name = re.search(r'<th scope="row"[^>]*>(.*?)</th>', row)
        if name:
            cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
            plain = [re.sub(r"<span.*?</span>|<[^>]*>", "", cell).strip() for cell in cells]
            found[name.group(1)] = [int(each) for each in plain]
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_shows_the_form_and_stands_in_its_frame(leader, language):
    leader.cookies["motcua_language"] = language
    html = leader.get(REPORT, NOVEMBER).content.decode()
    check_frame(Page(html))
    total = {"vi": "Tổng cộng", "en": "Total"}[language]
    assert figures_in(html)[total] == [7, 5, 1, 1, 3, 1, 1, 1, 4, 2, 2]


def test_without_a_choice_it_is_the_running_month(leader):
    html = leader.get(REPORT).content.decode()
    assert "Kỳ chưa kết thúc" in html
    assert leader.get(REPORT).status_code == 200


def test_each_figure_leads_to_as_many_dossiers(leader):
    page = Page(leader.get(REPORT, NOVEMBER | {"nhom": "co-quan"}).content.decode())
    links = [a["href"] for a in page.all("a") if "/bao-cao/ho-so/" in a.get("href", "")]
    assert len(links) > 20
    rows = figures_in(leader.get(REPORT, NOVEMBER | {"nhom": "co-quan"}).content.decode())
    wanted = [figure for row in rows.values() for figure in row if figure]
    for link, figure in zip(links, wanted, strict=True):
        html = leader.get(link).content.decode()
        check_frame(Page(html))
        assert html.count("<tr>") - 1 == figure, link


def test_a_list_names_no_applicant_and_opens_own_dossiers_only(leader):
    html = leader.get(f"{REPORT}ho-so/", NOVEMBER | {"cot": "pending"}).content.decode()
    assert "Nguyễn Thị Hương" not in html
    assert "/ban-lam-viec/c0/" in html
    assert "o0" in html
    assert "/ban-lam-viec/o0/" not in html


@pytest.mark.parametrize(
    "query",
    [
        {"ky": "2026-M13"},
        {"ky": "2031-M1"},
        {"ky": "ngay"},
        {"ky": "ngay", "tu": "2026-02-31", "den": "x"},
        {"ky": "ngay", "tu": "2026-03-01", "den": "2026-02-01"},
        {"ky": "ngay", "tu": "0001-01-01", "den": "2026-02-01"},
        {"ky": "ngay", "tu": "2026-01-01", "den": "9999-12-31"},
        {"ky": "ngay", "tu": "9999-12-31", "den": "9999-12-31"},
        {"ky": "9999"},
    ],
)
def test_a_period_that_is_none_is_told_beside_the_choice(leader, query):
    answer = leader.get(REPORT, query)
    assert answer.status_code == 422
    check_frame(Page(answer.content.decode()))
    assert "mc-form" not in answer.content.decode()


def test_two_dates_are_a_period_too(leader):
    dates = {"ky": "ngay", "tu": "2026-10-15", "den": "2026-11-14"}
    html = leader.get(REPORT, dates).content.decode()
    assert figures_in(html)["Tổng cộng"][0] == 7


def test_nothing_there_is_said_in_words(leader):
    html = leader.get(REPORT, {"ky": "2024-M1"}).content.decode()
    assert "mc-form" not in html
    check_frame(Page(html))


@pytest.mark.parametrize(
    "after",
    [
        *("", "x~y", "1~2026-13-01T00:00:00+00:00", "1~2026-01-01"),
        *("1~0001-01-01T00:00:00+14:00", "1~9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_broken_place_in_a_list_is_its_beginning(leader, after):
    asked = NOVEMBER | {"cot": "none", "sau": after}
    assert leader.get(f"{REPORT}ho-so/", asked).status_code == 200


def test_a_long_list_has_a_next_page(leader, monkeypatch):
    monkeypatch.setattr("motcua.reporting.web.form06.PAGE", 3)
    seen, link = set(), f"{REPORT}ho-so/?ky=2026-M11&cot=received"
    for _page in range(3):
        html = leader.get(link).content.decode()
        seen |= set(re.findall(r"<small>(\w+)</small></td>", html))
        more = [a["href"] for a in Page(html).all("a") if "sau=" in a.get("href", "")]
        link = more[-1] if more else link
    assert len(seen) == 7


def test_lines_for_a_spreadsheet_hold_the_figures_and_no_formula(leader):
    apps.get_model("agencies", "Agency").objects.filter(pk=WARD).update(name="=cmd|' /C calc'!A0")
    answer = leader.get(f"{REPORT}bieu-06.csv", NOVEMBER | {"nhom": "co-quan"})
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[-1][2:] == [str(n) for n in (7, 5, 1, 1, 3, 1, 1, 1, 4, 2, 2)]
    assert any(row[1].startswith("'=cmd") for row in rows)


def test_the_workbook_holds_the_figures_and_no_formula(leader):
    apps.get_model("agencies", "Agency").objects.filter(pk=OTHER).update(
        name='=HYPERLINK("http://x")'
    )
    answer = leader.get(f"{REPORT}bieu-06.xlsx", NOVEMBER | {"nhom": "co-quan"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = book.read("xl/sharedStrings.xml").decode()
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert not sheet.findall(".//m:f", space)
    assert "=HYPERLINK" in texts
    last = sheet.findall(".//m:row", space)[-1]
    values = [cell.findtext("m:v", namespaces=space) for cell in last][1:]
    assert values == [str(n) for n in (7, 5, 1, 1, 3, 1, 1, 1, 4, 2, 2)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_paper_names_agency_and_period_and_has_room_to_sign(leader, language):
    leader.cookies["motcua_language"] = language
    answer = leader.get(f"{REPORT}bieu-06.pdf", NOVEMBER | {"cap": "commune", "linh-vuc": ""})
    paper = PdfReader(io.BytesIO(answer.content)).pages[0]
    text = paper.extract_text()
    assert paper.mediabox.width > paper.mediabox.height
    assert "15/10/2026 – 14/11/2026" in text
    assert "THÀNH PHỐ HÀ NỘI" in text
    sign = {"vi": "Người lập biểu", "en": "Made by"}[language]
    assert sign in text


def test_no_other_kind_of_file_is_made(leader):
    assert leader.get(f"{REPORT}bieu-06.exe", NOVEMBER).status_code == 404


@pytest.mark.parametrize("path", ["", "ho-so/", "bieu-06.csv"])
def test_a_clerk_is_shown_no_report(dossiers, path):
    client, _actor = signed_in(Role.CLERK, WARD)
    assert client.get(REPORT + path, NOVEMBER).status_code == 403


@pytest.mark.parametrize("path", ["", "ho-so/", "bieu-06.csv"])
def test_a_ward_is_shown_nothing_of_its_neighbour(dossiers, path):
    client, _actor = signed_in(Role.LEADER, WARD)
    assert client.get(REPORT + path, NOVEMBER | {"co-quan": OTHER}).status_code == 403


def test_the_page_costs_few_statements(leader, django_assert_max_num_queries):
    leader.get(REPORT, NOVEMBER)
    with django_assert_max_num_queries(8):
        leader.get(REPORT, NOVEMBER)

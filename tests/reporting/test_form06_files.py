"""The form of one period, agency and level: page, workbook, lines and paper hold one truth."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.walks import Step, filed
from motcua.kernel.actors import Role
from tests.reporting.conftest import CITY, OTHER, WARD
from tests.reporting.people import signed_in
from tests.reporting.test_pages import REPORT, figures_in

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ASKED = {"ky": "2026-M11", "cap": "commune", "nhom": "co-quan"}
"""A month that is over, the communes alone, a row for each."""
LATER = MONDAY + timedelta(days=15)
"""A day after that month."""


@pytest.fixture
def leader(dossiers):
    client, _actor = signed_in(Role.LEADER, CITY)
    return client


def figures(told):
    """Return the eleven figures at the end of a row, as numbers; nothing where it has none."""
    last = [cell for cell in told if cell][-11:]
    return [int(cell) for cell in last] if len(last) == 11 and all(map(str.isdigit, last)) else None


def of_lines(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [found for row in rows if (found := figures(row))]


def of_workbook(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = [
        [cell.findtext("m:v", "", SPACE) for cell in row if cell.get("t") != "s"]
        for row in sheet.findall(".//m:row", SPACE)
    ]
    return [found for row in rows if (found := figures(row))]


def of_paper(content):
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    runs = re.findall(r"(?:(?<=\s)\d+\s+){10}\d+(?=\s|$)", text)
    return [list(map(int, run.split())) for run in runs]


def everywhere(leader):
    """Return the rows of the form: on the page, in lines, in the workbook, and on paper."""
    page = list(figures_in(leader.get(REPORT, ASKED).content.decode()).values())
    files = [
        leader.get(f"{REPORT}bieu-06.{kind}", ASKED).content for kind in ("csv", "xlsx", "pdf")
    ]
    return page, of_lines(files[0]), of_workbook(files[1]), of_paper(files[2])


def test_page_workbook_lines_and_paper_hold_the_same_figures_also_later(leader, dossiers):
    page, *files = before = everywhere(leader)
    assert len(page) >= 3
    assert files == [page] * 3
    dossiers[3].take(Step.SUPPLY, at=LATER)
    dossiers[3].take(Step.REFUSE, at=LATER)
    dossiers[4].take(Step.REFUSE, at=LATER)
    filed("w9", agency=WARD, at=LATER, due_at=LATER + timedelta(days=7))
    filed("o9", agency=OTHER, at=LATER, due_at=LATER + timedelta(days=7))
    assert everywhere(leader) == before

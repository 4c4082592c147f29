"""The receipt says of each paper whether an original, a certified or a plain copy was received."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from motcua.dossiers.operations.remarks import Finding, check_paper
from motcua.dossiers.queries.filing import receipt
from motcua.dossiers.rules.remarks import SeenAs, Verdict
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import Counter, text_of


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def found(counter, code):
    papers = receipt(code, by=counter.actor("lan"), at=MONDAY).papers
    return [(paper.files, paper.form) for paper in papers]


def test_what_was_sent_online_is_a_file_until_somebody_saw_the_paper(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    assert found(counter, code) == [(1, "")]
    there = f"/ho-so/{code}/giay-hen/"
    assert ": 1 tệp" in text_of(counter.client("lan").get(there))
    check_paper(code, "proof", Finding(Verdict.OK, SeenAs.CERTIFIED), by=clerk, at=MONDAY)
    assert found(counter, code) == [(1, "certified")]
    page = text_of(counter.client("lan").get(there))
    assert "bản sao chứng thực" in page.lower()
    paper = counter.client("lan").get(f"/ho-so/{code}/giay-hen.pdf/").content
    text = PdfReader(BytesIO(paper)).pages[0].extract_text().lower()
    assert "bản sao" in text


def test_a_paper_found_missing_was_not_received_in_any_form(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    missing = Finding(Verdict.MISSING, SeenAs.ORIGINAL)
    check_paper(code, "proof", missing, by=clerk, at=MONDAY)
    assert found(counter, code) == [(1, "")]

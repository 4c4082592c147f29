"""Slips on A4 or on A5: the same words, a page a copy, the size that was asked for."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import WHY, Counter

A4, A5 = (595, 842), (420, 595)
"""Width and height in points."""


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def pages(answer):
    assert answer.status_code == 200
    return PdfReader(BytesIO(answer.content)).pages


def sizes(answer):
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages(answer)}


def letters(answer):
    said = "".join(page.extract_text() for page in pages(answer))
    return sorted("".join(said.split()))


def papers_of(counter):
    """Return the addresses of a receipt and of a request for supplement."""
    code = counter.file().code
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    clerk = counter.actor("clerk")
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    return [f"/ho-so/{code}/giay-hen.pdf/", f"/ho-so/{code}/giay/bo-sung-1.pdf/"]


def test_the_size_asked_for_is_printed_with_the_same_words_on_as_many_pages(counter):
    lan = counter.client("lan")
    for path in papers_of(counter):
        usual, small = lan.get(path), lan.get(path, {"kho": "A5"})
        assert (sizes(usual), sizes(small)) == ({A4}, {A5})
        assert len(pages(usual)) == len(pages(small))
        assert letters(usual) == letters(small)


@pytest.mark.parametrize("asked", ["", "a3", "a5 ", "../a5"])
def test_what_is_no_size_gets_the_usual_one(counter, asked, settings):
    path, _ = papers_of(counter)
    lan = counter.client("lan")
    assert sizes(lan.get(path, {"kho": asked})) == {A4}
    settings.DOSSIER_PAPER = "a5"
    assert sizes(lan.get(path, {"kho": asked})) == {A5}
    assert sizes(lan.get(path, {"kho": "a4"})) == {A4}


def test_a_wide_paper_stays_on_a4(counter, settings):
    code = counter.file().code
    settings.DOSSIER_PAPER = "a5"
    path = reverse("dossiers:control-slip", kwargs={"code": code})
    assert sizes(counter.client("clerk").get(path, {"kho": "a5"})) == {A4[::-1]}


@pytest.mark.parametrize(("usual", "other"), [("a4", "a5"), ("a5", "a4")])
def test_each_page_that_offers_a_paper_offers_the_other_size(counter, settings, usual, other):
    settings.DOSSIER_PAPER = usual
    receipt, asked = papers_of(counter)
    code = receipt.split("/")[2]
    for who, page, paper in (
        ("lan", f"/ho-so/{code}/", asked),
        ("lan", f"/ho-so/{code}/giay-hen/", receipt),
        ("clerk", f"/ban-lam-viec/{code}/", asked),
    ):
        text = counter.client(who).get(page).content.decode()
        links = re.findall(r'href="([^"]+\.pdf/[^"]*)"', text)
        assert paper in links
        assert f"{paper}?kho={other}" in links

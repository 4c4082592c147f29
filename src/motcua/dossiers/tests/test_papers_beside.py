"""The pages of a PDF beside what was declared: all of them, a long one in parts."""

import re

import pytest
from django.apps import apps

from motcua.backbone.models import Look
from motcua.backbone.pdf import render_pdf
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.tests.conftest import MONDAY, answers
from motcua.dossiers.tests.counter import Counter, check_shape
from motcua.files.operations.keeping import keep_upload

DESK = "/ban-lam-viec/"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def filed(counter):
    """File a PDF of so many pages; return the dossier's code and the file's id."""

    def filing(pages):
        made = " #pagebreak() ".join(f"Trang {n + 1}" for n in range(pages))
        content = render_pdf(f'#set document(title: "Giấy")\n{made}', {})
        lan = counter.actor("lan")
        file = keep_upload(content, "giấy.pdf", by=lan, at=MONDAY).id
        wanted = Filing(counter.definition, answers(), {"proof": [file]}, "test", file)
        return file_dossier(wanted, by=lan, at=MONDAY).code, file

    return filing


def pictures(answer):
    """Return the numbers of the pages that are shown, with what their pictures are called."""
    shown = re.findall(r'<img[^>]*src="[^"]*/trang/(\d+)/" alt="([^"]*)"', answer.content.decode())
    return {int(number): name for number, name in shown}


def parts(answer):
    return re.findall(r'href="([^"]*trang=\d+#tep-[^"]*)"', answer.content.decode())


def test_every_page_of_a_pdf_is_shown_beside_the_form_and_named(counter, filed):
    code, _file = filed(3)
    clerk = counter.client("clerk")
    page = clerk.get(f"{DESK}{code}/")
    check_shape(page)
    assert pictures(page) == {n: f"giấy.pdf, trang {n}" for n in (1, 2, 3)}
    assert parts(page) == []
    for number, address in enumerate(re.findall(r'src="([^"]*/trang/\d/)"', page.content.decode())):
        assert clerk.get(address)["Content-Type"] == "image/jpeg", number
    sized = re.findall(
        r'/trang/\d/"[^>]*width="\d\d+"', clerk.get(f"{DESK}{code}/").content.decode()
    )
    assert len(sized) == 3


def test_a_long_pdf_comes_in_parts(counter, filed):
    code, file = filed(23)
    clerk = counter.client("clerk")
    page = clerk.get(f"{DESK}{code}/")
    check_shape(page)
    assert list(pictures(page)) == list(range(1, 11))
    found = parts(page)
    assert len(found) == 3
    last = clerk.get(f"{DESK}{code}/{found[2].replace('&amp;', '&').partition('#')[0]}")
    assert list(pictures(last)) == [21, 22, 23]
    for odd in ("0", "x", "99", "99999", ""):
        seen = clerk.get(f"{DESK}{code}/?tep={file}&trang={odd}")
        assert min(pictures(seen)) == (21 if odd == "99" else 1)


def test_a_page_that_cannot_be_drawn_is_a_link_and_the_end_of_a_book_too(counter, filed):
    code, file = filed(1)
    drawn, papers = (apps.get_model("files", x).objects for x in ("PagePicture", "Paper"))
    drawn.create(paper_id=file, page=1, data=b"", width=0, height=0, at=MONDAY)
    clerk = counter.client("clerk")
    assert pictures(clerk.get(f"{DESK}{code}/")) == {}
    papers.filter(pk=file).update(pages=201)
    first = clerk.get(f"{DESK}{code}/").content.decode()
    assert "PDF còn nữa" not in first
    assert "PDF còn nữa" in clerk.get(f"{DESK}{code}/?tep={file}&trang=200").content.decode()


def test_pages_shown_together_are_one_look_and_each_official_has_their_own(counter, filed):
    code, file = filed(3)
    of_papers = Look.objects.filter(reference=code, what="Paper of a dossier")
    for who in ("clerk", "leader"):
        for page in (1, 2, 3):
            picture = f"/ho-so/{code}/tep/{file}/trang/{page}/"
            assert counter.client(who).get(picture).status_code == 200
    assert sorted(of_papers.values_list("by", flat=True)) == sorted(
        counter.actor(who).id for who in ("clerk", "leader")
    )

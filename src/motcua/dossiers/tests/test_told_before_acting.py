"""Before they answer or withdraw, people read how long there is, what was marked, what it costs."""

import pytest

from motcua.dossiers.models import Dossier, Mark, PaperCheck
from motcua.dossiers.queries.remarks import remarks_on
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import Counter, check_shape, text_of


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def marked(code):
    dossier = Dossier.objects.get(code=code)
    signed = {"dossier": dossier, "paper": "proof", "by": "o", "by_name": "Cán bộ", "at": MONDAY}
    Mark.objects.create(file=dossier.papers["proof"][0], page=2, words="Mờ <dấu>", **signed)
    PaperCheck.objects.create(verdict="wrong", remark="Thiếu trang cuối", **signed)


def test_what_was_marked_stands_beside_the_paper_once_more_is_asked_for(counter):
    code = counter.file().code
    marked(code)
    assert not remarks_on(code, by=counter.actor("lan"))
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    page = counter.client("lan").get(f"/ho-so/{code}/bo-sung/")
    check_shape(page)
    assert "Mờ &lt;dấu&gt;" in page.content.decode()
    text = text_of(page)
    assert "Thiếu trang cuối" in text
    assert "Trang 2" in text
    assert "trả lời trước" in text
    for who in ("nam", "clerk", "stranger"):
        assert not remarks_on(code, by=counter.actor(who))


@pytest.mark.parametrize(
    ("paid", "received", "words"),
    [
        (None, None, "không phải nộp khoản phí"),
        (MONDAY, None, "sẽ được trả lại"),
        (MONDAY, MONDAY, "không được trả lại"),
    ],
)
def test_who_withdraws_reads_what_becomes_of_the_fee(counter, paid, received, words):
    code = counter.file(copies=2).code
    Dossier.objects.filter(code=code).update(paid_at=paid, received_at=received)
    page = counter.client("lan").get(f"/ho-so/{code}/rut/")
    check_shape(page)
    assert words in text_of(page)


def test_phone_numbers_are_shown_as_people_write_them(counter):
    client = counter.client("lan")
    for address in ("/tai-khoan/", "/du-lieu-cua-toi/"):
        page = client.get(address).content.decode()
        assert "+84" not in page, address
        assert "0912" in page.replace(" ", ""), address

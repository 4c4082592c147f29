"""What a person sees of their own dossiers, and what nobody else does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.operations.drafts import begin_draft
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.drafts import my_drafts
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, a_file
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of

ALL = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def see(counter, code, who="lan"):
    return dossier(code, by=counter.actor(who), at=MONDAY)


def test_an_empty_list_says_how_it_fills(counter):
    page = counter.client("lan").get("/ho-so/")
    check_shape(page)
    assert "Bạn chưa có hồ sơ nào" in text_of(page)


def test_my_dossiers_are_listed_newest_first_with_what_i_must_do(
    counter, django_assert_max_num_queries
):
    first, second = counter.file().code, counter.file(copies=2).code
    counter.walk(first, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    client = counter.client("lan")
    client.get("/ho-so/")
    with django_assert_max_num_queries(7):
        page = client.get("/ho-so/")
    check_shape(page)
    text = text_of(page)
    assert text.index(second) < text.index(first)
    assert "Chờ bổ sung" in text
    assert "Nộp phí" in text


def test_older_dossiers_are_on_the_next_page(counter, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.mine.PAGE", 1)
    old, new = counter.file().code, counter.file().code
    client = counter.client("lan")
    page = client.get("/ho-so/")
    assert new in text_of(page)
    assert old not in text_of(page)
    following = page.content.decode().split('href="/ho-so/?truoc=')[1].split('"')[0]
    assert old in text_of(client.get(f"/ho-so/?truoc={following}"))
    assert "Không còn hồ sơ nào cũ hơn" in text_of(client.get("/ho-so/?truoc=1"))


def test_a_draft_is_thrown_away_only_after_asking(counter):
    lan = counter.actor("lan")
    draft = begin_draft("9.000001", by=lan, at=MONDAY)
    client, address = counter.client("lan"), f"/ho-so/nhap/{draft}/bo/"
    assert str(draft) in client.get("/ho-so/").content.decode()
    check_shape(client.get(address))
    assert my_drafts(by=lan)
    assert counter.client("nam").post(address).status_code == 404
    client.post(address)
    assert not my_drafts(by=lan)


def test_my_dossier_says_where_it_is_and_who_has_it(counter, django_assert_max_num_queries):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    client = counter.client("lan")
    client.get(f"/ho-so/{code}/")
    with django_assert_max_num_queries(8):
        page = client.get(f"/ho-so/{code}/")
    check_shape(page)
    text = text_of(page)
    assert "Đang giải quyết" in text
    assert "Thẩm tra (hiện tại)" in text
    assert "Ký (sắp tới)" in text
    assert "giay.pdf" in text


@pytest.mark.parametrize("part", ["", "rut/", "ai-da-xem/", "bo-sung/", "giay-hen/"])
def test_nobody_else_sees_it(counter, part):
    code = counter.file().code
    address = f"/ho-so/{code}/{part}"
    assert counter.client("nam").get(address).status_code == 404
    assert counter.client("stranger").get(address).status_code == 404


def test_an_official_of_the_agency_is_led_to_the_desk(counter):
    code = counter.file().code
    answer = counter.client("clerk").get(f"/ho-so/{code}/")
    assert answer["Location"] == f"/ban-lam-viec/{code}/"


def test_who_has_not_signed_in_is_asked_to(client, counter):
    answer = client.get(f"/ho-so/{counter.file().code}/")
    assert answer["Location"].startswith("/tai-khoan/dang-nhap/?next=")


def test_a_dossier_is_withdrawn_once(counter):
    code = counter.file().code
    client, address = counter.client("lan"), f"/ho-so/{code}/rut/"
    check_shape(client.get(address))
    assert client.post(address, {"reason": "Tôi nộp nhầm nơi."}).status_code == 302
    assert see(counter, code).state is State.WITHDRAWN
    again = client.post(address, {"reason": ""})
    assert again.status_code == 409
    check_shape(again)
    assert len(see(counter, code).history) == 2


def test_the_result_is_downloaded_and_rated(counter):
    code = counter.file().code
    counter.walk(code, *ALL)
    issue_result(code, by=SYSTEM, at=MONDAY)
    client = counter.client("lan")
    assert see(counter, code).result is None
    kept = dossier(code, by=counter.actor("leader"), at=MONDAY).result
    result = f"/ho-so/{code}/tep/{kept}/"
    assert client.get(result).status_code == 404
    counter.walk(code, Step.RETURN)
    page = client.get(f"/ho-so/{code}/")
    check_shape(page)
    assert result in page.content.decode()
    assert client.get(f"{result}?tai=1").content.startswith(b"%PDF")
    refused = client.post(f"/ho-so/{code}/danh-gia/", {"comment": "Nhanh."})
    assert refused.status_code == 422
    assert "Nhanh." in text_of(refused)
    check_shape(refused)
    client.post(f"/ho-so/{code}/danh-gia/", {"score": "3", "comment": "Nhanh."})
    assert see(counter, code).rating == 3
    read = text_of(counter.client("clerk").get(f"/ban-lam-viec/{code}/"))
    assert "Rất hài lòng" in read
    assert "Nhanh." in read


def test_why_it_was_refused_stands_on_top(counter):
    code = counter.file().code
    counter.walk(code, Step.REFUSE)
    page = counter.client("lan").get(f"/ho-so/{code}/")
    assert text_of(page).index(WHY) < text_of(page).index("Hồ sơ đang ở đâu")


def test_the_applicant_reads_who_looked_and_why(counter):
    code = counter.file().code
    client = counter.client("lan")
    assert "Chưa ai xem" in text_of(client.get(f"/ho-so/{code}/ai-da-xem/"))
    counter.client("clerk").get(f"/ban-lam-viec/{code}/")
    page = client.get(f"/ho-so/{code}/ai-da-xem/")
    check_shape(page)
    assert "Cán bộ clerk" in text_of(page)
    assert "Giải quyết hồ sơ" in text_of(page)


def test_a_supplement_is_answered_in_place(counter):
    code = counter.file().code
    counter.walk(code, Step.ASK_SUPPLEMENT)
    client, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    page = client.get(address)
    check_shape(page)
    assert WHY in text_of(page)
    assert 'name="copies"' not in page.content.decode()
    files = [SimpleUploadedFile(f"{n}.pdf", PDF, "application/pdf") for n in (1, 2)]
    client.post(address, {"full_name": "Nguyễn Thị Lan Anh", "file-proof": files, "add": "proof"})
    given = see(counter, code).asked["given"]["proof"]
    assert len(given) == 2
    client.post(address, {"full_name": "Nguyễn Thị Lan Anh", "remove": f"proof:{given[0]}"})
    page = client.get(address)
    assert "Nguyễn Thị Lan Anh" in page.content.decode()
    assert see(counter, code).asked["given"]["proof"] == given[1:]
    done = {"full_name": "Nguyễn Thị Lan Anh", "send": "1"}
    assert client.post(address, done)["Location"] == f"/ho-so/{code}/"
    assert client.post(address, done)["Location"] == f"/ho-so/{code}/"
    view = see(counter, code)
    assert (view.state, view.papers["proof"]) == (State.NEW, given[1:])
    assert view.answers["full_name"] == "Nguyễn Thị Lan Anh"


def test_who_comes_too_late_with_a_supplement_is_told_why(counter):
    code = counter.file().code
    client, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    assert "không yêu cầu bạn bổ sung" in text_of(client.get(address, follow=True))
    counter.walk(code, Step.ASK_SUPPLEMENT)
    done = {"full_name": "Nguyễn Thị Lan Anh", "send": "1"}
    paper = SimpleUploadedFile("moi.pdf", PDF, "application/pdf")
    client.post(address, {**done, "file-proof": paper}, follow=True)
    late = text_of(client.post(address, done, follow=True))
    assert "đã được gửi lúc" in late
    assert "không thay đổi gì" in late
    stopped = counter.file().code
    counter.walk(stopped, Step.ASK_SUPPLEMENT, Step.STOP)
    page = client.get(f"/ho-so/{stopped}/bo-sung/", follow=True)
    assert "không còn chờ bổ sung" in text_of(page)


def test_a_file_sent_before_is_named_by_its_id_in_a_supplement(counter):
    code = counter.file().code
    counter.walk(code, Step.ASK_SUPPLEMENT)
    client, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    mine, his = (a_file(counter.actor(who)) for who in ("lan", "nam"))
    for file in (mine, mine, his, "x"):
        client.post(address, {"file-proof": file, "add": "proof"})
    assert see(counter, code).asked["given"] == {"proof": [mine]}
    assert "Không tìm thấy tệp này" in client.get(address).content.decode()


def test_a_supplement_with_nothing_or_something_wrong_is_not_sent(counter):
    code = counter.file().code
    counter.walk(code, Step.ASK_SUPPLEMENT)
    client, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    nothing = client.post(address, {"full_name": "Nguyễn Thị Lan", "send": "1"})
    assert nothing.status_code == 422
    check_shape(nothing)
    empty = client.post(address, {"full_name": "", "send": "1"})
    assert empty.status_code == 422
    assert 'href="#full_name"' in empty.content.decode()
    script = SimpleUploadedFile("../../x.svg", b"<svg><script>alert(1)</script></svg>")
    client.post(address, {"full_name": "Lan", "file-proof": script, "send": "1"})
    assert see(counter, code).state is State.SUPPLEMENT
    assert client.get("/ho-so/").status_code == 200


def test_the_receipt_is_a_page_and_a_paper(counter):
    code = counter.file(copies=2).code
    client = counter.client("lan")
    page = client.get(f"/ho-so/{code}/giay-hen/")
    check_shape(page)
    assert "16.000 đồng" in text_of(page)
    paper = client.get(f"/ho-so/{code}/giay-hen.pdf/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert counter.client("nam").get(f"/ho-so/{code}/giay-hen.pdf/").status_code == 404

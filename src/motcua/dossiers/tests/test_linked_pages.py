"""The pages of a linked filing: before filing, the whole on one page, what officials see."""

import pytest
from django.utils import translation

from motcua.dossiers.models import LinkedFiling
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, a_file
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.linked import (
    PACKS,
    answers,
    approve,
    dossier_of,
    file_all,
    parts_of,
    refuse,
    states,
)
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

WHY = "Giấy chứng minh bị mờ, không đọc được."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def linked(counter):
    made = publish_folder(PACKS / "9.000010", by=counter.actor("clerk"), at=MONDAY)
    return pack(made.version)


@pytest.fixture
def lan(counter):
    return counter.client("lan")


@pytest.fixture
def filed(counter, linked):
    return file_all(linked, by=counter.actor("lan")).code


def page(client, address, *, status=200):
    answer = client.get(address)
    assert answer.status_code == status, text_of(answer)
    if status == 200:
        check_shape(answer)
    return text_of(answer)


def whole(code, more=""):
    return f"/ho-so/lien-thong/{code}/{more}"


def a_draft(counter, linked, given):
    lan = counter.actor("lan")
    draft = begin_draft(linked.code, by=lan, at=MONDAY)
    save_answers(draft, given, by=lan, at=MONDAY)
    attach(draft, "proof", a_file(lan), by=lan, at=MONDAY)
    return draft


def test_the_start_page_says_which_dossiers_it_becomes(client, linked):
    with translation.override("vi"):
        text = page(client, f"/nop/{linked.code}/")
    assert "Nộp một lần, thành nhiều hồ sơ" in text
    assert "khi phần này xong: Bản thứ nhất" in text
    assert "chỉ khi bạn chọn" in text
    assert "3 ngày làm việc" in text


def test_the_check_page_says_what_goes_where_and_files_it_once(counter, linked, lan):
    draft = a_draft(counter, linked, answers(last=True))
    check = f"/khai/{draft}/kiem-tra/"
    text = page(lan, check)
    assert "4 hồ sơ, nộp một lần" in text
    assert "Mọi phần xong chậm nhất" in text
    assert "24.000" in text
    answer = lan.post(check, {"declared": "1"})
    code = LinkedFiling.objects.get().code
    assert answer["Location"] == whole(code, "giay-hen/")
    assert lan.post(check, {"declared": "1"})["Location"] == whole(code, "giay-hen/")
    receipt = page(lan, answer["Location"])
    assert code in receipt
    assert dossier_of(code, "first").code in receipt


def test_what_a_part_finds_wrong_is_said_at_its_page_and_nothing_is_filed(counter, linked, lan):
    for wrong, status in (
        ({"copies": 50}, 422),
        ({"other_office": {"province": "01", "commune": "00025"}}, 409),
    ):
        draft = a_draft(counter, linked, {**answers(), **wrong})
        answer = lan.post(f"/khai/{draft}/kiem-tra/", {"declared": "1"})
        assert answer.status_code == status
        assert 'href="#part-case"' in answer.content.decode()
    assert not LinkedFiling.objects.exists()


def test_one_page_tells_who_has_each_part_and_what_comes_next(lan, filed, work):
    text = page(lan, whole(filed))
    assert "Bạn không phải làm gì lúc này" in text
    assert "Bản thứ nhất: đã gửi đi" in text
    assert "Bản thứ hai: tự mở" in text
    approve(dossier_of(filed, "first").code)
    work()
    text = page(lan, whole(filed))
    assert "Bản thứ hai: nộp 16.000" in text
    assert "Bản thứ ba: đã tự mở" in text
    first = dossier_of(filed, "first")
    take_step(first.code, Step.RETURN, by=_clerk(first), at=MONDAY)
    assert f"/ho-so/{first.code}/tep/{first.result}/" in lan.get(whole(filed)).content.decode()


def _clerk(dossier):
    from motcua.dossiers.tests.conftest import official
    from motcua.kernel.actors import Role

    return official(Role.CLERK, dossier.agency)


def test_what_a_part_asks_stands_on_the_page_of_the_whole(counter, lan, filed):
    counter.walk(dossier_of(filed, "first").code, Step.ASK_SUPPLEMENT)
    text = page(lan, whole(filed))
    assert "Bản thứ nhất: gửi những gì cơ quan yêu cầu" in text
    assert "Bạn có việc cần làm" in page(lan, "/ho-so/")


def test_a_refusal_is_told_with_why_the_rest_does_not_go_on(lan, filed, work):
    refuse(dossier_of(filed, "first").code)
    work()
    text = page(lan, whole(filed))
    assert "Không tiếp tục" in text
    assert "Bản thứ nhất không được tiếp nhận" in text
    page(lan, whole(filed, "giay-hen/"))
    assert "Không còn phần nào rút được" in page(lan, whole(filed, "rut/"))
    assert "không tiếp tục" in page(lan, "/thong-bao/")


def test_my_list_has_the_filing_once_with_its_parts(counter, lan, filed, work):
    counter.file()
    approve(dossier_of(filed, "first").code)
    work()
    text = page(lan, "/ho-so/")
    assert text.count("Ba bản sao nộp một lần") == 1
    assert text.count(filed) == 1
    assert "Bản thứ ba" in text


def test_a_part_or_the_whole_is_withdrawn_after_being_asked(lan, filed):
    asked = page(lan, whole(filed, "rut/third/"))
    assert "Bản thứ ba" in asked
    assert lan.post(whole(filed, "rut/third/"))["Location"] == whole(filed)
    assert lan.post(whole(filed, "rut/third/")).status_code == 409
    assert lan.get(whole(filed, "rut/nothing/")).status_code == 404
    assert "Bản thứ nhất" in page(lan, whole(filed, "rut/"))
    lan.post(whole(filed, "rut/"), {"reason": "Nộp nhầm."})
    assert states(filed) == {"first": "opened", "second": "dropped", "third": "dropped"}


def test_a_dossier_leads_back_to_the_whole(lan, filed):
    code = dossier_of(filed, "first").code
    assert whole(filed) in lan.get(f"/ho-so/{code}/").content.decode()


def test_nobody_else_sees_the_whole(counter, filed):
    for name in ("nam", "clerk", "stranger"):
        client = counter.client(name)
        for more in ("", "giay-hen/", "rut/", "rut/third/"):
            assert client.get(whole(filed, more)).status_code == 404


def test_an_official_sees_how_far_the_others_are_and_opens_only_their_own(counter, filed, work):
    first = dossier_of(filed, "first").code
    text = page(counter.client("clerk"), f"/ban-lam-viec/{first}/")
    assert "Thuộc một hồ sơ liên thông" in text
    assert "Bản thứ hai Chờ đến lượt" in text
    approve(first)
    work()
    third = dossier_of(filed, "third").code
    stranger = counter.client("stranger")
    assert "Bản thứ nhất" in page(stranger, f"/ban-lam-viec/{third}/")
    assert stranger.get(f"/ban-lam-viec/{first}/").status_code == 404


def test_the_pages_ask_as_often_for_four_parts_as_for_two(
    counter, linked, lan, work, django_assert_max_num_queries
):
    me = counter.actor("lan")
    small = file_all(linked, by=me, reference="s", given=answers(third=False)).code
    large = file_all(linked, by=me, reference="l", given=answers(last=True)).code
    approve(dossier_of(small, "first").code)
    approve(dossier_of(large, "first").code)
    work()
    approve(dossier_of(large, "third").code)
    for code in (small, large):
        approve(dossier_of(code, "second").code)
    work()
    assert parts_of(large)["last"].dossier
    asked = []
    for code in (small, large):
        lan.get(whole(code))
        with django_assert_max_num_queries(40) as counted:
            lan.get(whole(code))
        asked.append(len(counted))
    assert asked[0] == asked[1]
    assert asked[1] <= 9

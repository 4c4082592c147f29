"""The desk finds a dossier by what was declared, within its own agency."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.dossiers.models.searching import MOST_WAITING
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.queries.desk import After, worklist
from motcua.dossiers.queries.desk_views import Wanted
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    MONDAY,
    OTHER,
    a_file,
    answers,
    official,
)
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.kernel.actors import Role

DESK = "/ban-lam-viec/"
STRANGER = official(Role.CLERK, OTHER)
WHY = "Tên khai khác với giấy tờ gửi kèm."


def filed(definition, name, reference, at=MONDAY):
    """File a dossier of Lan's in which another name is declared."""
    given = {**answers(), "full_name": name}
    filing = Filing(definition, given, {"proof": [a_file()]}, "test", reference)
    return file_dossier(filing, by=LAN, at=at).code


def find(text, by=CLERK, *, finished=False, **more):
    wanted = Wanted(text=text, finished=finished)
    return [x.line.code for x in worklist(wanted, by=by, at=MONDAY, **more)]


@pytest.mark.parametrize(
    "typed", ["Đặng Quốc Ánh", "dang quoc anh", "ÁNH ĐẶNG", "đặn", "  anh,  dang "]
)
def test_a_searchable_answer_finds_the_dossier_without_accents_or_order(definition, typed):
    code = filed(definition, "Đặng Quốc Ánh", "1")
    filed(definition, "Phạm Văn Bình", "2")
    assert find(typed) == [code]


@pytest.mark.parametrize("typed", ["nh", "dang quoc binh", "???", "%", "_", "' OR 1=1"])
def test_what_is_in_no_dossier_finds_none(definition, typed):
    filed(definition, "Đặng Quốc Ánh", "1")
    assert find(typed) == []


def test_answers_that_are_not_marked_find_nothing(definition):
    assert definition.form.fields[1].searchable
    filed(definition, "Đặng Quốc Ánh", "1")
    assert find("00004") == []


def test_applicant_and_any_part_of_the_code_find_it_too(definition):
    code = filed(definition, "Đặng Quốc Ánh", "1")
    for typed in ("nguyen lan", code, code.lower(), f" {code} ", code[-11:], "261102"):
        assert find(typed) == [code], typed


def test_another_agency_finds_nothing(definition):
    filed(definition, "Đặng Quốc Ánh", "1")
    assert find("dang", by=STRANGER) == []
    assert find("dang", by=STRANGER, finished=True) == []
    assert find("dang", by=LAN) == []


def test_a_corrected_answer_changes_what_is_found(definition):
    code = filed(definition, "Đặng Quốc Ánh", "1")
    asked = {"papers": [], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)
    answer_supplement(code, {"full_name": "Đặng Quốc Khánh"}, by=LAN, at=MONDAY)
    assert find("khanh") == [code]
    assert find("anh") == []


def test_finished_ones_are_found_on_request_the_newest_first_and_in_pages(definition):
    codes = [filed(definition, f"Đặng {n}", n) for n in ("Một", "Hai", "Ba")]
    take_step(codes[0], Step.REFUSE, by=CLERK, at=MONDAY, reason=WHY)
    assert find("dang") == codes[1:]
    assert find("dang", finished=True) == codes[::-1]
    last = worklist(Wanted(text="dang", finished=True), by=CLERK, at=MONDAY, limit=2)[-1].line
    after = After(last.due_at + timedelta(days=9), last.id)
    assert find("dang", finished=True, after=after) == codes[:1]


def test_words_before_the_last_are_whole_ones_where_somebody_has_them(definition):
    anh = filed(definition, "Đặng Quốc Ánh", "1")
    longer = filed(definition, "Đặng Quốcanh Ánh", "2")
    assert find("dang quoc an", finished=True) == [anh]
    assert find("dang quoc a", finished=True) == [anh]
    assert find("dang quoca a", finished=True) == [longer]
    assert find("da qu an", finished=True) == [longer, anh]


def test_whole_words_in_another_agency_do_not_decide_how_ours_are_looked_for(definition):
    ours = filed(definition, "Đặng Quốcanh Ánh", "1")
    assert find("dang quoc anh", by=STRANGER, finished=True) == []
    assert find("dang quoc anh", finished=True) == [ours]


def test_looking_for_a_name_among_all_is_two_statements(definition, django_assert_num_queries):
    code = filed(definition, "Đặng Quốc Ánh", "1")
    for name in ("dang quoc anh", "quoc dang"):
        find(name, finished=True)
        with django_assert_num_queries(2):
            assert find(name, finished=True) == [code]


def test_a_search_is_one_statement(definition, django_assert_num_queries):
    filed(definition, "Đặng Quốc Ánh", "1")
    with django_assert_num_queries(1):
        assert find("dang quoc")


@pytest.mark.usefixtures("db")
def test_little_waits_to_be_put_in_its_place_in_the_indexes_that_each_search_reads():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reloptions FROM pg_class"
            " WHERE relname IN ('dossier_words', 'dossier_digits') ORDER BY 1"
        )
        told = cursor.fetchall()
    limit = [f"gin_pending_list_limit={MOST_WAITING}"]
    assert told == [("dossier_digits", limit), ("dossier_words", limit)]


def test_the_desk_s_box_finds_and_says_what_else_to_try(definition, django_assert_max_num_queries):
    counter = Counter(definition).open()
    code = counter.file().code
    clerk = counter.client("clerk")
    clerk.get(DESK)
    with django_assert_max_num_queries(6):
        page = clerk.get(DESK, {"tim": "NGUYEN thi lan"})
    check_shape(page)
    assert code in text_of(page)
    nothing = clerk.get(DESK, {"tim": "khong ai ca"})
    check_shape(nothing)
    assert "tim=khong+ai+ca&amp;trong=tat-ca" in nothing.content.decode()
    assert "Không có hồ sơ nào" in text_of(nothing)
    wider = clerk.get(DESK, {"tim": "khong ai ca", "trong": "tat-ca"})
    check_shape(wider)
    assert "Tìm cả" not in text_of(wider)


def test_the_finished_list_goes_on_where_the_page_ended(definition, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.desk.worklist.PAGE", 1)
    counter = Counter(definition).open()
    first, second = counter.file().code, counter.file().code
    clerk = counter.client("clerk")
    page = clerk.get(DESK, {"trong": "tat-ca"})
    assert (second in text_of(page), first in text_of(page)) == (True, False)
    following = page.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    page = clerk.get(following.replace("&amp;", "&"))
    assert (second in text_of(page), first in text_of(page)) == (False, True)

"""A person takes away everything the portal keeps about them, and nobody else does."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.drafts import attach, begin_draft
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.returning import ReturnedBy, hand_back
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer
from motcua.dossiers.queries.export import my_dossiers_whole, my_handed_files
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, a_file, definition, ward
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.kernel.exports import Sheet
from motcua.notices.queries.mine import my_notices
from motcua.portal.models import Export, Piece
from motcua.portal.operations.exporting import ask_for_everything, build_export, forget_exports
from motcua.portal.queries.everything import NothingReady, my_export, pieces_of_mine
from motcua.portal.rules.archive import as_csv, cell, file_name

__all__ = ["definition", "ward"]
PAGE, FILE = "/du-lieu-cua-toi/tai-ve/", "/du-lieu-cua-toi/tai-ve/tep.zip/"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def lan(counter):
    return counter.actor("lan")


def archive_of(who, at=MONDAY):
    return ZipFile(BytesIO(b"".join(pieces_of_mine(by=who, at=at))))


def test_it_holds_every_table_and_every_file(counter, lan, work):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    issue_result(code, by=SYSTEM, at=MONDAY)
    counter.walk(code, Step.RETURN)
    ask(code, "Khi nào tôi nhận bản giấy?", by=lan, at=MONDAY)
    draft = begin_draft("9.000001", by=lan, at=MONDAY)
    attach(draft, "proof", a_file(lan), by=lan, at=MONDAY)
    counter.file(by="nam")
    ask_for_everything(by=lan, at=MONDAY)
    work()
    whole = archive_of(lan, at=my_export(by=lan).ready_at)
    tables = json.loads(whole.read("du-lieu.json"))
    assert [row["code"] for row in tables["ho-so"]] == [code]
    assert [row["step"] for row in tables["cac-buoc"]][-1] == "return"
    assert tables["hoi-dap"][0]["text"].startswith("Khi nào")
    assert [row["id"] for row in tables["nhap"]] == [str(draft)]
    assert tables["tai-khoan"][0]["name"] == lan.name
    assert tables["thong-bao"]
    check_files(whole, code)


def check_files(whole, code):
    files = [name for name in whole.namelist() if name.startswith("tep/")]
    assert len(files) == 3
    assert any(f"{code}/ket-qua" in name for name in files)
    assert PDF in [whole.read(name) for name in files]
    page = whole.read("doc-truoc.html").decode()
    assert code in page
    assert "Trần Văn Nam" not in page
    assert whole.testzip() is None


def test_it_holds_what_was_replaced_what_was_asked_and_how_it_went_out(counter, lan, work):
    filed = counter.file()
    code, first = filed.code, Dossier.objects.get(code=filed.code).papers["proof"][0]
    counter.walk(code, Step.ASK_SUPPLEMENT)
    second = a_file(lan)
    corrected = {"full_name": "Nguyễn Thị Lan Anh"}
    attach_answer(code, "proof", second, by=lan, at=MONDAY)
    answer_supplement(code, corrected, by=lan, at=MONDAY)
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    issue_result(code, by=SYSTEM, at=MONDAY)
    hand_back(code, ReturnedBy(ReturnBy.ONLINE), by=counter.actor("clerk"), at=MONDAY)
    former = str(Dossier.objects.get(code=code).result)
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY)
    handed = {(file.id, file.folder) for file in my_handed_files(by=lan)}
    assert handed == {
        (first, f"{code}/da-thay"),
        (second, code),
        (former, f"{code}/ket-qua-truoc"),
    }
    sheets = {sheet.name: sheet.rows for sheet in my_dossiers_whole(by=lan)}
    asked = next(row for row in sheets["cac-buoc"] if row["step"] == Step.ASK_SUPPLEMENT)
    assert (asked["papers"], asked["fields"]) == (["proof"], ["full_name"])
    returned = next(row for row in sheets["cac-buoc"] if row["step"] == "return")
    assert returned["how"] == ["online"]


def test_a_result_withdrawn_before_it_was_returned_stays_among_officials(counter, lan):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    issue_result(code, by=SYSTEM, at=MONDAY)
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY)
    assert {file.folder for file in my_handed_files(by=lan)} == {code}


def test_who_acts_for_somebody_takes_along_what_they_handle_while_they_may(counter, lan):
    code, nam = counter.file().code, counter.actor("nam")
    Dossier.objects.filter(code=code).update(agent=nam.id)
    sheets = {sheet.name: sheet.rows for sheet in my_dossiers_whole(by=nam)}
    assert [row["code"] for row in sheets["lam-thay"]] == [code]
    assert sheets["ho-so"] == ()
    assert [file.folder for file in my_handed_files(by=nam)] == [code]
    Dossier.objects.filter(code=code).update(agent="")
    sheets = {sheet.name: sheet.rows for sheet in my_dossiers_whole(by=nam)}
    assert sheets["lam-thay"] == ()
    assert list(my_handed_files(by=nam)) == []


def test_words_among_officials_stay_there(counter, lan, work):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.SEND_BACK)
    ask_for_everything(by=lan, at=MONDAY)
    work()
    assert WHY not in archive_of(lan, at=my_export(by=lan).ready_at).read("du-lieu.json").decode()


def test_nobody_else_downloads_it(counter, lan, work):
    counter.file()
    ask_for_everything(by=lan, at=MONDAY)
    work()
    for who in ("nam", "clerk", "stranger"):
        with pytest.raises(NothingReady):
            pieces_of_mine(by=counter.actor(who), at=MONDAY)
        assert counter.client(who).get(FILE).status_code == 404
        assert my_export(by=counter.actor(who)) is None


def test_one_at_a_time_and_a_new_one_takes_its_place(lan, work):
    first = ask_for_everything(by=lan, at=MONDAY)
    assert ask_for_everything(by=lan, at=MONDAY) == first
    work()
    second = ask_for_everything(by=lan, at=MONDAY)
    assert second != first
    assert not Piece.objects.filter(export=first).exists()
    assert Export.objects.count() == 1


def test_a_job_done_twice_or_late_changes_nothing(lan, work):
    export = ask_for_everything(by=lan, at=MONDAY)
    build_export(export, at=MONDAY)
    before = list(Piece.objects.values_list("pk", flat=True))
    build_export(export, at=MONDAY)
    work()
    assert list(Piece.objects.values_list("pk", flat=True)) == before
    Export.objects.all().delete()
    build_export(export, at=MONDAY)
    assert not Export.objects.exists()


def test_it_is_told_kept_seven_days_and_then_gone(lan, work):
    build_export(ask_for_everything(by=lan, at=MONDAY), at=MONDAY)
    work()
    assert my_notices(by=lan).notices[0].link == PAGE
    week = MONDAY + timedelta(days=7)
    assert forget_exports(at=week - timedelta(minutes=1)) == 0
    with pytest.raises(NothingReady):
        pieces_of_mine(by=lan, at=week)
    assert forget_exports(at=week) == 1
    assert not Piece.objects.exists()


def test_files_that_do_not_fit_are_named_not_lost_silently(counter, lan, settings):
    counter.file()
    settings.EXPORT_MOST_BYTES = 10
    build_export(ask_for_everything(by=lan, at=MONDAY), at=MONDAY)
    assert my_export(by=lan).left_out == 1
    assert "tep/" not in "".join(archive_of(lan).namelist())


def test_progress_is_told_while_files_are_gathered(counter, lan, django_assert_max_num_queries):
    code = counter.file().code
    row = Dossier.objects.get(code=code)
    row.papers = {"proof": [a_file(lan) for _n in range(40)]}
    row.save()
    with django_assert_max_num_queries(90):
        build_export(ask_for_everything(by=lan, at=MONDAY), at=MONDAY)
    assert my_export(by=lan).done == 100


def test_the_page_goes_from_asking_to_downloading(counter, lan, work):
    client = counter.client("lan")
    check_shape(client.get(PAGE))
    assert client.get(FILE).status_code == 404
    assert client.post(PAGE).status_code == 302
    waiting = client.get(PAGE)
    check_shape(waiting)
    assert 'hx-trigger="every 3s"' in waiting.content.decode()
    work()
    ready = client.get(PAGE)
    check_shape(ready)
    assert "đã sẵn sàng" in text_of(ready)
    answer = client.get(FILE, headers={"Accept-Encoding": "gzip"})
    data = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(data)
    assert ZipFile(BytesIO(data)).testzip() is None


def test_it_is_not_made_over_and_over(counter, work):
    client = counter.client("lan")
    statuses = []
    for _n in range(4):
        statuses.append(client.post(PAGE).status_code)
        work()
    assert statuses == [302, 302, 302, 429]


@given(st.text(max_size=80), st.text(max_size=200))
def test_a_file_stays_inside_the_archive(folder, name):
    place = file_name(folder, 1, name)
    assert place.startswith("tep/")
    assert ".." not in place.split("/")
    assert "\\" not in place
    assert not any(ord(sign) < 32 for sign in place)


@given(st.text(max_size=60))
def test_a_cell_is_never_a_formula(text):
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_reads_back():
    rows = ({"a": 'x, "y"\nz', "b": {"c": [1]}, "c": None, "d": -3},)
    read = list(csv.reader(StringIO(as_csv(Sheet("t", "T", rows)).decode("utf-8-sig"), newline="")))
    assert read == [["a", "b", "c", "d"], ['x, "y"\nz', '{"c": [1]}', "", "-3"]]
    assert as_csv(Sheet("t", "T", ())).strip() == b"\xef\xbb\xbf"

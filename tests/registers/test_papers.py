"""A paper that a registry can stand for is not asked for, and its proof goes with the dossier."""

import json
from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from motcua.backbone.models import Look
from motcua.backbone.tests.reading import Page, check_frame
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.operations.drafts import attach, discard_draft, save_answers
from motcua.dossiers.operations.filing import AnswersNotRight, file_draft
from motcua.dossiers.queries.export import my_dossiers_whole
from motcua.dossiers.tests.conftest import a_file
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.sequencing import sequence
from motcua.kernel.actors import Role
from motcua.registrar.tests.world import HUONG, OWNERS, QUAN
from motcua.registries.models import Consent, Objection, Proof
from motcua.registries.operations.objecting import Said, object_to
from motcua.registries.queries.answers import Register
from tests.registers.asking import (
    account,
    begun,
    browser_of,
    now,
    official,
    place_of_work,
    text_of,
)
from tests.registers.conftest import HANOI, move

NOT_NEEDED, ADD = "Không cần nộp", "Hãy thêm giấy tờ này"


@pytest.fixture
def huong(owners, hanoi):
    place_of_work()
    return account("huong")


@pytest.fixture
def page(huong):
    return browser_of(huong)


def asked(page, at):
    """Open the papers page and let the registries be asked, as the page does by itself."""
    text_of(page.get(f"{at}giay-to/"), "Hỏi cơ sở dữ liệu")
    return page.post(f"{at}giay-to/", {"hoi": "1"}, follow=True)


def filed(page, at):
    page.post(f"{at}kiem-tra/", {"declared": "1", "return_by": "2"})
    return Draft.objects.get(pk=at.split("/")[2]).filed_as


def test_a_paper_that_a_registry_has_is_not_asked_for(page, huong):
    at = begun(page, huong)
    text = text_of(asked(page, at), NOT_NEEDED, "Cơ sở dữ liệu quốc gia về dân cư", "Số ")
    check_frame(Page(text))
    assert text.count(NOT_NEEDED) == 4
    assert 'type="file"' not in text
    assert page.post(f"{at}giay-to/").headers["location"] == f"{at}kiem-tra/"
    text_of(page.get(f"{at}kiem-tra/"), NOT_NEEDED)


def test_the_page_opens_without_asking_and_asks_only_once(page, huong):
    at = begun(page, huong)
    text_of(page.get(f"{at}giay-to/"), 'hx-trigger="load"', 'type="file"')
    assert not LogEntry.objects.exists()
    asked(page, at)
    calls = LogEntry.objects.count()
    assert "hx-trigger" not in text_of(page.get(f"{at}giay-to/"))
    page.post(f"{at}giay-to/", {"hoi": "1"})
    assert LogEntry.objects.count() == calls


def test_without_consent_every_paper_is_asked_for_as_ever(page, huong):
    at = begun(page, huong, agreed=False)
    text = text_of(page.get(f"{at}giay-to/"), 'type="file"', "Cho phép hỏi cơ sở dữ liệu")
    assert "hx-trigger" not in text
    page.post(f"{at}giay-to/", {"hoi": "1"})
    assert not LogEntry.objects.exists()
    assert not Look.objects.exists()
    text_of(page.post(f"{at}kiem-tra/", {"declared": "1"}), "Thêm giấy tờ", status=422)


def test_while_the_registry_is_down_the_paper_is_asked_for(page, huong, owners):
    at = begun(page, huong, status="single")
    move(OWNERS["population"], "http://127.0.0.1:1")
    text_of(asked(page, at), "hiện chưa trả lời", "Hỏi lại", 'type="file"')
    again = text_of(page.get(f"{at}giay-to/"), "Hỏi lại")
    assert 'hx-trigger="load"' not in again
    move(OWNERS["population"], owners.url)
    text_of(page.post(f"{at}giay-to/", {"hoi": "1"}, follow=True), NOT_NEEDED)


def test_what_the_registry_does_not_know_is_asked_for(page, huong):
    at = begun(page, huong, status="single")
    text = text_of(asked(page, at), NOT_NEEDED, 'id="files-firm"')
    assert 'id="files-residence"' not in text
    assert Consent.objects.get().silent == {"firm": "unknown"}


def test_what_somebody_says_is_wrong_stands_for_no_paper_of_theirs(page, huong):
    at = begun(page, huong, status="single")
    asked(page, at)
    said = Said(Register.POPULATION, HUONG, "residence.detail", "Số 1")
    object_to(said, "Số 2", "", person_id=HUONG, by=huong, at=now())
    text_of(page.get(f"{at}giay-to/"), 'id="files-residence"')
    text_of(page.post(f"{at}giay-to/", {"hoi": "1"}, follow=True), "đang ghi sai")
    assert Consent.objects.get().silent["residence"] == "disputed"
    text_of(page.post(f"{at}kiem-tra/", {"declared": "1"}), "Thêm giấy tờ", status=422)
    Objection.objects.update(state="refused")
    text_of(page.post(f"{at}giay-to/", {"hoi": "1"}, follow=True), NOT_NEEDED)


def test_the_proof_goes_with_the_dossier_and_holds(page, huong, tmp_path):
    at = begun(page, huong)
    asked(page, at)
    code = filed(page, at)
    assert set(Proof.objects.values_list("subject", flat=True)) == {code}
    assert Consent.objects.get().subject == code
    text_of(page.get(f"/ho-so/{code}/"), "Đã chứng minh bằng", "kiểm tra chứng cứ")
    address = f"/ho-so/{code}/chung-cu/wedding/"
    text_of(page.get(address), "chưa có số")
    sequence(HANOI, at=now())
    check_frame(Page(text_of(page.get(address), "Vừa kiểm tra", "000.00.00.G01")))
    whole = ZipFile(BytesIO(page.get(f"{address}tai-ve/").content))
    whole.extractall(tmp_path)
    proof, answer = tmp_path / "proof-1.json", tmp_path / "answer-1.json"
    call_command("exchange", "verify", str(proof), "--answer", str(answer))
    text_of(page.get(f"/ho-so/{code}/giay-hen/"), "Cơ sở dữ liệu quốc gia về dân cư")
    assert page.get(f"/ho-so/{code}/giay-hen.pdf/").content.startswith(b"%PDF")


def test_an_answer_altered_by_the_database_s_keeper_is_found(page, huong):
    at = begun(page, huong)
    asked(page, at)
    code = filed(page, at)
    sequence(HANOI, at=now())
    proof = Proof.objects.get(field="papers.wedding")
    forged = bytes(proof.answer).replace("Hương".encode(), "Hường".encode())
    Proof.objects.filter(pk=proof.pk).update(answer=forged)
    text_of(page.get(f"/ho-so/{code}/chung-cu/wedding/"), "Chứng cứ này không đúng")


def test_the_desk_sees_the_proof_and_the_look_is_written_down(page, huong):
    at = begun(page, huong)
    asked(page, at)
    code = filed(page, at)
    sequence(HANOI, at=now())
    desk = browser_of(official(Role.SPECIALIST))
    text_of(desk.get(f"/ban-lam-viec/{code}/"), "Đã chứng minh bằng", "chung-cu/wedding")
    before = Look.objects.filter(person=huong.id, reference=code).count()
    check_frame(Page(text_of(desk.get(f"/ho-so/{code}/chung-cu/wedding/"), "Vừa kiểm tra")))
    looks = Look.objects.filter(person=huong.id, reference=code)
    assert looks.count() == before + 1
    assert looks.latest("id").what == "Proof from a registry"


def test_a_proof_that_is_too_old_is_asked_for_again_at_filing(page, huong, owners):
    at = begun(page, huong)
    asked(page, at)
    old = now() - timedelta(hours=30)
    Proof.objects.update(at=old)
    draft = at.split("/")[2]
    with pytest.raises(AnswersNotRight):
        file_draft(draft, by=huong, at=now())
    move(OWNERS["population"], "http://127.0.0.1:1")
    said = {"declared": "1", "return_by": "2"}
    text_of(page.post(f"{at}kiem-tra/", said), "Thêm giấy tờ", status=422)
    move(OWNERS["population"], owners.url)
    assert filed(page, at)
    assert not Proof.objects.filter(at=old).exists()


def test_a_paper_that_is_no_longer_the_applicant_s_is_asked_for(page, huong):
    at = begun(page, huong)
    asked(page, at)
    draft = at.split("/")[2]
    other = {"subject": {"name": "Trần Minh Quân", "id": QUAN}}
    save_answers(draft, other, by=huong, at=now())
    text = text_of(page.get(f"{at}giay-to/"), 'id="files-wedding"')
    assert 'id="files-residence"' not in text
    with pytest.raises(AnswersNotRight) as wrong:
        file_draft(draft, by=huong, at=now())
    assert [each["at"] for each in wrong.value.facts["problems"]] == ["papers.wedding"]


def test_who_sends_the_paper_all_the_same_files_the_paper(page, huong):
    at = begun(page, huong)
    draft = at.split("/")[2]
    for paper in ("wedding", "residence"):
        attach(draft, paper, a_file(huong, now()), by=huong, at=now())
    assert "hoi" not in text_of(page.get(f"{at}giay-to/"))
    code = filed(page, at)
    assert set(Dossier.objects.get(code=code).papers) == {"wedding", "residence"}
    assert page.get(f"/ho-so/{code}/chung-cu/wedding/").status_code == 404


def test_taking_consent_back_takes_the_proofs_away_and_keeps_the_evidence(page, huong):
    at = begun(page, huong)
    asked(page, at)
    page.post(f"{at}co-so-du-lieu/", {"viec": "rut"})
    assert not Proof.objects.exists()
    consent = Consent.objects.get()
    assert consent.withdrawn_at is not None
    text_of(page.get(f"{at}giay-to/"), 'id="files-wedding"')
    calls = LogEntry.objects.count()
    page.post(f"{at}giay-to/", {"hoi": "1"})
    assert LogEntry.objects.count() == calls
    with pytest.raises(AnswersNotRight):
        file_draft(at.split("/")[2], by=huong, at=now())
    page.post(f"{at}co-so-du-lieu/", {"viec": "dong-y"})
    assert Consent.objects.count() == 2
    text_of(asked(page, at), NOT_NEEDED)


def test_a_draft_thrown_away_takes_its_proofs_along(page, huong):
    at = begun(page, huong)
    asked(page, at)
    discard_draft(at.split("/")[2], by=huong, at=now())
    assert not Proof.objects.exists()
    assert Consent.objects.get().withdrawn_at is not None


def test_one_takes_the_proofs_away_with_all_one_s_data(page, huong):
    at = begun(page, huong)
    asked(page, at)
    code = filed(page, at)
    sheets = {sheet.name: sheet.rows for sheet in my_dossiers_whole(by=huong)}
    row = next(each for each in sheets["chung-cu"] if each["field"] == "papers.wedding")
    assert row["subject"] == code
    assert json.loads(row["answer"])["source"]["member"] == OWNERS["population"]


def test_nobody_reads_another_s_proof_or_makes_one_up(page, huong):
    at = begun(page, huong)
    asked(page, at)
    code = filed(page, at)
    quan = browser_of(account("quan"))
    assert quan.get(f"/ho-so/{code}/chung-cu/wedding/").status_code == 404
    assert quan.get(f"/ho-so/{code}/chung-cu/wedding/tai-ve/").status_code == 404
    for paper in ("proof", "wedding-2", str(uuid4())):
        assert page.get(f"/ho-so/{code}/chung-cu/{paper}/").status_code == 404

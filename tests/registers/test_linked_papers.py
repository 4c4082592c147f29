"""Of several dossiers filed at once, none asks for a paper that a registry can stand for."""

import pytest

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.events import LinkedPartDropped
from motcua.dossiers.handlers.proofs import close_dropped
from motcua.dossiers.models import Dossier, Draft, LinkedPart
from motcua.dossiers.operations.agreeing import agree
from motcua.dossiers.operations.counter import (
    Finished,
    Present,
    Way,
    begin_counter,
    file_counter_linked,
)
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.filing import AnswersNotRight
from motcua.dossiers.operations.linked import file_linked_draft
from motcua.dossiers.operations.linked_going import go_on
from motcua.dossiers.operations.proving_ends import close_proofs
from motcua.dossiers.queries.export import my_dossiers_whole
from motcua.dossiers.tests.conftest import WARD, a_file
from motcua.kernel.actors import Role
from motcua.packs.operations.publishing import publish_folder
from motcua.registrar.tests.world import HUONG, QUAN, SYSTEM
from motcua.registries.models import Consent, Proof
from tests.registers.asking import (
    PACKS,
    PLACE,
    account,
    begun,
    browser_of,
    now,
    official,
    place_of_work,
    text_of,
)

TWO = "9.000012"


@pytest.fixture
def huong(owners, hanoi):
    place_of_work()
    publish_folder(PACKS / TWO, by=SYSTEM, at=now())
    return account("huong")


@pytest.fixture
def page(huong):
    return browser_of(huong)


def proven(page, huong, **more):
    """Begin, let registries be asked, and return the draft."""
    at = begun(page, huong, procedure=TWO, **more)
    page.post(f"{at}giay-to/", {"hoi": "1"})
    return at.split("/")[2]


def parts():
    return {part.part: part for part in LinkedPart.objects.all()}


def result_of(part):
    """Let the dossier of a part have its result, and the filing go on."""
    file = a_file(SYSTEM, now())
    Dossier.objects.filter(code=part.dossier).update(result=file)
    go_on(part.filing.code, by=SYSTEM, at=now())


def test_the_papers_of_all_parts_need_not_be_sent(page, huong):
    at = f"/khai/{proven(page, huong)}/"
    text = text_of(page.get(f"{at}giay-to/"), "Không cần nộp")
    assert 'type="file"' not in text
    page.post(f"{at}kiem-tra/", {"declared": "1"})
    first = parts()["first"]
    assert first.papers == {}
    text_of(page.get(f"/ho-so/{first.dossier}/"), "Đã chứng minh bằng")
    page_of = page.get(f"/ho-so/{first.dossier}/chung-cu/residence/")
    text_of(page_of, "Giấy xác nhận cư trú")
    desk = browser_of(official(Role.SPECIALIST))
    text_of(desk.get(f"/ban-lam-viec/{first.dossier}/"), "chung-cu/residence")


def test_a_part_that_opens_later_has_its_proofs(page, huong):
    code = file_linked_draft(proven(page, huong), by=huong, at=now()).code
    second = parts()["second"]
    assert second.papers["wedding"] == {"proven": "marriage_paper"}
    result_of(parts()["first"])
    second = parts()["second"]
    assert second.state == "opened", second.reason
    fields = set(Proof.objects.filter(subject=second.dossier).values_list("field", flat=True))
    assert fields == {"papers.wedding", "papers.residence"}
    assert Consent.objects.get().subject == code
    sheets = {sheet.name: sheet.rows for sheet in my_dossiers_whole(by=huong)}
    assert {row["subject"] for row in sheets["chung-cu"]} == {
        code,
        *(part.dossier for part in parts().values()),
    }


def test_a_paper_that_became_another_person_s_stands_for_nothing(page, huong):
    file_linked_draft(proven(page, huong), by=huong, at=now())
    first = parts()["first"]
    dossier = Dossier.objects.get(code=first.dossier)
    dossier.answers |= {"subject": {"name": "Trần Minh Quân", "id": QUAN}}
    dossier.save(update_fields=["answers"])
    result_of(first)
    second = parts()["second"]
    assert second.state == "stuck"
    assert second.reason["problems"] == ["Giấy tờ này là bắt buộc."]


def test_once_no_part_waits_any_more_nobody_listens_for_the_whole(page, huong):
    code = file_linked_draft(proven(page, huong), by=huong, at=now()).code
    of_whole = Proof.objects.filter(subject=code).exclude(person="")
    close_proofs(parts()["first"].dossier)
    assert of_whole.exists()
    LinkedPart.objects.filter(part="second").update(state="dropped")
    dropped = LinkedPartDropped(subject=code, part="second", applicant=huong.id, asked=False)
    close_dropped(dropped, now())
    assert not of_whole.exists()
    assert Proof.objects.filter(subject=code).exists()


def test_an_answer_taken_over_is_the_registry_s_in_each_dossier(page, huong):
    made = proven(page, huong, home={})
    page.post(f"/khai/{made}/case/da-co/", {"viec": "dung", "cau-hoi": "home"})
    taken = set(Proof.objects.values_list("field", flat=True))
    assert "home" in taken
    file_linked_draft(made, by=huong, at=now())
    rows = Proof.objects.filter(subject=parts()["first"].dossier)
    assert set(rows.values_list("field", flat=True)) == {"home", "papers.residence"}


def test_without_consent_the_parts_want_their_papers(page, huong):
    at = begun(page, huong, procedure=TWO, agreed=False)
    made = at.split("/")[2]
    page.post(f"{at}giay-to/", {"hoi": "1"})
    with pytest.raises(AnswersNotRight) as wrong:
        file_linked_draft(made, by=huong, at=now())
    asked = {each["at"] for each in wrong.value.facts["problems"]}
    assert asked == {"papers.home_paper", "papers.marriage_paper"}


def test_who_sends_the_paper_all_the_same_files_the_paper(page, huong):
    made = proven(page, huong)
    Draft.objects.filter(pk=made).update(papers={})
    attach(made, "home_paper", a_file(huong, now()), by=huong, at=now())
    file_linked_draft(made, by=huong, at=now())
    first, second = parts()["first"], parts()["second"]
    assert len(first.papers["residence"]) == len(second.papers["residence"]) == 1
    assert second.papers["wedding"] == {"proven": "marriage_paper"}
    assert not Proof.objects.filter(subject=first.dossier, field__startswith="papers.").exists()


def test_at_the_counter_too_the_parts_need_no_papers(page, huong):
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=now())
    clerk = official()
    present = Present(number=HUONG, name="Nguyễn Thị Hương", document="card")
    way = Way(offices_of(WARD)[0].id)
    made = begin_counter(TWO, present, way, by=clerk, at=now())
    subject = {"name": "Nguyễn Thị Hương", "id": HUONG}
    answers = {"office": PLACE, "home": {**PLACE, "street": "Số 1"}, "status": "married"}
    save_answers(made, answers | {"subject": subject}, by=clerk, at=now())
    agree(made, "vi", by=clerk, at=now())
    browser_of(clerk).post(f"/khai/{made}/giay-to/", {"hoi": "1"})
    file_counter_linked(made, Finished(signed="paper", papers={}), by=clerk, at=now())
    assert Proof.objects.filter(subject=parts()["first"].dossier).exists()

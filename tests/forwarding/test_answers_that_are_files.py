"""A question whose answer is a file is corrected at the hub; the unit gets the file once."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.filing import AnswersNotRight
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, a_file, refused
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.dossiers.tests.test_supplement_kinds import photo
from motcua.exchange.tests.wire import now
from motcua.files.operations.keeping import keep_upload
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.forwarding.models import Supplement
from motcua.forwarding.operations.answering import answer, hand_answer_on
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.queries.export import my_handed_on_files
from motcua.forwarding.rules.states import Handing
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

ANOTHER = PDF + b"% another scan\n"


@pytest.fixture
def definition(ward):
    folder = Path(__file__).parents[2] / "src/motcua/dossiers/tests/packs/9.000003"
    return pack(publish_folder(folder, by=SYSTEM, at=MONDAY).version)


@pytest.fixture
def first(counter):
    return a_file(counter.actor("lan"), now())


@pytest.fixture
def asked(handed_in, counter, first):
    """The unit asks for the photos of the place again, and the hub knows."""
    answers = {
        "office": {"province": "01", "commune": "00004"},
        "full_name": "Nguyễn Thị Lan",
        "married": False,
        "photos": [first],
        "goods": [{"item": "Cá kho", "pieces": 2}],
        "sign": {"strokes": "M1 2L30 40", "name": "Lan"},
    }
    row = handed_in(answers=answers)
    hand_on(row.code, at=now())
    row.refresh_from_db()
    wanted = {"papers": [], "fields": ["photos"]}
    clerk = counter.actor("clerk")
    take_step(row.there, Step.ASK_SUPPLEMENT, by=clerk, at=now(), reason=WHY, details=wanted)
    ask_how_it_stands(row.code, at=now())
    return row


def address_of(row):
    return f"/ho-so/chuyen/{row.code}/bo-sung/"


def posted(*files, **more):
    return {"shown": "photos", "photos": list(files), "note": "", "send": "1"} | more


def scan(content=ANOTHER, name="moi.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def there():
    return Dossier.objects.get()


def sent_on(times=1):
    return [hand_answer_on(Supplement.objects.latest("id").pk, at=now()) for _ in range(times)]


def test_files_are_added_on_the_page_and_reach_the_unit_once(asked, counter, first):
    lan = counter.client("lan")
    page = lan.get(address_of(asked))
    check_shape(page)
    assert f'value="{first}"' in page.content.decode()
    assert f'data-upload="{reverse("files:uploads")}"' in page.content.decode()
    done = lan.post(address_of(asked), posted(first, scan()), follow=True)
    assert "Cổng đã nhận nội dung bạn gửi" in text_of(done)
    assert "moi.pdf" in text_of(done)
    assert sent_on(times=2) == [Handing.TAKEN, Handing.TAKEN]
    dossier = there()
    assert dossier.state == State.NEW
    assert dossier.transitions.filter(step=Step.SUPPLY).count() == 1
    held = dossier.answers["photos"]
    assert [content_for_room(file) for file in held] == [PDF, ANOTHER]
    assert first not in held
    desk = counter.client("clerk").get(f"/ban-lam-viec/{dossier.code}/?giay=photos")
    assert "moi.pdf" in text_of(desk)


def test_what_was_added_waits_until_it_is_sent_and_can_be_taken_back(asked, counter, first):
    lan, address = counter.client("lan"), address_of(asked)
    kept = posted(scan(), keep="1")
    del kept["send"]
    assert lan.post(address, kept)["Location"] == address
    page = lan.get(address).content.decode()
    assert "moi.pdf" in page
    assert not Supplement.objects.exists()
    (file,) = lan.session[f"forwarding.supplement.{asked.code}"]["answers"]["photos"]
    taken_back = posted(file, remove=f"photos.{file}")
    del taken_back["send"]
    lan.post(address, taken_back)
    assert "moi.pdf" not in lan.get(address).content.decode()
    empty = lan.post(address, posted())
    assert empty.status_code == 422
    assert 'href="#photos"' in empty.content.decode()


def test_a_kind_of_file_that_is_not_taken_is_told_at_its_place(asked, counter, first):
    lan = counter.client("lan")
    bad = SimpleUploadedFile("anh.jpg", photo(), "image/jpeg")
    page = lan.post(address_of(asked), posted(first, bad))
    assert page.status_code == 422
    check_shape(page)
    assert "anh.jpg: Câu hỏi này không nhận" in text_of(page)
    his = a_file(counter.actor("nam"), now())
    lan.post(address_of(asked), posted(scan(), his))
    assert his not in Supplement.objects.get().line


def test_both_ends_refuse_what_the_question_does_not_take(asked, counter, first):
    lan = counter.actor("lan")
    bad = keep_upload(photo(), "anh.jpg", by=lan, at=now()).id
    with refused(AnswersNotRight):
        answer(asked.code, {}, "", by=lan, at=now(), answers={"photos": [bad]})
    new = keep_upload(ANOTHER, "moi.pdf", by=lan, at=now()).id
    answer(asked.code, {}, "", by=lan, at=now(), answers={"photos": [new]})
    (good,), (wrong,) = infos_for_room([new]), infos_for_room([bad])
    sent = Supplement.objects.get()
    for one, other in (
        (new, bad),
        (good.sha256, wrong.sha256),
        (f":{good.size},", f":{wrong.size},"),
    ):
        sent.line = sent.line.replace(one, other)
    sent.save()
    assert sent_on() == [Handing.REFUSED]
    page = text_of(counter.client("lan").get(f"/ho-so/chuyen/{asked.code}/"))
    assert "Ảnh hiện trạng" in page
    assert there().state == State.SUPPLEMENT
    answer(asked.code, {}, "", by=lan, at=now(), answers={"photos": [new]})
    assert sent_on() == [Handing.TAKEN]


def test_files_of_answers_are_among_what_a_person_takes_away(asked, counter, first):
    lan = counter.actor("lan")
    new = keep_upload(ANOTHER, "moi.pdf", by=lan, at=now()).id
    answer(asked.code, {}, "", by=lan, at=now(), answers={"photos": [first, new]})
    ids = [file.id for file in my_handed_on_files(by=lan)]
    assert {first, new} <= set(ids)
    assert len(ids) == len(set(ids))

"""What administrators type and send in the studio: kept, refused by name, never half taken."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from motcua.backbone.tests.reading import Page, check_frame
from motcua.packs.queries.folders import SHIPPED
from motcua.studio.models import Draft
from motcua.studio.operations.drafting import begin
from tests.access.world import PROCEDURE

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "2.000635"
NEW = "/quan-tri/goi/moi/"


@pytest.fixture
def world(transactional_db, new_world):
    return new_world()


def browser_of(world, who):
    """Return a browser whose requests are transactions of their own."""
    browser = Client()
    browser.cookies = world.client(who).cookies
    return browser


@pytest.fixture
def writer(world):
    return browser_of(world, "administrator")


@pytest.fixture
def other(world):
    return browser_of(world, "stranger-administrator")


@pytest.fixture
def at(world):
    """Begin a whole pack, and give its address."""
    folder = SHIPPED / CODE
    paths = [path for path in folder.rglob("*") if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_text() for path in paths}
    by = world.counter.actor("administrator")
    return f"/quan-tri/goi/{begin(CODE, 'Bản sao', files, by=by, at=now())}/"


def newest():
    return Draft.objects.latest("created_at")


def sent(answer):
    """Return an answer's page, after seeing that its frame is whole."""
    text = answer.content.decode()
    check_frame(Page(text))
    return text


def test_a_pack_is_begun_from_nothing_or_from_a_version_but_not_from_what_is_not_there(
    world, writer
):
    assert writer.post(NEW, {"code": "1.999999", "title": "Cấp thẻ"}).status_code == 302
    assert (newest().code, newest().title) == ("1.999999", "Cấp thẻ")
    version = world.things["pack_version"]
    assert writer.post(NEW, {"version": version}).status_code == 302
    assert (newest().code, newest().base) == (PROCEDURE, version)
    count = Draft.objects.count()
    for wrong in (
        {"code": "x", "title": "a"},
        {"code": "1.999999", "title": ""},
        {"record": "9.999999"},
        {"version": "9.999999@1-0"},
        {},
    ):
        answer = writer.post(NEW, wrong)
        assert answer.status_code == 422, wrong
        sent(answer)
    assert Draft.objects.count() == count


def test_what_another_saved_first_is_shown_beside_what_was_typed(writer, other, at):
    page = f"{at}tep/sua/form.yaml/"
    assert other.post(page, {"text": "steps: [1]", "seen": "0"}).status_code == 302
    answer = writer.post(page, {"text": "steps: [2]", "seen": "0"})
    assert answer.status_code == 412
    text = sent(answer)
    assert "steps: [1]" in text
    assert "steps: [2]" in text
    assert newest().files["form.yaml"] == "steps: [1]\n"
    assert writer.post(page, {"text": "steps: [2]", "seen": "1"}).status_code == 302
    assert newest().files["form.yaml"] == "steps: [2]\n"


def test_a_file_is_added_undone_and_removed_under_a_name_that_belongs(writer, at):
    like = next(name for name in newest().files if name.startswith("examples/valid"))
    for name in ("../x.yaml", "a.exe", "form.yaml", "examples/valid-.yaml", ""):
        answer = writer.post(f"{at}tep/them/", {"name": name, "seen": "0"})
        assert answer.status_code == 422, name
    fresh = {"name": "examples/valid-twins.yaml", "like": like, "seen": "0"}
    assert writer.post(f"{at}tep/them/", fresh).status_code == 302
    assert newest().files["examples/valid-twins.yaml"] == newest().files[like]
    for seen in ("7", "x", "1"):
        writer.post(f"{at}hoan-tac/", {"seen": seen})
    assert "examples/valid-twins.yaml" not in newest().files
    assert writer.post(f"{at}tep/xoa/{like}/", {"seen": "2"}).status_code == 302
    assert like not in newest().files
    assert writer.get(f"{at}tep/xem/{like}/").status_code == 404


def test_files_are_sent_and_fetched_and_each_refused_one_is_named(writer, at):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("goi/form.yaml", "steps: []\n")
        archive.writestr("goi/../../etc/passwd", "x")
        archive.writestr("goi/<script>alert(1)</script>.yaml", "x")
    file = SimpleUploadedFile("goi.zip", packed.getvalue())
    answer = writer.post(f"{at}tep/gui/", {"files": file, "seen": "0"})
    assert answer.status_code == 422
    text = sent(answer)
    assert "../../etc/passwd" in text
    assert "<script>alert" not in text
    assert "form.yaml" in text
    assert newest().files["form.yaml"] == "steps: []\n"
    assert writer.post(f"{at}tep/gui/", {"seen": "1"}).status_code == 422
    stale = SimpleUploadedFile("form.yaml", b"steps: [3]\n")
    assert writer.post(f"{at}tep/gui/", {"files": stale, "seen": "0"}).status_code == 302
    assert newest().files["form.yaml"] == "steps: []\n"
    fetched = writer.get(f"{at}tep/nen/")
    assert fetched["Content-Disposition"] == f'attachment; filename="{CODE}.zip"'
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as archive:
        texts = {n.partition("/")[2]: archive.read(n).decode() for n in archive.namelist()}
    assert texts == newest().files


def test_one_proposes_another_sends_back_then_publishes(writer, other, at):
    assert writer.post(f"{at}de-nghi/", {"note": "", "seen": "0"}).status_code == 422
    assert writer.post(f"{at}de-nghi/", {"note": "Mới", "seen": "0"}).status_code == 302
    day = {"from-day": "1", "from-month": "12", "from-year": "2999", "seen": "0"}
    assert writer.post(f"{at}duyet/", day).status_code == 403
    sent(writer.get(f"{at}duyet/"))
    assert other.post(f"{at}tra-lai/", {"reason": ""}).status_code == 422
    assert other.post(f"{at}tra-lai/", {"reason": "Sửa phí"}).status_code == 302
    assert "Sửa phí" in sent(writer.get(at))
    writer.post(f"{at}de-nghi/", {"note": "Đã sửa", "seen": "0"})
    for wrong in ({"from-day": "32"}, {"from-year": "1999"}, {"from-month": "mười"}):
        answer = other.post(f"{at}duyet/", {**day, **wrong})
        assert answer.status_code == 422, wrong
        sent(answer)
    assert other.post(f"{at}duyet/", day).status_code == 302
    assert newest().published_as.startswith(CODE)
    assert "2999" in sent(other.get(f"/quan-tri/goi/thu-tuc/{CODE}/"))


def test_a_draft_is_dropped_after_a_question(writer, at):
    sent(writer.get(f"{at}bo/"))
    assert newest().stage == "writing"
    assert writer.post(f"{at}bo/").status_code == 302
    assert newest().stage == "dropped"


@pytest.mark.parametrize("text", ["a: &a [*a]", "!!python/object:os.system x", "[" * 9000, "\x0b"])
def test_a_draft_full_of_hostile_text_still_has_its_pages(writer, at, text):
    writer.post(f"{at}tep/sua/procedure.yaml/", {"text": text, "seen": "0"})
    for page in ("", "tep/", "tep/xem/procedure.yaml/", "de-nghi/", "duyet/"):
        answer = writer.get(at + page)
        assert answer.status_code == 200
        sent(answer)


def test_a_withdrawal_asked_for_is_declined_or_confirmed_by_another(world, writer, other):
    page = "/quan-tri/goi/rut/{pack_withdrawal}/".format(**world.things)
    assert writer.post(page, {"act": "confirm"}).status_code == 403
    assert other.post(page, {"act": "decline", "note": ""}).status_code == 422
    assert other.post(page, {"act": "confirm"}).status_code == 302
    assert other.post(page, {"act": "confirm"}).status_code == 409
    sent(other.get(page))
    ask = "/quan-tri/goi/ban/{pack_version}/rut/".format(**world.things)
    assert writer.post(ask, {"reason": "x"}).status_code == 409

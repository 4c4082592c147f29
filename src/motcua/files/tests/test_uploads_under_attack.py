"""What nobody can do with an upload; and whatever is sent, in whatever order, makes one file."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.db.transaction import atomic
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from motcua.backbone.models import Entry
from motcua.files.models.papers import Paper
from motcua.files.models.uploads import Part, Upload
from motcua.files.operations import uploading
from motcua.files.operations.keeping import SignInToSend
from motcua.files.operations.uploading import (
    MOST_OPEN,
    MoreThanSaid,
    NotAllThere,
    WrongOffset,
    add_part,
    begin_upload,
    finish_upload,
    give_up,
    sweep_uploads,
)
from motcua.files.queries.kept import content_of
from motcua.files.queries.uploads import NoSuchUpload, upload
from motcua.files.tests.samples import photo, plain_pdf
from motcua.files.tests.tus import AT, HUONG, NAM, Tus
from motcua.files.web import uploads
from motcua.kernel.actors import ANONYMOUS, Actor

PAPER = plain_pdf(b"%" + bytes(range(33, 126)) * 20)
tus = Tus()


@pytest.fixture(autouse=True)
def still(monkeypatch):
    monkeypatch.setattr(uploads, "now", lambda: AT)


@pytest.mark.django_db
def test_another_person_s_upload_can_be_neither_seen_nor_touched():
    address = tus.begun(1000)
    tus.patch(address, 0, bytes(10))
    his = Tus(NAM)
    for answer in (his.head(address), his.patch(address, 10, bytes(990)), his.give_up(address)):
        assert answer.status_code == 404
    assert tus.head(address)["Upload-Offset"] == "10"


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in():
    address = tus.begun(10)
    nobody = Tus(ANONYMOUS)
    answers = [nobody.begin(10), nobody.head(address), nobody.patch(address, 0, b"x")]
    assert [answer.status_code for answer in [*answers, nobody.give_up(address)]] == [401] * 4
    with pytest.raises(SignInToSend):
        begin_upload(10, "a", by=ANONYMOUS, at=AT)


@pytest.mark.django_db
def test_ten_thousand_begun_uploads_are_few_that_stay(monkeypatch):
    latest = [tus.begun(10) for _ in range(MOST_OPEN + 10)][-MOST_OPEN:]
    assert Upload.objects.count() == MOST_OPEN
    assert [tus.head(address).status_code for address in latest] == [200] * MOST_OPEN
    monkeypatch.setattr(uploading, "MOST_BEGUN", MOST_OPEN + 10)
    answer = tus.begin(10)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert Tus(NAM).begin(10).status_code == 201


@pytest.mark.django_db
def test_finished_uploads_do_not_push_out_those_on_their_way():
    address = tus.begun(10)
    for _ in range(3):
        tus.patch(tus.begun(len(PAPER)), 0, PAPER)
    assert tus.head(address).status_code == 200


@pytest.mark.django_db
def test_parts_without_end_are_stopped(monkeypatch):
    monkeypatch.setattr(uploading, "MOST_PARTS", 2)
    address = tus.begun(10)
    said = [tus.patch(address, n, b"x").status_code for n in range(3)]
    assert said == [204, 204, 429]


@pytest.mark.django_db
def test_a_picture_as_large_as_a_town_is_refused(tmp_path):
    small = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(small)
    content = small.read_bytes()
    answer = tus.patch(tus.begun(len(content), "ảnh.png"), 0, content)
    assert answer.status_code == 422
    assert b"files.image-too-large" in answer.content
    assert Entry.objects.filter(name="files.upload-refused").count() == 1
    assert not Paper.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../x.exe", "a\0b.png", "é" * 5000, "", "<svg onload=x>.jpg"])
def test_a_hostile_name_becomes_a_plain_one(name):
    content = photo()
    file = tus.patch(tus.begun(len(content), name), 0, content)["Upload-File"]
    kept = Paper.objects.get(pk=file).name
    assert kept.endswith(".jpg")
    assert not set(kept) & set('/\\<>\0"')
    assert len(kept) <= 150


@pytest.mark.django_db
def test_what_is_not_all_there_is_no_file():
    made = begin_upload(10, "a.pdf", by=HUONG, at=AT)
    with pytest.raises(NotAllThere):
        finish_upload(made.id, by=HUONG, at=AT)
    with pytest.raises(NoSuchUpload):
        upload(made.id, by=NAM, at=AT)


@pytest.mark.django_db
def test_sweeping_takes_a_batch_at_a_time():
    for _ in range(3):
        begin_upload(10, "a.pdf", by=HUONG, at=AT)
    system, later = Actor.system("files"), AT + timedelta(hours=24)
    assert [sweep_uploads(by=system, at=later, batch=2) for _ in range(3)] == [2, 1, 0]
    swept = Entry.objects.filter(name="files.uploads-swept").order_by("pk")
    assert [entry.facts["count"] for entry in swept] == [2, 1]


SENDS = st.lists(
    st.tuples(st.integers(-3, len(PAPER) + 3), st.integers(0, 900), st.booleans()), max_size=30
)


@pytest.mark.django_db
@given(SENDS)
@settings(max_examples=60)
def test_parts_sent_in_any_order_give_the_bytes_sent_or_a_refusal(sends):
    """Repeats, gaps, overlaps; half of the sends start where the upload is, the others anywhere."""
    address, here = tus.begun(len(PAPER)), 0
    for start, size, follows in sends:
        at = here if follows else start
        answer = tus.patch(address, at, PAPER[max(at, 0) :][:size])
        if answer.status_code == 204:
            here += min(size, len(PAPER) - here)
        else:
            assert answer.status_code in {400, 409}
        assert tus.head(address)["Upload-Offset"] == str(here)
    last = tus.patch(address, here, PAPER[here:])
    assert content_of(last["Upload-File"], by=HUONG) == PAPER


def in_many(count, work):
    """Do work in several threads at once, each with a database connection of its own."""
    together = Barrier(count)

    def alone(number):
        try:
            together.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(alone, range(count)))


@pytest.mark.django_db(transaction=True)
def test_clients_that_send_the_same_file_at_once_make_it_together():
    """Each goes on where it is told to: as two tabs do, or a retry beside a slow first try."""
    address = tus.begun(len(PAPER))

    def send(number):
        size, client = 97 + 31 * number, Tus()
        here = 0
        while True:
            answer = client.patch(address, here, PAPER[here : here + size])
            here = int(answer["Upload-Offset"])
            if "Upload-File" in answer:
                return answer["Upload-File"]

    files = set(in_many(4, send))
    assert len(files) == 1
    assert content_of(files.pop(), by=HUONG) == PAPER
    assert Paper.objects.count() == 1
    assert not Part.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_part_at_once_is_kept_once():
    address = tus.begun(len(PAPER))
    said = in_many(6, lambda _: Tus().patch(address, 0, PAPER[:500]).status_code)
    assert sorted(said) == [204, *[409] * 5]
    assert Part.objects.count() == 1


@pytest.mark.django_db
def test_a_part_is_judged_again_when_it_is_kept():
    """What the page saw before may be over: another part came, or the upload was given up."""
    made = begin_upload(10, "a.pdf", by=HUONG, at=AT)
    add_part(made.id, b"123", offset=0, by=HUONG, at=AT)
    for kind, offset, data in ((WrongOffset, 0, b"1"), (MoreThanSaid, 3, bytes(8))):
        with pytest.raises(kind), atomic():
            add_part(made.id, data, offset=offset, by=HUONG, at=AT)
    assert add_part(made.id, b"", offset=3, by=HUONG, at=AT).offset == 3
    give_up(made.id, by=HUONG, at=AT)
    with pytest.raises(NoSuchUpload), atomic():
        add_part(made.id, b"4", offset=3, by=HUONG, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("meanwhile", [finish_upload, give_up])
def test_an_upload_may_be_finished_or_given_up_while_it_is_checked(monkeypatch, meanwhile):
    made = begin_upload(len(PAPER), "a.pdf", by=HUONG, at=AT)
    add_part(made.id, PAPER, offset=0, by=HUONG, at=AT)
    check = uploading.checked

    def slowly(*args, **kwargs):
        monkeypatch.setattr(uploading, "checked", check)
        meanwhile(made.id, by=HUONG, at=AT)
        return check(*args, **kwargs)

    monkeypatch.setattr(uploading, "checked", slowly)
    if meanwhile is give_up:
        with pytest.raises(NoSuchUpload), atomic():
            finish_upload(made.id, by=HUONG, at=AT)
        assert not Paper.objects.exists()
    else:
        assert finish_upload(made.id, by=HUONG, at=AT).file == str(Paper.objects.get().pk)

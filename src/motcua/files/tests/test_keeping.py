from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.transaction import atomic

from motcua.backbone.http.refusals import TooOften
from motcua.backbone.models import Entry
from motcua.files.models.papers import Content, Paper
from motcua.files.operations import keeping
from motcua.files.operations.keeping import (
    SignInToSend,
    attach,
    forget,
    keep_made,
    keep_upload,
    sweep_orphans,
)
from motcua.files.queries.kept import (
    NoSuchFile,
    content_for_room,
    content_of,
    file_named,
    files_named,
    infos_for_room,
    thumbnail_for_room,
    thumbnail_of,
)
from motcua.files.rules.acceptance import WrongKind
from motcua.files.tests.samples import SCRIPTED_SVG, pdf, photo
from motcua.kernel.actors import ANONYMOUS, Actor, Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HUONG = Actor("huong", "Nguyễn Thị Hương")
NAM = Actor("nam", "Trần Văn Nam")
CLERK = Actor("clerk", "Cán bộ", "000.00.16.H57", frozenset({Role.CLERK}))
SYSTEM = Actor.system("files")


def test_a_photo_is_kept_for_its_owner(django_assert_num_queries):
    with django_assert_num_queries(5):
        file = keep_upload(photo(), "ảnh.jpg", by=HUONG, at=AT)
    assert (file.name, file.media_type, file.is_picture) == ("ảnh.jpg", "image/jpeg", True)
    with django_assert_num_queries(1):
        assert files_named([file.id], by=HUONG) == [file]
    assert len(content_of(file.id, by=HUONG)) == file.size
    assert thumbnail_of(file.id, by=HUONG)


@pytest.mark.parametrize("other", [NAM, CLERK, ANONYMOUS, Actor("")])
def test_a_file_is_seen_by_nobody_but_its_owner(other):
    file = keep_upload(photo(), "ảnh.jpg", by=HUONG, at=AT)
    assert files_named([file.id], by=other) == []
    for question in (content_of, thumbnail_of, file_named):
        with pytest.raises(NoSuchFile):
            question(file.id, by=other)
    with pytest.raises(NoSuchFile), atomic():
        forget(file.id, by=other, at=AT)
    with pytest.raises(NoSuchFile), atomic():
        attach([file.id], to="d", by=other)


def test_a_room_that_checked_access_itself_reads_any_file():
    first = keep_upload(photo(), "1.jpg", by=HUONG, at=AT)
    second = keep_upload(pdf(), "2.pdf", by=NAM, at=AT)
    gone = str(uuid4())
    assert infos_for_room([second.id, gone, "nonsense", first.id]) == [second, first]
    assert infos_for_room([]) == []
    assert content_for_room(second.id).startswith(b"%PDF-")
    for question in (content_for_room, thumbnail_for_room):
        with pytest.raises(NoSuchFile):
            question(gone)
        with pytest.raises(NoSuchFile):
            question("../../etc/passwd")
    with pytest.raises(NoSuchFile):
        thumbnail_for_room(second.id)


def test_a_scripted_drawing_with_a_wandering_name_is_refused_and_logged(caplog):
    caplog.set_level("WARNING")
    with pytest.raises(WrongKind):
        keep_upload(SCRIPTED_SVG, "../../x.svg", by=HUONG, at=AT)
    assert not Paper.objects.exists()
    entry = Entry.objects.get(name="files.upload-refused")
    assert (entry.by, entry.subject) == ("huong", "huong")
    assert entry.facts["called"] == "../../x.svg"
    assert entry.facts["reason"] == "files.wrong-kind"
    assert "files.refused" in caplog.text


def test_nobody_sends_files_without_signing_in():
    with pytest.raises(SignInToSend):
        keep_upload(photo(), "a.jpg", by=ANONYMOUS, at=AT)


def test_sending_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_UPLOADS", 1)
    keep_upload(photo(), "a.jpg", by=HUONG, at=AT)
    with pytest.raises(TooOften):
        keep_upload(photo(), "b.jpg", by=HUONG, at=AT)
    keep_upload(photo(), "b.jpg", by=NAM, at=AT)


def test_a_forgotten_file_leaves_nothing_but_the_fact():
    file = keep_upload(photo(), "a.jpg", by=HUONG, at=AT)
    forget(file.id, by=HUONG, at=AT)
    assert not Content.objects.exists()
    assert Entry.objects.get(name="files.forgotten").facts["sha256"] == file.sha256
    with pytest.raises(NoSuchFile), atomic():
        forget(file.id, by=HUONG, at=AT)


def test_what_nothing_uses_is_swept_after_seven_days_and_nothing_else():
    used = keep_upload(photo(), "used.jpg", by=HUONG, at=AT)
    unused = keep_upload(photo(), "unused.jpg", by=HUONG, at=AT)
    made = keep_made(pdf(), "biên nhận.pdf", "application/pdf", owner="huong", by=SYSTEM, at=AT)
    attach([used.id, used.id], to="draft", by=HUONG)
    assert sweep_orphans(by=SYSTEM, at=AT + timedelta(days=7)) == 0
    assert sweep_orphans(by=SYSTEM, at=AT + timedelta(days=7, seconds=1)) == 1
    assert files_named([used.id, unused.id, made.id], by=HUONG) == [used, made]
    assert Entry.objects.get(name="files.orphans-swept").facts == {"count": 1}


def test_attaching_is_all_or_nothing():
    mine = keep_upload(photo(), "a.jpg", by=HUONG, at=AT)
    his = keep_upload(photo(), "b.jpg", by=NAM, at=AT)
    with pytest.raises(NoSuchFile), atomic():
        attach([mine.id, his.id], to="draft", by=HUONG)
    assert not Paper.objects.exclude(attached_to="").exists()


def test_what_a_dossier_holds_can_neither_be_moved_nor_removed_by_its_owner():
    file = keep_upload(photo(), "a.jpg", by=HUONG, at=AT)
    attach([file.id], to="draft:1", by=HUONG)
    attach([file.id], to="dossier", by=HUONG, held_by="draft:1")
    attach([file.id], to="dossier", by=HUONG)
    with pytest.raises(NoSuchFile), atomic():
        attach([file.id], to="draft:2", by=HUONG)
    with pytest.raises(NoSuchFile), atomic():
        forget(file.id, by=HUONG, at=AT, held_by="draft:2")
    with pytest.raises(NoSuchFile), atomic():
        attach(["nonsense"], to="draft:2", by=HUONG)
    assert content_of(file.id, by=HUONG)


def test_content_lies_out_of_line_and_uncompressed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT attstorage::text FROM pg_attribute WHERE attname = 'data' AND "
            "attrelid IN ('files_content'::regclass, 'files_thumbnail'::regclass)"
        )
        assert cursor.fetchall() == [("e",)]


def test_the_nightly_job_sweeps_until_nothing_is_left(monkeypatch):
    from motcua.files import jobs

    monkeypatch.setattr(jobs, "now", lambda: AT + timedelta(days=30))
    keep_upload(photo(), "a.jpg", by=HUONG, at=AT)
    jobs.sweep(0)
    assert not Paper.objects.exists()

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.backbone.jobs import jobs
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import LookQuestioned
from motcua.identity.operations.officials import make_official
from motcua.kernel.actors import Actor, Role
from motcua.notices.jobs import mail as mail_job
from motcua.notices.models import Notice
from motcua.notices.operations.kinds import Kind as NoticeKind
from motcua.notices.operations.kinds import UnknownKind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.notices.queries.mine import NoSuchNotice, my_notices, notice, unread
from motcua.notices.tests.conftest import ASKED, FACTS, NOON, PASSPHRASE, QUIET

pytestmark = pytest.mark.django_db


def told(person, kind=ASKED, **more):
    given = {"subject": "H57-1", "facts": FACTS, "link": "/ho-so/H57-1/", "at": NOON, **more}
    return tell(person, kind.name, **given)


def test_what_is_told_twice_is_told_once(work, huong):
    assert told(huong, source="7")
    assert not told(huong, source="7")
    assert told(huong, source="8")
    work()
    assert len(mail.outbox) == 2
    assert unread(by=Actor(huong)) == 2


def test_telling_takes_one_statement_with_its_letter_or_without(huong, django_assert_num_queries):
    for kind in (QUIET, ASKED):
        with django_assert_num_queries(1):
            assert told(huong, kind)
        with django_assert_num_queries(1):
            assert not told(huong, kind)
    job = ProcrastinateJob.objects.get()
    task = jobs.tasks["notices.mail"]
    assert (job.task_name, job.queue_name, job.priority) == (task.name, task.queue, task.priority)


def test_each_reader_is_written_to_in_their_language(work, huong, reader):
    told(huong)
    told(reader)
    work()
    vietnamese, english = mail.outbox
    assert vietnamese.to == ["p1@example.vn"]
    assert "Đăng ký khai sinh: by 17:00 thứ Ba 24/11/2026" in vietnamese.body
    assert "24.000 đồng, 2 papers" in vietnamese.body
    assert "Birth registration: by 17:00 Tuesday 24/11/2026" in english.body
    assert "/ho-so/H57-1/" in english.body
    (html, kind) = english.alternatives[0]
    assert kind == "text/html"
    assert 'lang="en"' in html


def test_a_letter_cannot_carry_markup_or_headers(work, huong):
    evil = {**FACTS, "name": "<b>x</b>\nBcc: all@example.vn", "procedure": "<script>alert(1)"}
    told(huong, facts=evil)
    work()
    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert "<script>" not in letter.alternatives[0][0]


def test_a_quiet_kind_stays_in_the_portal(work, huong):
    told(huong, QUIET)
    work()
    assert mail.outbox == []
    assert my_notices(by=Actor(huong)).notices[0].title == "Quiet"


def test_a_letter_that_was_sent_is_not_sent_again(huong, work):
    told(huong)
    row = Notice.objects.get()
    mail_job(notice=row.pk)
    mail_job(notice=row.pk)
    assert len(mail.outbox) == 1


def test_nobody_is_written_to_who_has_no_account(work, db):
    told("system:somebody")
    work()
    assert mail.outbox == []


def test_a_mistake_of_the_caller_shows_at_once(huong):
    with pytest.raises(UnknownKind):
        tell(huong, "nowhere", subject="", facts={}, link="", at=NOON)
    with pytest.raises(ValueError, match=r"tests\.quiet"):
        register_kinds(NoticeKind("tests.quiet", "Other", "Other", "Other"))


@pytest.mark.django_db(transaction=True)
def test_a_notice_lacking_a_fact_is_not_kept(huong):
    with pytest.raises(KeyError):
        told(huong, facts={})
    assert not Notice.objects.exists()


def test_pages_go_back_to_the_first_notice(huong):
    for number in range(5):
        told(huong, QUIET, source=str(number))
    first = my_notices(by=Actor(huong), limit=3)
    second = my_notices(by=Actor(huong), limit=3, before=first.next)
    assert (len(first.notices), len(second.notices), second.next) == (3, 2, None)


def test_a_questioned_look_reaches_the_agencys_administrator(work, huong, reader):
    portal = Actor.system("tests")
    ministry = NewAgency(
        id="000.00.00.G03",
        name="Bộ Tư pháp",
        level=Level.MINISTRY,
        kind=Kind.MINISTRY,
        opened_on=NOON.date(),
    )
    open_agency(ministry, by=portal, at=NOON)
    make_official(reader, ministry.id, Role.ADMINISTRATOR, "Quản trị", by=portal, at=NOON)
    question = LookQuestioned(
        subject=huong,
        look=1,
        agency=ministry.id,
        looked_by="Trần Hữu Nam",
        looked_at=NOON.isoformat(),
    )
    one_transaction(announce)(question, by=Actor(huong), at=NOON)
    work()
    (asked,) = my_notices(by=Actor(reader)).notices
    assert "Nguyễn Thị Hương" in asked.title
    assert mail.outbox[0].to == ["p2@example.vn"]


@pytest.fixture
def signed_in(client, huong):
    client.post("/tai-khoan/dang-nhap/", {"login": "p1@example.vn", "passphrase": PASSPHRASE})
    return client


def test_following_a_notice_marks_it_read_and_leads_to_its_page(signed_in, huong):
    told(huong)
    row = Notice.objects.get()
    assert "17:00 thứ Ba" in signed_in.get("/thong-bao/").content.decode()
    assert signed_in.get(f"/thong-bao/{row.pk}/").url == "/ho-so/H57-1/"
    assert unread(by=Actor(huong)) == 0
    told(huong, source="2")
    assert signed_in.post("/thong-bao/da-doc/").url == "/thong-bao/"
    assert unread(by=Actor(huong)) == 0


def test_somebody_elses_notice_cannot_be_opened_or_marked(signed_in, huong, reader):
    told(reader)
    row = Notice.objects.get()
    assert signed_in.get(f"/thong-bao/{row.pk}/").status_code == 404
    with pytest.raises(NoSuchNotice):
        notice(row.pk, by=Actor(huong))
    signed_in.post("/thong-bao/da-doc/")
    assert unread(by=Actor(reader)) == 1


def test_the_list_is_for_those_who_signed_in_and_says_how_it_fills(client, signed_in):
    assert signed_in.get("/thong-bao/?truoc=x").status_code == 200
    signed_in.post("/tai-khoan/dang-xuat/")
    assert signed_in.get("/thong-bao/").status_code == 302

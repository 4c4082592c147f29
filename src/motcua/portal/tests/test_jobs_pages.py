"""The pages about jobs that failed."""

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from motcua.backbone.failing import note_failure
from motcua.backbone.tests.reading import Page, check_frame
from motcua.identity.operations.demo import DEMO_PASSPHRASE, open_demo_accounts
from motcua.kernel.actors import Actor
from motcua.portal.tests.failed import (
    CODE,
    WHY,
    Browser,
    a_delivery,
    a_job,
    run_sql,
    state,
)

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def operator(hanoi):
    client = Browser()
    cache.clear()
    open_demo_accounts(by=SYSTEM, at=now())
    login = {"login": "quan-tri.ha-noi@motcua.example", "passphrase": DEMO_PASSPHRASE}
    assert client.post("/tai-khoan/dang-nhap/", login).status_code == 302
    return client


@pytest.mark.parametrize("kind", ["hong", "cho", "dung", "khac"])
def test_the_page_of_jobs_stands_empty_and_full(operator, kind):
    empty = operator.get(f"/quan-tri/viec/?loai={kind}").content.decode()
    check_frame(Page(empty))
    job = {"cho": lambda: a_delivery("todo"), "dung": lambda: a_delivery("doing")}.get(
        kind, a_delivery
    )()
    full = operator.get(f"/quan-tri/viec/?loai={kind}").content.decode()
    check_frame(Page(full))
    assert CODE in full
    assert f"/quan-tri/viec/{job}/" in full
    assert (
        "Không có việc nào khớp"
        in operator.get(f"/quan-tri/viec/?loai={kind}&ve=x").content.decode()
    )


def test_the_page_says_when_nobody_takes_jobs_up(operator):
    run_sql("DELETE FROM procrastinate_jobs")
    run_sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert "Không có tiến trình" not in operator.get("/quan-tri/viec/").content.decode()
    a_job("todo", attempts=0)
    run_sql("UPDATE procrastinate_events SET at = now() - interval '5 minutes'")
    assert "không làm kịp" in operator.get("/quan-tri/viec/").content.decode()
    run_sql("DELETE FROM procrastinate_workers")
    page = operator.get("/quan-tri/viec/").content.decode()
    assert "motcua worker" in page
    assert "5 phút" in page


def test_an_operator_retries_and_gives_up_by_the_page(operator):
    job = a_delivery()
    note_failure(job, RuntimeError("the printer is on fire"), given={}, at=now())
    page = operator.get(f"/quan-tri/viec/{job}/").content.decode()
    check_frame(Page(page))
    assert "the printer is on fire" in page
    short = operator.post(f"/quan-tri/viec/{job}/bo/", {"reason": "kệ"})
    assert short.status_code == 422
    check_frame(Page(short.content.decode()))
    operator.post(f"/quan-tri/viec/{job}/thu-lai/")
    assert state(job) == "todo"
    told = operator.post(f"/quan-tri/viec/{job}/bo/", {"reason": WHY}, follow=True)
    assert state(job) is None
    assert "Nhật ký" in told.content.decode()
    for act in ("bo", "thu-lai"):
        again = operator.post(f"/quan-tri/viec/{job}/{act}/", {"reason": WHY}, follow=True)
        assert "Không có việc" in again.content.decode()
    assert operator.get(f"/quan-tri/viec/{job}/").status_code == 404


def test_an_operator_puts_back_what_a_dead_worker_left(operator):
    job = a_delivery("doing", attempts=0)
    page = operator.get("/quan-tri/viec/?loai=dung").content.decode()
    assert f"/quan-tri/viec/{job}/thu-lai/" in page
    page = operator.get(f"/quan-tri/viec/{job}/").content.decode()
    check_frame(Page(page))
    assert "20 giây" in page
    operator.post(f"/quan-tri/viec/{job}/thu-lai/")
    assert state(job) == "todo"
    assert "chết giữa chừng" in operator.get(f"/quan-tri/viec/{job}/").content.decode()


def test_an_operator_retries_all_of_one_kind(operator):
    jobs = [a_job(task="notices.mail") for _ in range(2)]
    page = operator.get("/quan-tri/viec/?viec=notices.mail").content.decode()
    assert "/quan-tri/viec/thu-lai/" in page
    operator.post("/quan-tri/viec/thu-lai/", {"task": "notices.mail"})
    assert [state(job) for job in jobs] == ["todo", "todo"]


def test_a_job_of_a_task_that_is_no_more_is_told_as_such(operator):
    a_job(task="old.gone")
    page = operator.get("/quan-tri/viec/").content.decode()
    assert "old.gone" in page
    assert "không còn biết" in page


def test_citizens_and_other_officials_are_kept_out(operator):
    operator.post("/tai-khoan/dang-xuat/")
    login = {"login": "lanh-dao.ha-noi@motcua.example", "passphrase": DEMO_PASSPHRASE}
    operator.post("/tai-khoan/dang-nhap/", login)
    assert operator.get("/quan-tri/viec/").status_code == 403
    assert "/quan-tri/viec/" not in operator.get("/ban-lam-viec/").content.decode()

"""The first page tells how dossiers are really settled."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.utils.timezone import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


def settle(code, *, took, late, ago=timedelta(hours=1)):
    """Keep a dossier that was settled ``ago``, after ``took``."""
    done = now() - ago
    apps.get_model("dossiers", "Dossier").objects.create(
        code=code,
        agency="000.00.16.H57",
        procedure="1.001193",
        title="Đăng ký khai sinh",
        pack="p",
        applicant="a",
        applicant_name="Nguyễn Thị Hương",
        channel=2,
        answers={},
        state="done",
        stage_role="clerk",
        limit={},
        source="test",
        reference=code,
        filed_at=done - took,
        due_at=done + timedelta(days=-3 if late else 3),
        done_at=done,
    )


def test_before_the_first_result_the_page_says_how_figures_come(client):
    assert "Chưa có hồ sơ nào được giải quyết" in client.get("/").content.decode()


def test_figures_are_what_happened(client):
    for i in range(3):
        settle(f"d{i}", took=timedelta(hours=36), late=i == 0)
    html = client.get("/").content.decode()
    assert "66,7%" in html
    assert "<b>3</b>" in html
    assert "1,5 ngày" in html


def test_the_months_before_are_drawn_and_said_in_words(client):
    settle("new", took=timedelta(days=1), late=False)
    for i in range(2):
        settle(f"old{i}", took=timedelta(days=1), late=i == 0, ago=timedelta(days=70))
    assert "Tỷ lệ đúng hạn trong 2 tháng, từ 50% đến 100%" in client.get("/").content.decode()


def test_what_was_settled_long_ago_is_in_no_figure(client):
    settle("old", took=timedelta(days=1), late=True, ago=timedelta(days=400))
    assert "Chưa có hồ sơ nào được giải quyết" in client.get("/").content.decode()


def test_figures_are_counted_once_for_many_readers(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        client.get("/")

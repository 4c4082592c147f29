"""What the package carries is loaded once, and again where the package or its settings changed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils.timezone import now

from motcua.backbone.carried import mark_of_package
from motcua.backbone.models import Carried
from motcua.config.loading import load_where_changed

pytestmark = pytest.mark.django_db


def test_what_was_loaded_of_this_package_is_not_loaded_again(django_assert_num_queries):
    load_where_changed(at=now())
    with django_assert_num_queries(1):
        load_where_changed(at=now())
    Carried.objects.update(mark="of another version")
    load_where_changed(at=now())
    assert Carried.objects.get().mark == mark_of_package()


def test_the_demonstration_is_looked_through_again_another_day_or_at_another_address(monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)
    times = []
    monkeypatch.setattr("motcua.config.loading.load_reference", lambda at: None)
    monkeypatch.setattr("motcua.config.loading.load_demo", lambda *, at: times.append(at))
    at = now()
    for moment in (at, at, at + timedelta(days=1), at + timedelta(days=1)):
        load_where_changed(at=moment)
    assert len(times) == 2
    monkeypatch.setattr(settings, "BASE_URL", "https://example.vn")
    load_where_changed(at=at)
    assert len(times) == 3


def test_the_mark_of_the_package_is_the_same_until_something_changes():
    assert mark_of_package() == mark_of_package()
    assert mark_of_package("a") != mark_of_package("b")

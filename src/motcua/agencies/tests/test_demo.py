"""What a newcomer finds: a province, its departments, communes and officials."""

import pytest

from motcua.agencies.operations.demo import DEMO_AGENCIES, demo_posts, seed_demo
from motcua.agencies.queries.agencies import agencies_of_level, competent_agency, offices_of
from motcua.agencies.queries.posts import holders, posts_held
from motcua.agencies.queries.units import NoSuchUnit
from motcua.agencies.tests.conftest import AT, NEW_MAP, SYSTEM, refused
from motcua.backbone.models import Entry
from motcua.kernel.actors import Role


def test_the_demo_opens_once_and_fills_each_post_once(hanoi):
    accounts = {post.key: f"account:{post.key}" for _, post in demo_posts()}
    seed_demo(dict(list(accounts.items())[:3]), by=SYSTEM, at=AT)
    seed_demo(accounts, by=SYSTEM, at=AT)
    said = Entry.objects.count()
    seed_demo(accounts, by=SYSTEM, at=AT)
    assert Entry.objects.count() == said
    assert len(agencies_of_level("commune")) == 8
    assert len(agencies_of_level("province")) == 3
    ward = competent_agency("commune", "00070", on=NEW_MAP)
    assert ward.name == "Ủy ban nhân dân phường Hoàn Kiếm"
    assert [office.name for office in offices_of(ward.id)] == ["Bộ phận một cửa"]
    assert {post.role for key in accounts.values() for post in posts_held(key, at=AT)} == set(Role)
    assert all(
        holders(demo.new.id, role, at=AT)
        for demo in DEMO_AGENCIES
        for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER)
    )


@pytest.mark.django_db
def test_the_demo_needs_its_places():
    with refused(NoSuchUnit):
        seed_demo({}, by=SYSTEM, at=AT)


def test_each_post_of_the_demo_has_a_name_of_its_own():
    keys = [post.key for _, post in demo_posts()]
    assert len(keys) == len(set(keys)) == 5 + 3 + 3 + 5 + 7 * 4 + 3 * 4 + 2 * 3

"""A portal without demonstration data gets its agencies and officials by command."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from motcua.agencies.operations.agencies import AgencyExists
from motcua.agencies.queries.agencies import agency
from motcua.agencies.queries.posts import posts_held
from motcua.identity.queries.people import NoSuchPerson
from motcua.identity.tests.conftest import HUONG, OTHER
from motcua.kernel.actors import Role

NEW = "000.00.00.G09"


def run(*words):
    call_command(*words, stdout=StringIO())


@pytest.fixture
def opened(db):
    run("agency", NEW, "Bộ Thử nghiệm", "--level=ministry", "--kind=ministry")


def test_an_agency_is_opened_once(opened):
    assert agency(NEW).name == "Bộ Thử nghiệm"
    with pytest.raises(AgencyExists):
        run("agency", NEW, "Bộ Thử nghiệm", "--level=ministry", "--kind=ministry")


def test_an_official_gets_a_post_and_loses_it(opened, huong):
    run("official", HUONG.email, NEW, "clerk", "--title=Công chức Bộ phận Một cửa")
    (post,) = posts_held(huong, at=now())
    assert (post.agency, post.role) == (NEW, Role.CLERK)
    run("official", huong, NEW, "clerk", "--end")
    assert posts_held(huong, at=now()) == ()
    with pytest.raises(CommandError):
        run("official", huong, NEW, "clerk", "--end")


def test_a_post_needs_a_title_and_somebody_to_hold_it(opened, huong):
    with pytest.raises(CommandError):
        run("official", huong, NEW, "clerk")
    with pytest.raises(NoSuchPerson):
        run("official", "nobody@example.vn", OTHER, "clerk", "--title=Công chức")


@pytest.mark.parametrize("by", ["id", "e-mail", "number"])
def test_a_token_is_made_by_any_name_of_an_account(huong, by):
    """An e-mail address may have as many signs as an id."""
    email = "chuyen-vien.hoan-kiem@motcua.example"
    get_user_model().objects.filter(pk=huong).update(email=email)
    named = {"id": huong, "e-mail": email, "number": HUONG.personal_id}[by]
    run("token", named, "--name=Thử")
    with pytest.raises(CommandError):
        run("token", "x" * 24 + "@example.vn", "--name=Thử")

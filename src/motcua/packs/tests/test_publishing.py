import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor
from motcua.packs.models.versions import PackVersion
from motcua.packs.operations.publishing import (
    SHIPPED,
    AlreadyWithdrawn,
    BadPack,
    NoReason,
    publish_folder,
    publish_folders,
    withdraw,
)
from motcua.packs.queries.packs import (
    NoSuchPack,
    codes_online,
    forget_newest,
    history,
    pack,
    pack_for,
)
from motcua.packs.tests.shipped import CODES

BY, AT, TODAY = Actor.system("test"), datetime(2026, 11, 24, 2, tzinfo=UTC), date(2026, 11, 24)
CODE = "1.001193"


@pytest.fixture
def folder(tmp_path):
    """A folder of packs with one in it, to be changed."""
    shutil.copytree(SHIPPED / "lists", tmp_path / "lists")
    shutil.copytree(SHIPPED / CODE, tmp_path / CODE)
    return tmp_path


def edit(folder, file, old, new):
    path = folder / CODE / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def problems_of(folder):
    with pytest.raises(BadPack) as caught:
        publish_folder(folder / CODE, by=BY, at=AT)
    return str(caught.value)


@pytest.mark.django_db
def test_loading_the_same_content_again_changes_nothing(folder):
    first = list(publish_folders(folder, by=BY, at=AT))
    edit(folder, "procedure.yaml", "level: commune", "level:   commune  # spelt otherwise")
    second = list(publish_folders(folder, by=BY, at=AT))
    assert [p.new for p in first] == [True]
    assert [(p.version, p.new) for p in second] == [(first[0].version, False)]
    assert Entry.objects.filter(name="packs.pack-published").count() == 1


@pytest.mark.django_db
def test_changed_content_is_a_new_version_and_the_old_one_stays_as_it_was(folder):
    old = publish_folder(folder / CODE, by=BY, at=AT).version
    edit(folder, "procedure.yaml", "Birth registration", "Registering a birth")
    edit(folder, "procedure.yaml", "2026-01-01", "2026-12-01")
    new = publish_folder(folder / CODE, by=BY, at=AT).version
    assert new != old
    assert pack(old).title.en == "Birth registration"
    assert pack_for(CODE, on=date(2026, 11, 30)) is pack(old)
    assert pack_for(CODE, on=date(2026, 12, 1)) is pack(new)


@pytest.mark.django_db
def test_a_pack_past_its_validity_cannot_be_filed_under(folder):
    edit(folder, "procedure.yaml", "channels:", "valid_to: 2026-11-23\nchannels:")
    publish_folder(folder / CODE, by=BY, at=AT)
    assert pack_for(CODE, on=date(2026, 11, 23)) is not None
    assert pack_for(CODE, on=TODAY) is None
    assert codes_online(on=TODAY) == frozenset()
    assert codes_online(on=date(2026, 11, 23)) == {CODE}


@pytest.mark.django_db
def test_a_version_read_once_is_not_asked_of_the_database_again(folder, django_assert_num_queries):
    version = publish_folder(folder / CODE, by=BY, at=AT).version
    pack(version)
    with django_assert_num_queries(0):
        pack(version)
    with django_assert_num_queries(1):
        pack_for(CODE, on=TODAY)


@pytest.mark.django_db
def test_a_version_nobody_loaded_is_not_found():
    with pytest.raises(NoSuchPack):
        pack("9.999999@1-00000000")


@pytest.mark.django_db
def test_a_pack_with_a_flaw_leaves_nothing_behind(folder):
    edit(folder, "procedure.yaml", "level: commune", "level: village")
    problems_of(folder)
    assert not PackVersion.objects.exists()


@pytest.mark.django_db
def test_a_version_published_for_later_waits_and_then_takes_over(folder):
    now = publish_folder(folder / CODE, by=BY, at=AT).version
    edit(folder, "procedure.yaml", "2026-01-01", "2027-01-01")
    later = publish_folder(folder / CODE, by=BY, at=AT).version
    assert pack_for(CODE, on=date(2026, 12, 31)) is pack(now)
    forget_newest()
    assert pack_for(CODE, on=date(2027, 1, 1)) is pack(later)


@pytest.mark.django_db
def test_a_withdrawn_version_gives_way_to_the_one_before_and_can_be_published_again(folder):
    first = publish_folder(folder / CODE, by=BY, at=AT).version
    edit(folder, "procedure.yaml", "Birth registration", "Registering a birth")
    second = publish_folder(folder / CODE, by=BY, at=AT).version
    withdraw(second, reason=" Sai tên ", by=Actor("an", "An"), at=AT)
    assert pack_for(CODE, on=TODAY) is pack(first)
    assert pack(second).title.en == "Registering a birth"
    newest, oldest = history(CODE)
    assert (newest.withdrawn_by, newest.withdrawn_for) == ("An", "Sai tên")
    assert oldest.withdrawn_at is None
    assert Entry.objects.filter(name="packs.pack-withdrawn").count() == 1
    assert publish_folder(folder / CODE, by=BY, at=AT).new


@pytest.mark.django_db
def test_a_version_is_withdrawn_once_and_for_a_reason(folder):
    version = publish_folder(folder / CODE, by=BY, at=AT).version
    with pytest.raises(NoReason), transaction.atomic():
        withdraw(version, reason=" ", by=BY, at=AT)
    withdraw(version, reason="Sai", by=BY, at=AT)
    with pytest.raises(AlreadyWithdrawn), transaction.atomic():
        withdraw(version, reason="Sai", by=BY, at=AT)
    with pytest.raises(NoSuchPack), transaction.atomic():
        withdraw("9.999999@1-00000000", reason="Sai", by=BY, at=AT)
    assert codes_online(on=TODAY) == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_what_is_exported_and_published_again_is_the_same_version(code, tmp_path):
    version = publish_folder(SHIPPED / code, by=BY, at=AT).version
    call_command("packs", "export", code, "--to", str(tmp_path))
    again = publish_folder(tmp_path / code, by=BY, at=AT)
    assert (again.version, again.new) == (version, False)


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_the_first_version_at_once_make_one(folder):
    def publish(_number):
        try:
            return publish_folder(folder / CODE, by=BY, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(publish, range(2)))
    assert {each.version for each in made} == {made[0].version}
    assert sorted(each.new for each in made) == [False, True]


@pytest.mark.django_db
def test_versions_of_the_first_edition_are_read_as_they_meant():
    first = import_module("motcua.packs.migrations.0003_definitions_of_the_first_edition")
    conditions = {
        'a = "x" and a in ("x", "y")': {"field": "a", "equals": "x", "in": ["x", "y"]},
        "(not (present(b.c))) or (not present(d))": {
            "any": [{"not": {"field": "b.c", "present": True}}, {"field": "d", "present": False}]
        },
        '(e >= 1 and e <= 2) and (f contains "g") and (h = true)': {
            "all": [
                {"field": "e", "at_least": 1, "at_most": 2},
                {"field": "f", "contains": "g"},
                {"field": "h", "equals": True},
            ]
        },
    }
    for text, condition in conditions.items():
        assert first.expression(condition) == text
    old = {
        "procedure": {"stages": [1], "result": {"template": "result.typ"}, "eligibility": ["x"]},
        "form": {"steps": [{"show": {"field": "a", "present": True}, "required": False}]},
        "result": "= x",
    }
    new = first.second_edition(old)
    assert new["form"]["steps"][0] == {"show": "present(a)", "required": False}
    assert new["workflow"] == {"steps": [1]}
    assert new["procedure"] == {"requirements": ["x"], "results": [{"template": "result.typ"}]}

import shutil
from datetime import UTC, date, datetime

import pytest

from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor
from motcua.packs.models.versions import PackVersion
from motcua.packs.operations.publishing import (
    SHIPPED,
    BadPack,
    publish_folder,
    publish_folders,
)
from motcua.packs.queries.packs import NoSuchPack, codes_online, pack, pack_for

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

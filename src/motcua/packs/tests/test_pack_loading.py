import shutil
from datetime import UTC, date, datetime

import pytest

from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor
from motcua.packs.models.versions import PackVersion
from motcua.packs.operations.publishing import SHIPPED, load_pack, load_packs
from motcua.packs.operations.reading import BadPack
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
        load_pack(folder / CODE, by=BY, at=AT)
    return str(caught.value)


@pytest.mark.django_db
def test_loading_the_same_content_again_changes_nothing(folder):
    first = list(load_packs(folder, by=BY, at=AT))
    edit(folder, "procedure.yaml", "level: commune", "level:   commune  # spelt otherwise")
    second = list(load_packs(folder, by=BY, at=AT))
    assert [p.new for p in first] == [True]
    assert [(p.version, p.new) for p in second] == [(first[0].version, False)]
    assert Entry.objects.filter(name="packs.pack-loaded").count() == 1


@pytest.mark.django_db
def test_changed_content_is_a_new_version_and_the_old_one_stays_as_it_was(folder):
    old = load_pack(folder / CODE, by=BY, at=AT).version
    edit(folder, "procedure.yaml", "amount: 8000", "amount: 9000")
    edit(folder, "procedure.yaml", "2026-01-01", "2026-12-01")
    new = load_pack(folder / CODE, by=BY, at=AT).version
    assert new != old
    assert pack(old).fees[0].amount == 8000
    assert pack_for(CODE, on=date(2026, 11, 30)) is pack(old)
    assert pack_for(CODE, on=date(2026, 12, 1)) is pack(new)


@pytest.mark.django_db
def test_a_pack_past_its_validity_cannot_be_filed_under(folder):
    edit(folder, "procedure.yaml", "channels:", "valid_to: 2026-11-23\nchannels:")
    load_pack(folder / CODE, by=BY, at=AT)
    assert pack_for(CODE, on=date(2026, 11, 23)) is not None
    assert pack_for(CODE, on=TODAY) is None
    assert codes_online(on=TODAY) == frozenset()
    assert codes_online(on=date(2026, 11, 23)) == {CODE}


@pytest.mark.django_db
def test_a_version_read_once_is_not_asked_of_the_database_again(folder, django_assert_num_queries):
    version = load_pack(folder / CODE, by=BY, at=AT).version
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


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("procedure.yaml", 'code: "1.001193"', "code: 1.001193", "procedure.yaml code"),
        ("procedure.yaml", 'code: "1.001193"', 'code: "1.001194"', "folder must be named"),
        ("procedure.yaml", "level: commune", "level: commune\nlevle: x", "'levle'"),
        ("procedure.yaml", "level: commune", "level: commune\nlevel: x", "level stands twice"),
        ("procedure.yaml", "title: {vi:", "title: {xx:", "procedure.yaml title"),
        ("procedure.yaml", "amount: 8000", "amount: -8000", "procedure.yaml fees/0/amount"),
        ("procedure.yaml", "times: copies", "times: child_name", "not a number field"),
        ("procedure.yaml", "unit_field: office", "unit_field: phone", "unit_field"),
        ("procedure.yaml", '"witness"', '"witnes"', "witnes"),
        ("procedure.yaml", "id: pledge", "id: witness", "used 2 times"),
        ("procedure.yaml", "2026-01-01", "2026-13-01", "procedure.yaml valid_from"),
        ("procedure.yaml", "channels:", "valid_to: 2025-01-01\nchannels:", "before the first"),
        ("procedure.yaml", "unit: same_day}", "unit: same_day}\n    channels: [post]", "online"),
        ("procedure.yaml", "title:", "title: *x #", "write it out"),
        ("form.yaml", "kind: yes_no", "kind: yesno", "form.yaml steps/0"),
        ("form.yaml", "show: 'birth_proof in", "show: 'phone in", "phone"),
        ("form.yaml", '"certificate"', '"certificat"', "certificat"),
        ("form.yaml", "checks: [not_future]", "checks: [name]", "is for a text field"),
        ("form.yaml", "options_from: ethnic_groups", "options_from: nothing", "nothing.yaml"),
        ("form.yaml", "parts: [province, commune]", "parts: [commune]", "after its province"),
        ("form.yaml", "parts: [province, commune]", "parts: [name]", "Only these parts"),
        ("form.yaml", "schema: {maxLength: 100}", "schema: {maxLength: -1}", "schema"),
        ("form.yaml", "source: account.person", "source: account.name", "account.person is for"),
        ("form.yaml", "steps:", "steps: [", "form.yaml:"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_file_and_place(folder, file, old, new, said):
    edit(folder, file, old, new)
    assert said in problems_of(folder)


def test_a_missing_file_is_named(folder):
    (folder / CODE / "result.typ").unlink()
    assert "result.typ: The file is missing" in problems_of(folder)


def test_a_file_too_large_or_in_no_known_script_is_not_read(folder):
    (folder / CODE / "result.typ").write_bytes(b"\xff\xfe")
    assert "cannot be read" in problems_of(folder)
    (folder / CODE / "form.yaml").write_bytes(b"#" * 1_000_001)
    assert "larger than" in problems_of(folder)

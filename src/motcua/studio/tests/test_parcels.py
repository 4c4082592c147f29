"""Files that people send: what belongs to a pack is taken, everything else refused by name."""

import io
import stat
import zipfile

import pytest

from motcua.packs.queries.files import belongs
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import findings_in
from motcua.studio.rules import parcels
from motcua.studio.rules.parcels import parcel_of, zipped
from motcua.studio.tests.samples import CODES, files_of


def packed(entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


def why(*sent, **more):
    parcel = parcel_of(sent, belongs=belongs, **more)
    return {each.name: each.why for each in parcel.refused}, parcel.files


@pytest.mark.parametrize("code", CODES)
def test_every_pack_goes_out_as_zip_and_comes_back_the_same(code):
    files = files_of(code)
    parcel = parcel_of([("x.zip", zipped(files, folder=code))], belongs=belongs)
    assert parcel.refused == []
    assert parcel.files == files


@pytest.mark.parametrize(
    "name",
    [
        "../form.yaml",
        "/etc/passwd",
        "examples/../../form.yaml",
        "..\\form.yaml",
        "C:form.yaml",
        "~/form.yaml",
        "a/../form.yaml",
    ],
)
def test_a_name_that_climbs_is_refused_alone_and_in_a_zip(name):
    assert why((name, b"x"))[0] == {name: parcels.CLIMBS}
    refused, taken = why(("p.zip", packed([(name, "x"), ("form.yaml", "steps: []")])))
    assert parcels.CLIMBS in refused.values()
    assert taken == {"form.yaml": "steps: []"}


def test_what_no_pack_has_is_refused_by_name():
    sent = [(".git/config", "x"), ("a.exe", "x"), ("form.yml", "x"), ("lists/a.yaml", "[]")]
    refused, taken = why(("p.zip", packed([(f"pack/{n}", d) for n, d in sent])))
    assert refused == dict.fromkeys((".git/config", "a.exe", "form.yml"), parcels.NOT_OURS)
    assert list(taken) == ["lists/a.yaml"]


def test_a_bomb_is_not_unpacked():
    flat = packed([("form.yaml", b"\0" * 40_000_000), ("workflow.yaml", "steps: []")])
    assert len(flat) < 100_000
    assert why(("p.zip", flat)) == (
        {"form.yaml": parcels.TOO_LARGE},
        {"workflow.yaml": "steps: []"},
    )


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_either():
    honest = packed([("form.yaml", b"a" * 2_000_000)])
    lying = honest.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    refused, taken = why(("p.zip", lying))
    assert taken == {} or len(taken["form.yaml"]) <= 10
    assert refused or taken


def test_many_small_files_do_not_add_up_to_a_large_one(monkeypatch):
    monkeypatch.setattr(parcels, "MOST_IN_ALL", 25)
    refused, taken = why(*((f"{name}.typ", b"0123456789") for name in "abc"))
    assert (list(taken), refused) == (["a.typ", "b.typ"], {"c.typ": parcels.TOO_MUCH})


def test_too_many_entries_are_not_looked_at():
    refused, taken = why(("p.zip", packed([(f"t{n}.typ", "x") for n in range(250)])))
    assert refused == {"p.zip": parcels.TOO_MANY}
    assert len(taken) == 200


def test_links_locks_and_damage_are_refused():
    link = zipfile.ZipInfo("form.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert why(("p.zip", packed([(link, "/etc/passwd")])))[0] == {"form.yaml": parcels.A_LINK}
    plain = packed([("form.yaml", "steps: []")])
    locked = plain.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01", 1)
    assert why(("p.zip", locked))[0] == {"form.yaml": parcels.LOCKED}
    assert why(("p.zip", b"PK no zip at all"))[0] == {"p.zip": parcels.NO_ZIP}
    body = bytearray(packed([("form.yaml", "steps: " + "abcdefgh" * 50)]))
    body[45] ^= 0xFF
    assert why(("p.zip", bytes(body)))[0] == {"form.yaml": parcels.BROKEN}


def test_no_text_and_the_same_name_twice_are_refused():
    sent = (("form.yaml", b"\xff\xfe"), ("a.typ", b"a\x00b"), ("b.typ", b"1"), ("b.typ", b"2"))
    refused, taken = why(*sent)
    assert refused == {
        "form.yaml": parcels.NOT_TEXT,
        "a.typ": parcels.NOT_TEXT,
        "b.typ": parcels.TWICE,
    }
    assert taken == {"b.typ": "1"}


def test_single_files_can_be_put_among_the_examples():
    assert why(("valid-a.yaml", b"x\r\n"), inside="examples/")[1] == {
        "examples/valid-a.yaml": "x\n"
    }


HOSTILE_YAML = {
    "a bomb of references": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a program": "code: !!python/object/apply:os.system ['true']\n",
    "a key twice": "code: '1'\ncode: '2'\n",
    "very deep": "a: " + "[" * 5000 + "]" * 5000 + "\n",
    "nothing": "",
    "two documents": "code: '1'\n---\ncode: '2'\n",
}


@pytest.mark.parametrize("text", HOSTILE_YAML.values(), ids=HOSTILE_YAML)
def test_hostile_yaml_is_a_fault_with_its_place_and_nothing_more(text):
    found = findings_in(read_files({**files_of(), "procedure.yaml": text}))
    assert any(each.file == "procedure.yaml" and not each.flaw.warning for each in found)

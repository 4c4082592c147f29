"""Every flaw that lint finds, by name and place, in a copy of a shipped pack."""

import shutil
from datetime import date

import pytest
import yaml

from motcua.packs.queries.folders import SHIPPED, pack_beside, read_folder
from motcua.packs.queries.linting import findings_in, said
from motcua.packs.rules.published import pack_schema

CODE = "1.001193"
CLOSED = {"additionalProperties", "maxProperties"}


@pytest.fixture
def folder(tmp_path):
    """A folder of packs with one in it, to be changed."""
    shutil.copytree(SHIPPED / "lists", tmp_path / "lists")
    shutil.copytree(SHIPPED / CODE, tmp_path / CODE)
    return tmp_path / CODE


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def found_in(folder):
    source = read_folder(folder)
    return findings_in(source, others=pack_beside(folder))


P, F, W, T = "procedure.yaml", "form.yaml", "workflow.yaml", "result.typ"
PAPER = "  - id: birth_certificate\n    name:"


MOTHERS_HOME = "- id: mother_home"
OF_WHOM = "\n            held_by: population.residence\n            about: applicant"
OF_BIRTH = "  - held_by: [population.birth]\n"


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"),
    [
        ("unknown-key", P, "level: commune", "levle: commune"),
        ("unknown-key", F, "kind: yes_no", "kind: yes_no\n            lable: x"),
        ("missing-key", P, "unit_field: office\n", ""),
        ("missing-translation", P, ', en: "Birth registration"}', "}"),
        ("missing-translation", F, ', en: "Your case"}', "}"),
        ("wrong-type", P, 'code: "1.001193"', "code: 1.001193"),
        ("wrong-type", P, "channels: [online, counter, post]", "channels: online"),
        ("wrong-type", P, "required: false", "required: 3"),
        ("wrong-value", P, "level: commune", "level: village"),
        ("wrong-value", P, "2026-01-01", "2026-13-01"),
        ("wrong-value", P, "amount: 8000", "amount: -8000"),
        ("wrong-value", F, "kind: yes_no", "kind: yesno"),
        ("too-short", P, "channels: [online, counter, post]", "channels: []"),
        ("twice", P, "channels: [online, counter, post]", "channels: [online, online]"),
        ("no-post", W, "role: specialist", "role: minister"),
        ("unknown-life-event", P, "unit_field:", "life_events: [sinh-coon]\nunit_field:"),
        ("unknown-registry", P, PAPER, "  - held_by: [police.birth]\n    id: x\n    name:"),
        ("wrong-value", P, PAPER, f"{OF_BIRTH}    about: child_name\n    id: x\n    name:"),
        ("wrong-value", P, PAPER, "  - about: applicant\n    id: x\n    name:"),
        ("wrong-value", F, MOTHERS_HOME, f"{MOTHERS_HOME}{OF_WHOM}"),
        ("unreadable", P, "level: commune", "level: commune\nlevel: x"),
        ("unreadable", P, "title:", "title: *x #"),
        ("unreadable", P, "title:", "title: &x"),
        ("unreadable", P, "level: commune", "level: !!python/name:os.system x"),
        ("unreadable", F, "steps:", "steps: ["),
        ("unreadable", F, "steps:", "deep: " + "[" * 30 + "]" * 30 + "\nsteps:"),
        ("unreadable", F, "steps:", "wide: [" + "1," * 50_001 + "]\nsteps:"),
        ("no-list", F, "options_from: ethnic_groups", "options_from: nothing"),
        ("todo", P, "Birth registration", "TODO"),
        ("todo", T, "Giấy khai sinh", "TODO"),
        ("duplicate-id", P, "id: pledge", "id: witness"),
        ("duplicate-id", F, "id: surrogacy", "id: relation"),
        ("duplicate-id", W, "id: sign", "id: examine"),
        ("duplicate-id", F, "value: father,", "value: mother,"),
        ("expression", F, "show: 'birth_proof in", "show: 'phone in"),
        ("expression", F, '"certificate"', '"certificat"'),
        ("expression", P, '"witness"', '"witnes"'),
        ("expression", P, "times: copies", "times: child_name"),
        ("expression", P, "show: surrogacy", "show: surrogacy and"),
        ("expression", F, "- id: birth_proof", "- show: copies > 1\n            id: birth_proof"),
        ("negative-fee", P, "amount: 8000", "amount: 'copies - 5'"),
        ("wrong-kind", F, "checks: [not_future]", "checks: [name]"),
        ("wrong-kind", F, "kind: yes_no", "kind: yes_no\n            decimals: 2"),
        ("wrong-kind", F, "source: account.person", "source: account.name"),
        ("missing-key", F, "options_from: ethnic_groups\n", "\n"),
        ("wrong-value", F, "parts: [province, commune]", "parts: [commune]"),
        ("wrong-value", F, "parts: [province, commune]", "parts: [name]"),
        ("wrong-value", F, "schema: {maxLength: 100}", "schema: {maxLength: 0}"),
        ("pattern", F, "schema: {maxLength: 100}", "schema: {pattern: '(?=a)b'}"),
        ("pattern", F, "schema: {maxLength: 100}", r"schema: {pattern: '(a)\1'}"),
        ("pattern", F, "schema: {maxLength: 100}", "schema: {pattern: '('}"),
        ("unknown-key", F, "schema: {maxLength: 100}", "schema: {$ref: '#'}"),
        ("unit-field", P, "unit_field: office", "unit_field: phone"),
        ("unit-field", P, "unit_field: office", "unit_field: home_town"),
        ("validity", P, "channels:", "valid_to: 2025-01-01\nchannels:"),
        ("no-limit", P, "unit: same_day}", "unit: same_day}\n    channels: [post]"),
        ("unknown-case", P, "unit: same_day}", "unit: same_day}\n    cases: [late]"),
        ("last-condition", P, "template: result.typ", "template: result.typ\n    when: surrogacy"),
        ("no-template", P, "template: result.typ", "template: other.typ"),
        ("law-not-listed", P, 'legal: "60/2014/QH13', 'legal: "61/2014/QH13'),
        ("law-over", P, "{code: 60/2014/QH13,", "{code: 60/2014/QH13, valid_to: 2020-01-01,"),
        ("duplicate-paper", P, 'vi: "Giấy cam đoan về việc sinh"', 'vi: "Giấy chứng sinh"'),
        ("workflow-ends", W, "role: clerk", "role: specialist"),
        ("no-leader", W, "role: leader", "role: specialist"),
        ("too-slow", W, "amount: 4, unit", "amount: 40, unit"),
        ("template-field", T, "a.child_name", "a.child_nme"),
        ("template-field", T, "a.mother.name", "a.mother.nickname"),
        ("template-package", T, '"official.typ"', '"@preview/cetz:0.1.0"'),
        ("template", T, "#row(", "#rrow("),
        ("template", T, "#show:", "#read(\"/etc/passwd\")\n#show:"),
        ("folder-name", P, 'code: "1.001193"', 'code: "1.001194"'),
        ("example", P, "amount: 8000", "amount: 9000"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_line(folder, rule, file, old, new):
    line = edit(folder, file, old, new)
    found = [each for each in found_in(folder) if each.flaw.rule == rule]
    assert found, [(each.where, each.flaw.rule) for each in found_in(folder)]
    if rule not in ("missing-key", "template", "example", "no-leader", "too-slow", "duplicate-id"):
        assert any(
            each.file == file and abs(each.line - line) <= 2 + new.count("\n") for each in found
        ), [each.where for each in found]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_flaw_is_said_whole_in_either_language(folder, language):
    edit(folder, P, "level: commune", "levle: commune")
    (unknown,) = (each for each in found_in(folder) if each.flaw.rule == "unknown-key")
    sentence = said(unknown.flaw, language)
    assert "level" in sentence
    assert "{" not in sentence
    assert ("Ở đây" in sentence) is (language == "vi")


def test_an_expression_is_pointed_at_where_it_goes_wrong(folder):
    line = edit(folder, P, "show: surrogacy", "show: 'present(x) and surrogacy'")
    (found,) = (each for each in found_in(folder) if each.flaw.rule == "expression")
    text = (folder / P).read_text().splitlines()[line - 1]
    assert (found.line, found.column) == (line, text.index("x)") + 1)


def test_a_file_that_is_missing_too_large_no_text_or_a_link_is_named(folder):
    (folder / W).unlink()
    (folder / F).write_bytes(b"#" * 4_000_001)
    (folder / "note.txt").write_text("x")
    (folder / T).write_bytes(b"\xff\xfe")
    (folder / "other.typ").symlink_to(folder / P)
    found = {(each.file, each.flaw.rule) for each in found_in(folder)}
    assert {(F, "unreadable"), (T, "unreadable"), ("other.typ", "unreadable")} <= found
    assert ("note.txt", "unknown-file") in found


def test_a_pack_without_workflow_or_form_says_which_file_to_add(folder):
    (folder / W).unlink()
    assert ("workflow.yaml", "missing-file") in {(e.file, e.flaw.rule) for e in found_in(folder)}
    (folder / F).unlink()
    assert ("form.yaml", "missing-file") in {(e.file, e.flaw.rule) for e in found_in(folder)}


def test_a_pack_without_examples_is_not_published(folder):
    shutil.rmtree(folder / "examples")
    assert [each.flaw.rule for each in found_in(folder)] == ["no-examples"] * 2


def test_the_schema_names_the_registries_and_life_events_there_are():
    facts = yaml.safe_load((SHIPPED.parent / "data" / "registries.yaml").read_text())
    known = [f"{name}.{fact}" for name, each in facts.items() for fact in each["facts"]]
    assert pack_schema()["$defs"]["fact"]["enum"] == known
    events = SHIPPED.parent.parent / "catalogue" / "data" / "life_events.yaml"
    keys = [each["key"] for each in yaml.safe_load(events.read_text())]
    offered = pack_schema()["$defs"]["procedure"]["properties"]["life_events"]["items"]["enum"]
    assert offered == keys


def test_every_part_of_the_schema_says_what_it_is_for():
    def untold(schema, way):
        for name, each in schema.get("properties", {}).items():
            target = pack_schema()["$defs"].get(each.get("$ref", "").rpartition("/")[2], {})
            if "description" not in {**target, **each}:
                yield f"{way}.{name}"
            yield from untold(each, f"{way}.{name}")
        if schema.get("type") == "object" and not schema.keys() & CLOSED:
            yield f"{way}: closed"

    for name, each in pack_schema()["$defs"].items():
        assert list(untold(each, name)) == []


@pytest.mark.parametrize("code", sorted(p.parent.name for p in SHIPPED.glob("*/procedure.yaml")))
def test_every_shipped_pack_is_without_flaw_and_its_examples_are_as_they_say(code):
    assert [(each.where, said(each.flaw, "en")) for each in found_in(SHIPPED / code)] == []
    assert read_folder(SHIPPED / code).document["procedure"]["valid_from"] <= str(
        date(2026, 11, 24)
    )

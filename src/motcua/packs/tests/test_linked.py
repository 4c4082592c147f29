"""Linked packs: each part against the pack of its procedure."""

from copy import deepcopy

import pytest

from motcua.packs.rules.document import pack_from
from motcua.packs.rules.lint.linked import linked_flaws
from motcua.packs.tests.shipped import shipped

MARRIAGE = "2.000635"
OFFICE = {"office.province": "office.province", "office.commune": "office.commune"}


def w(text):
    return {"vi": f"{text} vi", "en": text}


DOCUMENT = {
    "procedure": {
        "code": "9.000100",
        "level": "commune",
        "title": w("Two at once"),
        "summary": w("Two"),
        "valid_from": "2026-01-01",
        "channels": ["online"],
        "applicants": ["citizen"],
        "unit_field": "office",
        "declaration": w("True"),
        "papers": [{"id": "proof", "name": w("Proof")}],
        "legal": [{"code": "1/2020", "name": w("Law")}],
        "parts": [
            {"id": "one", "procedure": MARRIAGE, "name": w("One"), "answers": OFFICE},
            {
                "id": "two",
                "procedure": MARRIAGE,
                "name": w("Two"),
                "after": ["one"],
                "answers": OFFICE,
                "papers": {"old_record": {"result_of": "one"}},
            },
        ],
    },
    "form": {
        "steps": [
            {
                "id": "only",
                "title": w("Only"),
                "sections": [
                    {
                        "fields": [
                            {"id": "office", "kind": "address", "label": w("Where")},
                            {"id": "many", "kind": "number", "label": w("How many")},
                        ]
                    }
                ],
            }
        ]
    },
    "templates": {},
    "lists": {},
    "examples": {},
}


def test_a_part_must_take_from_a_registry_what_the_whole_does():
    document = deepcopy(DOCUMENT)
    document["procedure"]["papers"] = [
        {"id": "proof", "name": w("P"), "held_by": ["population.death"], "about": "applicant"}
    ]
    (one, _) = document["procedure"]["parts"]
    one["papers"] = {"old_record": "proof"}
    found = linked_flaws(pack_from(document, version=""), others=lambda _: shipped(MARRIAGE))
    assert "not-held" in {flaw.rule for flaw in found}


def flaws(
    change=lambda _parts: None, others=lambda code: shipped(code) if code == MARRIAGE else None
):
    document = deepcopy(DOCUMENT)
    change(document["procedure"]["parts"])
    pack = pack_from(document, version="")
    return {(flaw.rule, flaw.path[3:]) for flaw in linked_flaws(pack, others=others)}


@pytest.mark.parametrize(
    ("change", "rule", "way"),
    [
        (lambda p: p[0].update(procedure="9.999999"), "unknown-pack", "procedure"),
        (lambda p: p[0]["answers"].update(nothing="many"), "unknown-field", "answers nothing"),
        (lambda p: p[0]["answers"].update(copies="office.street"), "wrong-type", "answers copies"),
        (lambda p: p[0]["answers"].update(asking_for='"x"'), "wrong-value", "answers asking_for"),
        (lambda p: p[0].update(papers={"none": "proof"}), "unknown-paper", "papers none"),
        (lambda p: p[0].update(papers={"old_record": "x"}), "unknown-paper", "papers old_record"),
        (lambda p: p[1].update(after=["three"]), "unknown-part", "after 0"),
        (lambda p: p[1].update(after=[]), "unknown-part", "papers old_record"),
    ],
)
def test_a_part_that_does_not_fit_its_procedure_is_named(change, rule, way):
    found = (rule, tuple(int(x) if x.isdigit() else x for x in way.split()))
    assert found not in flaws()
    assert found in flaws(change)


def test_what_must_be_answered_and_is_not_given_is_named():
    assert ("not-given", ("answers",)) in flaws()
    whole = flaws(others=lambda _code: None)
    assert whole == {("unknown-pack", ("procedure",))}


def test_a_linked_pack_links_no_linked_packs():
    linked = pack_from(DOCUMENT, version="")
    assert flaws(others=lambda _code: linked) == {("linked", ("procedure",))}

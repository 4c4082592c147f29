"""A pack changes while drafts lie; it is not for everybody; some steps want other eyes."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache

from motcua.dossiers.models import Draft
from motcua.dossiers.operations.drafts import (
    NotOnline,
    begin_draft,
    carry_over,
    changes_seen,
    save_answers,
)
from motcua.dossiers.operations.filing import (
    Filing,
    NotEligible,
    PackChanged,
    file_dossier,
    file_draft,
)
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.carried import carried
from motcua.dossiers.queries.drafts import draft
from motcua.dossiers.rules.access import FourEyes
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    MONDAY,
    SPECIALIST,
    SYSTEM,
    WARD,
    a_file,
    answers,
    refused,
)
from motcua.kernel.actors import Actor, Role
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

HERE = Path(__file__).parent / "packs" / "9.000001"
ALONE = Actor("o-all", "Tất Cả", WARD, frozenset({Role.CLERK, Role.SPECIALIST, Role.LEADER}))


def changed(folder, **texts):
    """Publish the little pack again with some texts of its files changed."""
    made = folder / "9.000001"
    shutil.copytree(HERE, made)
    for name, (old, new) in texts.items():
        path = made / f"{name}.yaml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    for example in made.glob("examples/valid-*.json"):
        dearer = "16000", "20000" if "10000" in str(texts) else "16000"
        example.write_text(example.read_text().replace(*dearer))
    return pack(publish_folder(made, by=SYSTEM, at=MONDAY).version)


NEW_FIELD = (
    "          - id: copies",
    (
        '          - {id: reason, kind: text, required: false, label: {vi: "Vì", en: "Reason"}}\n'
        "          - id: copies"
    ),
)
ONLY_ADULTS = (
    "limits:",
    (
        "eligibility:\n"
        "  - refuse_when: 'copies > 5'\n"
        '    reason: {vi: "Nhiều quá.", en: "Too many."}\n'
        '    instead: {note: {vi: "Ghé quầy.", en: "Come by."}}\n'
        "limits:"
    ),
)


@pytest.fixture
def begun(definition):
    made = begin_draft("9.000001", by=LAN, at=MONDAY)
    save_answers(made, answers(copies=2), by=LAN, at=MONDAY)
    return made


def test_a_draft_keeps_what_was_typed_and_says_what_changed(begun, tmp_path):
    changed(tmp_path, form=NEW_FIELD, procedure=("amount: 8000", "amount: 10000"))
    carry_over(begun, by=LAN, at=MONDAY)
    now = draft(begun, by=LAN)
    told = carried(now, at=MONDAY)
    assert now.answers == answers(copies=2)
    assert [words.en for words in told.asked_anew] == ["Reason"]
    assert [fee.amount for fee in told.fee] == [16000, 20000]
    assert not told.nothing
    changes_seen(begun, by=LAN)
    assert carried(draft(begun, by=LAN), at=MONDAY) is None


def test_a_draft_under_old_rules_is_not_filed_behind_its_owners_back(begun, tmp_path):
    changed(tmp_path, form=NEW_FIELD)
    with refused(PackChanged):
        file_draft(begun, by=LAN, at=MONDAY)
    assert Draft.objects.get().filed_as == ""


def test_a_draft_that_is_up_to_date_is_left_alone(begun):
    carry_over(begun, by=LAN, at=MONDAY)
    assert draft(begun, by=LAN).carried_from == ""


def test_a_draft_of_a_procedure_gone_offline_says_so(begun, tmp_path):
    changed(
        tmp_path,
        procedure=("valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_to: 2026-11-10"),
    )
    cache.clear()
    with refused(NotOnline):
        carry_over(begun, by=LAN, at=MONDAY.replace(year=2025))


def test_a_dossier_keeps_the_version_it_was_filed_under(file, tmp_path):
    before = file(copies=1)
    assert before.fee == 8000
    newer = changed(tmp_path, procedure=("amount: 8000", "amount: 10000"))
    after = file_dossier(
        Filing(newer, answers(1), {"proof": [a_file()]}, "test", "2"), by=LAN, at=MONDAY
    )
    assert after.fee == 10000


def test_a_case_the_procedure_is_not_for_is_not_filed(ward, tmp_path):
    strict = changed(tmp_path, procedure=ONLY_ADULTS)
    with refused(NotEligible) as refusal:
        file_dossier(
            Filing(strict, answers(6), {"proof": [a_file()]}, "test", "1"), by=LAN, at=MONDAY
        )
    assert refusal.value.facts["reason"] in ("Nhiều quá.", "Too many.")


def test_a_step_that_wants_other_eyes_waits_for_them(ward, tmp_path):
    guarded = changed(tmp_path, workflow=("role: leader", "role: leader, four_eyes: true"))
    code = file_dossier(
        Filing(guarded, answers(), {"proof": [a_file()]}, "test", "1"), by=LAN, at=MONDAY
    ).code
    later = MONDAY + timedelta(hours=1)
    take_step(code, Step.ACCEPT, by=CLERK, at=later)
    take_step(code, Step.FORWARD, by=CLERK, at=later)
    take_step(code, Step.PROPOSE, by=ALONE, at=later)
    with refused(FourEyes):
        take_step(code, Step.APPROVE, by=ALONE, at=later)
    take_step(code, Step.SEND_BACK, by=ALONE, at=later, reason="Thiếu chữ ký ở trang hai")
    take_step(code, Step.PROPOSE, by=SPECIALIST, at=later)
    other = Actor("o-leader", "Lãnh đạo", WARD, frozenset({Role.LEADER}))
    assert take_step(code, Step.APPROVE, by=other, at=later).state == "done"


def test_the_specialist_who_proposes_again_is_not_kept_out_by_their_own_proposal(ward, tmp_path):
    guarded = changed(tmp_path, workflow=("role: specialist", "role: specialist, four_eyes: true"))
    code = file_dossier(
        Filing(guarded, answers(), {"proof": [a_file()]}, "test", "1"), by=LAN, at=MONDAY
    ).code
    later = MONDAY + timedelta(hours=1)
    leader = Actor("o-leader", "Lãnh đạo", WARD, frozenset({Role.LEADER}))
    take_step(code, Step.ACCEPT, by=CLERK, at=later)
    take_step(code, Step.FORWARD, by=CLERK, at=later)
    take_step(code, Step.PROPOSE, by=SPECIALIST, at=later)
    take_step(code, Step.SEND_BACK, by=leader, at=later, reason="Thiếu chữ ký ở trang hai")
    assert take_step(code, Step.PROPOSE, by=SPECIALIST, at=later).state == "in_process"

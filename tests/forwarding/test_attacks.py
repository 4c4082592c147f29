"""What a member, or somebody between, may try with dossiers that are handed on; kept as tests."""

import hashlib
import json
from io import BytesIO
from uuid import uuid4

import pytest

from motcua.backbone.http.refusals import TooLarge
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.filing import AnswersNotRight
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import PDF, WARD, answers, refused
from motcua.exchange.operations.serving import Call
from motcua.exchange.tests.places import HUE
from motcua.exchange.tests.wire import now
from motcua.forwarding.api.gateway import SERVICE, answer
from motcua.forwarding.models import Taken
from motcua.forwarding.operations.taking import AnotherContent, NotYourCode, Strangers
from motcua.forwarding.queries.taken import NotHandedOn
from motcua.forwarding.rules.manifest import MOST_LINE, BadManifest
from motcua.identity.operations.parties import PartyRefused
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from tests.forwarding.conftest import HUB, PROVINCE

CODE = f"{HUB}-261123-0007"


@pytest.fixture
def province(agreed, counter, monkeypatch):
    """Be the province: what is handed on is settled here."""
    from motcua.forwarding.queries import directory

    monkeypatch.setattr(directory, "own_members", lambda: (PROVINCE,))
    return counter


def line(province, **facts):
    """Return what a member says of a dossier; say what differs."""
    lan = {"number": "001190000999", "name": "Nguyễn Thị Lan", "born": "1990-01-01"}
    told = {
        "code": CODE,
        "procedure": province.definition.code,
        "pack": province.definition.version,
        "agency": WARD,
        "applicant": lan,
        "answers": answers(),
        "filed_at": now().isoformat(),
        "consent_at": now().isoformat(),
        "papers": {"proof": ["f1"]},
        "files": [named("f1", PDF)],
    }
    return told | facts


def named(id_, content, **facts):
    digest = hashlib.sha256(content).hexdigest()
    known = {"id": id_, "name": "giay.pdf", "media_type": "application/pdf"}
    return known | {"size": len(content), "sha256": digest} | facts


def sent(told, files=PDF, *, member=HUB, method="POST", path="dossiers", size=None):
    """Hand on as a member does, once its signature and agreement hold."""
    body = (told if isinstance(told, bytes) else json.dumps(told).encode() + b"\n") + files
    by = Actor(f"member:{member}", member, member)
    came = (member, PROVINCE, SERVICE, method, path, "", {}, BytesIO(body), size or len(body))
    return answer(Call(*came, "a", "settle-dossier", uuid4(), now(), by))


def test_a_whole_dossier_is_taken_for_somebody_whom_nobody_knew(province):
    told = json.loads(sent(line(province)).body)
    there = Dossier.objects.get()
    assert told["code"] == there.code
    assert told["claim"] == there.claim
    assert len(told["claim"]) == 6


def test_the_same_dossier_under_another_members_name_is_another_members_code(province):
    sent(line(province))
    with refused(NotYourCode):
        sent(line(province), member=HUE)
    assert Dossier.objects.count() == 1


def test_no_member_sees_what_another_handed_on_nor_its_result(province):
    code = json.loads(sent(line(province)).body)["code"]
    for member, path in (
        (HUE, f"dossiers/{CODE}"),
        (HUE, f"dossiers/{CODE}/results/{uuid4()}"),
        (HUB, f"dossiers/{code}"),
        (HUB, f"dossiers/{CODE}/results/{Dossier.objects.get().papers['proof'][0]}"),
    ):
        with refused(NotHandedOn):
            sent(b"", b"", member=member, method="GET", path=path)


def test_a_code_is_not_used_again_for_something_else(province):
    sent(line(province))
    with refused(AnotherContent):
        sent(line(province, answers=answers(copies=2)))
    assert Taken.objects.count() == 1


def test_a_dossier_for_an_agency_of_somebody_else_is_not_taken(province):
    with refused(Strangers):
        sent(line(province, agency="000.00.61.H57"))


@pytest.mark.parametrize(
    ("facts", "files", "where"),
    [
        ({"files": [named("f1", PDF, sha256="0" * 64)]}, PDF, "$.files[0].sha256"),
        ({"files": [named("f1", PDF, size=len(PDF) + 1)]}, PDF, "$.files[0].size"),
        ({"files": [named("f1", PDF, size=2**31)]}, PDF, "$.files[0].size"),
        ({"files": [named("f1", PDF, size=0)]}, PDF, "$.files[0].size"),
        ({}, PDF + b"more", "$.files"),
        ({}, b"", "$.files[0].size"),
        ({"files": [named("f1", PDF), named("f1", PDF)]}, PDF + PDF, "$.files"),
        ({"papers": {"proof": ["f2"]}}, PDF, "$.papers"),
        ({"unknown": 1}, PDF, "$"),
        ({"code": "../../etc"}, PDF, "$.code"),
        ({"filed_at": "2026-11-23T10:00:00"}, PDF, "$.filed_at"),
        ({"channel": 4}, PDF, "$.channel"),
        ({"channel": 1}, PDF, "$.desk"),
        ({"channel": 3}, PDF, "$.desk"),
        ({"arrived": "2026-11-20T10:00:00+07:00"}, PDF, "$.arrived"),
        ({"desk": {"place": "Quầy", "clerk": "Lan", "signed": "paper"}}, PDF, "$.desk"),
        ({"answers": {"full_name": "a\0b"}}, PDF, "$"),
    ],
)
def test_a_body_that_is_not_what_its_line_says_is_refused_with_the_place(
    province, facts, files, where
):
    with refused(BadManifest) as refusal:
        sent(line(province, **facts), files)
    assert refusal.value.facts["where"] == where
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"{}\n", b"[" * 100_000 + b"\n", b"\xff\n", b"x" * (MOST_LINE + 2)]
)
def test_what_is_no_line_of_json_is_refused_and_never_read_whole(province, body):
    with refused(BadManifest):
        sent(body, b"")


def test_a_body_larger_than_a_dossier_may_be_is_not_even_read(province):
    with refused(TooLarge):
        sent(line(province), size=2**40)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\0" * 99, b"<?xml version='1.0'?><x/>"])
def test_files_are_looked_at_as_any_upload(province, content):
    with refused(Invalid) as refusal:
        sent(line(province, files=[named("f1", content)]), content)
    assert refusal.value.code.startswith("files.")
    assert not Dossier.objects.exists()


def test_answers_are_checked_by_the_rules_that_hold_here(province):
    with refused(AnswersNotRight) as refusal:
        sent(line(province, answers={"office": answers()["office"]}))
    assert "full_name" in [each["at"] for each in refusal.value.facts["problems"]]


def test_a_person_who_cannot_be_is_not_registered(province):
    with refused(PartyRefused):
        sent(line(province, applicant={"number": "999999999999", "name": "A", "born": None}))


def test_an_account_is_not_the_applicants_only_because_somebody_typed_its_number(province):
    nam = province.actor("nam")
    from django.contrib.auth import get_user_model

    number = get_user_model().objects.get(pk=nam.id).personal_id
    person = {"number": number, "name": nam.name, "born": "1990-01-01"}
    sent(line(province, applicant=person))
    there = Dossier.objects.get()
    assert there.applicant != nam.id
    assert there.claim


def test_the_hub_is_told_nothing_that_officials_write_to_each_other(province):
    code = json.loads(sent(line(province)).body)["code"]
    for by, step in (("clerk", Step.ACCEPT), ("clerk", Step.FORWARD), ("specialist", Step.PROPOSE)):
        take_step(code, step, by=province.actor(by), at=now(), reason="Chỉ nội bộ")
    told = sent(b"", b"", method="GET", path=f"dossiers/{CODE}").body.decode()
    (proposed,) = [each for each in json.loads(told)["steps"] if each["step"] == "propose"]
    assert proposed.get("reason", "") == ""
    assert "Cán bộ" not in told

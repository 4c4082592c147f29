"""The applicant is told at the hub, can take it all away, and registries' answers go along."""

import json

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import refused
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.queries.export import my_handed_on, my_handed_on_files
from motcua.notices.queries.mine import my_notices
from motcua.registries.operations.proofs import ProofNotReadable, keep_told
from motcua.registries.queries.proofs import ProofTold, papers_proven


def titles(who):
    return [(each.title, each.link) for each in my_notices(by=who).notices]


def test_the_applicant_hears_at_the_hub_what_becomes_of_it(handed_in, counter, work):
    lan = counter.actor("lan")
    row = handed_in()
    work()
    row.refresh_from_db()
    assert row.there
    take_step(row.there, Step.ACCEPT, by=counter.actor("clerk"), at=now())
    ask_how_it_stands(row.code, at=now())
    work()
    link = f"/ho-so/chuyen/{row.code}/"
    told = [title for title, where in titles(lan) if where == link]
    assert told == [f"{row.code}: Đã tiếp nhận", f"Bạn đã nộp hồ sơ {row.code}"]


def test_the_applicant_hears_why_it_was_not_taken(handed_in, counter, work):
    row = handed_in()
    told = json.loads(row.manifest)
    told["answers"]["full_name"] = ""
    Handed.objects.update(manifest=json.dumps(told) + "\n")
    hand_on(row.code, at=now())
    work()
    assert (f"Chưa nhận được hồ sơ {row.code}", f"/ho-so/chuyen/{row.code}/") in titles(
        counter.actor("lan")
    )


def test_what_was_handed_on_is_among_what_a_person_can_take_away(handed_in, counter):
    row = handed_in()
    hand_on(row.code, at=now())
    (sheet,) = my_handed_on(by=counter.actor("lan"))
    assert [each["code"] for each in sheet.rows] == [row.code]
    (file,) = my_handed_on_files(by=counter.actor("lan"))
    assert file.folder == row.code
    assert my_handed_on(by=counter.actor("nam"))[0].rows == ()


def proof(**facts):
    at = now().date()
    known = {"register": "population", "path": "residence", "member": "000.00.00.G01", "key": "1"}
    known |= {"fact": "population.residence", "as_of": at, "since": at, "entry": ""}
    return ProofTold(
        **{"field": "papers.proof", "digest": "0" * 64, "answer": "{}"} | known | facts
    )


@pytest.mark.parametrize(
    "facts", [{}, {"answer": "no"}, {"path": "nowhere"}, {"register": "no-such"}]
)
def test_what_is_no_registrys_answer_stands_for_no_paper(db, counter, facts):
    with refused(ProofNotReadable):
        keep_told("x", [proof(**facts)], by=counter.actor("clerk"), at=now())
    assert papers_proven("x") == {}


def test_a_value_that_a_registry_told_the_hub_is_marked_so_at_the_unit(handed_in, counter):
    from motcua.registries.queries.proofs import proven
    from motcua.registries.rules.proofs import digest_of

    row = handed_in()
    told = json.loads(row.manifest)
    name = told["answers"]["full_name"]
    at = now().date().isoformat()
    told["proofs"] = [
        {
            "field": "full_name",
            "register": "population",
            "member": "000.00.00.G01",
            "key": "1",
            "digest": digest_of(name).hex(),
            "as_of": at,
            "since": at,
        }
    ]
    Handed.objects.update(manifest=json.dumps(told) + "\n")
    hand_on(row.code, at=now())
    there = Dossier.objects.get()
    assert set(proven(there.code, there.answers)) == {"full_name"}

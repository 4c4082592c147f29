"""A clerk's program files a linked pack for who stands there: as the counter's pages do, once."""

import pytest

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, a_file
from motcua.dossiers.tests.conftest import answers as of_one
from motcua.dossiers.tests.linked import PACKS, answers, dossier_of, states
from motcua.dossiers.tests.test_api_desk import code, counter, get, post
from motcua.packs.operations.publishing import publish_folder

__all__ = ["code", "counter", "get", "post"]

HERE = "/linked-counter-filings"


@pytest.fixture
def filing(counter):
    for agency in (WARD, OTHER):
        add_office(agency, "Bộ phận một cửa", by=SYSTEM, at=MONDAY)
    publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY)
    return {
        "procedure": "9.000010",
        "present": {"number": "001147000123", "name": "Phạm Thị Sáu", "born": "1947-05-04"}
        | {"document": "card"},
        "way": {"office": offices_of(WARD)[0].id},
        "answers": answers(name="Phạm Thị Sáu"),
        "papers": {"proof": [a_file(counter.actor("clerk"))]},
        "finished": {"signed": "paper", "forms": {"proof": "certified"}, "accept": True},
    }


def test_it_becomes_the_dossiers_that_the_counter_s_page_makes(post, get, filing):
    made = post("clerk", HERE, filing)
    assert made.status_code == 201, made.content
    told = made.json()
    assert LinkedFiling.objects.get().code == told["code"]
    assert states(told["code"]) == {"first": "opened", "second": "planned", "third": "planned"}
    first = dossier_of(told["code"], "first")
    assert (first.channel, first.office_id) == (1, filing["way"]["office"])
    assert (first.applicant_name, first.state) == ("Phạm Thị Sáu", State.RECEIVED)
    assert told["claim"] == first.claim
    assert [part["dossier"] for part in told["parts"]] == [first.code, None, None]
    assert told["parts"][1]["after"] == [told["parts"][0]["name"]]
    assert made["Location"] == f"/api/v1{HERE}/{told['code']}"
    assert get("clerk", f"{HERE}/{told['code']}").json() == told
    for other in ("lan", "leader", "stranger"):
        assert get(other, f"{HERE}/{told['code']}").status_code == 404


@pytest.mark.parametrize(
    ("path", "wrong", "status"),
    [
        ("/counter-filings", {}, 404),
        (HERE, {"procedure": "9.000001", "answers": of_one()}, 404),
        (HERE, {"procedure": "9.999999"}, 404),
        (HERE, {"finished": {"signed": "paper"}}, 422),
        (HERE, {"answers": {}}, 422),
        (HERE, {"present": {"number": "001147000123", "name": "Phạm Thị Sáu"}}, 422),
    ],
)
def test_what_is_not_right_is_filed_nowhere(post, filing, path, wrong, status):
    answer = post("clerk", path, filing | wrong)
    assert answer.status_code == status, answer.content
    assert not Dossier.objects.exists()
    assert not LinkedFiling.objects.exists()


@pytest.mark.parametrize("who", ["lan", "specialist"])
def test_only_a_clerk_files_it(post, filing, who):
    assert post(who, HERE, filing).status_code == 403
    assert not LinkedFiling.objects.exists()

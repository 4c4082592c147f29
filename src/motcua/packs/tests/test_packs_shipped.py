from fractions import Fraction
from io import BytesIO

import jsonschema
import pypdf
import pytest
from django.utils.translation import gettext, override

from motcua.forms.queries.forms import problem_text
from motcua.forms.rules.problems import problems_in
from motcua.forms.rules.saying import Tongue
from motcua.forms.rules.schema import answers_schema
from motcua.forms.rules.summary import values_for_result
from motcua.kernel.worktime import Unit
from motcua.packs.queries.folders import SHIPPED, pack_beside, read_folder
from motcua.packs.queries.results import paper_of
from motcua.packs.queries.trying import try_source
from motcua.packs.rules.charges import (
    case_of,
    fees_for,
    papers_for,
    refused_by,
    result_for,
    total_of,
    unit_of,
    usual_limit,
)
from motcua.packs.tests.shipped import (
    ALONE,
    CODES,
    DRAWN,
    EXAMPLES,
    INVALID,
    LINKED,
    REFUSED,
    VALID,
    WRONG,
    channel_of,
    example,
    name_of,
    shipped,
)


def test_the_five_packs_are_there():
    assert {"1.001193", "2.000635", "1.001612", "1.004222", "1.004873"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_pack_has_examples_of_both_kinds(code):
    kinds = {p.name.partition("-")[0] for p in EXAMPLES if p.parent.parent.name == code}
    assert kinds == {"valid", "invalid"}


@pytest.mark.parametrize("path", DRAWN, ids=name_of)
def test_a_valid_example_has_no_problem_and_comes_to_the_fee_and_papers_it_says(path):
    pack, answers, on, expect = example(path)
    assert problems_in(pack.form, answers, on=on) == ()
    assert refused_by(pack, answers, on=on) is None
    fees = fees_for(pack, answers, channel=channel_of(path), on=on)
    assert total_of(fees).amount == expect["fee"]
    assert [a.paper.id for a in papers_for(pack, answers, on=on) if a.required] == expect["papers"]


@pytest.mark.parametrize("path", DRAWN, ids=name_of)
def test_a_valid_example_comes_to_the_case_the_result_and_the_unit_it_says(path):
    pack, answers, on, expect = example(path)
    found = {
        "case": case_of(pack, answers, on=on),
        "result": result_for(pack, answers, on=on).code,
        "agency_unit": unit_of(pack, answers),
    }
    assert found == found | {key: expect[key] for key in found.keys() & expect.keys()}


@pytest.mark.parametrize("code", LINKED)
def test_the_examples_of_a_linked_pack_go_through_all_its_parts(code):
    folder = SHIPPED / code
    source = read_folder(folder)
    tried = try_source(source, others=pack_beside(folder))
    assert [each for each in tried if each.flaws] == []
    asked = {tuple(x["expect"].get("parts", ())) for x in source.document["examples"].values()}
    assert {part.id for part in shipped(code).parts} <= {part for parts in asked for part in parts}


@pytest.mark.parametrize("path", REFUSED, ids=name_of)
def test_an_example_ends_early_for_the_reason_it_says(path):
    pack, answers, on, expect = example(path)
    assert refused_by(pack, answers, on=on) is pack.eligibility[expect["refused"]]


@pytest.mark.parametrize("path", WRONG, ids=name_of)
def test_an_invalid_example_has_the_problems_it_says(path):
    pack, answers, on, expect = example(path)
    found = {problem.field for problem in problems_in(pack.form, answers, on=on)}
    assert set(expect["problems"]) <= found


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_another_validator_agrees_with_the_published_schema_of_answers(path):
    pack, answers, _on, _expect = example(path)
    jsonschema.Draft202012Validator.check_schema(answers_schema(pack.form))
    jsonschema.validate(answers, answers_schema(pack.form))


@pytest.mark.parametrize("path", DRAWN, ids=name_of)
def test_the_result_is_a_paper_of_one_page_with_the_answers_on_it(path):
    pack, answers, on, _expect = example(path)
    paper = paper_of(
        pack,
        result_for(pack, answers, on=on),
        {
            "code": "H57.14-261124-0018",
            "number": "0018",
            "agency": "Ủy ban nhân dân phường Thuận Hóa",
            "approved_by": "Lê Thị Thanh",
            "approved_on": "2026-11-24",
            "values": values_for_result(
                pack.form, answers, Tongue("vi", {("commune", "19786"): "Phường X"}), on=on
            ),
        },
    )
    (page,) = pypdf.PdfReader(BytesIO(paper)).pages
    text = page.extract_text()
    assert "Lê Thị Thanh" in text
    assert "24/11/2026" in text


@pytest.mark.parametrize("path", INVALID, ids=name_of)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_problem_is_a_whole_sentence_in_both_languages(path, language):
    pack, answers, on, _expect = example(path)
    for problem in problems_in(pack.form, answers, on=on):
        text = problem_text(pack.form, problem, language)
        assert "{" not in text
        with override("vi"):
            assert problem.words or gettext(problem.message) != problem.message


@pytest.mark.parametrize("code", ALONE)
def test_the_stages_take_no_longer_than_the_limit_allows(code):
    """A working day is eight working hours, a week five of them; the same day has eight at most."""
    pack = shipped(code)
    hours = {Unit.WORKING_HOURS: 1, Unit.WORKING_DAYS: 8, Unit.DAYS: Fraction(8 * 5, 7)}
    stages = [stage.limit for stage in pack.workflow if stage.limit]
    taken = sum(Fraction(each.amount) * hours[each.unit] for each in stages)
    for channel in pack.channels:
        limit = usual_limit(pack, channel)
        same_day = limit.unit is Unit.SAME_DAY
        assert taken <= (8 if same_day else Fraction(limit.amount) * hours[limit.unit])


CIVIL_STATUS = {
    *("1.000656", "1.000894", "1.001022", "1.001193", "1.004859", "1.004884", "2.001263"),
}
LAND = {"1.013831", "1.013978"}


def test_what_changes_the_civil_status_or_the_land_register_is_kept_for_good():
    assert {code for code in CODES if shipped(code).keep_forever} == CIVIL_STATUS | LAND

from datetime import UTC, date, datetime

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from motcua.agencies.operations.reference import load_units
from motcua.forms.queries.forms import (
    NoSuchStep,
    misplaced,
    result_values,
    step_view,
    summary_of,
    visible_steps,
)
from motcua.forms.rules.findings import Prefill
from motcua.forms.rules.problems import problems_in
from motcua.kernel.actors import Actor
from motcua.packs.tests.shipped import (
    CODES,
    INVALID,
    VALID,
    example,
    example_of,
    name_of,
    shipped,
)

TODAY = date(2026, 11, 24)
BIRTH = "1.001193"


@pytest.fixture
def units(db):
    """Every unit that the portal knows."""
    load_units(by=Actor.system("test"), at=datetime(2026, 11, 24, tzinfo=UTC))


def drawn(view, language="vi"):
    source = '{% import "forms/step.html" as form %}{{ form.fields(view, "/x/") }}'
    with override(language):
        return (
            get_template("forms/step.html")
            .template.environment.from_string(source)
            .render(view=view)
        )


@pytest.mark.django_db
@pytest.mark.parametrize("path", VALID + INVALID, ids=name_of)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_every_pack_can_be_drawn(path, language):
    pack, answers, on, _expect = example(path)
    for step in pack.form.steps:
        try:
            problems = problems_in(pack.form, answers, step.id, on=on)
            view = step_view(pack.form, step.id, answers, problems, language, on=on)
        except NoSuchStep:
            continue
        html = drawn(view, language)
        assert html.count('class="mc-error"') == len(view.problems)
        for problem in view.problems:
            assert f'id="{problem["at"]}"' in html
            assert problem["message"].split("“")[0] in html.replace("&#39;", "'")
        for field in view.shown.split():
            assert f'"{field}' in html


@pytest.mark.parametrize("code", CODES)
def test_every_page_opens_empty_and_says_nothing_wrong(code, db):
    pack = shipped(code)
    for step in visible_steps(pack.form, {}, on=TODAY):
        view = step_view(pack.form, step.id, {}, (), "vi", on=TODAY)
        assert "mc-error" not in drawn(view)


def test_communes_are_offered_once_the_province_is_chosen(units):
    pack = shipped(BIRTH)
    empty = drawn(step_view(pack.form, "case", {}, (), "vi", on=TODAY))
    chosen = drawn(step_view(pack.form, "case", {"office": {"province": "46"}}, (), "vi", on=TODAY))
    assert "Thành phố Huế" in empty
    assert "Phường Thuận Hóa" not in empty
    assert "Phường Thuận Hóa" in chosen
    assert "Phường Hải Châu" not in chosen


def test_a_commune_of_another_province_is_a_problem_and_is_not_kept_chosen(units):
    pack = shipped(BIRTH)
    answers = {"office": {"province": "48", "commune": "19786"}}
    (problem,) = misplaced(pack.form, answers, "case", on=TODAY)
    assert problem.field == "office.commune"
    assert 'value="19786"' not in drawn(step_view(pack.form, "case", answers, (), "vi", on=TODAY))
    assert misplaced(pack.form, {"office": {"province": "46", "commune": "19786"}}, on=TODAY) == ()
    assert misplaced(pack.form, {"office": "46"}, on=TODAY) == ()


def test_what_was_typed_wrong_is_still_in_the_box(db):
    pack = shipped(BIRTH)
    answers = {"child_name": "M1nh <b>", "child_birth_date": "31/2/2026"}
    problems = problems_in(pack.form, answers, "child", on=TODAY)
    html = drawn(step_view(pack.form, "child", answers, problems, "vi", on=TODAY))
    assert 'value="M1nh &lt;b&gt;"' in html
    for box in ("31", "2", "2026"):
        assert f'value="{box}"' in html
    assert "Tên không được có chữ số: “M1nh” (ví dụ: Trần Nguyễn Minh Anh)" in html


def test_a_filled_in_value_names_its_source(db):
    pack = shipped(BIRTH)
    given = Prefill("+84912345678", "From your account")
    view = step_view(
        pack.form,
        "requester",
        {"phone": given.value},
        (),
        "vi",
        on=TODAY,
        sources={"phone": "Nguồn"},
    )
    html = drawn(view)
    assert 'value="0912 345 678"' in html
    assert "Nguồn" in html


def test_a_page_the_answers_do_not_lead_to_is_not_found(db):
    pack = shipped(BIRTH)
    with pytest.raises(NoSuchStep):
        step_view(pack.form, "parents", {"birth_proof": "abandoned"}, (), "vi", on=TODAY)
    with pytest.raises(NoSuchStep):
        step_view(pack.form, "nothing", {}, (), "vi", on=TODAY)


def test_units_are_called_as_they_were_called_that_day(units):
    pack, answers, on, _expect = example(example_of(BIRTH, "valid-mother-with-certificate"))
    sections = summary_of(pack.form, answers, "vi", on=on)
    assert {line.value for s in sections for line in s.lines if line.field == "office"} == {
        "Phường Thuận Hóa, Thành phố Huế"
    }
    before = result_values(pack.form, answers, "vi", on=date(2020, 1, 1))
    assert before["office"]["commune"] == "Phường Phú Hội"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("value", [[], {}, 0, [[]], [{}]], ids=repr)
def test_a_page_is_drawn_whatever_a_program_kept_as_answers(code, value, db):
    form = shipped(code).form
    answers = {field.id: value for field in form.fields}
    for step in form.steps:
        if step.show is None:
            assert drawn(step_view(form, step.id, answers, (), "vi", on=TODAY))

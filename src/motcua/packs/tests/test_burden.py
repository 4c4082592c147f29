"""Compliance cost: sums worked out by hand, and what holds for every pack and every figure."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.forms.rules.definition import Field, Form, Kind, Rows, Section, Step, Words
from motcua.kernel.money import Dong
from motcua.packs.queries.burden import burden_of, in_order, totals
from motcua.packs.queries.folders import SHIPPED, read_folder
from motcua.packs.rules.burden.assumptions import Assumptions, Effort, less, rounded
from motcua.packs.rules.burden.costs import Origin, Typed, cost_of
from motcua.packs.rules.burden.usual import cases_of
from motcua.packs.rules.definition import CostInputs, CostTask
from motcua.packs.rules.demands import Fee, Paper, PaperForm
from motcua.packs.rules.redtape.whole import redtape
from motcua.packs.tests.shipped import CODES, shipped

HOME = "1.004222"
AN_HOUR = Assumptions(income=Dong(211_200_000))
"""An income that makes an hour worth 100,000 dong."""


def words(text):
    return Words(text, text)


def a_pack(**more):
    """Return a pack that asks where to file (2), who files (4, filled in), a mother (4), a home."""
    person = Field("you", Kind.PERSON, words("Bạn"), source="account.person")
    fields = (
        Field("office", Kind.ADDRESS, words("Nơi nộp"), parts=("province", "commune")),
        person,
        replace(person, id="mother", source="", label=words("Mẹ của trẻ")),
        Field("home", Kind.ADDRESS, words("Nơi cư trú của mẹ")),
    )
    form = Form(words("Tờ khai"), (Step("one", words("Một"), (Section(fields),)),))
    papers = (
        Paper("book", words("Sổ hộ khẩu"), forms=(PaperForm.COPY,)),
        Paper("letter", words("Thư"), forms=(PaperForm.ORIGINAL, PaperForm.CERTIFIED), count=2),
    )
    made = {"form": form, "papers": papers, "fees": (Fee("fee", words("Phí"), 20_000),)}
    return replace(shipped(HOME), unit_field="office", **(made | more))


def reckoned(pack, *, document=None, assumptions=AN_HOUR, **typed):
    document = {"examples": {}} if document is None else document
    findings = redtape(pack)
    return cost_of(pack, document, findings, typed=Typed(**typed), assumptions=assumptions)


def test_a_pack_that_says_nothing_costs_what_the_defaults_say():
    """
    Form: 9 answers × 0.02 h + 4 to confirm × 0.005 h = 0.2 h = 20,000. A copy: 0.25 h + 2,000 =
    27,000. The easier of original (1 h + 15,000) and certified (0.75 h + 15,000 + 2 × 4,000): the
    certified, 98,000. A trip: 115,000. The fee: 20,000. In all 280,000.
    """
    cost = reckoned(a_pack())
    assert [(line.key, line.cost_before.amount) for line in cost.lines] == [
        ("form", 20_000),
        ("paper:book", 27_000),
        ("paper:letter", 98_000),
        ("trip", 115_000),
    ]
    assert cost.before == Dong(280_000)
    assert {line.origin for line in cost.lines} == {Origin.DEFAULT}


def test_what_the_state_holds_is_spared():
    """
    The mother's birth date and sex go (2 × 0.02 h), her home is confirmed (3 × 0.005 h instead of
    3 × 0.02 h), the household book is not handed in: 0.2 h − 0.04 h − 0.045 h = 0.115 h = 11,500.
    """
    cost = reckoned(a_pack())
    assert cost.spared == {
        "paper:book",
        "field:mother.birth_date",
        "field:mother.sex",
        "field:home",
    }
    assert [line.cost_after.amount for line in cost.lines] == [11_500, 0, 98_000, 115_000]
    assert cost.saving == Dong(35_500)


def test_a_years_cost_is_a_filing_times_subjects_times_a_year():
    inputs = CostInputs(subjects_per_year=1_000, times_per_year=1.5)
    cost = reckoned(a_pack(cost=inputs))
    assert cost.filings == 1_500
    assert cost.yearly(cost.before) == Dong(420_000_000)
    assert cost.yearly(cost.saving) == Dong(53_250_000)
    unknown = reckoned(a_pack(cost=CostInputs()))
    assert unknown.filings is None
    assert unknown.yearly(unknown.before) is None


def test_the_packs_own_tasks_stand_before_the_defaults():
    tasks = (
        CostTask(words("Khai"), "form", hours=1),
        CostTask(words("Sao"), "paper:book", hours=0.5, travel=10_000, services=3_000),
        CostTask(words("Chờ"), "wait", hours=0.1),
        CostTask(words("Giấy không hỏi"), "paper:none", hours=9),
    )
    cost = reckoned(a_pack(cost=CostInputs(tasks=tasks)))
    assert [(line.key, line.origin, line.cost_before.amount) for line in cost.lines] == [
        ("task-1", Origin.PACK, 100_000),
        ("task-2", Origin.PACK, 63_000),
        ("task-3", Origin.PACK, 10_000),
        ("paper:letter", Origin.DEFAULT, 98_000),
    ]
    assert [line.cost_after.amount for line in cost.lines] == [57_500, 0, 10_000, 98_000]


def test_what_is_typed_stands_before_everything():
    cost = reckoned(
        a_pack(cost=CostInputs(subjects_per_year=5)),
        assumptions=None,
        income=Dong(211_200_000),
        subjects=10,
        times=Decimal(2),
        efforts={"trip": Effort(Decimal("0.5"), Dong(1), Dong(2))},
        spared=frozenset({"paper:book", "paper:unknown"}),
    )
    assert cost.lines[-1].cost_before == Dong(50_003)
    assert cost.lines[-1].origin is Origin.TYPED
    assert cost.filings == 20
    assert cost.spared == {"paper:book"}
    assert cost.saving == Dong(27_000)
    assert (cost.income_origin, cost.subjects_origin, cost.times_origin) == (Origin.TYPED,) * 3


def test_an_hour_is_a_years_income_by_twelve_months_of_22_days_of_8_hours():
    assert Assumptions().income == Dong(125_500_000)
    assert Assumptions().hour == Dong(59_422)
    assert rounded(Decimal("0.5")) == Dong(1)
    assert rounded(Decimal("1.4")) == Dong(1)


def examples(*answers):
    made = [{"on": "2026-11-24", "answers": each, "expect": {}} for each in answers]
    return {"examples": {f"valid-{n}.json": each for n, each in enumerate(made)}}


def test_of_several_examples_the_lower_middle_one_is_the_usual_case():
    papers = tuple(
        Paper(f"p{n}", words(f"Giấy {n}"), show=f'you.name = "{n}"', count=n + 1) for n in range(4)
    )
    pack = a_pack(papers=papers)
    answers = [{"you": {"name": str(n)}} for n in range(4)]
    assert reckoned(pack, document=examples(*answers)).case == "1"
    assert reckoned(pack, document=examples(*answers[:3])).case == "1"
    assert reckoned(pack, document=examples(*answers), case="3").case == "3"
    assert reckoned(pack, document=examples(*answers), case="9").case == "1"
    assert reckoned(pack, document=examples(*answers)).cases == ("0", "1", "2", "3")


def test_rows_are_counted_as_often_as_they_are_filled():
    columns = (
        Field("born", Kind.DATE, words("Ngày sinh")),
        Field("who", Kind.PERSON, words("Người"), parts=("name", "id")),
        Field("age", Kind.COMPUTED, words("Tuổi"), value="1"),
    )
    group = Field("kids", Kind.GROUP, words("Con"), rows=Rows(columns, words("Con")))
    form = Form(words("A"), (Step("one", words("Một"), (Section((group,)),)),))
    pack = a_pack(form=form, papers=())
    rows = [{"born": "2020-01-01"}, {}, {"born": "2021-01-01"}]
    (case,) = cases_of(pack, examples({"kids": rows}))
    asked = [(question.name, question.times) for question in case.questions]
    assert asked == [("kids.born", 2), ("kids.who.name", 2), ("kids.who.id", 2)]
    (none,) = cases_of(pack, examples({}))
    assert none.questions == ()
    assert cost_of(pack, examples({}), ()).lines[0].cost_before == Dong(0)


def test_tasks_worth_more_than_a_months_income_are_doubted():
    tasks = (CostTask(words("Khai"), "form", hours=176),)
    assert reckoned(a_pack(papers=(), cost=CostInputs(tasks=tasks))).plausible
    tasks = (*tasks, CostTask(words("Sao"), "wait", services=1))
    assert not reckoned(a_pack(papers=(), cost=CostInputs(tasks=tasks))).plausible


def document(code):
    return read_folder(SHIPPED / code).document


@pytest.mark.parametrize("code", CODES)
def test_sparing_nothing_saves_nothing_and_sparing_never_costs(code):
    pack, files = shipped(code), document(code)
    whole = cost_of(pack, files, redtape(pack))
    assert whole.after <= whole.before
    assert cost_of(pack, files, ()).saving == Dong(0)
    assert cost_of(pack, files, redtape(pack), typed=Typed(spared=frozenset())).saving == Dong(0)
    for line in whole.lines:
        assert line.cost_after <= line.cost_before


@settings(max_examples=60, deadline=None)
@given(
    chosen=st.sets(st.sampled_from(["paper:book", "field:home", "field:mother.sex", "field:x"])),
    more=st.sampled_from(["paper:book", "field:home", "field:mother.birth_date"]),
    hours=st.decimals(0, 50, places=2),
    income=st.integers(1, 10**10),
)
def test_sparing_more_never_saves_less(chosen, more, hours, income):
    pack = a_pack()
    facts = {"efforts": {"form": Effort(hours)}, "income": Dong(income), "assumptions": None}
    some = reckoned(pack, spared=frozenset(chosen), **facts)
    also = reckoned(pack, spared=frozenset(chosen | {more}), **facts)
    assert Dong(0) <= some.saving <= also.saving <= also.before
    assert some.before == also.before
    assert sum((e.cost_before for e in some.lines), some.fees) == some.before


@settings(max_examples=60, deadline=None)
@given(subjects=st.integers(0, 10**8), times=st.decimals(0, 366, places=1), by=st.integers(1, 50))
def test_a_years_cost_grows_with_the_number_of_filings(subjects, times, by):
    cost = reckoned(a_pack(), subjects=subjects, times=times)
    more = reckoned(a_pack(), subjects=subjects * by, times=times)
    once, often = cost.yearly(cost.saving).amount, more.yearly(more.saving).amount
    assert abs(often - once * by) <= by
    assert less(cost.yearly(cost.before), cost.yearly(cost.after)).amount - once in (-1, 0, 1)


def test_packs_add_up_with_the_largest_yearly_saving_first():
    many = burden_of(a_pack(code="9.1", cost=CostInputs(subjects_per_year=10)), {}, parts={})
    more = burden_of(a_pack(code="9.2", cost=CostInputs(subjects_per_year=90)), {}, parts={})
    unknown = burden_of(a_pack(code="9.3", cost=CostInputs()), {}, parts={})
    assert [each.code for each in in_order([unknown, many, more])] == ["9.2", "9.1", "9.3"]
    sums = totals([unknown, many, more])
    assert sums.filings == 100
    assert sums.saving.amount == many.cost.saving.amount * 100
    assert sums.per_filing == many.cost.saving
    assert sums.left_out == 1
    assert totals([unknown]).per_filing == Dong(0)

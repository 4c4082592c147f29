"""What packs ask needlessly: every check on a pack that has it and on one that has not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext, override

from motcua.forms.rules.definition import Field, Form, Kind, Section, Step, Words
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit, Unit
from motcua.packs.queries.redtape import told
from motcua.packs.rules.demands import Channel, Paper, PaperForm
from motcua.packs.rules.redtape.findings import Group, Remains, Weight
from motcua.packs.rules.redtape.whole import redtape
from motcua.packs.rules.work import Law, Part, ResultOf
from motcua.packs.tests.judged import JUDGED
from motcua.packs.tests.shipped import CODES, shipped

BIRTH, MARITAL, HOME = "1.001193", "1.004873", "1.004222"


def words(text):
    return Words(text, text)


def found(pack, rule, **more):
    return [each for each in redtape(pack, **more) if each.rule == rule]


def with_papers(*papers):
    return replace(shipped(BIRTH), papers=papers)


def with_fields(*fields):
    pack = shipped(BIRTH)
    more = Step("more", words("Thêm"), (Section(fields),))
    return replace(pack, form=Form(pack.title, (*pack.form.steps, more)))


def paper(name, number=0, **more):
    return Paper(id=f"p{number}", name=words(name), legal="60/2014/QH13", **more)


@pytest.mark.parametrize("code", [code for code in CODES if code in JUDGED])
def test_a_shipped_pack_is_accused_of_what_was_judged_by_hand_and_of_nothing_else(code):
    pack = shipped(code)
    parts = {part.procedure: shipped(part.procedure) for part in pack.parts}
    named = []
    for each in redtape(pack, parts=parts):
        if each.group is Group.CERTIFIED:
            named.append(f"certified:{pack.papers[each.path[2]].id}")
        named += each.spares
    assert sorted(named) == sorted(JUDGED[code].split())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_is_a_whole_sentence_with_its_cure(code, language):
    for each in redtape(shipped(code)):
        said = told(each, language)
        assert "{" not in said.message + said.cure + said.law
        assert said.group_name
        assert said.weight_name
        with override("vi"):
            assert gettext(each.message) != each.message
            assert gettext(each.cure) != each.cure


def test_a_paper_of_everybody_weighs_more_than_one_of_some_or_a_fallback():
    everybody = paper("Sổ hộ khẩu")
    some = paper("Giấy khai sinh", 1, show="surrogacy")
    fallback = paper("Thẻ căn cước", 2, spared_when="present(requester.id)")
    weights = {
        e.spares[0]: e.weight for e in found(with_papers(everybody, some, fallback), "paper-held")
    }
    assert weights == {
        "paper:p0": Weight.HEAVY,
        "paper:p1": Weight.MIDDLE,
        "paper:p2": Weight.LIGHT,
    }


def test_kinship_is_left_to_confirm_and_a_household_book_is_not():
    pack = with_papers(paper("Sổ hộ khẩu"), paper("Giấy tờ chứng minh quan hệ nhân thân", 1))
    assert [e.remains for e in found(pack, "paper-held")] == [Remains.NOTHING, Remains.CONFIRM]


def test_what_decides_the_office_stays_asked():
    pack = shipped(BIRTH)
    field = Field("office", Kind.ADDRESS, words("Nơi cư trú"))
    step = Step("case", words("A"), (Section((field,)),))
    assert not found(replace(pack, form=Form(pack.title, (step,))), "field-held")


def test_one_paper_under_two_names_of_its_form_is_asked_twice():
    one, same = paper("Giấy chứng sinh"), paper("Bản sao giấy chứng sinh", 1)
    assert [e.spares for e in found(with_papers(one, same), "paper-twice")] == [("paper:p1",)]
    assert not found(with_papers(one, paper("Giấy báo tử", 1)), "paper-twice")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"cases": ("a",)}, {"cases": ("b",)}),
        ({"show": 'relation = "mother"'}, {"show": "relation = 'father'"}),
        ({"show": "surrogacy"}, {"show": "not surrogacy"}),
        ({"show": "not (surrogacy)"}, {"show": "surrogacy"}),
    ],
)
def test_a_paper_that_nobody_is_asked_for_twice_is_none(one, other):
    pack = with_papers(paper("Giấy chứng sinh", **one), paper("Giấy chứng sinh", 1, **other))
    assert not found(pack, "paper-twice")


def linked(**papers):
    wanted = {"authorisation": "p0"}
    parts = (
        Part("birth", BIRTH, words("Khai sinh"), {}, wanted),
        Part("marital", MARITAL, words("Hôn nhân"), {}, papers),
    )
    return replace(with_papers(paper("Ủy quyền"), paper("Giấy ủy quyền khác", 1)), parts=parts)


def test_parts_of_one_filing_share_a_paper():
    others = {code: shipped(code) for code in (BIRTH, MARITAL)}
    assert found(linked(authorisation="p1"), "paper-twice", parts=others)
    assert not found(linked(authorisation="p0"), "paper-twice", parts=others)
    assert not found(linked(authorisation=ResultOf("birth")), "paper-twice", parts=others)
    assert not found(linked(authorisation="p1"), "paper-twice")


def test_a_filing_does_not_ask_for_what_it_issues():
    others = {code: shipped(code) for code in (BIRTH, MARITAL)}
    pack = replace(linked(), papers=(paper("Bản sao Giấy khai sinh"),))
    (each,) = found(pack, "paper-is-result", parts=others)
    assert each.facts["id"] == "birth"


def test_a_question_stands_twice_under_one_heading_but_not_under_two():
    one = Field("a", Kind.TEXT, words("Số nhà"))
    pack = with_fields(one, replace(one, id="b"))
    assert [e.spares for e in found(pack, "field-twice")] == [("field:b",)]
    form = pack.form
    apart = replace(
        form.steps[-1], sections=tuple(Section((f,), words(f.id)) for f in form.steps[-1].fields)
    )
    assert not found(replace(pack, form=Form(form.title, (*form.steps[:-1], apart))), "field-twice")


def test_one_phone_of_the_account_is_asked_once_and_two_persons_are_two():
    phone = Field("p", Kind.PHONE, words("Số máy"), source="account.phone")
    person = Field("q", Kind.PERSON, words("Người đi cùng"), source="account.person")
    assert found(with_fields(phone), "field-twice")
    assert not found(with_fields(replace(phone, source="")), "field-twice")
    assert not found(with_fields(person), "field-twice")


def test_a_certified_copy_weighs_where_nothing_else_will_do():
    only = paper("Bằng", forms=(PaperForm.CERTIFIED,))
    either = paper("Bản án", 1, forms=(PaperForm.ORIGINAL, PaperForm.CERTIFIED))
    plain = paper("Thư", 2, forms=(PaperForm.COPY, PaperForm.CERTIFIED))
    weights = [e.weight for e in found(with_papers(only, either, plain), "certified")]
    assert weights == [Weight.HEAVY, Weight.LIGHT]


def test_time_is_held_to_the_law_and_to_what_is_published():
    pack = shipped(HOME)
    record = {Channel.ONLINE: Limit(Decimal(5), Unit.WORKING_DAYS)}
    (each,) = found(pack, "longer-than-published", record=record)
    assert (each.facts["own"], each.facts["record"]) == ("56", "40")
    longer = {Channel.ONLINE: Limit(Decimal(7), Unit.WORKING_DAYS)}
    assert not found(pack, "longer-than-published", record=longer)
    first = replace(pack.workflow[0], limit=Limit(Decimal(3), Unit.WORKING_DAYS))
    assert found(replace(pack, workflow=(first, *pack.workflow[1:])), "too-slow")
    assert not found(pack, "too-slow")


def test_the_same_hands_need_no_second_step_unless_four_eyes_do():
    steps = list(shipped(HOME).workflow)
    steps[1] = replace(steps[1], role=Role.CLERK)
    assert found(replace(shipped(HOME), workflow=tuple(steps)), "same-role")
    steps[1] = replace(steps[1], four_eyes=True)
    assert not found(replace(shipped(HOME), workflow=tuple(steps)), "same-role")


def test_every_demand_names_its_law():
    pack = shipped(BIRTH)
    bare = replace(
        pack,
        papers=tuple(replace(p, legal="") for p in pack.papers[:1]),
        fees=tuple(replace(f, legal="") for f in pack.fees),
    )
    assert len(found(bare, "paper-without-law")) == 1
    assert len(found(bare, "fee-without-law")) == 1
    assert not found(pack, "fee-without-law")
    limits = tuple(replace(each, legal="60/2014/QH13") for each in pack.limits)
    assert not found(replace(pack, limits=limits), "limit-without-law")
    steps = (replace(pack.workflow[0], legal="60/2014/QH13"), *pack.workflow[1:])
    assert len(found(replace(pack, workflow=steps), "step-without-law")) == len(steps) - 1
    assert len(found(pack, "step-without-law")) == 1
    assert not found(replace(pack, workflow=()), "step-without-law")


def test_a_law_that_ended_weighs_most_where_a_demand_stands_on_it():
    pack = shipped(BIRTH)
    old = Law("60/2014/QH13", words("Luật Hộ tịch"), valid_to=date(2026, 6, 30))
    over = replace(pack, legal=(old, *pack.legal[1:]))
    assert not found(over, "law-over", on=date(2026, 6, 30))
    weights = {e.weight for e in found(over, "law-over", on=date(2026, 7, 1))}
    assert weights == {Weight.HEAVY, Weight.MIDDLE}


def test_an_answer_nobody_uses_is_named_and_one_that_is_used_is_not():
    plain = Field("zodiac", Kind.TEXT, words("Cung hoàng đạo"))
    assert found(with_fields(plain), "unused-field")[-1].facts["field"] == plain.label
    count = len(found(shipped(BIRTH), "unused-field"))
    for used in (
        replace(plain, searchable=True),
        replace(plain, kind=Kind.PHONE),
        replace(plain, label=words("Địa chỉ nhận kết quả")),
        replace(plain, label=words("Số định danh cá nhân của bạn")),
        replace(plain, kind=Kind.PERSON, source="account.person"),
        replace(plain, show="present(zodiac)"),
    ):
        assert len(found(with_fields(used), "unused-field")) == count
    pack = with_fields(plain)
    printed = {**pack.templates, "result.typ": "#row([Cung], a.zodiac)"}
    assert plain.label not in [
        e.facts["field"] for e in found(replace(pack, templates=printed), "unused-field")
    ]
    commented = {**pack.templates, "other.typ": "// a.zodiac\n/* a.zodiac */"}
    assert len(found(replace(pack, templates=commented), "unused-field")) == count + 1

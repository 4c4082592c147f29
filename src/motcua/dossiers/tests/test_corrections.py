"""A correction does not wipe out what was declared before: both are shown, to who may see them."""

from django.apps import apps
from django.utils.translation import override

from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.export import my_dossiers_whole
from motcua.dossiers.rules.corrections import before_each, was_declared
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import CLERK, LAN, MONDAY
from motcua.dossiers.web.desk.checks import checks_of
from motcua.dossiers.web.handed import filed_on
from motcua.dossiers.web.lacking import answers_sent
from motcua.dossiers.web.timeline import doors_of
from motcua.forms.queries.forms import summary_of
from motcua.packs.queries.packs import pack

WHY = "Họ tên không khớp với giấy tờ."
ASKED = {"papers": [], "fields": ["full_name"]}
BETTER = "Nguyễn Thị Lan Anh"


def test_what_was_declared_first_is_told_at_the_correction_and_beside_the_field(file):
    code = file().code
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=ASKED)
    answer_supplement(code, {"full_name": BETTER}, by=LAN, at=MONDAY)
    told = "“Nguyễn Thị Lan”, nay là “Nguyễn Thị Lan Anh”"
    with override("vi"):
        mine = dossier(code, by=LAN, at=MONDAY)
        definition = pack(mine.pack)
        assert any(told in note for door in doors_of(mine, definition) for note in door.notes)
        view = dossier(code, by=CLERK, at=MONDAY)
        ((_given, said),) = answers_sent(view, definition)["sent"].values()
        assert any(told in each for each in said)
        pages = summary_of(definition.form, view.answers, "vi", on=filed_on(view))
        shown = checks_of(view, definition, pages, None, at=MONDAY, language="vi")
        values = [value for page in shown.sections for _label, value, *_ in page.rows]
        assert "Nguyễn Thị Lan Anh\nTrước đó đã khai: “Nguyễn Thị Lan”" in values
    (steps,) = (x.rows for x in my_dossiers_whole(by=LAN) if x.name == "cac-buoc")
    assert steps[-1]["was_declared"] == {"full_name": "Nguyễn Thị Lan"}


def test_the_news_of_a_correction_carries_nothing_that_was_declared(file):
    code = file().code
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=ASKED)
    answer_supplement(code, {"full_name": BETTER}, by=LAN, at=MONDAY)
    entries = apps.get_model("backbone", "Entry").objects.filter(
        subject=code, name="dossiers.moved"
    )
    assert entries.exists()
    assert "Nguyễn Thị Lan" not in " ".join(str(x.facts["details"]) for x in entries)


def test_each_correction_of_several_is_known_from_what_to_what():
    first, second, third = {"a": 1}, {"a": 2, "b": [1]}, {"b": [2], "c": "x"}
    history = [{}, {"was": was_declared(first, second)}, {}, {"was": was_declared(second, third)}]
    assert before_each(history, third) == {1: (first, second), 3: (second, third)}
    assert was_declared(third, third) == []

"""Which questions a posted page had asked: others are asked next, not called wrong."""

import pytest

from motcua.forms.queries.forms import step_view, was_asked
from motcua.forms.tests.every_kind import GOODS, TODAY, field, form_of

FORM = form_of(field("name", "text"), GOODS)


@pytest.mark.parametrize(
    ("place", "shown", "asked"),
    [
        ("name", "name", True),
        ("name", "goods", False),
        ("goods", "goods", True),
        ("goods.0.item", "goods", True),
        ("goods.0.cooled", "goods", False),
        ("goods.0.cooled", "goods goods.1.cooled", False),
        ("goods.0.cooled", "goods goods.0.cooled", True),
        ("goods.0.cooled", "goods.0.cooled", False),
        ("nowhere.0.cooled", "goods nowhere", True),
    ],
)
def test_a_cell_that_only_some_rows_show_was_asked_where_the_page_listed_it(place, shown, asked):
    assert was_asked(FORM, "only", place, shown.split()) is asked


def test_a_page_lists_the_cells_that_its_rows_show_on_a_condition():
    answers = {"goods": [{"sort": "dry"}, {"sort": "fresh"}]}
    view = step_view(FORM, "only", answers, (), "en", on=TODAY)
    assert view.shown.split() == ["name", "goods", "goods.1.cooled"]

"""What is put down in pages is escaped as Jinja2 escapes it, in whatever way it gets there."""

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from motcua.backbone.templating import escaped

WAYS = (
    "{{ x }}",
    "{% set y %}{{ x }}{% endset %}{{ y }}",
    "{% macro m(z) %}{{ z }}{% endmacro %}{{ m(x) }}",
    "{% filter upper %}{{ x }}{% endfilter %}",
    "{% for z in [x] %}{{ z }}{% endfor %}",
    "{% trans x=x %}{{ x }}{% endtrans %}",
)
ANYTHING = st.one_of(st.text(), st.text(alphabet="&<>\"'a;"), st.integers(), st.none())


@given(ANYTHING)
def test_a_value_is_escaped_as_jinja2_would(value):
    assert escaped(value) == str(escape(value))
    assert escaped(Markup(value)) == str(Markup(value))


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_a_page_lets_markup_through(way):
    pages = engines["jinja2"].env
    there = pages.from_string(way).render(x="<b title='1'>&\"")
    assert there.lower() == "&lt;b title=&#39;1&#39;&gt;&amp;&#34;"
    assert pages.from_string(way).render(x=Markup("<b>")).lower() == "<b>"


def test_an_unknown_name_is_still_an_error():
    with pytest.raises(UndefinedError):
        engines["jinja2"].env.from_string("{{ nobody }}").render()

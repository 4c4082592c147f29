"""What a page calls is called as Jinja2 calls it, macros and functions alike."""

import pytest
from django.template import engines
from jinja2 import Environment, StrictUndefined, pass_context

MACROS = """
{% macro m(a, b="B", c=none) %}{{ a }}|{{ b }}|{{ c }}{% endmacro %}
{% macro around(a, caller=None) %}<{{ a }}{{ caller() if caller }}>{% endmacro %}
{% macro implied(a) %}<{{ a }}{{ caller() }}>{% endmacro %}
{% macro many(a) %}{{ a }}{{ varargs | join }}{{ kwargs | dictsort }}{% endmacro %}
"""
CALLS = (
    "{{ m('<x>') }}",
    "{{ m('x', c='<y>') }}",
    "{{ m(b='y', a='x') }}",
    "{{ m('x', 'y', 'z') }}",
    "{% for x in '<a>' %}{{ m(x, c=loop.index) }}{% endfor %}",
    "{{ around('x') }}",
    "{% call around('x') %}<b>{{ '<' }}{% endcall %}",
    "{% call implied('x') %}<b>{% endcall %}",
    "{{ many('x', 1, 2, y='<') }}",
    "{% autoescape false %}{{ m('<x>') }}{% endautoescape %}",
    "{% set x = 1 %}{{ of_page('x') }}{% for x in (2, 3) %}{{ of_page('x') }}{% endfor %}",
    "{{ plain('a', b='<') }}",
    "{% block x %}{{ m('<x>', plain('a', b='c')) }}{% endblock %}",
)
WRONG = ("{{ m('x', d=1) }}", "{{ m(1, 2, 3, 4) }}", "{{ m(1, a=2) }}", "{{ implied(1) }}")


@pass_context
def of_page(context, name):
    return f"{name}={context[name]}"


def plain(a, *, b):
    return a + b


def drawn(pages, call):
    return pages.from_string(MACROS + call).render(of_page=of_page, plain=plain).strip()


@pytest.fixture
def usual():
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@pytest.mark.parametrize("call", CALLS)
def test_a_call_gives_what_jinja_gives(call, usual):
    assert drawn(engines["jinja2"].env, call) == drawn(usual, call)


@pytest.mark.parametrize("call", WRONG)
def test_a_wrong_call_is_the_same_error(call, usual):
    with pytest.raises(Exception) as theirs:  # noqa: PT011 (whatever theirs is)
        drawn(usual, call)
    with pytest.raises(theirs.type, match=str(theirs.value).partition("(")[0]):
        drawn(engines["jinja2"].env, call)

"""The living page shows every component there is."""

import re
from pathlib import Path

import pytest
from django.template import engines

from motcua.portal.web.samples_blocks import REST
from motcua.portal.web.samples_desk import DESK
from motcua.portal.web.samples_forms import FORMS
from motcua.portal.web.samples_kinds import KINDS_OF_FIELDS

CITIZENS = FORMS + KINDS_OF_FIELDS + REST
ALL = CITIZENS + DESK
pytestmark = pytest.mark.django_db


def test_every_component_is_shown():
    offered = vars(engines["jinja2"].env.get_template("backbone/mc.html").module)
    macros = {name for name, thing in offered.items() if type(thing).__name__ == "Macro"}
    shown = set(re.findall(r"mc\.(\w+)\(", " ".join(sample.source for sample in ALL)))
    assert macros - shown == {"door"}
    assert shown <= macros


def test_every_macro_of_the_house_is_offered():
    folder = Path(engines["jinja2"].env.get_template("backbone/mc.html").filename).parent / "mc"
    written = {
        name
        for file in folder.glob("*.html")
        for name in re.findall(r"{% macro (\w+)", file.read_text())
    }
    offered = set(vars(engines["jinja2"].env.get_template("backbone/mc.html").module))
    parts = {"described_by", "hint_of", "error_of", "optional_mark", "choices"}
    assert written - parts <= offered


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("path", "samples"),
    [("/design/", CITIZENS), ("/design/ban-lam-viec/", DESK)],
)
def test_the_page_shows_each_sample_and_its_call(client, path, samples, language):
    client.cookies["motcua_language"] = language
    html = client.get(path).content.decode()
    for sample in samples:
        assert f'id="{sample.name}"' in html
    assert "{{ mc." in html
    assert "style=" not in html

"""The living page of the components: each one rendered, with the call that renders it."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.views.decorators.http import require_safe
from jinja2 import Template

from motcua.portal.web.samples import Sample
from motcua.portal.web.samples_blocks import REST
from motcua.portal.web.samples_desk import DESK
from motcua.portal.web.samples_forms import FORMS
from motcua.portal.web.samples_kinds import KINDS_OF_FIELDS

IMPORT = '{% import "backbone/mc.html" as mc %}'


@dataclass(frozen=True, slots=True)
class Shown:
    """A sample with what it renders to."""

    section: str
    name: str
    source: str
    html: str


@require_safe
def citizens(request: HttpRequest) -> HttpResponse:
    """Show the components of citizens' pages."""
    return _page(request, "portal/design.html", FORMS + KINDS_OF_FIELDS + REST)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what only officials' pages use, in their frame."""
    return _page(request, "portal/design_desk.html", DESK)


def _page(request: HttpRequest, template: str, samples: tuple[Sample, ...]) -> HttpResponse:
    shown = [Shown(s.section, s.name, s.source, _compiled(s).render()) for s in samples]
    sections = [(name, list(group)) for name, group in groupby(shown, lambda s: s.section)]
    return render(request, template, {"sections": sections})


@cache
def _compiled(sample: Sample) -> Template:
    backend = engines["jinja2"]
    assert isinstance(backend, Jinja2)
    return backend.env.from_string(IMPORT + sample.source)

"""The answers of a dossier to take away: JSON, CSV or PDF, for its applicant and its agency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.queries.dossiers import DossierView, answers_for_taking
from motcua.dossiers.rules.purposes import purpose_of
from motcua.dossiers.web.handed import filed_on
from motcua.files.queries.kept import infos_for_room
from motcua.forms.queries.exports import answers_as_csv, answers_as_json, answers_as_pdf
from motcua.forms.queries.forms import files_in
from motcua.packs.queries.packs import Pack, pack


@dataclass(frozen=True, slots=True)
class Made:
    """A way of writing answers down: its media type, and what writes a dossier's."""

    media_type: str
    of: Callable[[DossierView, Pack], bytes]


@require_safe
@signed_in
def take(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """Give the answers as a file; an official's taking is written down for the applicant."""
    if ending not in WAYS:
        raise Http404
    by = actor_of(request)
    view = answers_for_taking(code, by=by, at=now(), purpose=purpose_of(by))
    way = WAYS[ending]
    answer = HttpResponse(way.of(view, pack(view.pack)), content_type=way.media_type)
    answer["Content-Disposition"] = f'attachment; filename="to-khai-{view.code}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _as_json(view: DossierView, definition: Pack) -> bytes:
    """Return the answers as a document that names the version of the pack they were given under."""
    return answers_as_json(
        definition.form, view.answers, version=view.pack, on=filed_on(view), accepted=True
    )


def _as_csv(view: DossierView, definition: Pack) -> bytes:
    names, language = _names(view, definition), get_language() or "vi"
    return answers_as_csv(
        definition.form, view.answers, language, on=filed_on(view), files=names, version=view.pack
    )


def _as_pdf(view: DossierView, definition: Pack) -> bytes:
    facts = [
        (_("Dossier code"), view.code),
        (_("Applicant"), view.applicant_name),
        (_("Agency"), agency(view.agency).name),
        (_("Time of filing"), moment(view.filed_at)),
        (_("Version of the form"), view.pack),
    ]
    return answers_as_pdf(
        definition.form,
        view.answers,
        get_language() or "vi",
        on=filed_on(view),
        facts=facts,
        files=_names(view, definition),
    )


def _names(view: DossierView, definition: Pack) -> Mapping[str, str]:
    """Return the names of the files among the answers, by id."""
    held = files_in(definition.form, view.answers)
    wanted = [file for files in held.values() for file in files]
    return {file.id: file.name for file in infos_for_room(wanted)} if wanted else {}


WAYS = {
    "json": Made("application/json", _as_json),
    "csv": Made("text/csv; charset=utf-8", _as_csv),
    "pdf": Made("application/pdf", _as_pdf),
}
"""The ways to take answers away, by the ending of the file's name."""

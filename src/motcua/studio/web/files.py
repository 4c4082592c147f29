"""The files of a draft as text: read, edited, added, removed, sent in and fetched together."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import StaleVersion, TooLarge
from motcua.kernel.actors import Role
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.files import belongs
from motcua.studio.operations.drafting import write
from motcua.studio.queries.drafts import DraftView
from motcua.studio.queries.judging import judged
from motcua.studio.rules.parcels import climbs, parcel_of, zipped
from motcua.studio.web.showing import changed_meanwhile, form, found, seen_in, show
from motcua.studio.web.wording import ADDED, EDITED, REMOVED, SENT

LARGEST_SENT = 12_000_000
"""Bytes of all that is sent at once."""
MOST_SENT = 100


class NoSuchFile(NotFound):
    code = "studio.no-such-file"
    message = N_("This draft has no file of this name. See the list of its files.")


class NotItsName(Invalid):
    code = "studio.not-its-name"
    message = N_("A pack has no file of this name. Write one like examples/valid-twins.yaml.")


class NameTaken(Invalid):
    code = "studio.name-taken"
    message = N_("There is a file of this name. Edit it, or choose another name.")


@require_safe
@officials_only(Role.ADMINISTRATOR)
def listed(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the files, and how many faults each has."""
    draft = found(request, draft_id)
    faults: dict[str, int] = {}
    for fault in judged(draft.files).errors:
        faults[fault.file] = faults.get(fault.file, 0) + 1
    return show(request, "files", draft=draft, faults=faults, refused=())


@require_safe
@officials_only(Role.ADMINISTRATOR)
def read(request: HttpRequest, draft_id: UUID, file: str) -> HttpResponse:
    """Show a file with numbers of its lines, and what is wrong in which."""
    draft, text = _file(request, draft_id, file)
    faults: dict[int, list[str]] = {}
    checked = judged(draft.files)
    for fault in (*checked.errors, *checked.warnings):
        if fault.file == file:
            faults.setdefault(fault.line, []).append(fault.message)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return show(request, "file", draft=draft, name=file, lines=lines, faults=faults)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def edit(request: HttpRequest, draft_id: UUID, file: str) -> HttpResponse:
    """Edit a file as text; what another changed first is shown beside what was typed."""
    draft, text = _file(request, draft_id, file)
    if request.method != "POST":
        return form(request, "edit", None, "text", draft=draft, name=file, text=text, theirs=None)
    typed = _text(request)
    try:
        write(
            draft_id,
            {file: typed},
            what=EDITED,
            seen=seen_in(request),
            by=actor_of(request),
            at=now(),
        )
    except StaleVersion:
        draft, theirs = _file(request, draft_id, file)
        facts = {"draft": draft, "name": file, "text": typed, "theirs": theirs}
        return show(request, "edit", 412, problems=[], errors={}, **facts)
    except Invalid as error:
        return form(request, "edit", error, "text", draft=draft, name=file, text=typed, theirs=None)
    messages.success(request, _("Saved: {file}.").format(file=file))
    return redirect("studio:file", draft_id=draft_id, file=file)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def add(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Add a file; an example begins as a copy of one there is."""
    draft = found(request, draft_id)
    refusal: Invalid | None = None
    if request.method == "POST":
        name = request.POST.get("name", "").strip()
        try:
            _check_name(draft, name)
            text = _text(request) or draft.files.get(request.POST.get("like", ""), "")
            seen, by = seen_in(request), actor_of(request)
            write(draft_id, {name: text}, what=ADDED, seen=seen, by=by, at=now())
        except Invalid as error:
            refusal = error
        else:
            messages.success(request, _("Added: {file}.").format(file=name))
            return redirect("studio:edit_file", draft_id=draft_id, file=name)
    examples = [(name, name) for name in sorted(draft.files) if name.startswith("examples/")]
    return form(request, "add_file", refusal, "name", draft=draft, examples=examples)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def remove(request: HttpRequest, draft_id: UUID, file: str) -> HttpResponse:
    """Ask, then take a file away."""
    draft, _text_of_it = _file(request, draft_id, file)
    if request.method == "POST":
        seen, by = seen_in(request), actor_of(request)
        write(draft_id, {file: None}, what=REMOVED, seen=seen, by=by, at=now())
        messages.success(request, _("Removed: {file}.").format(file=file))
        return redirect("studio:files", draft_id=draft_id)
    return show(request, "remove_file", draft=draft, name=file)


@require_POST
@officials_only(Role.ADMINISTRATOR)
def send(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take files from a computer, or a zip of them; name each that is refused."""
    draft = found(request, draft_id)
    sent = request.FILES.getlist("files")[:MOST_SENT]
    if sum(each.size or 0 for each in sent) > LARGEST_SENT:
        raise TooLarge
    inside = "examples/" if request.POST.get("examples") else ""
    named = [(each.name or "", each.read()) for each in sent]
    parcel = parcel_of(named, belongs=belongs, inside=inside)
    try:
        seen, by = seen_in(request), actor_of(request)
        if parcel.files:
            write(draft_id, dict(parcel.files), what=SENT, seen=seen, by=by, at=now())
    except StaleVersion:
        messages.warning(request, changed_meanwhile())
        return redirect("studio:files", draft_id=draft_id)
    if parcel.refused or not parcel.files:
        draft = found(request, draft_id)
        facts = {"draft": draft, "faults": {}, "refused": parcel.refused}
        return show(request, "files", 422, taken=sorted(parcel.files), **facts)
    told = _("Taken: {files}.").format(files=", ".join(sorted(parcel.files)))
    messages.success(request, told)
    return redirect("studio:files", draft_id=draft_id)


@require_safe
@officials_only(Role.ADMINISTRATOR)
def as_zip(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give all files as the folder that `motcua packs` reads."""
    draft = found(request, draft_id)
    return zip_answer(draft.files, draft.code)


def zip_answer(files: Mapping[str, str], code: str) -> HttpResponse:
    """Return files as a zip to be kept."""
    folder = "".join(c if c.isalnum() or c in ".-" else "-" for c in code) or "pack"
    answer = HttpResponse(zipped(files, folder=folder), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{folder}.zip"'
    return answer


def _file(request: HttpRequest, draft_id: UUID, name: str) -> tuple[DraftView, str]:
    draft = found(request, draft_id)
    if name not in draft.files:
        raise NoSuchFile
    return draft, draft.files[name]


def _text(request: HttpRequest) -> str:
    """Return the text of the form as it stands in files: lines end with one character."""
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")
    return text if not text or text.endswith("\n") else f"{text}\n"


def _check_name(draft: DraftView, name: str) -> None:
    if climbs(name) or not belongs(name):
        raise NotItsName(problems=[{"at": "name", "message": NotItsName.message}])
    if name in draft.files:
        raise NameTaken(problems=[{"at": "name", "message": NameTaken.message}])

"""Pages on which officials note what they found: papers checked, places marked, notes."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.operations.remarks import (
    Finding,
    Written,
    check_paper,
    mark_paper,
    remove_mark,
    write_note,
)
from motcua.dossiers.queries.dossiers import case_for_work
from motcua.dossiers.queries.noted import remarks_of
from motcua.dossiers.rules.purposes import purpose_of
from motcua.dossiers.rules.remarks import WHOLE, Box, SeenAs, Verdict
from motcua.dossiers.web.desk.case import for_official
from motcua.dossiers.web.desk.context import part_of
from motcua.dossiers.web.handed import papers_shown
from motcua.dossiers.web.marked import page_address
from motcua.dossiers.web.pages import page
from motcua.files.operations.drawing import MOST_PAGES, draw_page
from motcua.files.queries.kept import KeptFile
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@require_POST
@officials_only()
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Note how a paper was found: the pressed button says it, one press a paper."""
    by, at, posted = actor_of(request), localtime(now()), request.POST
    for_official(code, by=by, at=at)
    paper, verdict = posted.get("giay", "")[:80], posted.get("ket-luan", "")
    if verdict not in set(Verdict):
        raise Http404
    seen = posted.get("da-xem", "")
    finding = Finding(
        Verdict(verdict),
        SeenAs(seen) if seen in set(SeenAs) else SeenAs.FILE,
        posted.get("loi", ""),
    )
    done = attempt(lambda: check_paper(code, paper, finding, by=by, at=at))
    if isinstance(done, Refusal):
        messages.error(request, sentence_of(done))
    return redirect(f"{_case(request, code)}#kiem-tra")


@require_POST
@officials_only()
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a note for colleagues."""
    by, at = actor_of(request), localtime(now())
    for_official(code, by=by, at=at)
    done = attempt(lambda: write_note(code, request.POST.get("loi", ""), by=by, at=at))
    if isinstance(done, Refusal):
        messages.error(request, sentence_of(done))
    else:
        messages.success(request, _("The note is kept; only your agency reads it."))
        for sentence in _who_reads_it(done):
            messages.warning(request, sentence)
    return redirect(f"{_case(request, code)}#ghi-chu")


def _who_reads_it(written: Written) -> list[str]:
    """Say of each whom a note names and who does not read it now, who does instead."""
    told = []
    for one in written.away:
        facts = {"name": one.name, "moment": moment(one.until), "deputy": one.deputy_name}
        if one.deputy:
            told.append(_("%(name)s is away until %(moment)s; %(deputy)s is told, too.") % facts)
        else:
            told.append(
                _("%(name)s is away until %(moment)s, and nobody reads it in their place.") % facts
            )
    gone = _("%(name)s holds no post here now and is not told.")
    return [*told, *(gone % {"name": name} for name in written.gone)]


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only()
def marks(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """Show a file with its marks, and put another on it: by pointer, or by numbers."""
    by, at, posted = actor_of(request), localtime(now()), request.POST
    for_official(code, by=by, at=at)
    file = str(file)
    if request.method != "POST":
        return _marks(request, code, file)
    if "xoa" in posted:
        number = posted["xoa"]
        mark = int(number) if number.isdecimal() and len(number) < 18 else 0
        gone = attempt(lambda: remove_mark(code, mark, by=by, at=at))
        if isinstance(gone, Refusal):
            return _marks(request, code, file, gone)
        return redirect(_here(request, code, file, _page(request)))
    box = Box.within(_page(request), *_numbers(request))
    done = attempt(lambda: mark_paper(code, file, box, posted.get("loi", ""), by=by, at=at))
    if isinstance(done, Refusal):
        return _marks(request, code, file, done)
    messages.success(request, _("Marked. The applicant sees it when you ask for the paper."))
    return redirect(_here(request, code, file, _page(request)))


def _marks(
    request: HttpRequest, code: str, file: str, refusal: Refusal | None = None
) -> HttpResponse:
    by, at = actor_of(request), localtime(now())
    view = case_for_work(code, by=by, at=at, purpose=purpose_of(by))
    papers = papers_shown(view, pack(view.pack), get_language() or "vi")
    found = [(paper, kept) for paper in papers for kept in paper.files if kept.id == file]
    if not found:
        raise Http404
    paper, kept = found[0]
    problems = [{"at": "loi", "message": sentence_of(refusal)}] if refusal else []
    facts = {
        "view": view,
        "paper": paper,
        "file": kept,
        "marks": [each for each in remarks_of(code, by=by).marks if each.file == file],
        **_turned(request, code, kept, at=at),
        "typed": request.POST,
        "back": f"{_case(request, code)}{'&' if part_of(request) else '?'}"
        f"{urlencode({'giay': paper.id})}",
        "part": part_of(request),
        "problems": problems,
    }
    return page(request, "desk/marks", facts, status=status_of(refusal) if refusal else 200)


def _turned(request: HttpRequest, code: str, file: KeptFile, *, at: datetime) -> dict[str, object]:
    """Return the page of a PDF to mark, as a picture where one can be made, and its other pages."""
    number = _page(request)
    if file.is_picture or isinstance(attempt(lambda: draw_page(file.id, number, at=at)), Refusal):
        return {"picture": None}
    pages = range(1, min(file.pages or 1, MOST_PAGES) + 1)
    return {
        "picture": page_address(code, file.id, number),
        "number_shown": number,
        "turns": [(each, _here(request, code, file.id, each)) for each in pages],
    }


def _page(request: HttpRequest) -> int:
    """Return the page of a PDF that the address or the form names."""
    named: str = request.POST.get("trang", request.GET.get("trang", ""))
    return max(_number(named, 1), 1)


def _numbers(request: HttpRequest) -> tuple[int, int, int, int]:
    """Return left, top, width and height, typed in hundredths of the page, in thousandths."""
    left, top, width, height = (
        _number(request.POST.get(name, ""), 0) * WHOLE // 100
        for name in ("trai", "tren", "rong", "cao")
    )
    return left, top, width, height


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else usual


def _case(request: HttpRequest, code: str) -> str:
    return reverse("dossiers:case", kwargs={"code": code}) + part_of(request)


def _here(request: HttpRequest, code: str, file: str, page: int = 1) -> str:
    there = reverse("dossiers:marks", kwargs={"code": code, "file": file}) + part_of(request)
    return f"{there}{'&' if '?' in there else '?'}trang={page}" if page > 1 else there

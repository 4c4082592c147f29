"""The files of a paper beside what was declared: every page of a PDF as a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from motcua.dossiers.web.handed import PaperShown
from motcua.dossiers.web.marked import page_address
from motcua.files.operations.drawing import MOST_PAGES
from motcua.files.queries.kept import KeptFile
from motcua.files.queries.pages import sizes_drawn

AT_ONCE = 10
"""How many pages of a PDF are shown together; a longer one comes in parts."""


@dataclass(frozen=True, slots=True)
class PageShown:
    """
    A page of a PDF and the address of its picture.

    ``width`` and ``height`` are in pixels, 0 while it was not drawn yet; the ``address`` is empty
    where it is known that it cannot be.
    """

    number: int
    address: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that are shown together, from the ``first`` to the ``last``."""

    first: int
    last: int
    here: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    """
    The pages of a PDF that are shown, and its parts where it has more than one.

    ``more`` tells that it goes on behind the last page of which pictures are made.
    """

    pages: tuple[PageShown, ...]
    parts: tuple[Part, ...] = ()
    more: bool = False


def beside(request: HttpRequest, code: str, papers: list[PaperShown]) -> dict[str, object]:
    """Return the papers, the one that ``?giay=…`` in the address chooses, and its pages."""
    named = (paper for paper in papers if paper.id == request.GET.get("giay"))
    chosen = next(named, papers[0] if papers else None)
    return {"papers": papers, "chosen": chosen, "pages_of": _pages_of(request, code, chosen)}


def _pages_of(request: HttpRequest, code: str, paper: PaperShown | None) -> dict[str, FileShown]:
    """
    Return the pages of each PDF of a paper whose pages are counted, by the file's id.

    ``?tep=…&trang=…`` in the address asks for the part of a file with that page. One statement if
    there is such a PDF.
    """
    counted = [file for file in (paper.files if paper else ()) if file.pages]
    chosen, page = request.GET.get("tep"), request.GET.get("trang", "")
    wanted = int(page) if page.isdecimal() and len(page) < 5 else 1
    sizes = sizes_drawn([file.id for file in counted]) if counted else {}
    return {
        file.id: _shown(code, file, wanted if file.id == chosen else 1, sizes) for file in counted
    }


def _shown(
    code: str, file: KeptFile, wanted: int, sizes: dict[tuple[str, int], tuple[int, int]]
) -> FileShown:
    count = min(file.pages or 0, MOST_PAGES)
    first = (min(max(wanted, 1), count) - 1) // AT_ONCE * AT_ONCE + 1
    starts = range(1, count + 1, AT_ONCE)
    parts = tuple(Part(n, min(n + AT_ONCE - 1, count), n == first) for n in starts)
    last = min(first + AT_ONCE - 1, count)
    return FileShown(
        tuple(_pages(code, file.id, range(first, last + 1), sizes)),
        parts if len(parts) > 1 else (),
        more=(file.pages or 0) > count == last,
    )


def _pages(
    code: str, file: str, numbers: range, sizes: dict[tuple[str, int], tuple[int, int]]
) -> Iterable[PageShown]:
    for number in numbers:
        size = sizes.get((file, number))
        if size == (0, 0):
            yield PageShown(number, "")
        else:
            yield PageShown(number, page_address(code, file, number), *(size or ()))

"""Pages of PDFs as pictures: drawn when somebody first needs one, and kept."""

from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.files.adapters.pages import Busy, draw
from motcua.files.models.papers import PagePicture
from motcua.files.queries.kept import content_for_room
from motcua.files.queries.pages import PageSeen, page_kept
from motcua.kernel.errors import NotFound, Unavailable
from motcua.kernel.text import N_

__all__ = ["MOST_PAGES", "CannotBeDrawn", "DrawnLater", "PageSeen", "draw_page"]

MOST_PAGES = 200
"""The last page of a PDF of which a picture is made."""


class CannotBeDrawn(NotFound):
    code = "files.page-cannot-be-drawn"
    message = N_("No picture can be made of page {page}. Open the file itself.")


class DrawnLater(Unavailable):
    code = "files.pages-being-drawn"
    message = N_("Many pages are being drawn at this moment. Reload this one in a few seconds.")


def draw_page(id: str, page: int, *, at: datetime) -> PageSeen:  # noqa: A002
    """
    Return a page of a kept PDF as a picture; the caller has checked who may see the file.

    It is drawn once, outside of a transaction, by a process with little memory and time; that it
    cannot be drawn is kept too, so that a file made to be slow is tried once only.

    :param page: from 1 on
    :raises NoSuchFile: if there is no such file
    :raises CannotBeDrawn: if there is no such page, or it takes too much to draw
    :raises DrawnLater: if others are being drawn
    """
    if not 1 <= page <= MOST_PAGES:
        raise CannotBeDrawn(page=page)
    kept = page_kept(id, page)
    if kept is None:
        try:
            made = draw(content_for_room(id), page)
        except Busy:
            raise DrawnLater from None
        kept = _keep(id, page, made or (b"", 0, 0), at=at)
    if not kept.width:
        raise CannotBeDrawn(page=page)
    return kept


@one_transaction
def _keep(id: str, page: int, made: tuple[bytes, int, int], *, at: datetime) -> PageSeen:  # noqa: A002
    data, width, height = made
    facts = {"data": data, "width": width, "height": height, "at": at}
    PagePicture.objects.get_or_create(paper_id=id, page=page, defaults=facts)
    return PageSeen(data, width, height)

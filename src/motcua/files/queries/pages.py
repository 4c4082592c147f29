"""Pages of PDFs that were drawn as pictures."""

from collections.abc import Collection
from dataclasses import dataclass

from motcua.files.models.papers import PagePicture
from motcua.kernel.scope import for_rooms


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page as a JPEG, with its size in pixels; both are 0 where it could not be drawn."""

    data: bytes
    width: int
    height: int


@for_rooms
def page_kept(id: str, page: int) -> PageSeen | None:  # noqa: A002
    """Return the picture of a page as it was drawn before, if it was; one statement."""
    found = PagePicture.objects.filter(paper__id=id, page=page).first()
    return None if found is None else PageSeen(bytes(found.data), found.width, found.height)


@for_rooms
def sizes_drawn(ids: Collection[str]) -> dict[tuple[str, int], tuple[int, int]]:
    """
    Return width and height in pixels of each page of these files that was drawn; one statement.

    Both are 0 where a page cannot be drawn; a page that nobody needed yet is not there.
    """
    found = PagePicture.objects.filter(paper__id__in=ids)
    rows = found.values_list("paper", "page", "width", "height")
    return {(str(paper), page): (width, height) for paper, page, width, height in rows}

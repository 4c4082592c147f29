"""Pages of PDFs that were drawn as pictures."""

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

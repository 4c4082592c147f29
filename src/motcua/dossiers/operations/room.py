"""How much a dossier may hold over all its papers; checked while the dossier or draft is held."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from motcua.files.queries.kept import bytes_for_room
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

_MEGABYTE = 2**20


class TooMuchInAll(Invalid):
    code = "dossiers.too-much-in-all"
    message = N_(
        "The files of this dossier would be {size} MB together; it may hold {most} MB, of which "
        "{used} MB are used. Remove a file, send photos instead of scans, or make the PDF smaller."
    )


def check_room(papers: Mapping[str, Sequence[str]], *, adding: str = "") -> None:
    """
    Check that the files of all papers together fit into a dossier. One or two statements.

    :param papers: the ids of the files of each paper, as they will be
    :param adding: the one of them that is new, to say what was used before it
    :raises TooMuchInAll: if they are more than ``DOSSIER_MOST_BYTES``
    """
    files = {file for ids in papers.values() for file in ids}
    size = bytes_for_room(files)
    if size > settings.DOSSIER_MOST_BYTES:
        used = bytes_for_room(files - {adding}) if adding else size
        most = settings.DOSSIER_MOST_BYTES // _MEGABYTE
        raise TooMuchInAll(used=_up(used), size=_up(size), most=most)


def _up(size: int) -> int:
    """Return megabytes, rounded up: what is told never seems to fit when it does not."""
    return -(-size // _MEGABYTE)

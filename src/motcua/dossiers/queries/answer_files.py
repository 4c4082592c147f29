"""The files that answers hold, as a page of questions shows them."""

from collections.abc import Iterable

from django.urls import reverse

from motcua.files.queries.kept import files_named
from motcua.forms.queries.forms import FileView
from motcua.kernel.actors import Actor

__all__ = ["files_shown"]


def files_shown(ids: Iterable[str], *, by: Actor) -> dict[str, FileView]:
    """Return the actor's own files as a page shows them, by id; one statement, if there are any."""
    wanted = list(ids)
    return {
        file.id: FileView(file.id, file.name, reverse("files:show", kwargs={"id": file.id}))
        for file in (files_named(wanted, by=by) if wanted else ())
    }

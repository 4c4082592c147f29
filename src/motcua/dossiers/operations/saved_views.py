"""Worklists that an official keeps by a name, for themselves and for one agency."""

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import SavedView
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.text import N_

MOST = 20
"""How many an official may keep for an agency."""
LONGEST = 60
"""The longest name of a view, in letters."""


class NameNeeded(Invalid):
    code = "dossiers.view-name-needed"
    message = N_("Give the view a name of at most 60 letters, so that you find it again.")


class NameTaken(Conflict):
    code = "dossiers.view-name-taken"
    message = N_("You have a view named {name} already. Choose another name.")


class TooManyViews(Conflict):
    code = "dossiers.too-many-views"
    message = N_("You keep {most} views already. Delete one that you no longer need.")


class NoSuchView(NotFound):
    code = "dossiers.no-such-view"
    message = N_("There is no such view of yours. Reload the page to see those you keep.")


class OfficialsKeepViews(Forbidden):
    code = "dossiers.officials-keep-views"
    message = N_("Only officials of an agency keep views of its worklist.")


@one_transaction
def keep_view(name: str, query: str, *, by: Actor) -> int:
    """
    Keep what a worklist's address asks by a name, as the last of the official's views.

    :raises NameNeeded: if the name is empty or too long
    :raises NameTaken: if they have one of that name
    :raises TooManyViews: if they keep as many as they may
    :raises OfficialsKeepViews: if the actor is no official
    """
    kept, name = _all(by), _named(name)
    if len(kept) >= MOST:
        raise TooManyViews(most=MOST)
    _check_free(name, kept)
    view = SavedView(official=by.id, agency=by.agency or "", name=name, query=query[:500])
    view.place = max((each.place for each in kept), default=0) + 1
    view.save(force_insert=True)
    return view.pk


@one_transaction
def rename_view(view: int, name: str, *, by: Actor) -> None:
    """
    Give a view another name.

    :raises NoSuchView: if they keep no such view
    :raises NameNeeded: if the name is empty or too long
    :raises NameTaken: if another of theirs has that name
    """
    kept = _all(by)
    found = _one(view, kept)
    found.name = _named(name)
    _check_free(found.name, [each for each in kept if each.pk != view])
    found.save(update_fields=["name"])


@one_transaction
def delete_view(view: int, *, by: Actor) -> str:
    """
    Forget a view and return its name.

    :raises NoSuchView: if they keep no such view
    """
    found = _one(view, _all(by))
    found.delete()
    return found.name


@one_transaction
def move_view(view: int, *, up: bool, by: Actor) -> None:
    """
    Move a view one place up or down; the first stays first, the last last.

    :raises NoSuchView: if they keep no such view
    """
    kept = _all(by)
    old = kept.index(_one(view, kept))
    new = min(max(old + (-1 if up else 1), 0), len(kept) - 1)
    kept.insert(new, kept.pop(old))
    for place, each in enumerate(kept, start=1):
        each.place = place
    SavedView.objects.bulk_update(kept, ["place"])


@one_transaction
def open_first(view: int | None, *, by: Actor) -> None:
    """
    Let the worklist open with this view, or with none of them.

    :raises NoSuchView: if they keep no such view
    """
    kept = _all(by)
    chosen = None if view is None else _one(view, kept)
    SavedView.objects.filter(official=by.id, agency=by.agency).update(is_default=False)
    if chosen is not None:
        SavedView.objects.filter(pk=chosen.pk).update(is_default=True)


def _all(by: Actor) -> list[SavedView]:
    if by.agency is None:
        raise OfficialsKeepViews
    mine = SavedView.objects.filter(official=by.id, agency=by.agency)
    return list(mine.select_for_update().order_by("place", "pk"))


def _one(view: int, kept: list[SavedView]) -> SavedView:
    for each in kept:
        if each.pk == view:
            return each
    raise NoSuchView


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise NameNeeded(problems=[{"at": "ten", "message": NameNeeded.message}])
    return name


def _check_free(name: str, kept: list[SavedView]) -> None:
    if name in {each.name for each in kept}:
        raise NameTaken(name=name)

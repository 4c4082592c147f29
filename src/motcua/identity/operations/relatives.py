"""Officials declare whom they are related to, so that a colleague takes those dossiers."""

from dataclasses import asdict
from datetime import datetime

from motcua.agencies.queries.posts import posts_held
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import RelativeDeclared, RelativeForgotten
from motcua.identity.models import Account, Relative
from motcua.identity.queries.relatives import forget_related
from motcua.identity.rules.persons import digits_of
from motcua.identity.rules.relatives import Relation, problems_of_relative
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.text import N_

__all__ = [
    "DeclaredAlready",
    "NoPost",
    "NoSuchRelative",
    "Relation",
    "RelativeRefused",
    "declare_relative",
    "forget_relative",
]


class RelativeRefused(Invalid):
    """The fact ``problems`` says at which field and why."""

    code = "identity.relative-refused"


class NoPost(Forbidden):
    code = "identity.no-post"
    message = N_("Only officials declare their relatives, and you hold no post now.")


class DeclaredAlready(Conflict):
    code = "identity.relative-declared-already"
    message = N_("You declared this person already. Take it back first to change it.")


class NoSuchRelative(NotFound):
    code = "identity.no-such-relative"
    message = N_("You declared no such relative. Choose from your list.")


@one_transaction
def declare_relative(
    number: str, name: str, relation: Relation | str, *, by: Actor, at: datetime
) -> int:
    """
    Declare that the person with a personal id is a relative of the actor; return its number.

    It counts for whoever has that personal id, as an account or a party, now or later.

    :raises NoPost: if the actor holds no post
    :raises RelativeRefused: if number, name or relation cannot be right
    :raises DeclaredAlready: if the actor declared this person before
    """
    own = Account.objects.known_as(by.id).values_list("personal_id", flat=True).first()
    if own is None or not posts_held(by.id, at=at):
        raise NoPost
    digits, name = digits_of(number), " ".join(name.split())
    found = problems_of_relative(number=digits, name=name, relation=relation, own_number=own)
    problems = [asdict(p) for p in found]
    if problems:
        raise RelativeRefused(problems=problems)
    row = Relative(official=by.id, number=digits, name=name, relation=relation, at=at)
    Relative.objects.bulk_create([row], ignore_conflicts=True)
    kept = Relative.objects.get(official=by.id, number=digits, forgotten_at=None)
    if kept.at != at:
        raise DeclaredAlready
    announce(RelativeDeclared(subject=by.id, relation=relation), by=by, at=at)
    forget_related()
    return kept.pk


@one_transaction
def forget_relative(relative: int, *, by: Actor, at: datetime) -> None:
    """
    Take back that somebody is a relative; that it was declared stays in the record.

    :raises NoSuchRelative: if the actor declared none under this number
    """
    mine = Relative.objects.select_for_update().filter(official=by.id, forgotten_at=None)
    row = mine.filter(pk=relative).first()
    if row is None:
        raise NoSuchRelative
    row.forgotten_at = at
    row.save(update_fields=["forgotten_at"])
    announce(RelativeForgotten(subject=by.id, relation=row.relation), by=by, at=at)
    forget_related()

"""An agency with everything below it."""

from dataclasses import dataclass

from django.db import connection

from motcua.agencies.models import Agency
from motcua.kernel.scope import for_rooms, public

_TREE = """
WITH RECURSIVE tree AS (
    SELECT id, name, level, parent_id, 0 AS depth, ARRAY[]::text[] AS path
    FROM agencies_agency WHERE id = %s
    UNION ALL
    SELECT a.id, a.name, a.level, a.parent_id, t.depth + 1, t.path || a.name::text || a.id::text
    FROM agencies_agency a JOIN tree t ON a.parent_id = t.id
    WHERE NOT a.id::text = ANY(t.path)
)
SELECT id, name, level, parent_id, depth FROM tree ORDER BY path
"""


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency in a tree, ``depth`` steps below its root."""

    id: str
    name: str
    level: str
    parent: str | None
    depth: int


@public
def tree_of(root: str) -> tuple[Branch, ...]:
    """
    Return an agency and all below it, closed ones too, each before its own; one statement.

    An unknown ``root`` has no tree.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TREE, [root])
        return tuple(Branch(*row) for row in cursor.fetchall())


@for_rooms
def levels_of_all() -> dict[str, str]:
    """Return the level of every agency by its id, closed ones too; one statement."""
    return dict(Agency.objects.values_list("id", "level"))

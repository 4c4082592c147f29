"""Administrators and packs for the studio's tests."""

from datetime import UTC, datetime

from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.folders import SHIPPED

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
LAN = Actor("lan", "Lê Lan", "H46", frozenset({Role.ADMINISTRATOR}))
MAI = Actor("mai", "Mai Mai", "H46", frozenset({Role.ADMINISTRATOR}))
HOA = Actor("hoa", "Hoàng Hoa", "H46", frozenset({Role.ADMINISTRATOR}))
CLERK = Actor("minh", "Minh", "H46", frozenset({Role.CLERK}))
CODES = sorted(path.name for path in SHIPPED.iterdir() if (path / "procedure.yaml").exists())


def files_of(code: str = "2.000635") -> dict[str, str]:
    """Return the files of a pack that comes with the portal, as they are written."""
    folder = SHIPPED / code
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }

"""What a log was last signed as."""

from motcua.backbone.remembered import Remembered
from motcua.exchange.models import Head
from motcua.exchange.rules.heads import SignedHead, TreeHead, write_head
from motcua.kernel.scope import for_rooms

__all__ = ["HEADER", "SignedHead", "forget_heads", "head_shown", "last_head"]

HEADER = "motcua-log-head"
_shown: Remembered[str, dict[str, str]] = Remembered(seconds=1)


@for_rooms
def last_head(log: str, *, size: int | None = None) -> SignedHead | None:
    """Return the newest head of a member's log, or the one of a size; nothing where none is."""
    rows = Head.objects.filter(log=log, fault="")
    if size is not None:
        rows = rows.filter(size=size)
    row = rows.order_by("-size").first()
    return None if row is None else head_of(row)


@for_rooms
def head_shown(log: str) -> dict[str, str]:
    """Return the header that shows others how far our log is, a second old at most."""
    return _shown.get(log, lambda: _read(log)) or {}


@for_rooms
def forget_heads() -> None:
    """Ask again: this process has signed one."""
    _shown.forget()


@for_rooms
def head_of(row: Head) -> SignedHead:
    """Return a head that was kept."""
    head = TreeHead(row.log, row.size, bytes(row.root), row.at)
    return SignedHead(head, row.key, bytes(row.signature))


def _read(log: str) -> dict[str, str]:
    head = last_head(log)
    return {} if head is None else {HEADER: write_head(head)}

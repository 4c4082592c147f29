"""What happens to packs in the making. ``subject`` is the draft's id."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBegun(Event):
    """Somebody began to write a pack, from ``base`` where it is a published version."""

    name: ClassVar[str] = "studio.draft-begun"
    code: str
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMoved(Event):
    """A draft was proposed, sent back, published or dropped; ``version`` is what it became."""

    name: ClassVar[str] = "studio.draft-moved"
    code: str
    act: str
    stage: str
    note: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalMoved(Event):
    """Somebody asked to withdraw the version ``subject``, or another confirmed or declined it."""

    name: ClassVar[str] = "studio.withdrawal-moved"
    code: str
    act: str
    note: str

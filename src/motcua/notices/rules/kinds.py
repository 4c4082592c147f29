"""Kinds of notices: what each says. Every room registers its own, when it is ready."""

from dataclasses import dataclass

from motcua.kernel.text import N_

REMINDERS: dict[str, str] = {
    "supplement": N_("an agency waits for my papers or answers, and the time runs out"),
    "fee": N_("a fee is awaited, and the time runs out"),
    "appointment": N_("tomorrow I have an appointment for a result"),
}
"""What people are reminded of; whether by e-mail, too, is for them to choose."""


class UnknownKind(LookupError):
    """A notice of a kind that no room has registered: a defect of the caller."""


@dataclass(frozen=True, slots=True)
class Kind:
    """
    What a notice says.

    :param name: ``room.what-happened``
    :param title: English translation key, marked with ``N_`` where it is written, so that its
        Vietnamese stands in that room's catalogue; may hold ``{facts}`` (``backbone/sentences``)
    :param body: the same, one or two sentences: what happened and what to do next
    :param action: the text of the link
    :param mail: whether it is also sent by e-mail
    :param reminder: for a reminder, of what: one of ``REMINDERS``; people choose which of these
        come by e-mail, too
    """

    name: str
    title: str
    body: str
    action: str
    mail: bool = True
    reminder: str = ""


_kinds: dict[str, Kind] = {}


def register_kinds(*kinds: Kind) -> None:
    """Make kinds known; a name stands for one kind only."""
    for kind in kinds:
        if kind.reminder not in {"", *REMINDERS}:
            raise ValueError(f"nobody is reminded of {kind.reminder}")
        if _kinds.setdefault(kind.name, kind) != kind:
            raise ValueError(f"two kinds of notice are called {kind.name}")


def kind_named(name: str) -> Kind:
    """
    Return a kind by its name.

    :raises UnknownKind: if no room has registered it
    """
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None

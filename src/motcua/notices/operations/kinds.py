"""The door by which rooms above bring the kinds of notices they send."""

from motcua.notices.rules.kinds import Kind, UnknownKind, register_kinds

__all__ = ["Kind", "UnknownKind", "register_kinds"]

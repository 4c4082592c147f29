"""What a registry's answer says of the facts that packs name in ``held_by``."""

from motcua.registries.rules.facts import Shown, key_of, path_of, shown_by, value_of

__all__ = ["Shown", "key_of", "path_of", "shown_by", "value_of"]

"""Registries whose owners are members of the exchange: signed, agreed upon, written down."""

"""Who turns the secret a program shows into an actor; apart from ``bearer``, which loads ninja."""

from collections.abc import Callable
from datetime import datetime

from motcua.kernel.actors import Actor

Resolver = Callable[[str, str, datetime], Actor | None]

resolvers: list[Resolver] = []


def resolve_tokens_with(resolver: Resolver) -> Resolver:
    """Decorate what turns a secret into an actor, given the scope needed, and now; there is one."""
    resolvers[:] = [resolver]
    return resolver

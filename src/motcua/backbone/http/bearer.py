"""Programs show a secret in ``Authorization: Bearer``; the identity room knows whose it is."""

import structlog
from django.http import HttpRequest
from django.utils.timezone import now
from ninja.security import HttpBearer

from motcua.backbone.http.tokens import resolvers as _resolvers
from motcua.kernel.actors import Actor

READ, WRITE = "read", "write"


class Bearer(HttpBearer):
    """
    The ``auth`` of every endpoint that is not public; it puts the actor where pages have it too.

    GET, HEAD and OPTIONS need the scope ``read``, everything else ``write``.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor a living token acts as; with ``None`` the answer is 401."""
        scope = READ if request.method in {"GET", "HEAD", "OPTIONS"} else WRITE
        for resolve in _resolvers:
            actor = resolve(token, scope, now())
            if actor is not None:
                structlog.contextvars.bind_contextvars(by=actor.id)
                request.actor = actor  # type: ignore[attr-defined]
                return actor
        return None

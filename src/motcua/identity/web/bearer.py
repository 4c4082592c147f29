"""Programs that show a token."""

from datetime import datetime, timedelta

from motcua.backbone.http.bearer import resolve_tokens_with
from motcua.identity.operations.tokens import note_use
from motcua.identity.queries.tokens import actor_of_token
from motcua.identity.rules.codes import digest_of
from motcua.kernel.actors import Actor

_NOTED_EVERY = timedelta(hours=1)
_noted: dict[bytes, datetime] = {}


@resolve_tokens_with
def resolve(secret: str, scope: str, at: datetime) -> Actor | None:
    """Return whom a secret acts as; the use is written down once an hour and process."""
    actor = actor_of_token(secret, scope=scope, at=at)
    if actor is None:
        return None
    digest = digest_of(secret)
    latest = _noted.get(digest)
    if latest is None or latest + _NOTED_EVERY < at:
        _noted[digest] = at
        note_use(secret, at=at)
    return actor

"""Programs that show a token."""

from datetime import datetime, timedelta

from motcua.backbone.http.tokens import resolve_tokens_with
from motcua.identity.operations.tokens import note_use
from motcua.identity.queries.tokens import actor_of_token
from motcua.identity.rules.codes import digest_of
from motcua.kernel.actors import Actor

REMEMBERED = timedelta(seconds=10)
"""For how long a process goes by what it read of a token, also of one just taken back."""

_NOTED_EVERY = timedelta(hours=1)
_MOST = 2_000
_known: dict[tuple[bytes, str], tuple[datetime, Actor]] = {}
_noted: dict[bytes, datetime] = {}


@resolve_tokens_with
def resolve(secret: str, scope: str, at: datetime) -> Actor | None:
    """Return whom a secret acts as; the use is written down once an hour and process."""
    digest = digest_of(secret)
    read, actor = _known.get((digest, scope), (None, None))
    if read is None or not read <= at < read + REMEMBERED:
        _known.pop((digest, scope), None)
        actor = actor_of_token(secret, scope=scope, at=at)
        if actor is None:
            return None
        if len(_known) >= _MOST:
            _known.clear()
        _known[digest, scope] = (at, actor)
    latest = _noted.get(digest)
    if latest is None or latest + _NOTED_EVERY < at:
        _noted[digest] = at
        note_use(secret, at=at)
    return actor

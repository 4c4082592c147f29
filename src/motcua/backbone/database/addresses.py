"""The databases that ``DATABASE_URL`` and ``DATABASE_REPLICA_URL`` name, as Django wants them."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from motcua.backbone.postgres import embedded

_OF_A_REPLICA = {
    "connect_timeout": "2",
    "tcp_user_timeout": "4000",
    "options": "-c default_transaction_read_only=on",
}
"""A replica that hangs must not hold up whoever the primary could answer."""


def database_settings(var: Path) -> dict[str, dict[str, Any]]:
    """
    Return Django's ``DATABASES``: the primary (``DATABASE_URL``, or the embedded server), replicas.

    ``DATABASE_REPLICA_URL`` names replicas, parted by white space: ``replica1``, ``replica2``, …
    An address may name several servers, of which the one that takes writes is used after a
    fail-over: ``postgresql://u@/motcua?host=a,b&port=5432,5432&target_session_attrs=read-write``.
    """
    primary = os.environ.get("DATABASE_URL") or embedded(var).url()
    replicas = os.environ.get("DATABASE_REPLICA_URL", "").split()
    found = {"default": _settings(primary, {})}
    for number, address in enumerate(replicas, 1):
        found[f"replica{number}"] = _settings(address, _OF_A_REPLICA)
    return found


def _settings(address: str, more: dict[str, str]) -> dict[str, Any]:
    url = urlsplit(address)
    options = more | dict(parse_qsl(url.query))
    may_prepare = options.pop("prepare", "1") != "0"
    return {
        "ENGINE": "motcua.backbone.database",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", None) or url.hostname or "",
        "PORT": options.pop("port", None) or str(url.port or ""),
        "OPTIONS": {"prepare_threshold": 1 if may_prepare else None, **options},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }

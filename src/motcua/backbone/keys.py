"""Keys that PostgreSQL makes."""

from django.db import models


class UUIDv7(models.Func):
    """
    PostgreSQL 18's own time-ordered identifier: an index of such keys grows at one end.

    Use it as ``db_default=UUIDv7()``; the key is there once the row is saved.
    """

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()

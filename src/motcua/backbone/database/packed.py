"""Values that are already in PostgreSQL's binary format."""

from psycopg.adapt import Dumper
from psycopg.pq import Format


class Packed(bytes):
    """
    A parameter in PostgreSQL's binary format, of the type that the statement casts it to.

    Write ``%s::bigint[]``: what it is cannot be told from its bytes.
    """


class PackedDumper(Dumper):
    """Hands such values on as they are."""

    format = Format.BINARY

    def dump(self, obj: Packed) -> bytes:
        """Return the value as the server reads it."""
        return obj

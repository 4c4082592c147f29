"""Rows as COPY takes them in binary, turned into columns: arrays as statements take them."""

from collections.abc import Sequence
from struct import Struct

__all__ = ["TYPES", "arrays_of"]

TYPES = {"smallint": 21, "bigint": 20, "timestamptz": 1184, "uuid": 2950, "text": 25}
"""The number by which PostgreSQL knows each type of our columns; it is the same everywhere."""
_HEAD = Struct(">iiiii").pack
_size = Struct(">i").unpack_from
_ROW_HEAD = 2


def arrays_of(rows: Sequence[bytes], types: Sequence[str]) -> list[bytes]:
    """
    Return the columns of rows as arrays in PostgreSQL's binary format.

    In an array each value is written as it is in a row for COPY: its length, -1 for null, and its
    bytes. So none is read.

    :param rows: at least one, each with a value for each of ``types``
    """
    columns: list[list[bytes]] = [[] for _ in types]
    for row in rows:
        start = _ROW_HEAD
        for column in columns:
            end = start + 4 + max(_size(row, start)[0], 0)
            column.append(row[start:end])
            start = end
    return [
        b"".join([_HEAD(1, 1, TYPES[kind], len(rows), 1), *column])
        for kind, column in zip(types, columns, strict=True)
    ]

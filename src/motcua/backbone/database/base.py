"""Django's backend for PostgreSQL with two things more: see ``DatabaseWrapper``."""

from datetime import UTC, datetime
from select import POLLERR, POLLHUP, POLLIN, poll
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg.types.datetime import TimestamptzLoader

from motcua.backbone.database.packed import Packed, PackedDumper
from motcua.backbone.database.readers import wrote

__all__ = ["DatabaseWrapper"]

_SOMETHING_TO_READ = POLLIN | POLLHUP | POLLERR


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, which say of a prepared statement what its text is."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return the statement a cursor ran last, for logs and counts."""
        return super().last_executed_query(cursor, sql, params) or sql


class MomentLoader(TimestamptzLoader):
    """Reads moments as connections in UTC tell them: four times as fast as picking them apart."""

    timezone = UTC
    """What Django looks at, to tell whether another loader is wanted."""

    def load(self, data: Any) -> datetime:
        """Return a moment in UTC."""
        try:
            return datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            return super().load(data).replace(tzinfo=UTC)


class DatabaseWrapper(base.DatabaseWrapper):
    """
    A connection that is asked whether it lives without a statement, and that can prepare text.

    A server that has gone away, or told an idle connection to go, leaves something to read on its
    socket; where there is nothing to read, no ``SELECT 1`` is needed.
    """

    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: Any) -> Any:
        """Return a new connection that reads moments our way, and hands on what is packed."""
        made = super().get_new_connection(conn_params)
        made.adapters.register_dumper(Packed, PackedDumper)
        if self.timezone == UTC:
            made.adapters.register_loader("timestamptz", MomentLoader)
        return made

    def set_autocommit(self, *given: Any, **named: Any) -> None:
        """Begin or end a transaction; one on the primary is taken for a write."""
        super().set_autocommit(*given, **named)
        if not self.autocommit and self.alias == DEFAULT_DB_ALIAS:
            wrote()

    def is_usable(self) -> bool:
        """Tell whether the next statement will be heard, as far as this end can know."""
        if self.connection is None or self.connection.closed:
            return False
        quiet = poll()
        quiet.register(self.connection.fileno(), _SOMETHING_TO_READ)
        return not quiet.poll(0) or super().is_usable()

    def prepared_cursor(self) -> CursorWrapper:
        """Return a cursor whose statements the server prepares and keeps, if it may."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]
            return cast(CursorWrapper, self._prepare_cursor(cursor))  # type: ignore[attr-defined]

"""Up to where a table that only grows is complete: nothing lower will still be committed."""

from django.db import connection, transaction
from django.db.models import Max, Model

_PATIENCE = "SET LOCAL lock_timeout = '5s'"


def complete_up_to(table: type[Model]) -> int:
    """
    Return the highest id below which no row can still appear; 0 where there is none.

    Ids are given out before their transactions commit, so the highest one seen is not enough. A
    lock that waits for those who are writing, and is let go of at once, makes sure.

    :raises OperationalError: if somebody writes for longer than five seconds
    """
    name = connection.ops.quote_name(table._meta.db_table)  # noqa: SLF001
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PATIENCE)
        cursor.execute(f"LOCK TABLE {name} IN SHARE MODE")
        return int(table._default_manager.aggregate(last=Max("pk"))["last"] or 0)  # noqa: SLF001

"""Compare what we heard with what the bank's statement says, so that nothing stays lost."""

from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.payments.adapters.registry import provider as provider_named
from motcua.payments.models.bills import StatementCursor
from motcua.payments.operations.receiving import record_receipt

MOST_PAGES = 100


def reconcile(provider: str, *, by: Actor, at: datetime) -> int:
    """
    Read a bank's statement from where we stopped; return how many credits were new to us.

    Each credit is its own transaction and the cursor moves after it is written, so being cut
    off half way, or reading at the same time as somebody else, repeats work but loses nothing.

    :raises NoSuchProvider: if this portal does not use it
    :raises BankNotAnswering: if the bank does not answer; what was read so far is kept
    """
    bank = provider_named(provider)
    kept = StatementCursor.objects.filter(provider=provider).first()
    cursor, found = kept.cursor if kept else "", 0
    for _ in range(MOST_PAGES):
        page = bank.statement(cursor)
        for message in page.messages:
            heard = record_receipt(provider, message, heard_by="statement", by=by, at=at)
            found += heard.new
        cursor = page.cursor
        StatementCursor.objects.update_or_create(
            provider=provider, defaults={"cursor": cursor, "read_at": at}
        )
        if not page.more:
            break
    return found

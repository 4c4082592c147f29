from motcua.payments.models.bills import (  # noqa: F401
    Attempt,
    Bill,
    Receipt,
    StatementCursor,
)

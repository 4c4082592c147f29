from motcua.payments.models.bills import (  # noqa: F401
    Attempt,
    Bill,
    Receipt,
    StatementCursor,
)
from motcua.payments.models.tills import CashTaken, ReceiptNumber, Till  # noqa: F401

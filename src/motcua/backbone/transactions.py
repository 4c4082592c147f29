"""One transaction per operation: joined when one is open, never nested."""

from django.db import transaction

one_transaction = transaction.atomic(savepoint=False)
"""
Decorate an operation: it runs in one transaction and joins the caller's, without a savepoint.

An exception therefore undoes everything the outermost operation did; there is no half way.
"""

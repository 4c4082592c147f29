"""Cash: the tills it lies in, and what was taken over the counter."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from motcua.kernel.actors import Actor
from motcua.payments.models.bills import Bill, Receipt


class TillQuerySet(models.QuerySet["Till"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the tills of the actor's agency."""
        return self.filter(agency=actor.agency or "-")


class Till(models.Model):
    """
    One official's cash at one office on one day; open until ``closed_at``.

    ``expected`` is what had to lie there when it was closed, ``counted`` what did.
    """

    agency = models.CharField(max_length=40)
    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="+")
    clerk = models.CharField(max_length=80)
    clerk_name = models.CharField(max_length=200)
    day = models.DateField()
    start = models.BigIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    expected = models.BigIntegerField(null=True)
    counted = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = TillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clerk"], condition=Q(closed_at__isnull=True), name="one_open_till_a_clerk"
            ),
            models.CheckConstraint(condition=Q(start__gte=0), name="till_starts_with_something"),
        ]
        indexes = [models.Index(fields=["agency", "-day", "id"], name="till_by_agency")]

    def __str__(self) -> str:
        return f"{self.day} {self.clerk_name}"


class CashQuerySet(models.QuerySet["CashTaken"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep what was taken by the actor's agency."""
        return self.filter(till__agency=actor.agency or "-")


class CashTaken(models.Model):
    """
    Cash taken for a bill under a numbered receipt; never deleted, at most once given back.

    ``given`` is what the payer put down, ``amount`` what was kept for the bill. Given back, it
    left the till ``back_from``.
    """

    agency = models.CharField(max_length=40)
    number = models.CharField(max_length=20)
    till = models.ForeignKey(Till, models.PROTECT, related_name="taken")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="cash", db_index=False)
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="cash")
    amount = models.BigIntegerField()
    given = models.BigIntegerField()
    at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    back_from = models.ForeignKey(
        Till, models.PROTECT, null=True, related_name="given_back", db_index=False
    )
    back_by = models.CharField(max_length=80, blank=True)
    back_by_name = models.CharField(max_length=200, blank=True)
    back_reason = models.CharField(max_length=300, blank=True)

    objects = CashQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="one_cash_receipt_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, given__gte=F("amount")), name="cash_covers_what_is_due"
            ),
        ]
        indexes = [
            models.Index(
                fields=["back_from"],
                condition=Q(back_from__isnull=False),
                name="cash_given_back_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"


class ReceiptNumber(models.Model):
    """The last number of a cash receipt an agency gave out in a year."""

    agency = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_receipt_count_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}: {self.last}"

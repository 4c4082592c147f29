"""Bills, the ways somebody tried to pay them, and the money that came."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.payments.rules.settling import Settled, Standing, State, Verdict


class BillQuerySet(models.QuerySet["Bill"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own bills and those of their agency."""
        if actor.is_anonymous:
            return self.none()
        mine = Q(payer=actor.id)
        return self.filter(mine | Q(agency=actor.agency) if actor.agency else mine)


class Bill(models.Model):
    """What somebody is asked to pay. ``purpose`` is what they write on the transfer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.CharField(max_length=80, unique=True)
    payer = models.CharField(max_length=80)
    agency = models.CharField(max_length=40)
    lines = models.JSONField()
    total = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    refund_due = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="VND")
    purpose = models.CharField(max_length=25)
    purpose_key = models.CharField(max_length=25)
    state = models.CharField(max_length=12, default=State.OPEN)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    objects = BillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(total__gt=0), name="bill_asks_for_something"),
            models.CheckConstraint(
                condition=Q(received__gte=0, received__lte=F("total")), name="bill_counts_its_own"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-issued_at"], name="bill_by_agency"),
            models.Index(fields=["agency"], condition=Q(refund_due__gt=0), name="bill_owes_back"),
            models.Index(fields=["payer"], name="bill_by_payer"),
            models.Index(fields=["purpose_key"], name="bill_by_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.total}"

    @property
    def standing(self) -> Standing:
        """How the bill stands, as the rules read it."""
        return Standing(State(self.state), Dong(self.total), Dong(self.received), self.expires_at)

    def take(self, settled: Settled) -> None:
        """Write down what a receipt did to it."""
        self.state = settled.state
        self.received += settled.counted.amount
        self.refund_due += settled.refund_due.amount


class Attempt(models.Model):
    """Somebody was sent to a bank to pay this much, under a reference of ours."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="attempts")
    provider = models.CharField(max_length=40)
    reference = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "reference"], name="one_attempt"),
            models.UniqueConstraint(
                fields=["bill", "provider", "amount"], name="one_attempt_per_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}:{self.reference}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep receipts of the actor's bills and of their agency's."""
        return self.filter(bill__in=Bill.objects.visible_to(actor))


class Receipt(models.Model):
    """Money that came, told by a bank once or more; kept whatever it was for."""

    provider = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="receipts")
    attempt = models.CharField(max_length=40, blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    purpose = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=12)
    counted = models.BigIntegerField(default=0)
    refund_due = models.BigIntegerField(default=0)
    paid_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    heard_by = models.CharField(max_length=12)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "reference"], name="one_receipt")
        ]
        indexes = [
            models.Index(
                fields=["-id"],
                name="receipt_unmatched",
                condition=Q(verdict=Verdict.UNMATCHED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider}:{self.reference} {self.amount}"


class StatementCursor(models.Model):
    """How far we have read a bank's statement."""

    provider = models.CharField(max_length=40, primary_key=True)
    cursor = models.CharField(max_length=80, blank=True)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.provider} {self.cursor}"

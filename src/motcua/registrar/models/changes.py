"""Who wants to hear of whose changes, and what they were told."""

from django.db import models


class Subscription(models.Model):
    """A member of the exchange wants to hear of one person's changes in a register."""

    register = models.CharField(max_length=12)
    member = models.CharField(max_length=20)
    person = models.CharField(max_length=12)
    purpose = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "person", "member"], name="one_subscription_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.register}/{self.person}"


class Change(models.Model):
    """
    That a record changed, for one subscriber; its number is the cursor of the feed.

    ``kind`` is ``record`` or ``correction`` (a request of the subscriber's was decided, and
    ``facts`` says how). ``pushed_at`` is when the subscriber took it.
    """

    register = models.CharField(max_length=12)
    member = models.CharField(max_length=20)
    person = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    pushed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "register", "id"], name="change_feed")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.member} {self.register}/{self.key}"

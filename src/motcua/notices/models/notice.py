"""What a person is told."""

from typing import Self

from django.db import models

from motcua.kernel.actors import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own notices."""
        return self.filter(person=actor.id)


class Notice(models.Model):
    """
    One thing told to one person. The words are made when it is read, in the reader's language.

    ``source`` names the event it tells of, so that hearing the event twice tells once.
    """

    person = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    source = models.CharField(max_length=80, blank=True)
    facts = models.JSONField()
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject", "source"], name="one_notice_per_event"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            models.Index(
                fields=["person"], name="notice_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"


class MailOff(models.Model):
    """That a person wants no e-mail for one kind of reminder; in the portal it is always there."""

    person = models.CharField(max_length=80)
    reminder = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "reminder"], name="one_choice_a_reminder")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reminder}"

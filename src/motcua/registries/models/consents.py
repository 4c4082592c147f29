"""That a person lets the registries be asked about them, for one filing."""

from typing import Self

from django.db import models

from motcua.backbone.keys import UUIDv7
from motcua.kernel.actors import Actor


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those that the actor gave."""
        return self.filter(person=actor.id) if actor.id else self.none()

    def holding(self, subject: str) -> Self:
        """Keep the one for a filing, unless it was taken back."""
        return self.filter(subject=subject, withdrawn_at=None)


class Consent(models.Model):
    """
    That ``person`` agreed to ``text``, word for word as they read it, for one filing.

    ``draft`` is what it was given for, ``subject`` the same until it is filed and then the
    dossier. ``by`` wrote it down: the person, or the clerk before whom they said it. ``silent``
    are the papers that were asked for in vain: ``unknown`` to their register, or ``silent``.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    draft = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    person = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    procedure = models.CharField(max_length=40)
    registers = models.JSONField()
    wording = models.CharField(max_length=20)
    text = models.TextField()
    silent = models.JSONField(default=dict)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-given_at"], name="consent_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_a_filing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.subject}"

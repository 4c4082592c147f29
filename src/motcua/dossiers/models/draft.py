"""What a person has typed so far, kept until it is filed or forgotten."""

from typing import Self

from django.db import models
from django.db.models.functions import Now

from motcua.kernel.actors import Actor


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own drafts: nobody else sees what was never filed."""
        return self.filter(applicant=actor.id) if actor.id else self.none()


class Draft(models.Model):
    """
    A filing in the making, pinned to one version of its service pack.

    It is ``applicant``'s, who types it; ``for_whom`` is the id of the one in whose name it will
    be filed by ``authority``, empty for oneself. ``carried_from`` is the version it was begun
    under, where a newer one took its place and its owner has not seen yet what changed.
    ``counter`` is there where an official fills the draft for somebody else, at the counter or
    from a letter: for whom, and what was seen of their papers.
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="uuidv7"))
    applicant = models.CharField(max_length=80)
    procedure = models.CharField(max_length=40)
    pack = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    carried_from = models.CharField(max_length=60, blank=True)
    for_whom = models.CharField(max_length=80, blank=True)
    for_name = models.CharField(max_length=200, blank=True)
    authority = models.UUIDField(null=True)
    counter = models.JSONField(null=True)
    filed_as = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["applicant", "-updated_at"],
                condition=models.Q(filed_as=""),
                name="draft_of_applicant",
            ),
            models.Index(
                fields=["filed_as"],
                condition=models.Q(counter__isnull=False),
                name="draft_filed_at_counter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} ({self.applicant})"

"""A linked filing: one thing filed once that becomes several dossiers."""

from typing import Self

from django.db import models
from django.db.models import Q

from motcua.dossiers.rules.linked import PartState
from motcua.kernel.actors import Actor

LINKED_ONCE = "one_linked_filing_per_source_and_reference"
"""The rule of the database that files nothing twice."""


class LinkedFilingQuerySet(models.QuerySet["LinkedFiling"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own: an official sees the dossier at their agency, not the whole."""
        return self.filter(applicant=actor.id) if actor.id else self.none()


class LinkedFiling(models.Model):
    """
    What one person filed once under a linked pack; each of its parts is a dossier of its own.

    ``newest`` is the code of the dossier opened last, under which lists show the filing once.
    ``counter`` is what a clerk who filed it for somebody noted: see `operations.linked_desk`.
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="uuidv7"))
    code = models.CharField(max_length=40, unique=True)
    procedure = models.CharField(max_length=40)
    pack = models.CharField(max_length=60)
    title = models.CharField(max_length=600)
    applicant = models.CharField(max_length=80)
    applicant_name = models.CharField(max_length=200)
    answers = models.JSONField()
    papers = models.JSONField(default=dict)
    filed_at = models.DateTimeField()
    newest = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    counter = models.JSONField(null=True)

    objects = LinkedFilingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name=LINKED_ONCE),
            models.UniqueConstraint(
                fields=["newest"], condition=~Q(newest=""), name="one_linked_filing_per_dossier"
            ),
        ]
        indexes = [models.Index(fields=["applicant", "-id"], name="linked_of_applicant")]

    def __str__(self) -> str:
        return self.code


class LinkedPart(models.Model):
    """
    One dossier of a linked filing, planned or opened.

    ``papers`` maps a paper to its files, held for it since the filing, to
    ``{"result_of": part}``, or to ``{"proven": paper of the whole}``. ``after`` names the parts it
    waits for. ``reason`` says why it was dropped or is stuck: ``{"message", "facts"}``, a sentence
    to be said in a reader's language.
    """

    filing = models.ForeignKey(LinkedFiling, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    procedure = models.CharField(max_length=40)
    pack = models.CharField(max_length=60)
    name = models.CharField(max_length=600)
    name_en = models.CharField(max_length=600)
    answers = models.JSONField()
    papers = models.JSONField(default=dict)
    after = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in PartState])
    dossier = models.CharField(max_length=60, blank=True)
    reason = models.JSONField(null=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "part"], name="linked_part_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=~Q(dossier=""), name="linked_part_per_dossier"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in PartState]), name="linked_part_state"
            ),
            models.CheckConstraint(
                condition=Q(state="opened", opened_at__isnull=False) & ~Q(dossier="")
                | ~Q(state="opened") & Q(dossier="", opened_at=None),
                name="linked_part_opened_has_dossier",
            ),
        ]
        indexes = [
            models.Index(
                fields=["filing"],
                condition=Q(state__in=["planned", "stuck"]),
                name="linked_part_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filing_id}: {self.part}"

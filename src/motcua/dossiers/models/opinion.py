"""What another agency is asked about a dossier, and what it answers."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from motcua.dossiers.rules.opinions import OpinionState, View
from motcua.kernel.actors import Actor


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def asked_of(self, actor: Actor) -> Self:
        """Keep those asked of the actor's agency."""
        return self.filter(agency=actor.agency) if actor.agency else self.none()

    def awaited_by(self, actor: Actor) -> Self:
        """Keep the open ones that the actor's agency asked of others."""
        return self.filter(asking=actor.agency or "", state=OpinionState.OPEN)


class Opinion(models.Model):
    """
    An opinion asked of ``agency`` (lấy ý kiến, liên thông).

    It sees of the dossier what was shared, as it was then: ``answers`` by field, and the ids of
    the files by paper (``shared``); ``papers`` and ``fields`` are their names, in order.
    ``due_at`` is by its own calendar; the dossier's own clock goes on meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=40)
    asking = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=80)
    asked_by_name = models.CharField(max_length=200)
    question = models.TextField()
    papers = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    shared = models.JSONField(default=dict)
    limit = models.JSONField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=OpinionState.OPEN)
    view = models.CharField(max_length=12, blank=True)
    text = models.TextField(blank=True)
    files = models.JSONField(default=list)
    ended_by = models.CharField(max_length=80, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in OpinionState])
                & Q(view__in=["", *(v.value for v in View)]),
                name="opinion_is_known",
            ),
            models.UniqueConstraint(
                fields=["dossier", "agency"],
                condition=Q(state=OpinionState.OPEN),
                name="an_agency_is_asked_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_at"],
                condition=Q(state=OpinionState.OPEN),
                name="opinion_open",
            ),
            models.Index(
                fields=["asking", "due_at"],
                condition=Q(state=OpinionState.OPEN),
                name="opinion_awaited",
            ),
            models.Index(fields=["agency", "-ended_at"], name="opinion_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.agency}"

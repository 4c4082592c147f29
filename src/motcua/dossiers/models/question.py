"""What is asked about a dossier, and what the agency answers inside it."""

from typing import Self

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.kernel.actors import Actor


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the questions on dossiers that the actor may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(actor))


class Question(models.Model):
    """
    A person's question on their dossier, to be answered until ``answer_by``; then its answer.

    Whatever agency has the dossier answers. Neither question nor answer is ever changed.
    ``post`` is what the official who answered was there, in the agency's words.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    answered_agency = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(answered_by="")),
                name="an_answer_is_signed",
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                include=["dossier"],
                condition=Q(answered_at=None),
                name="question_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}? {self.pk}"

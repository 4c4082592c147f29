"""One thing done to many dossiers: asked for once, done one by one, each for itself."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class Bulk(models.Model):
    """
    What an official asked to be done to many dossiers at once.

    ``key`` is the page's own, so that a form sent twice asks once; ``undoes`` is the run whose
    assignments this one takes back. ``left_out`` are the codes that are no part of it, as
    ``rules.left_out`` keeps them.
    """

    key = models.UUIDField(unique=True)
    agency = models.CharField(max_length=40)
    what = models.CharField(max_length=16)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    left_out = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="bulk_of_official")]

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"


class BulkItem(models.Model):
    """
    One dossier of a run: ``waiting``, then ``done`` or ``refused`` with ``why``.

    ``holder`` is who is to hold it, ``before`` who held it until then; ``why`` is the refusal's
    sentence and facts.
    """

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=80, blank=True)
    before = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, default="waiting")
    why = models.JSONField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "dossier"], name="one_item_per_dossier"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "refused"]), name="bulk_item_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["bulk", "id"], name="bulk_waiting", condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.bulk_id}/{self.dossier_id}: {self.state}"

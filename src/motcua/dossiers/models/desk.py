"""What officials keep for their own work at the desk."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier


class SavedView(models.Model):
    """A worklist an official keeps by a name: ``query`` is what its address asks."""

    official = models.CharField(max_length=80)
    agency = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official", "agency", "name"], name="one_saved_view_per_name"
            ),
            models.UniqueConstraint(
                fields=["official", "agency"],
                condition=Q(is_default=True),
                name="one_saved_view_opens_first",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PaperCheck(models.Model):
    """
    What an official found of a paper: ``ok``, ``wrong`` or ``missing``.

    ``seen_as`` says what they held in hand: an original, a certified copy or a plain copy; it is
    empty where they saw only the file.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=80)
    verdict = models.CharField(max_length=8)
    seen_as = models.CharField(max_length=10, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "paper"], name="one_check_per_paper"),
            models.CheckConstraint(
                condition=Q(verdict__in=["ok", "wrong", "missing"]), name="paper_check_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.verdict}"


class Mark(models.Model):
    """
    Words about a place on a paper: a page of a file, and where on it.

    ``left``, ``top``, ``width`` and ``height`` are thousandths of the page; all are 0 where the
    mark is about the page as a whole.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=80)
    file = models.UUIDField()
    page = models.PositiveSmallIntegerField(default=1)
    left = models.PositiveSmallIntegerField(default=0)
    top = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left__lte=1000, top__lte=1000, width__lte=1000, height__lte=1000),
                name="mark_lies_on_its_page",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} p. {self.page}: {self.words}"


class Note(models.Model):
    """Words among the officials of an agency about a dossier; ``mentions`` are account ids."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=40)
    text = models.TextField()
    mentions = models.JSONField(default=list)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:60]

"""Procedures as they are offered now, each version they had, and the words they are found by."""

from collections.abc import Collection
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q


class Fold(models.Func):
    """The database's reading of a text without accents, case or punctuation."""

    function = "catalogue_fold"
    output_field = models.TextField()


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def listed(self) -> Self:
        """Keep what a search shows: copies of a province only where there is no original."""
        return self.filter(listed=True)

    def matching(
        self,
        *,
        fields: Collection[str] = (),
        levels: Collection[str] = (),
        online: Collection[str] = (),
        agency: str = "",
    ) -> Self:
        """Keep what passes; ``agency`` is an id, whose own copies count too, or part of a name."""
        rows = self.filter(Q(listed=True) | Q(owner=agency)) if agency else self.listed()
        if agency:
            rows = rows.filter(Q(agency__icontains=agency) | Q(owner=agency))
        if fields:
            rows = rows.filter(field__in=fields)
        if levels:
            rows = rows.filter(levels__overlap=sorted(levels))
        return rows.filter(online__in=online) if online else rows

    def shown(self) -> Self:
        """Leave out what only the search needs."""
        return self.defer("words", "keywords")

    def after(self, prominence: int, code: str) -> Self:
        """Keep what comes after this place in the order of use and code."""
        return self.filter(Q(prominence__lt=prominence) | Q(prominence=prominence, code__gt=code))


class Procedure(models.Model):
    """
    One procedure as it stands now; ``reading`` of its current version tells the rest.

    ``owner`` is the agency id of a province's own copy (``1.012753.H19``), else empty; ``root``
    is the code without it. ``glance`` holds what a list shows, so that lists need no join.
    """

    code = models.CharField(max_length=60, primary_key=True)
    root = models.CharField(max_length=12)
    owner = models.CharField(max_length=40, blank=True)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    field = models.CharField(max_length=300)
    levels = ArrayField(models.CharField(max_length=20), default=list)
    agency = models.TextField(blank=True)
    online = models.CharField(max_length=10)
    prominence = models.PositiveSmallIntegerField(default=0)
    keywords = models.TextField(blank=True)
    glance = models.JSONField(default=dict)
    listed = models.BooleanField(default=True)
    words = models.GeneratedField(
        expression=SearchVector(Fold("title"), config="simple", weight="A")
        + SearchVector(Fold("keywords"), config="simple", weight="B")
        + SearchVector(Fold("field"), config="simple", weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(
                fields=["words"],
                name="procedure_words",
                condition=Q(listed=True),
                fastupdate=False,
            ),
            models.Index(fields=["field"], name="procedure_by_field", condition=Q(listed=True)),
            models.Index(
                fields=["-prominence", "code"], name="procedure_by_use", condition=Q(listed=True)
            ),
            models.Index(fields=["root"], name="procedure_by_root"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Version(models.Model):
    """
    A procedure as it was published from ``valid_from`` until ``valid_to`` (open while current).

    ``original`` is the whole record as JSON text, untouched; ``reading`` what we understood of it.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    source = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    original = models.TextField()
    reading = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(valid_to=None), name="one_current_version"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class Phrase(models.Model):
    """
    A word or two neighbouring words of the listed titles and keywords, folded.

    ``text`` is written without a space, so that a typing slip in either word, or a forgotten
    space, is found by likeness; ``documents`` is the number of procedures that have it.
    """

    text = models.CharField(max_length=120, primary_key=True)
    words = models.CharField(max_length=121)
    documents = models.PositiveIntegerField()

    class Meta:
        indexes = [
            GinIndex(
                fields=["text"],
                name="phrase_by_likeness",
                opclasses=["gin_trgm_ops"],
                fastupdate=False,
            )
        ]

    def __str__(self) -> str:
        return self.words

"""Packs in the making: the files as they stand, and every change made to them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from motcua.kernel.actors import Actor, Role
from motcua.studio.rules.stages import Stage


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep what administrators see, which is everything: a pack serves the whole portal."""
        return self if Role.ADMINISTRATOR in actor.roles else self.none()

    def open(self) -> Self:
        """Keep what is still being written or waits for its publisher."""
        return self.filter(stage__in=[Stage.WRITING, Stage.PROPOSED])


class Draft(models.Model):
    """
    A pack in the making, as the files of its folder: ``files`` holds their texts by name.

    ``base`` is the published version it began from, if any; ``writers`` are the ids of everybody
    who changed it, none of whom may publish it; ``changes`` counts the changes made and is the
    version that a page must have seen; ``note`` is what was said last, by the one who proposed it
    or the one who sent it back.
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="uuidv7"))
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=600)
    base = models.CharField(max_length=60, blank=True)
    files = models.JSONField()
    stage = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stage])
    author = models.CharField(max_length=80)
    author_name = models.CharField(max_length=200)
    writers = models.JSONField(default=list)
    changes = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    noted_by_name = models.CharField(max_length=200, blank=True)
    published_as = models.CharField(max_length=60, blank=True)
    published_by_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-updated_at"],
                condition=Q(stage__in=[Stage.WRITING, Stage.PROPOSED]),
                name="studio_open_drafts",
            ),
            models.Index(fields=["code", "-updated_at"], name="studio_drafts_of_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.stage}"


class Change(models.Model):
    """
    One change to one file of a draft: what it was before (none: there was no such file), and after.

    Written once, never changed: undoing is a change of its own.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="history")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=120)
    before = models.TextField(null=True)  # noqa: DJ001 (no file is not an empty file)
    after = models.TextField(null=True)  # noqa: DJ001
    what = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number", "file"], name="studio_one_change")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number} {self.file}"

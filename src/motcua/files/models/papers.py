"""Files, their content and their small pictures: three tables, so that lists stay light."""

from typing import Self

from django.db import models

from motcua.backbone.keys import UUIDv7
from motcua.kernel.actors import Actor


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own files; officials see files through the room that uses them."""
        return self.none() if actor.is_anonymous else self.filter(owner=actor.id)


class Paper(models.Model):
    """What is known of a file. ``attached_to`` is what uses it; while empty it may be swept."""

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    has_thumbnail = models.BooleanField(default=False)
    attached_to = models.CharField(max_length=80, blank=True)
    made_by = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="paper_orphans", condition=models.Q(attached_to=""))
        ]

    def __str__(self) -> str:
        return self.name


class Content(models.Model):
    """The bytes of a file, stored uncompressed and out of line (``STORAGE EXTERNAL``)."""

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="content")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Thumbnail(models.Model):
    """A small JPEG of a picture."""

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="thumbnail")
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class PagePicture(models.Model):
    """A page of a PDF as a JPEG, drawn when it was first needed; empty where it could not be."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="page_pictures")
    page = models.PositiveSmallIntegerField()
    data = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "page"], name="a_page_is_drawn_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} p. {self.page}"

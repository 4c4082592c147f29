"""Who works where, as what, since when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class PostQuerySet(models.QuerySet["Post"]):
    def held_at(self, at: datetime) -> Self:
        """Keep the posts held at a moment; ``until`` itself is no longer held."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class Post(models.Model):
    """A post an official holds or held; ``holder`` is an account's id."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="posts")
    holder = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=120)
    role = models.CharField(max_length=15)
    title = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "agency", "role"],
                condition=Q(until__isnull=True),
                name="a_post_is_held_once",
            )
        ]
        indexes = [
            models.Index(fields=["holder"], name="post_by_holder"),
            models.Index(fields=["agency", "role"], name="post_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name}, {self.title}"

"""
Dossiers and statuses as other agencies told them: partitioned by the year in the dossier's code.

Both are written set-wise by `staging` and only read through these models. ``member`` is the
first-level code of the agency (``H26``), ``year`` that of the code, 0 where it carries none.
"""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from motcua.kernel.actors import Actor
from motcua.sync.rules.access import ALL, members_read_by

M = TypeVar("M", bound=models.Model)


class MemberQuerySet(models.QuerySet[M]):
    """Rows of members, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows of the members whose reports the actor reads."""
        members = members_read_by(actor)
        return self if members is ALL else self.filter(member__in=members)


class Dossier(models.Model):
    """
    The latest record of a dossier: that with the greatest ``as_of``, then ``hash``.

    ``person`` is a keyed hash of the applicant's number, null where there is no believable one;
    ``flags`` are those of `rules.persons` and the marks of `rules.mending`. ``since`` orders a
    person's dossiers: filed, else received, else ``as_of``. ``told_at`` is when we were told this
    record.
    """

    pk = models.CompositePrimaryKey("year", "member", "code")
    as_of = models.DateTimeField()
    since = models.DateTimeField()
    told_at = models.DateTimeField()
    hash = models.BigIntegerField()
    filed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    person = models.UUIDField(null=True)
    year = models.SmallIntegerField()
    kind = models.SmallIntegerField()
    channel = models.SmallIntegerField()
    flags = models.SmallIntegerField()
    member = models.TextField()
    code = models.TextField()
    procedure = models.TextField()
    title = models.TextField()
    agency = models.TextField()
    applicant = models.TextField()

    objects = MemberQuerySet["Dossier"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "-since", "-code"],
                condition=Q(person__isnull=False),
                name="sync_dossier_of_person",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Status(models.Model):
    """
    A status a dossier came to; ``detail`` is a hash of ``words`` and ``who``, so that all is key.

    What is told twice is one row, whatever the order: the table is a set.
    """

    pk = models.CompositePrimaryKey("year", "member", "code", "at", "status", "detail")
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    detail = models.BigIntegerField()
    year = models.SmallIntegerField()
    status = models.SmallIntegerField()
    member = models.TextField()
    code = models.TextField()
    words = models.TextField()
    who = models.TextField()

    objects = MemberQuerySet["Status"].as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.status}"

"""Systems that speak the old portal's interface, what they called, and what they told besides."""

from typing import Self

from django.db import models

from motcua.kernel.actors import Actor
from motcua.sync.models.dossiers import MemberQuerySet
from motcua.sync.rules.access import ALL, members_read_by


class SystemQuerySet(models.QuerySet["System"]):
    """Systems, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those that the agencies which run the portal, or the system's own, look after."""
        members = members_read_by(actor)
        return self if members is ALL else self.filter(keeper__in=members)


class System(models.Model):
    """
    A program that signs in with a name and a password, in the name of a ``member``.

    ``keeper`` is the first-level code of our member whose administrators made it. ``above`` tells
    that it is a portal that we are below: it tells us of statuses of our own dossiers.
    ``password`` is a hash; ``turn`` goes up with each new one, which ends the sessions of the old.
    """

    username = models.TextField(unique=True)
    password = models.TextField()
    turn = models.IntegerField(default=1)
    member = models.TextField()
    keeper = models.TextField()
    title = models.TextField()
    above = models.BooleanField(default=False)
    off_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()
    used_at = models.DateTimeField(null=True)

    objects = SystemQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.username} ({self.member})"


class SystemCall(models.Model):
    """
    That a system called: what, with how many things, how many were not taken.

    A plain record: nobody has signed it. ``digest`` is the SHA-256 of what came.
    """

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="calls")
    verb = models.TextField()
    digest = models.BinaryField()
    items = models.IntegerField(default=0)
    untaken = models.IntegerField(default=0)
    said = models.TextField()
    address = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["system", "-id"], name="system_call_latest")]

    def __str__(self) -> str:
        return f"{self.system_id} {self.verb} {self.at}"


class Detail(models.Model):
    """
    What was told of a dossier or a step that the native shape has no place for.

    ``part`` is empty for the dossier, else the step's moment and status. Of two the one with the
    greater (``as_of``, ``hash``) holds, so that the order they come in does not matter.
    """

    year = models.SmallIntegerField()
    member = models.TextField()
    code = models.TextField()
    part = models.TextField()
    as_of = models.DateTimeField()
    hash = models.BigIntegerField()
    facts = models.JSONField()
    left_out = models.JSONField(default=list)
    told_at = models.DateTimeField()

    objects = MemberQuerySet["Detail"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "member", "code", "part"], name="one_detail_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.part}"

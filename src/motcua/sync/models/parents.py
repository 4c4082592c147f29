"""To whom our own dossiers are told, how far that has come, and what was not taken."""

from typing import Self

from django.db import models

from motcua.kernel.actors import Actor
from motcua.sync.rules.access import ALL, members_read_by
from motcua.sync.rules.codes import member_of
from motcua.sync.rules.outward import Kind


class ParentQuerySet(models.QuerySet["Parent"]):
    """Parents, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those to which the dossiers of the actor's member go."""
        members = members_read_by(actor)
        if members is ALL:
            return self
        return self.filter(member__in=[member_of(top) for top in members])


class Parent(models.Model):
    """
    A portal that is told of the dossiers of ``member``, one of ours.

    ``step`` and ``due`` are the place up to which it has acknowledged what it was told; they move
    only then. ``sent`` rows of the ``stream`` were read there. ``failures`` in a row lead to
    ``try_at``; ``error`` is the last one, an English key with its facts. ``warned_at``: operators
    were told that it is stuck. ``about`` is the first-level code whose dossiers it is told of.
    ``address``, ``username`` and ``dstcode`` are for the old interface; its password is in a file;
    ``inside`` lets the address be of a private network or this machine.
    """

    member = models.TextField()
    to = models.TextField()
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in Kind])
    title = models.TextField(default="")
    address = models.TextField(default="")
    username = models.TextField(default="")
    dstcode = models.TextField(default="")
    inside = models.BooleanField(default=False)
    about = models.TextField(default="")
    stream = models.TextField()
    sent = models.BigIntegerField(default=0)
    step = models.BigIntegerField(default=0)
    due = models.BigIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    error = models.JSONField(null=True)
    warned_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = models.TextField()

    objects = ParentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "to"], name="one_parent_a_member_and_portal")
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.to}"


class Untaken(models.Model):
    """Something a parent did not take, kept until everything is told anew."""

    parent = models.ForeignKey(Parent, on_delete=models.CASCADE, related_name="untaken")
    code = models.TextField()
    reason = models.TextField()
    example = models.TextField()
    times = models.IntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "code", "reason"], name="one_untaken_a_code_and_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} {self.code}: {self.reason}"

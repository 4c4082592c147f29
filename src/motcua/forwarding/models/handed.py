"""A dossier filed here that another member's portal processes."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from motcua.forwarding.models.tried import Tried
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor, Role


class HandedQuerySet(models.QuerySet["Handed"]):
    def taken_at(self, actor: Actor) -> Self:
        """Keep what clerks of the actor's desk took for people, if the actor is one."""
        if actor.agency is None or not actor.serves(actor.agency, Role.CLERK):
            return self.none()
        return self.filter(desk=actor.agency)

    def listed_for(self, actor: Actor, *, others: bool) -> Self:
        """Keep what is theirs, or with ``others`` what is other people's and theirs to act for."""
        if not actor.id:
            return self.none()
        if others:
            return self.filter(agent=actor.id).exclude(applicant=actor.id)
        return self.filter(applicant=actor.id)

    def before(self, filed_at: datetime, code: str) -> Self:
        """Keep what comes after a place in the list, newest first, in that order."""
        older = self.filter(filed_at__lte=filed_at).exclude(filed_at=filed_at, code__gte=code)
        return older.order_by("-filed_at", "-code")

    def followed_by(self, actor: Actor) -> Self:
        """Keep what is theirs, or was taken at their desk for somebody who stands there again."""
        return self.visible_to(actor) | self.taken_at(actor)

    def visible_to(self, actor: Actor) -> Self:
        """Keep what is theirs, or theirs to act for."""
        if not actor.id:
            return self.none()
        return self.filter(Q(applicant=actor.id) | Q(agent=actor.id))


class Handed(Tried):
    """
    What was filed here for an agency of another member, and what that member says of it.

    ``manifest`` is the line that is sent, frozen when it was filed. While ``handing`` is
    ``waiting``, the row is the outbox. ``there`` is the code that the unit gave it. ``number`` is
    its national state; ``told`` is what the unit last said, at ``told_at``; it is asked again at
    ``ask_at``. ``results`` maps the unit's ids of results to the files kept of them here. Where a
    desk took it, ``desk`` is its agency, ``clerk`` and ``filer`` who took it and who stood there;
    ``claim`` is the secret of the receipt by which an applicant without an account takes it over.
    """

    code = models.CharField(max_length=60)
    agency = models.CharField(max_length=40)
    member = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    title = models.CharField(max_length=600)
    pack = models.CharField(max_length=40)
    applicant = models.CharField(max_length=80)
    agent = models.CharField(max_length=80, blank=True)
    manifest = models.TextField()
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    fee = models.BigIntegerField(default=0)
    desk = models.CharField(max_length=40, blank=True)
    clerk = models.CharField(max_length=80, blank=True)
    filer = models.CharField(max_length=80, blank=True)
    claim = models.CharField(max_length=12, blank=True)

    handing = models.CharField(max_length=10, choices=[(h.value, h.value) for h in Handing])

    there = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField(null=True)
    number = models.PositiveSmallIntegerField(default=1)
    told = models.JSONField(default=dict)
    told_at = models.DateTimeField(null=True)
    results = models.JSONField(default=dict)
    ask_at = models.DateTimeField(null=True)

    objects = HandedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_handed_per_code"),
            models.UniqueConstraint(
                fields=["source", "reference"], name="one_handed_per_source_and_reference"
            ),
            models.UniqueConstraint(
                fields=["there"], condition=~Q(there=""), name="one_handed_per_code_there"
            ),
        ]
        indexes = [
            models.Index(fields=["applicant", "-filed_at", "-code"], name="handed_of_applicant"),
            models.Index(
                fields=["agent", "-filed_at", "-code"],
                condition=~Q(agent=""),
                name="handed_of_agent",
            ),
            models.Index(
                fields=["desk", "-id"],
                condition=~Q(desk=""),
                name="handed_at_desk",
            ),
            models.Index(
                fields=["next_at"], condition=Q(handing=Handing.WAITING), name="handed_to_try"
            ),
            models.Index(
                fields=["ask_at"],
                condition=Q(handing=Handing.TAKEN),
                name="handed_to_ask",
            ),
        ]

    def __str__(self) -> str:
        return self.code

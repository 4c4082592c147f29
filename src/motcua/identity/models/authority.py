"""Who may act for whom, as recorded."""

from datetime import date
from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.backbone.keys import UUIDv7
from motcua.identity.rules.authorities import AuthorityKind
from motcua.kernel.actors import Actor

OPEN_LETTER = Q(
    ended_at=None,
    procedures=[],
    kind__in=[AuthorityKind.ATTORNEY.value, AuthorityKind.REPRESENTATIVE.value],
)
"""An authority by a letter that covers all procedures."""


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Authorities, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of which the actor is one of the two; all of them for an official."""
        if actor.is_official:
            return self
        return self.of(actor.id) if actor.id else self.none()

    def of(self, person: str) -> Self:
        """Keep those in which a person acts or is acted for."""
        return self.filter(Q(agent=person) | Q(principal=person))

    def holding_on(self, day: date) -> Self:
        """Keep those that may be used on a day; ``until`` is their last."""
        offered = Q(confirmed_at=None, recorded_by=F("principal"))
        return self.filter(~offered, ended_at=None, since__lte=day, until__gte=day)

    def open_letters(self) -> Self:
        """Keep letters good for all procedures that an official wrote down for who showed them."""
        by_the_two = Q(recorded_by=F("agent")) | Q(recorded_by=F("principal"))
        return self.filter(OPEN_LETTER, ~by_the_two).exclude(confirmed_agency="")

    def known_as(self, authority_id: str) -> Self:
        """Keep one by its id; none where that is no such id."""
        try:
            return self.filter(pk=UUID(authority_id))
        except ValueError:
            return self.none()


class Authority(models.Model):
    """
    That ``agent`` may act for ``principal`` until the end of the day ``until``.

    Both are ids of accounts or parties; name, number and birth date of the principal are kept as
    they were given here, whatever is known of them elsewhere. ``procedures`` are the codes it
    covers, all when empty; ``document`` the id of the file that shows it. Without ``confirmed_at``
    the agent alone declared it, or, where the principal recorded it, has not accepted it yet. An
    ended one stays in the record.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in AuthorityKind])
    principal = models.CharField(max_length=40)
    principal_kind = models.CharField(max_length=12)
    principal_name = models.CharField(max_length=200)
    principal_number = models.CharField(max_length=14)
    principal_born = models.DateField(null=True)
    agent = models.CharField(max_length=40)
    agent_name = models.CharField(max_length=200)
    basis = models.CharField(max_length=500)
    document = models.CharField(max_length=40, blank=True)
    procedures = ArrayField(models.CharField(max_length=40), default=list)
    since = models.DateField()
    until = models.DateField()
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    confirmed_agency = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "principal", "kind", "procedures"],
                condition=Q(ended_at=None),
                name="one_authority_of_a_kind_for_procedures",
            ),
            models.CheckConstraint(
                condition=~Q(agent=F("principal")), name="nobody_is_their_own_agent"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="authority_has_a_time"),
        ]
        indexes = [
            models.Index(fields=["agent", "-id"], name="authority_by_agent"),
            models.Index(fields=["principal", "-id"], name="authority_by_principal"),
            models.Index(
                fields=["until"], condition=Q(ended_at=None), name="authority_open_by_until"
            ),
            models.Index(
                fields=["confirmed_agency", "until"],
                condition=OPEN_LETTER,
                name="authority_open_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_name} → {self.principal_name} ({self.kind})"

    @property
    def is_offered(self) -> bool:
        """Tell whether its principal gave it and its agent has not accepted it yet."""
        return self.confirmed_at is None and self.recorded_by == self.principal

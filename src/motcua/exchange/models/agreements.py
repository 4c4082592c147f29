"""Services that members offer, and who may call them."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Q

from motcua.backbone.keys import UUIDv7
from motcua.exchange.models.members import Member
from motcua.exchange.rules.access import READERS
from motcua.kernel.actors import Actor, Role


class Service(models.Model):
    """
    What a member offers others, described by OpenAPI; ``owner`` is the agency whose data it is.

    It is closed for new calls from ``closed_at`` on.
    """

    provider = models.ForeignKey("exchange.Member", models.PROTECT, related_name="services")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=20)
    openapi = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="one_service_a_code")
        ]
        indexes = [models.Index(fields=["owner"], name="service_by_owner")]

    def __str__(self) -> str:
        return f"{self.provider_id}/{self.code}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """
        Keep those of the actor's agency: it consumes, provides, owns the data, or runs all this.

        Leaders see only what is asked of their agency; auditors and administrators both sides.
        """
        agency = actor.agency
        if agency is None or not actor.serves(agency, *READERS):
            return self.none()
        theirs = Q(service__owner=agency)
        if actor.serves(agency, Role.ADMINISTRATOR, Role.AUDITOR):
            operator = Member.objects.filter(pk__in=settings.EXCHANGE_MEMBERS[:1], agency=agency)
            theirs |= Q(consumer__agency=agency) | Q(service__provider__agency=agency)
            theirs |= Q(Exists(operator))
        return self.filter(theirs)


GRANTED = ["in-force", "suspended"]


class Agreement(models.Model):
    """
    That ``consumer`` may call a service for ``purposes``, from ``valid_from`` to ``valid_until``.

    ``per_day`` and ``per_minute`` are the most calls there may be, no limit where null. Two
    officials of the data's owner grant it, neither of whom asked for it. ``reason`` says why it was
    asked for, ``told`` why it was refused, suspended or ended. ``warned`` is for how many days
    before its end both sides were warned last.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7())
    consumer = models.ForeignKey("exchange.Member", models.PROTECT, related_name="agreements")
    service = models.ForeignKey(Service, models.PROTECT, related_name="agreements")
    purposes = ArrayField(models.CharField(max_length=40))
    standing = models.CharField(max_length=12)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    per_day = models.PositiveIntegerField(null=True)
    per_minute = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=1000)
    legal_basis = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=80)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    first_by = models.CharField(max_length=80, blank=True)
    first_by_name = models.CharField(max_length=200, blank=True)
    first_at = models.DateTimeField(null=True)
    second_by = models.CharField(max_length=80, blank=True)
    second_by_name = models.CharField(max_length=200, blank=True)
    second_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True)
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    warned = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="agreement_lasts"
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=GRANTED)
                | (
                    ~Q(first_by="")
                    & ~Q(second_by="")
                    & ~Q(first_by=F("second_by"))
                    & ~Q(asked_by=F("first_by"))
                    & ~Q(asked_by=F("second_by"))
                ),
                name="four_eyes_on_an_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "consumer"], name="agreement_by_service"),
            models.Index(fields=["consumer", "-asked_at"], name="agreement_by_consumer"),
            models.Index(fields=["standing", "valid_until"], name="agreement_by_end"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AgreementStep(models.Model):
    """One step that was taken on an agreement; it is never changed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12)
    standing = models.CharField(max_length=12)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    agency = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agreement", "at"], name="step_of_agreement")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.step}"

"""Members of the exchange and the certificates of their keys."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q


class Member(models.Model):
    """
    An agency of the first level that talks to others; ``id`` is like ``000.00.00.H26``.

    ``agency`` is the id under which its officials work, which is shorter for some; ``address`` is
    where its gateway answers. ``reason`` tells why it has its state, which it has since ``since``.
    """

    id = models.CharField(max_length=20, primary_key=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=20)
    address = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["agency"], name="member_by_agency")]

    def __str__(self) -> str:
        return f"{self.id} {self.title}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates, narrowed."""

    def holding(self, at: datetime) -> Self:
        """Keep those by which a signature of this moment is believed."""
        return self.filter(
            Q(retires_at__isnull=True) | Q(retires_at__gt=at),
            valid_from__lte=at,
            valid_until__gt=at,
            revoked_at__isnull=True,
        )


class Certificate(models.Model):
    """
    That a public key is a member's; ``kid`` is made from the key and names it on the wire.

    ``retires_at`` is when it no longer holds because a newer one signs. ``warned`` is for how many
    days before its end the administrators were warned last.
    """

    kid = models.CharField(max_length=40, primary_key=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="certificates")
    pem = models.TextField()
    serial = models.CharField(max_length=48)
    issuer = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    retires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=24, blank=True)
    revoked_note = models.CharField(max_length=500, blank=True)
    warned = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "serial"], name="one_certificate_a_serial"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="certificate_lasts"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-valid_from"], name="certificate_by_member"),
            models.Index(
                fields=["valid_until"],
                condition=Q(revoked_at__isnull=True),
                name="certificate_by_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kid}"

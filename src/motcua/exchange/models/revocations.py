"""What outside authorities said last of their certificates: their lists, and answers."""

from django.db import models

from motcua.exchange.models.members import Certificate


class RevocationList(models.Model):
    """
    The list of an authority from one place: a web address, or a file of the operator.

    ``issuer`` is the authority's fingerprint, empty while nothing of any authority was read there.
    ``raw`` is the last list that was believed (DER), made at ``made_at`` and to be replaced by
    ``until``; ``trouble`` is why the last try brought none. ``since`` is when it was first wanted.
    """

    issuer = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=500)
    raw = models.BinaryField(default=b"")
    number = models.DecimalField(max_digits=50, decimal_places=0, default=0)
    made_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    since = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "place"], name="one_list_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer[:12]} {self.place}"


class KeyStatus(models.Model):
    """
    What a responder said last of one certificate that is not revoked: that it is good.

    It said so at ``made_at``, to be asked anew by ``until``; both are nothing before it was
    believed. ``place`` is where it was asked last, ``trouble`` why the last try brought nothing,
    ``since`` when it was first to be asked.
    """

    certificate = models.OneToOneField(
        Certificate, models.CASCADE, primary_key=True, related_name="+"
    )
    place = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    since = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.place}"

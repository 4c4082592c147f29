"""What the gateway counts and remembers of calls."""

from django.db import models

from motcua.exchange.models.agreements import Service


class Nonce(models.Model):
    """A signature that has been used, until it would be refused as expired anyway."""

    digest = models.BinaryField(primary_key=True)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="nonce_by_end")]

    def __str__(self) -> str:
        return bytes(self.digest).hex()


class Usage(models.Model):
    """
    How often an agreement was used in a day (``d``) or a minute (``m``) that began at ``starts``.

    Where it has no limit, calls are counted in several ``slot``s, so that they do not wait for one
    another; where it has one, in slot 0 alone, so that the limit is exact.
    """

    pk = models.CompositePrimaryKey("agreement", "period", "starts", "slot")
    agreement = models.UUIDField()
    period = models.CharField(max_length=1)
    starts = models.DateTimeField()
    slot = models.SmallIntegerField()
    calls = models.IntegerField()
    most = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["period", "starts"], name="usage_by_time")]

    def __str__(self) -> str:
        return f"{self.agreement} {self.period} {self.starts}"


class Upstream(models.Model):
    """
    Where a service is really answered: a system of the agency's own, by its HTTP address.

    It is waited for ``timeout`` seconds and given bodies of ``most`` bytes. ``inside`` tells that
    somebody chose an address of a private network or of this machine.
    """

    service = models.OneToOneField(
        Service, models.CASCADE, primary_key=True, related_name="upstream"
    )
    url = models.CharField(max_length=300)
    timeout = models.FloatField(default=10.0)
    most = models.BigIntegerField(default=16 * 2**20)
    inside = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.url

"""Other portals: those invited here, and those that were joined."""

from django.db import models

from motcua.exchange.models.members import Member


class Invitation(models.Model):
    """
    That the portal of a member may join with a code, of which only the SHA-256 is kept.

    ``kid`` is the key it joined with: the code works for no other.
    """

    digest = models.BinaryField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="invitations")
    expires_at = models.DateTimeField()
    kid = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} {self.expires_at:%F}"


class Peer(models.Model):
    """
    Another portal whose directory is read; from a ``hub`` also what it says of third members.

    ``read_at`` is when it was read last.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="peer")
    hub = models.BooleanField(default=False)
    since = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.member_id

"""A dossier that another member's portal handed on to us."""

from django.db import models


class Taken(models.Model):
    """
    How a dossier came here: who handed it on, under which code of theirs, and what they vouch for.

    ``entry`` is the call in our message log that proves it; ``digest`` is that of the manifest;
    ``person`` what the member told of the applicant's identity.
    """

    member = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    dossier = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    entry = models.UUIDField()
    person = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "code"], name="one_taken_per_member_and_code"
            ),
            models.UniqueConstraint(fields=["dossier"], name="one_taken_per_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.dossier}"

"""That an answer somebody gave, or a paper they need not hand in, is a registry's."""

from django.db import models

from motcua.backbone.keys import UUIDv7


class Proof(models.Model):
    """
    That a field of a draft or dossier is a registry's, or that a registry stands for a paper.

    ``digest`` is the SHA-256 of the value as it was taken: a value changed since is no longer the
    registry's. The value itself stands in the draft alone. Of a paper, ``answer`` is what was
    answered, as its owner signed it: it is the paper now. ``entry`` names the call in our message
    log, ``path`` the question and ``fact`` what of the answer was asked for. ``person`` is the
    personal id whose changes the register is to tell of, empty once nobody waits for them;
    ``changed_at`` is when it told of one.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    subject = models.CharField(max_length=80)
    field = models.CharField(max_length=80)
    fact = models.CharField(max_length=40, blank=True)
    register = models.CharField(max_length=12)
    path = models.CharField(max_length=20, blank=True)
    member = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    entry = models.UUIDField(null=True)
    answer = models.BinaryField(null=True)
    as_of = models.DateField()
    since = models.DateField()
    person = models.CharField(max_length=12, blank=True)
    changed_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field", "fact"], name="one_proof_a_fact")
        ]
        indexes = [
            models.Index(
                fields=["register", "person"],
                condition=~models.Q(person=""),
                name="proof_followed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field} ← {self.register}"


class Followed(models.Model):
    """A person whose changes a register tells us of, because something was proven by it."""

    register = models.CharField(max_length=12)
    person = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "person"], name="followed_once")]

    def __str__(self) -> str:
        return f"{self.register}/{self.person}"

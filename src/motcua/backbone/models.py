"""What every room writes alike: the journal, answers given once, looks at personal data, limits."""

from django.db import models


class Entry(models.Model):
    """One thing that happened: append-only, so it is audit trail, outbox and reporting feed."""

    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    facts = models.JSONField()
    by = models.CharField(max_length=80)
    agency = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="entry_by_subject")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name} {self.subject}"


class GivenAnswer(models.Model):
    """An answer already given to a write with an ``Idempotency-Key``: given again, not redone."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "key"], name="one_answer_per_actor_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.actor}/{self.key}"


class Look(models.Model):
    """Somebody looked at a person's data: who, what, why. Written once, shown to that person."""

    person = models.CharField(max_length=80)
    what = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    agency = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="look_by_person")]

    def __str__(self) -> str:
        return f"{self.by} → {self.person} {self.at:%F}"


class Tally(models.Model):
    """How often somebody did a limited thing in one window of time."""

    what = models.CharField(max_length=60)
    who = models.CharField(max_length=120)
    window = models.BigIntegerField()
    times = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "who", "window"], name="one_tally_per_window")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.who} {self.times}"


class FailedTry(models.Model):
    """
    Why a job that is not done went wrong the last time, and since when it does.

    ``error`` is one line, ``details`` where in the code; neither holds what the job was given.
    ``deaths`` counts the workers that died in its middle.
    """

    job = models.BigIntegerField(primary_key=True)
    error = models.CharField(max_length=300)
    details = models.TextField(blank=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"#{self.job} {self.error}"


class Carried(models.Model):
    """What the package carries and the tables hold: the mark it had when it was loaded."""

    name = models.CharField(primary_key=True, max_length=40)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.mark[:8]}"

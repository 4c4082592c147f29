"""The dossier and its history, as stored."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from motcua.dossiers.models.searching import MOST_WAITING, DigitsOf, WordsOf
from motcua.dossiers.rules.lifecycle import BRINGS_IN, OPEN, SETTLES, WAITING, State, Step
from motcua.kernel.actors import Actor

ONCE = "one_dossier_per_source_and_reference"
"""The rule of the database that files nothing twice."""


ASKS_APPLICANT = Q(state__in=sorted(s.value for s in WAITING)) | Q(
    state=State.NEW.value, fee__gt=0, paid_at__isnull=True
)
"""Which dossiers wait for papers, answers or a fee of their applicant."""


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep what is theirs, or theirs to act for, and for an official their agency's."""
        if not actor.id:
            return self.none()
        scope = Q(applicant=actor.id) | Q(agent=actor.id)
        if actor.agency:
            scope |= Q(agency=actor.agency)
        return self.filter(scope)

    def of_strangers_to(self, near: Collection[str]) -> Self:
        """Keep those behind which nobody of ``near`` stands: what colleagues write of others."""
        return self.exclude(Q(applicant__in=near) | Q(agent__in=near) | Q(filer__in=near))


class Dossier(models.Model):
    """
    One request by one person under one procedure, pinned to the pack it was filed under.

    ``filer`` handed it in; ``agent`` is the account that may act for the applicant now, by
    ``authority``. ``claim`` is the secret on a counter's receipt by which an account takes over a
    dossier of a party without one.

    ``answers`` and ``papers`` are what was handed in; ``limit`` the time allowed, ``promised_at``
    when the answer was due as it was filed, ``due_at`` when it is due now; ``waits`` the finished
    stretches of waiting for the applicant; ``asked`` the open request for supplement. ``stage``
    counts the workflow's stages from 0, the desk; ``holder`` is the official who has it in hand.
    ``sought`` are the folded words by which the desk finds it, each with a space before it.

    ``entered_at`` is when it was filed here, where that is later than it came, ``filed_at``: a
    letter's; else None.

    ``sent_back`` tells that a later stage returned it to this one. ``stage_due_at`` ends the
    stage's own limit, ``answer_until`` the time in which an online filing is answered,
    ``wait_until`` a wait for the applicant. ``appointed_at`` is the due time of the last of
    ``reappointments``; ``counted_late`` that it is late whenever it is done. ``clock_since`` is
    when its time last began anew: a new appointment, or a re-opening. ``return_by``: 0 on the
    spot, 1 by post to ``return_to``, 2 online. After it ends it is kept until ``archive_on``,
    then destroyed or, with ``archive_action`` "keep", kept for good.
    """

    code = models.CharField(max_length=60)
    agency = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    title = models.CharField(max_length=600)
    pack = models.CharField(max_length=40)
    applicant = models.CharField(max_length=80)
    applicant_name = models.CharField(max_length=200)
    filer = models.CharField(max_length=80)
    filer_name = models.CharField(max_length=200)
    agent = models.CharField(max_length=80, blank=True)
    authority = models.UUIDField(null=True)
    office = models.ForeignKey(
        "agencies.Office",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    channel = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    papers = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State])
    stage = models.PositiveSmallIntegerField(default=0)
    stage_role = models.CharField(max_length=16)
    holder = models.CharField(max_length=80, blank=True)
    holder_name = models.CharField(max_length=200, blank=True)
    stage_since = models.DateTimeField(null=True)
    stage_due_at = models.DateTimeField(null=True)
    sent_back = models.BooleanField(default=False, db_default=False)
    limit = models.JSONField()
    filed_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reappointments = models.PositiveSmallIntegerField(default=0)
    appointed_at = models.DateTimeField(null=True)
    clock_since = models.DateTimeField(null=True)
    counted_late = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    waits = models.JSONField(default=list)
    waiting_from = models.CharField(max_length=12, blank=True)
    waiting_since = models.DateTimeField(null=True)
    wait_until = models.DateTimeField(null=True)
    asked = models.JSONField(null=True)
    asked_times = models.PositiveSmallIntegerField(default=0)
    return_by = models.PositiveSmallIntegerField(default=2)
    return_to = models.JSONField(null=True)
    fee = models.BigIntegerField(default=0)
    paid_at = models.DateTimeField(null=True)
    result = models.UUIDField(null=True)
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    sought = models.TextField(default="")
    claim = models.CharField(max_length=12, blank=True)
    archive_on = models.DateField(null=True)
    archive_action = models.CharField(max_length=8, blank=True)

    taken_for: str = ""
    """In whose place the step under way is taken; it goes into the step's details."""

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="dossier_state_is_known"
            ),
            models.UniqueConstraint(fields=["code"], name="one_dossier_per_code"),
            models.UniqueConstraint(fields=["source", "reference"], name=ONCE),
            models.CheckConstraint(
                condition=Q(waiting_from="", waiting_since=None)
                | (~Q(waiting_from="") & Q(waiting_since__isnull=False)),
                name="dossier_wait_has_both_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant", "-id"], name="dossier_of_applicant"),
            models.Index(
                fields=["applicant", "-id"], condition=ASKS_APPLICANT, name="dossier_asks_applicant"
            ),
            models.Index(fields=["agent", "-id"], condition=~Q(agent=""), name="dossier_of_agent"),
            models.Index(
                fields=["agency", "due_at", "id"],
                include=[
                    *("state", "stage_role", "stage_due_at", "sent_back"),
                    *("holder", "office", "answer_until", "answered_at"),
                ],
                condition=Q(state__in=sorted(s.value for s in OPEN)),
                name="dossier_open_by_due",
            ),
            models.Index(fields=["agency", "-id"], name="dossier_of_agency"),
            models.Index(
                fields=["wait_until"],
                condition=Q(wait_until__isnull=False),
                name="dossier_waits_until",
            ),
            GinIndex(WordsOf(), name="dossier_words", gin_pending_list_limit=MOST_WAITING),
            GinIndex(
                OpClass(DigitsOf(), "gin_trgm_ops"),
                name="dossier_digits",
                gin_pending_list_limit=MOST_WAITING,
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Transition(models.Model):
    """
    One step taken: written once, never changed, shown as the dossier's history.

    ``agency`` to ``counted_late`` are the dossier's as they were after the step, so that a report
    of a past period reads the same whatever happens later. ``filed_at`` is when its first step was
    taken: a letter entered late came before that, but reports of that time were made without it.
    ``version`` is the dossier's after it; of older and made-up steps it is not known.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="transitions")
    step = models.CharField(max_length=16, choices=[(s.value, s.value) for s in Step])
    before = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12)
    stage = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    agency = models.CharField(max_length=40)
    procedure = models.CharField(max_length=40)
    channel = models.PositiveSmallIntegerField()
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    counted_late = models.BooleanField(default=False)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "at"],
                include=[
                    "dossier",
                    "step",
                    "procedure",
                    "channel",
                    "filed_at",
                    "due_at",
                    "counted_late",
                ],
                condition=Q(step__in=sorted(s.value for s in BRINGS_IN | SETTLES)),
                name="transition_milestone",
            ),
            models.Index(
                fields=["dossier"],
                condition=Q(step__in=sorted(s.value for s in BRINGS_IN - {Step.FILE})),
                name="transition_brought_again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.step}"

    @classmethod
    def of(cls, dossier: Dossier, step: Step, *, by: Actor, at: datetime, **facts: Any) -> Self:
        """Return the row of a step just applied to ``dossier``, not written yet."""
        return cls(
            dossier=dossier,
            step=step,
            state=dossier.state,
            stage=dossier.stage,
            by=by.id,
            by_name=by.name,
            agency=dossier.agency,
            procedure=dossier.procedure,
            channel=dossier.channel,
            filed_at=dossier.entered_at or dossier.filed_at,
            due_at=dossier.due_at,
            counted_late=dossier.counted_late,
            at=at,
            version=dossier.version,
            **facts,
        )


class Rating(models.Model):
    """
    How satisfied the applicant was: one answer a dossier, 3 very, 2 satisfied, 1 not.

    ``answers`` are those to the pack's own questions: yes, partly or no, by question.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(1, 3)), name="rating_is_one_of_three")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.score}"


class DayNumber(models.Model):
    """The last number given out by an agency on a day; its row is the only lock filing takes."""

    pk = models.CompositePrimaryKey("agency", "day")
    agency = models.CharField(max_length=40)
    day = models.DateField()
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.agency} {self.day}: {self.last}"

"""Numbers that were drawn, and what became of them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from motcua.kernel.actors import Actor
from motcua.queues.models.places import Service, Window
from motcua.queues.rules.lifecycle import State


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the tickets of the offices of the actor's agency."""
        return self.filter(agency=actor.agency or "-")

    def of_day(self, office: int, day: date) -> Self:
        """Keep the tickets drawn at an office on a day."""
        return self.filter(office=office, day=day)

    def in_order(self) -> Self:
        """Put them in the order they are called: priority first, then as they were drawn."""
        return self.order_by("-priority", "id")


class Ticket(models.Model):
    """
    A number of one office and day, by which somebody unnamed waits; ``token`` follows it.

    ``number`` keeps the letter it was drawn under; ``service`` is the line it waits in now.
    ``window`` and ``clerk`` are those that called it last, ``called_at`` the first call,
    ``last_called_at`` the latest. That its holder goes first is marked, never why.
    """

    agency = models.CharField(max_length=40)
    office = models.ForeignKey("agencies.Office", models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.CharField(max_length=8)
    token = models.CharField(max_length=24, unique=True)
    priority = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=State.WAITING.value)
    window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="+")
    clerk = models.CharField(max_length=80, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    drawn_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    last_called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    dossiers = models.JSONField(default=list)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "number"], name="one_number_an_office_and_day"
            ),
            models.UniqueConstraint(
                fields=["window", "day"],
                condition=Q(state__in=[State.CALLED.value, State.SERVING.value]),
                name="one_ticket_at_a_window",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "day", "-priority", "id"],
                condition=Q(state=State.WAITING.value),
                name="ticket_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.day}/{self.number}"

"""What the portal keeps about a person, for that person to take away."""

from datetime import datetime

from motcua.backbone.looks import looks_at_me
from motcua.identity.models import LookQuestion
from motcua.identity.queries.authorities import authorities_of_mine
from motcua.identity.queries.people import person
from motcua.kernel.actors import Actor
from motcua.kernel.exports import Sheet, rows_of
from motcua.kernel.text import N_

MOST = 20_000
AUTHORITY = "id kind standing principal_name agent_name until basis procedures recorded_at"


def my_account(*, by: Actor, at: datetime) -> tuple[Sheet, ...]:
    """Return the actor's account, for whom they act, and who looked at their data and why."""
    asked = LookQuestion.objects.filter(person=by.id).order_by("id")
    return (
        Sheet("tai-khoan", N_("My account"), rows_of([person(by.id, by=by, at=at)])),
        Sheet(
            "uy-quyen",
            N_("Whom I act for, and who acts for me"),
            rows_of(authorities_of_mine(by=by, at=at), AUTHORITY),
        ),
        Sheet("ai-da-xem", N_("Who looked at my data"), rows_of(looks_at_me(by=by, limit=MOST))),
        Sheet("da-hoi-vi-sao", N_("Looks I asked about"), rows_of(asked, "look at")),
    )

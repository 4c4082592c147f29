"""A hand-over list on paper, with a place for both signatures."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.dossiers.queries.handovers import HandOverSeen, Listed, handover
from motcua.dossiers.web.slips.frame import rows, sheet, table
from motcua.dossiers.web.slips.views import pdf_answer
from motcua.kernel.text import N_

STANDS = {"pending": N_("To be confirmed"), "taken": N_("Taken over"), "refused": N_("Not taken")}


@require_safe
@officials_only()
def pdf(request: HttpRequest, list_id: int) -> HttpResponse:
    """Give a hand-over list as a PDF, A4 across."""
    seen = handover(list_id, by=actor_of(request))
    return pdf_answer(_paper(seen), f"ban-giao-{seen.line.day}-{seen.line.number}.pdf")


def _paper(seen: HandOverSeen) -> bytes:
    line = seen.line
    receiver = line.receiver_name or next((x.by_name for x in seen.items if x.by_name), "")
    head = [
        *(_("#"), _("Dossier code"), _("Procedure"), _("Applicant")),
        *(_("Promised for"), _("Confirmed"), _("Remark")),
    ]
    return sheet(
        agency(seen.agency),
        number=f"{line.number}/{line.day:%d-%m-%Y}",
        title=_("Hand-over list of dossiers"),
        at=line.given_at,
        blocks=[
            rows(
                (_("Given by"), f"{line.giver_name}, {moment(line.given_at)}"),
                (_("Handed to"), receiver),
                (_("Dossiers on this list"), str(len(seen.items))),
            ),
            table(
                head,
                [0, 0, 4, 3, 2, 3, 2],
                [_cells(n, x) for n, x in enumerate(seen.items, start=1)],
            ),
        ],
        signatures=[(_("Handed over by"), line.giver_name), (_("Taken over by"), receiver)],
        landscape=True,
    )


def _cells(n: int, each: Listed) -> list[str]:
    signed = ", ".join(filter(None, [each.by_name, moment(each.at) if each.at else ""]))
    stands = ": ".join(filter(None, [_(STANDS[each.state]), signed]))
    return [
        *(str(n), each.code, each.title, each.applicant_name),
        *(moment(each.due_at), stands, each.remark),
    ]

"""What stands on each paper about a dossier, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.backbone.formats import moment
from motcua.dossiers.queries.slips import Along, ControlSlip, Kind, Slip
from motcua.dossiers.rules.control import Leg
from motcua.dossiers.rules.opinions import OpinionState
from motcua.dossiers.web.paper_sizes import Size
from motcua.dossiers.web.slips.frame import (
    TIMING_WORDS,
    Block,
    numbered,
    numbered_in,
    rows,
    said_at,
    sheet,
    table,
    text,
)
from motcua.kernel.phones import shown_phone
from motcua.kernel.text import N_

NOBODY = ("", "")
"""Where nobody signs, so that the other side stays on the right."""


SIGNS = {Kind.SUPPLEMENT: "HDHS", Kind.REFUSAL: "TCHS", Kind.APOLOGY: "XLHL"}
"""The sign of each kind in its number: hướng dẫn, từ chối, xin lỗi và hẹn lại."""

HEAD_SIGNS = frozenset({Kind.APOLOGY})
"""What the head of the agency signs, whoever drew it up: no other name stands under it."""


def of_step(slip: Slip, *, size: Size) -> bytes:
    """Return the PDF of a paper that a step brought about."""
    title, blocks, signs = _SHEETS[slip.kind](slip)
    code = slip.dossier.code
    whom = (_("Applicant"), slip.dossier.filer_name)
    name = slip.taken.by_name if slip.by_leader or slip.kind not in HEAD_SIGNS else ""
    signatures = [whom if slip.kind is Kind.REFUSAL else NOBODY, (signs, name)]
    return sheet(
        slip.agency,
        number=numbered_in(code, SIGNS[slip.kind], slip.number),
        title=title,
        code=code,
        at=slip.taken.at,
        blocks=blocks,
        signatures=signatures,
        size=size,
    )


def of_control(found: ControlSlip, *, at: datetime) -> bytes:
    """Return the PDF of a dossier's control slip."""
    view, language = found.dossier, get_language() or "vi"
    stages = [stage.name[language] for stage in found.pack.workflow]
    head = [
        *(_("#"), _("Name of the unit, step"), _("Time of handing over and taking over")),
        *(_("Handed over by"), _("Taken over by"), _("Result of processing"), _("Remarks")),
    ]
    lines = [_line(n, leg, stages, found.names) for n, leg in enumerate(found.legs, start=1)]
    return sheet(
        found.agency,
        number=numbered_in(view.code, "KSHS"),
        title=_("Control slip of processing a dossier"),
        code=view.code,
        at=at,
        blocks=[
            rows(
                (_("What is asked for"), f"{found.pack.title[language]} ({view.procedure})"),
                (_("Dossier of"), view.applicant_name),
                (_("Agency (unit) that processes the dossier"), found.agency.name),
                (_("Agencies that work along"), "; ".join(map(_said_along, found.along))),
                (_("Time the dossier was received"), said_at(view.filed_at)),
                (_("Time the result is returned"), said_at(view.due_at)),
            ),
            table(head, [0, 3, 5, 3, 3, 2, 2], lines),
        ],
        signatures=[(_("One-stop desk"), ""), (_("Unit that processes it"), "")],
        landscape=True,
    )


def _said_along(asked: Along) -> str:
    at = said_at(asked.ended_at) if asked.ended_at else ""
    match asked.state:
        case OpinionState.GIVEN:
            how = _("opinion given %(at)s") % {"at": at}
        case OpinionState.RECALLED:
            how = _("request recalled %(at)s") % {"at": at}
        case _:
            how = _("no opinion yet")
    return f"{asked.name} ({how})"


def _line(n: int, leg: Leg, stages: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return a row of the control slip, with room for both signatures over the names."""
    due = _("Limit: %(at)s") % {"at": moment(leg.due)} if leg.due else ""
    over = _("Done: %(at)s") % {"at": said_at(leg.ended)} if leg.ended else _("not over yet")
    return [
        str(n),
        "\n".join([names[leg.agency], *stages[leg.stage : leg.stage + 1]]),
        "\n".join([_("Handed over: %(at)s") % {"at": said_at(leg.began)}, over]),
        f"\n\n{leg.given_by}",
        f"\n\n{leg.taken_by}",
        "\n".join(filter(None, [_(TIMING_WORDS[leg.stood]) if leg.stood else "", due])),
        "",
    ]


def _whose(slip: Slip) -> Block:
    view, contact = slip.dossier, slip.contact
    language = get_language() or "vi"
    return rows(
        (_("Dossier of"), view.applicant_name),
        (_("What is asked for"), f"{slip.pack.title[language]} ({view.procedure})"),
        (_("Address"), (view.return_to or {}).get("address", "")),
        (_("Phone"), shown_phone(contact.phone) if contact else ""),
        (_("E-mail"), contact.email if contact else ""),
        (_("Time the dossier was received"), said_at(slip.came_at)),
    )


def _supplement(slip: Slip) -> tuple[str, list[Block], str]:
    language = get_language() or "vi"
    names = {paper.id: paper.name[language] for paper in slip.pack.papers}
    names |= {field.id: field.label[language] for field in slip.pack.form.fields}
    asked = [*slip.taken.details.get("papers", ()), *slip.taken.details.get("fields", ())]
    ask_at = _("If anything is unclear, ask %(agency)s, phone %(phone)s.") % {
        "agency": slip.agency.name,
        "phone": slip.agency.phone or "…………",
    }
    blocks: list[Block] = [
        _whose(slip),
        numbered(
            _("To complete the dossier, please supply or correct:"),
            [names.get(each, each) for each in asked],
        ),
        rows((_("Reason"), slip.taken.reason)),
        text(_("Until this arrives, the time limit of the dossier stands still.")),
        text(ask_at),
    ]
    return _("Request to supplement and complete the dossier"), blocks, _("Instructed by")


def _refusal(slip: Slip) -> tuple[str, list[Block], str]:
    said = _("After looking at it, the one-stop desk of %(agency)s does not accept this dossier.")
    blocks = [
        _whose(slip),
        text(said % {"agency": slip.agency.name}),
        rows((_("Reason"), slip.taken.reason)),
        text(_("You may file again, and you may complain as the law provides.")),
    ]
    title = _("Refusal to accept and process the dossier")
    return title, blocks, _("Received by")


PROMISED = N_(
    "On %(filed)s %(agency)s took your dossier for “%(title)s”, code %(code)s; the result was "
    "promised for %(was)s."
)
SORRY = N_(
    "We apologise for the trouble and cost this delay causes you. The result will be returned by "
    "%(due)s."
)


def _apology(slip: Slip) -> tuple[str, list[Block], str]:
    view, details = slip.dossier, slip.taken.details
    language = get_language() or "vi"
    was = [said_at(datetime.fromisoformat(x)) for x in details.get("was_due", ())]
    to = [said_at(datetime.fromisoformat(x)) for x in details.get("due", ())]
    facts = {
        "agency": slip.agency.name,
        "filed": said_at(slip.came_at),
        "title": slip.pack.title[language],
        "code": view.code,
        "was": was[0] if was else "…………",
        "due": to[0] if to else said_at(view.due_at),
    }
    blocks = [
        rows((_("Addressed to"), view.applicant_name)),
        text(_(PROMISED) % facts),
        text(_("%(agency)s cannot return the result by the time on your receipt.") % facts),
        rows((_("Reason"), slip.taken.reason)),
        text(_(SORRY) % facts),
        text(_("We hope for your understanding.")),
    ]
    title = _("Apology and new appointment for the result")
    return title, blocks, _("Head of the agency")


_SHEETS: dict[Kind, Callable[[Slip], tuple[str, list[Block], str]]] = {
    Kind.SUPPLEMENT: _supplement,
    Kind.REFUSAL: _refusal,
    Kind.APOLOGY: _apology,
}

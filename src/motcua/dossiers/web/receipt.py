"""The receipt: proof of filing and the promised time, as a page and as a PDF."""

from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.barcodes import bar_code
from motcua.backbone.formats import dong, moment
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.pdf import render_pdf
from motcua.dossiers.queries.drawn import Drawn
from motcua.dossiers.queries.filing import Receipt, receipt
from motcua.dossiers.queries.received import PaperReceived
from motcua.dossiers.rules.counter import PAPER_FORMS
from motcua.dossiers.rules.lifecycle import OPEN
from motcua.dossiers.rules.words import CHANNEL_WORDS, RETURN_WORDS
from motcua.dossiers.web.filing_frame import limit_words
from motcua.dossiers.web.led_on import or_elsewhere
from motcua.dossiers.web.pages import page, register_words
from motcua.dossiers.web.paper_sizes import Size, size_asked
from motcua.dossiers.web.slips.frame import DOTS, head, numbered_in, said_at, signs
from motcua.dossiers.web.track import sealed_address
from motcua.forms.queries.forms import drawing_of
from motcua.kernel.phones import shown_phone
from motcua.kernel.text import N_

TEMPLATE = Path(__file__).parent.parent / "templates" / "dossiers" / "receipt.typ"


@require_safe
@signed_in
@or_elsewhere
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt of a dossier; it prints on one page."""
    by, at = actor_of(request), localtime(now())
    found = receipt(code, by=by, at=at)
    language = get_language() or "vi"
    waits = found.dossier.state in OPEN and found.bill is not None and not found.bill.is_paid
    facts = {
        "view": found.dossier,
        "mine": found.dossier.mine,
        "place": found.agency,
        "rows": rows_of(found),
        "papers": [(x.name[language], x.files, form_words(x)) for x in found.papers],
        "due_at": found.received.due_at,
        "address": address_to_track(found),
        "bars": bar_code(found.dossier.code),
        "bill": found.bill if waits else None,
        "payable": found.bill is not None and found.bill.may_be_paid(at),
        "received_by": found.received.by_name,
        "drawn": found.drawn,
        "drawn_words": signature_words(found.drawn) if found.drawn else "",
    }
    return page(request, "receipt", facts)


@require_safe
@signed_in
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the receipt as a PDF/UA: a page, two where it was filed on paper; A4 or A5."""
    found = receipt(code, by=actor_of(request), at=localtime(now()))
    paper = render_pdf(TEMPLATE, on_paper(found, size=size_asked(request)))
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="giay-hen-{found.dossier.code}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def address_to_track(found: Receipt) -> str:
    """Return what the QR code opens: nothing personal, and a check of the paper."""
    view, due_at = found.dossier, found.received.due_at
    return sealed_address(view.code, filed_at=view.filed_at, due_at=due_at)


def rows_of(found: Receipt) -> list[tuple[str, str]]:
    """Return the facts a receipt states, as label and value."""
    view, language = found.dossier, get_language() or "vi"
    rows = [
        (_("Procedure"), f"{found.title[language]} ({view.procedure})"),
        (_("Applicant"), view.applicant_name),
        *([(_("Filed by"), view.filer_name)] if view.filer != view.applicant else []),
        (
            _("Time of filing"),
            f"{moment(view.filed_at)} ({_(CHANNEL_WORDS[view.channel]).lower()})",
        ),
    ]
    if found.received.at:
        said = ", ".join(filter(None, [moment(found.received.at), found.received.by_name]))
        rows.append((_("Time of acceptance"), said))
    rows += [
        (_("Time allowed"), limit_words(found.limit)),
        (_("Result promised for"), moment(found.received.due_at)),
    ]
    if view.fee:
        paid = _("paid") if view.paid_at else _("not paid yet")
        rows.append((_("Fee to pay"), f"{dong(view.fee)}, {paid}"))
    if view.claim:
        rows.append((_("Code to take the dossier over online"), view.claim))
    place = _(RETURN_WORDS[view.return_by])
    rows.append((_("You receive"), f"{found.result[language]}: {place}"))
    return rows


def on_paper(found: Receipt, *, size: Size) -> dict[str, Any]:
    """Return what the Typst template of the receipt reads, in the order of form 01."""
    view, language = found.dossier, get_language() or "vi"
    by_hand = view.channel != CHANNEL_ONLINE
    return {
        **head(
            found.place,
            number=numbered_in(view.code, SIGN),
            title=_("Receipt of the dossier and appointment for the result"),
            code=view.code,
            at=found.received.at or view.filed_at,
        ),
        "size": size.value,
        "copies": [_(KEPT), _(GIVEN)] if by_hand else [""],
        "whose": _labelled(_whose(found)),
        "numbered": _labelled(_numbered(found)),
        "papers": [
            {"name": x.name[language], "files": str(x.files or "–"), "form": form_words(x)}
            for x in found.papers
        ],
        "signatures": _signatures(found),
        "notes": [
            *([_("Made in two copies: one is kept with the dossier, one is yours.")] * by_hand),
            _("Track the dossier with its code, with the QR code above, or in your account."),
        ],
        "bars": str(bar_code(view.code)),
        "qr": _qr(address_to_track(found)),
        "words": _words(),
    }


def _signatures(found: Receipt) -> list[dict[str, str]]:
    """Return where both sign, with what was drawn as a signature on the tablet."""
    who = [(_("Applicant"), found.dossier.filer_name), (_("Received by"), found.received.by_name)]
    applicant, official = signs(who)
    if found.drawn is not None:
        said = _("Drawn on the tablet, %(moment)s") % {"moment": moment(found.drawn.at)}
        drawn = {"drawn": drawing_of(found.drawn.strokes), "drawn_when": said}
        applicant |= {**drawn, "drawn_alt": signature_words(found.drawn)}
    return [applicant, official]


def signature_words(drawn: Drawn) -> str:
    """Return in words what the picture of a signature shows."""
    facts = {"name": drawn.name, "moment": moment(drawn.at)}
    return _("Signature of %(name)s, drawn at the counter at %(moment)s") % facts


SIGN = "TNHS"
"""The sign in a receipt's number: tiếp nhận hồ sơ."""
CHANNEL_ONLINE = 2
KEPT = N_("Copy 1: kept at the desk")
GIVEN = N_("Copy 2: for the applicant")


def _labelled(rows: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "value": value or DOTS} for label, value in rows]


def _whose(found: Receipt) -> list[tuple[str, str]]:
    view, contact, language = found.dossier, found.contact, get_language() or "vi"
    return [
        (_("Desk that receives dossiers and returns results"), found.agency),
        (_("Received the dossier of"), view.applicant_name),
        *([(_("Filed by"), view.filer_name)] if view.filer != view.applicant else []),
        (_("Address"), (view.return_to or {}).get("address", "")),
        (_("Phone"), shown_phone(contact.phone) if contact else ""),
        (_("E-mail"), contact.email if contact else ""),
        (_("What is asked for"), f"{found.title[language]} ({view.procedure})"),
    ]


def _numbered(found: Receipt) -> list[tuple[str, str]]:
    view, language = found.dossier, get_language() or "vi"
    channel = _(CHANNEL_WORDS[view.channel]).lower()
    where = _(RETURN_WORDS[view.return_by])
    rows = [
        (_("Sets of papers"), _("01 (set)")),
        (_("Time allowed by the rules"), limit_words(found.limit)),
        (_("Time the dossier was received"), f"{said_at(view.filed_at)} ({channel})"),
        (_("Time the result is returned"), said_at(found.received.due_at)),
        (_("The result is taken"), f"{where} ({found.result[language]})"),
    ]
    if view.fee:
        paid = _("paid") if view.paid_at else _("not paid yet")
        rows.append((_("Fee to pay"), f"{dong(view.fee)}, {paid}"))
    if view.claim:
        rows.append((_("Code to take the dossier over online"), view.claim))
    return rows


def _words() -> dict[str, str]:
    return {
        "qr": _("Scan to track the dossier"),
        "papers": _("Papers of the dossier handed in"),
        "none": _("No papers were needed."),
        "no": _("#"),
        "paper": _("Paper"),
        "form": _("Received as"),
        "files": _("Files"),
        "book": _("Entered in the tracking book, volume: ………… number: …………"),
        "notes_head": _("Notes"),
    }


def form_words(paper: PaperReceived) -> str:
    """Return in which form a paper was received, or in which register it was found."""
    if paper.register and not paper.form and not paper.files:
        return _("need not be sent: it is in the %(register)s") % {
            "register": register_words(paper.register)
        }
    return _(PAPER_FORMS[paper.form]) if paper.form else ""


def _qr(text: str) -> str:
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=4)
    return drawn.getvalue().decode()

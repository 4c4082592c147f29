"""What a service pack knows better than the published record: cases, limits, fees, results."""

from collections.abc import Iterator
from dataclasses import replace

from motcua.catalogue.rules.cpsv.services import Access, LegalText, Price, Service, Thing, Told
from motcua.catalogue.rules.cpsv.wording import APPLICANTS, FREE
from motcua.catalogue.rules.readings import Way
from motcua.forms.queries.forms import Words
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import Channel, Pack, PaperForm, usual_limit

_STEPS = Told("Trình tự thực hiện", "Order of the procedure")
_FORMS = {
    PaperForm.ORIGINAL: Told("bản chính", "original"),
    PaperForm.CERTIFIED: Told("bản sao chứng thực", "certified copy"),
    PaperForm.COPY: Told("bản sao", "copy"),
}
_SOMETIMES = Told("Chỉ trong một số trường hợp.", "In some cases only.")
_BY_CASE = Told("tùy trường hợp", "depending on the case")
_EACH = Told("mức thu cho mỗi đơn vị", "rate for each unit")


@for_rooms
def told_by(pack: Pack, service: Service) -> Service:
    """Return ``service`` as its pack tells it; title, summary and agency stay the record's."""
    usual = Channel.ONLINE if Channel.ONLINE in pack.channels else pack.channels[0]
    return replace(
        service,
        title=Told(service.title.vi, service.title.en or pack.title.en),
        summary=_told(pack.summary) if service.summary == service.title else service.summary,
        applicants=tuple(APPLICANTS.get(who, Told(who)) for who in pack.applicants),
        limit=usual_limit(pack, usual),
        accesses=tuple(
            Access(Way(channel.value), usual_limit(pack, channel)) for channel in pack.channels
        ),
        prices=tuple(_prices(pack)),
        papers=tuple(_papers(pack)),
        requirements=tuple(
            Thing(f"condition-{n}", _told(words)) for n, words in enumerate(pack.requirements, 1)
        ),
        results=tuple(
            Thing(f"result-{n}", _told(each.name), number=each.code)
            for n, each in enumerate(pack.results, 1)
        ),
        rules=tuple(_rules(pack)),
        laws=tuple(LegalText(law.code, _told(law.name)) for law in pack.legal),
        filed_here=Channel.ONLINE in pack.channels,
        pack=pack.version,
    )


def _told(words: Words | None) -> Told:
    return Told(words.vi, words.en) if words else Told()


def _together(*parts: Told, by: str = " ") -> Told:
    there = [part for part in parts if part]
    return Told(by.join(part["vi"] for part in there), by.join(part["en"] for part in there))


def _prices(pack: Pack) -> Iterator[Price]:
    if not pack.fees:
        yield Price("fee-free", FREE, 0)
    for fee in pack.fees:
        notes = (
            _EACH if fee.times else Told(),
            _BY_CASE if fee.when or fee.cases or fee.exempt else Told(),
        )
        amount = fee.amount if isinstance(fee.amount, int) else None
        yield Price(f"fee-{fee.code}", _together(_told(fee.name), *notes, by="; "), amount)


def _papers(pack: Pack) -> Iterator[Thing]:
    for paper in pack.papers:
        forms = [_FORMS[form] for form in paper.forms]
        asked = Told(
            f"{paper.count} {' / '.join(form.vi for form in forms)}.",
            f"{paper.count} × {' / '.join(form.en for form in forms)}.",
        )
        sometimes = (
            Told() if paper.required is True and not (paper.show or paper.cases) else _SOMETIMES
        )
        about = _together(_told(paper.hint), asked, sometimes)
        yield Thing(f"paper-{paper.id}", _told(paper.name), about)


def _rules(pack: Pack) -> Iterator[Thing]:
    """Tell the order of the work, and each case in which a fee is not charged."""
    stages = [_told(stage.name) for stage in pack.workflow]
    numbered = [Told(f"{n}. {s.vi}", f"{n}. {s.en}") for n, s in enumerate(stages, 1)]
    if numbered:
        yield Thing("steps", _STEPS, _together(*numbered, by="\n"))
    for fee in pack.fees:
        for n, exempt in enumerate(fee.exempt, 1):
            name = Told(f"Miễn: {fee.name.vi}", f"Exempt: {fee.name.en}")
            law = Told(exempt.legal)
            about = _together(_told(exempt.reason), law, by=" · ")
            yield Thing(f"exempt-{fee.code}-{n}", name, about)

"""What a step of the time line meant for the promised time, and what else is worth knowing."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.backbone.formats import clock, day, dong, moment
from motcua.dossiers.queries.dossiers import DossierView, StepTaken
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.counter import KNOWN_BY
from motcua.dossiers.rules.fees import fees_kept
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.web.corrected import corrected_in
from motcua.dossiers.web.lacking import left_out
from motcua.packs.queries.packs import pack

ASKS = frozenset({Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT})
ENDS_WAIT = frozenset({Step.SUPPLY, Step.PAY, Step.WAIVE})
OPINIONS = frozenset({Step.CONSULT, Step.CONSULTED, Step.RECALL})
"""Steps about another agency's opinion."""


def notes_on(view: DossierView, number: int, places: Mapping[str, str]) -> tuple[str, ...]:
    """
    Return what to say under a step: how the promised time moved and why, who took it over, how.

    :param number: the step's place in the history
    :param places: names of agencies by their ids
    """
    taken = view.history[number]
    before = view.history[number - 1] if number else None
    told = [_handed_on(taken, places), _waited(view, number), _moved(taken, before)]
    if taken.step is Step.SUPPLY:
        told.append(_at_desk(taken))
        told += [*corrected_in(view).get(number, ()), *left_out(taken, pack(view.pack))]
    if taken.step is Step.ASK_PAYMENT:
        told += _asked_for(taken)
    if taken.step is Step.WAIVE:
        told = [*_taken_back(taken), *told]
    if taken.step is Step.APPROVE:
        told.append(_in_time(taken))
    if taken.step is Step.RETURN:
        told.append(_returned(taken))
    return tuple(filter(None, told))


def agencies_named(view: DossierView) -> set[str]:
    """Return the agencies that the notes of a dossier name."""
    named = {view.agency, *(taken.agency for taken in view.history)}
    for taken in view.history:
        for part in ("from", "to", "agency"):
            named |= set(taken.details.get(part, []))
    return named


def _handed_on(taken: StepTaken, places: Mapping[str, str]) -> str:
    if taken.step is Step.TRANSFER:
        (to,) = taken.details.get("to") or [taken.agency]
        return _("Now with %(agency)s, which is competent for it.") % {"agency": _name(to, places)}
    if taken.step in OPINIONS and taken.details.get("agency"):
        name = _name(taken.details["agency"][0], places)
        if taken.step is Step.CONSULT:
            return _("Asked: %(agency)s. The time limit goes on.") % {"agency": name}
        if taken.step is Step.RECALL:
            return _("No longer asked: %(agency)s.") % {"agency": name}
        return _("Answered by %(agency)s.") % {"agency": name}
    return ""


def _name(agency: str, places: Mapping[str, str]) -> str:
    return places.get(agency) or agency


def _waited(view: DossierView, number: int) -> str:
    """Tell how long the clock stood still, at the step that set it going again."""
    taken = view.history[number]
    if taken.step not in ENDS_WAIT:
        return ""
    asked = [each for each in view.history[:number] if each.step in ASKS]
    if not asked or taken.before not in ("supplement", "payment"):
        return ""
    length = _length(asked[-1].at, taken.at)
    if taken.before == "payment":
        return _("The clock stood still for %(length)s while the fee was awaited.") % {
            "length": length
        }
    return _("The clock stood still for %(length)s while the agency waited for you.") % {
        "length": length
    }


def _length(start: datetime, end: datetime) -> str:
    days = (localtime(end).date() - localtime(start).date()).days
    if days:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    hours = max(round((end - start).total_seconds() / 3600), 1)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def _moved(taken: StepTaken, before: StepTaken | None) -> str:
    """Tell where the promised time went, where it moved since the step before."""
    if before is None or taken.due_at == before.due_at:
        return _promise_stays(taken)
    facts = {"before": moment(before.due_at), "now": moment(taken.due_at)}
    if taken.step is Step.REAPPOINT:
        return (
            _("The agency apologises. The result is now promised for %(now)s; it was %(before)s.")
            % facts
        )
    if taken.step is Step.REOPEN:
        return _("The time limit begins anew: the result is promised for %(now)s.") % facts
    if taken.step in ENDS_WAIT or taken.step is Step.TRANSFER:
        return _("The promised time moved from %(before)s to %(now)s.") % facts
    return (
        _("The agency's working days changed before this: promised for %(now)s, it was %(before)s.")
        % facts
    )


def _promise_stays(taken: StepTaken) -> str:
    if taken.step in ENDS_WAIT and taken.before in ("supplement", "payment"):
        return _("The promised time stays: %(now)s.") % {"now": moment(taken.due_at)}
    return ""


def _at_desk(taken: StepTaken) -> str:
    """Tell which clerk took an answer at the counter, and by what they knew whose it is."""
    if not taken.details.get("at_desk"):
        return ""
    letter = taken.details.get("tracking", [""])[0]
    known = f"{_(KNOWN_BY[taken.details['identity'][0]])} {letter}".strip()
    facts = {"clerk": taken.details["at_desk"][0], "identity": known}
    return _("Taken at the counter by %(clerk)s, who saw: %(identity)s.") % facts


def _asked_for(taken: StepTaken) -> Iterator[str]:
    for fee in fees_kept(taken.details.get("fees", ())):
        facts = {"fee": fee.title, "amount": dong(fee.amount), "legal": fee.legal}
        yield _("%(fee)s: %(amount)s, under %(legal)s.") % facts


def _taken_back(taken: StepTaken) -> Iterator[str]:
    for fee in fees_kept(taken.details.get("fees", ())):
        facts = {"fee": fee.title, "amount": dong(fee.amount)}
        yield _("No longer to be paid: %(fee)s, %(amount)s.") % facts
    for amount in taken.details.get("goes_back", ()):
        yield _("%(amount)s was paid for it already and goes back.") % {"amount": dong(int(amount))}


def _in_time(taken: StepTaken) -> str:
    settled, due = day_of(taken.at), day_of(taken.due_at)
    days = abs((due - settled).days)
    if taken.counted_late and settled <= due:
        return _("Late: it was put off a second time")
    match timing(settled, due):
        case Timing.EARLY:
            words = ngettext(
                "%(n)s day before the promised day", "%(n)s days before the promised day", days
            )
        case Timing.ON_TIME:
            return _("On the promised day")
        case _:
            words = ngettext(
                "%(n)s day after the promised day", "%(n)s days after the promised day", days
            )
    return words % {"n": days}


def _returned(taken: StepTaken) -> str:
    how, sent = taken.details.get("how", [""])[0], taken.details.get("tracking", [""])[0]
    if how == "by_post":
        carrier = taken.details.get("carrier", [""])[0]
        facts = {"carrier": carrier, "number": sent}
        return _("Sent by post: %(carrier)s, tracking number %(number)s.") % facts
    if how == "on_the_spot":
        whom = taken.details.get("to_whom", [""])[0]
        return _("Handed over at the desk to %(whom)s.") % {"whom": whom}
    return ""


def calendar_note(view: DossierView) -> str:
    """Tell that the promised time moved after the last step, because working days changed."""
    last = view.history[-1].due_at
    if last == view.due_at:
        return ""
    facts = {"now": f"{clock(view.due_at)} {day(view.due_at)}", "before": moment(last)}
    return (
        _("The agency's working days have changed since: promised for %(now)s, it was %(before)s.")
        % facts
    )

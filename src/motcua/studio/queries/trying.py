"""A draft tried with answers: the pack it makes so far, and an example kept of what came out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.agencies.queries.agencies import NoCompetentAgency, competent_agency
from motcua.forms.queries.forms import problems_in, seen
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import errors_in
from motcua.packs.queries.packs import Channel, Pack, result_for, unit_of
from motcua.packs.queries.previewing import outcome_of
from motcua.packs.queries.trying import pack_of

__all__ = ["Example", "agency_for", "example_of", "pack_to_try"]


@dataclass(frozen=True, slots=True)
class Example:
    """An example as a file of the pack."""

    file: str
    text: str


@for_rooms
def pack_to_try(files: Mapping[str, str]) -> Pack | None:
    """Return the pack that files make, words left to be written included; None with errors."""
    source = read_files(files)
    return None if errors_in(source) else pack_of(source)


@for_rooms
def agency_for(pack: Pack, answers: Mapping[str, Any], *, on: date) -> str:
    """Return the name of the agency that answers lead to; "" where none is known."""
    unit = unit_of(pack, answers)
    try:
        return competent_agency(pack.level, unit, on=on).name if unit else ""
    except NoCompetentAgency:
        return ""


@for_rooms
def example_of(
    pack: Pack, answers: Mapping[str, Any], *, channel: Channel, at: datetime, name: str
) -> Example:
    """
    Return answers as an example that expects what came out.

    It is a valid one, or an invalid one with the problems found or the rule that refuses it.
    """
    moment = at.replace(hour=9, minute=0, second=0, microsecond=0)
    on = moment.date()
    outcome = outcome_of(pack, answers, channel=channel, at=moment)
    problems = problems_in(pack.form, answers, on=on)
    made: dict[str, Any] = {"on": on.isoformat(), "channel": channel.value}
    valid = not problems and outcome.refusal is None
    if outcome.refusal is not None:
        made["expect"] = {"refused": pack.eligibility.index(outcome.refusal)}
    elif problems:
        made["expect"] = {"problems": list(dict.fromkeys(each.field for each in problems))}
    else:
        made["at"] = f"{moment:%Y-%m-%dT%H:%M}"
        told = {
            "case": outcome.case.id if outcome.case else None,
            "fee": outcome.total.amount,
            "papers": [each.paper.id for each in outcome.papers if each.required],
            "due": f"{outcome.due:%Y-%m-%dT%H:%M}" if outcome.due else None,
            "result": result_for(pack, answers, on=on).code if pack.results else None,
            "agency_unit": unit_of(pack, answers),
        }
        made["expect"] = {key: value for key, value in told.items() if value is not None}
    made["answers"] = dict(seen(pack.form, answers, on=on)) if valid else dict(answers)
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    return Example(f"examples/{'valid' if valid else 'invalid'}-{name}.json", text)

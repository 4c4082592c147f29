"""``motcua packs cost [FOLDER|CODE…]``: what filing costs people, before and after."""

import csv
import io
import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable
from typing import Any

from motcua.kernel.money import Dong
from motcua.packs.management.asked import asked_packs, linked, take_packs
from motcua.packs.management.folders import take_language
from motcua.packs.queries.burden import (
    HOURS_A_YEAR,
    IMPOSSIBLE,
    PLAUSIBLE,
    Assumptions,
    Line,
    PackCost,
    Totals,
    burden_of,
    in_order,
    totals,
)

HELP = "Add up what filing costs people by the standard cost model, and what could be saved."


def arguments(parser: ArgumentParser) -> None:
    """Take the packs, the income and how to say it."""
    take_packs(parser)
    take_language(parser)
    parser.add_argument(
        "--income",
        type=_dong,
        help=f"dong a head and year, instead of {Assumptions().income.amount}",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs, with every input")
    form.add_argument("--csv", action="store_true", help="for spreadsheets, a line for each pack")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Add them up, the largest saving first, and print what it was reckoned with."""
    packs = asked_packs(options)
    parts = linked(packs)
    income = options["income"]
    costs = in_order(
        burden_of(each.pack, each.document, parts=parts, income=income) for each in packs
    )
    rows = [_row(each, options["language"]) for each in costs]
    if options["csv"]:
        say(_csv(rows))
    elif options["json"]:
        say(_json(costs, rows, options["language"]))
    else:
        _tell(rows, totals(costs), income, say)
    return True


def _dong(text: str) -> Dong:
    digits = text.replace(".", "").replace("_", "")
    if not digits.isdecimal() or not 0 < int(digits) < 10**12:
        raise ArgumentTypeError(f"{text} is no amount in dong: write digits, as 125500000")
    return Dong(int(digits))


def _row(each: PackCost, language: str) -> dict[str, Any]:
    cost = each.cost
    yearly = cost.yearly(cost.saving)
    return {
        "code": each.code,
        "title": each.title[language],
        "case": cost.case,
        "before": cost.before.amount,
        "after": cost.after.amount,
        "saving": cost.saving.amount,
        "fees": cost.fees.amount,
        "subjects": cost.subjects,
        "times": str(cost.times),
        "yearly_saving": None if yearly is None else yearly.amount,
        "findings": each.findings,
        "plausible": cost.plausible,
    }


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    made = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(made[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue().rstrip("\n")


def _json(costs: Iterable[PackCost], rows: list[dict[str, Any]], language: str) -> str:
    for each, row in zip(costs, rows, strict=True):
        known = each.cost.assumptions
        row["income"] = known.income.amount
        row["income_source"] = f"{known.year}, {known.source[language]}"
        row["spared"] = sorted(each.cost.spared)
        row["lines"] = [_inputs(line, language) for line in each.cost.lines]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _inputs(line: Line, language: str) -> dict[str, Any]:
    return {
        "name": line.name[language],
        "from": line.origin.value,
        "hours": str(line.before.hours),
        "travel": line.before.travel.amount,
        "services": line.before.services.amount,
        "before": line.cost_before.amount,
        "after": line.cost_after.amount,
    }


def _tell(
    rows: list[dict[str, Any]], sums: Totals, income: Dong | None, say: Callable[[str], None]
) -> None:
    known = Assumptions() if income is None else Assumptions(income=income)
    source = "--income" if income else f"{known.year}, {known.source.en}"
    say(f"Income a head and year: {known.income} ({source}); an hour: {known.hour}")
    say(f"  = income / {HOURS_A_YEAR} hours; opportunity cost is left out")
    for row in rows:
        yearly = row["yearly_saving"]
        year = "? a year" if yearly is None else f"{Dong(yearly)} a year"
        mark = "" if row["plausible"] else "  (more than a month's income: check its inputs)"
        say(
            f"{row['code']:<14} {Dong(row['before'])!s:>14} → {Dong(row['after'])!s:>14}  "
            f"saves {Dong(row['saving'])!s:>12}, {year}  {row['title'][:60]}{mark}"
        )
    say(f"All together: {sums.before} → {sums.after} a year, saving {sums.saving}")
    say(f"  in {sums.filings} filings; {sums.left_out} packs without a number of filings left out")
    say(
        f"Check: {sums.per_filing} saved for each filing (the published national figure comes to "
        f"{PLAUSIBLE} for each dossier synchronised, which can be, and to {IMPOSSIBLE} for each "
        "one filed on the portal, which cannot)"
    )

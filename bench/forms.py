"""
Measure what a form costs: ``python -m bench.forms [--rounds 100] [--profile]``.

Prints medians in milliseconds of processor time, so that neighbours do not count. The form has 120
fields on six pages, two of them groups of 30 rows of eight columns; a third hang on conditions, a
quarter have checks (`bench.form_of_many`).
"""

import argparse
import cProfile
import json
import os
import pstats
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django
import msgspec
import yaml

from bench.form_of_many import ANSWERS, DOCUMENT

DAY = date(2026, 11, 24)


def _median(rounds: int, work: Callable[[], Any]) -> float:
    took = []
    for _ in range(rounds):
        start = time.thread_time()
        work()
        took.append((time.thread_time() - start) * 1000)
    return statistics.median(took)


def _defined(text: str) -> Any:
    """Return the form of a YAML document, everything of it compiled."""
    from motcua.forms.rules.compiling import compiled_form
    from motcua.forms.rules.definition import Form
    from motcua.forms.rules.schema import validator_of
    from motcua.forms.rules.scopes import scope_of

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    made = msgspec.convert(yaml.load(text, loader), Form)
    compiled_form(made), validator_of(made), scope_of(made)
    return made


def _boxes(form: Any) -> dict[str, dict[str, list[str]]]:
    """Return what a browser posts of each page."""
    from motcua.forms.rules.boxes import typed

    return {
        step.id: {k: v for field in step.fields for k, v in typed(field, ANSWERS).items()}
        for step in form.steps
    }


def _works() -> dict[str, tuple[Callable[[], Any], int]]:
    """Return what is measured, with the figure to stay under in milliseconds."""
    from motcua.forms.queries.forms import clean, problems_in, seen, step_view, summary_of

    text = json.dumps(DOCUMENT, ensure_ascii=False)
    form = _defined(text)
    assert problems_in(form, ANSWERS, on=DAY) == ()
    posted = _boxes(form)

    def through(*pages: str) -> None:
        answers = dict(ANSWERS)
        for page in pages:
            answers |= clean(form, page, posted[page])
        problems = problems_in(form, answers, pages[0] if len(pages) == 1 else None, on=DAY)
        seen(form, answers, on=DAY)
        for page in pages:
            step_view(form, page, answers, problems, "vi", on=DAY)

    return {
        "open a page of 20 fields": (lambda: step_view(form, "a", ANSWERS, (), "vi", on=DAY), 10),
        "open the page of 60 rows": (lambda: step_view(form, "f", ANSWERS, (), "vi", on=DAY), 20),
        "read, check and draw again a page of 20 fields": (lambda: through("a"), 10),
        "read, check and draw again the page of 60 rows": (lambda: through("f"), 50),
        "read, check and draw all pages": (lambda: through(*posted), 50),
        "check one page": (lambda: problems_in(form, ANSWERS, "a", on=DAY), 5),
        "check all": (lambda: problems_in(form, ANSWERS, on=DAY), 10),
        "what is shown, required and computed": (lambda: seen(form, ANSWERS, on=DAY), 5),
        "all answers in words": (lambda: summary_of(form, ANSWERS, "vi", on=DAY), 10),
        "save: answers to JSON": (lambda: json.dumps(ANSWERS, ensure_ascii=False), 1),
        "define: from YAML to a form ready to be asked": (lambda: _defined(text), 200),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=100)
    arguments.add_argument("--profile", help="what to profile: a part of its name")
    wanted = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    django.setup()
    works = _works()
    if wanted.profile:
        profile = cProfile.Profile()
        work = next(work for name, (work, _) in works.items() if wanted.profile in name)
        profile.runcall(lambda: [work() for _ in range(wanted.rounds)])
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    print("| a form of 120 fields, two of them groups of 30 rows | median, ms | to reach |")
    print("|---|---|---|")
    for name, (work, figure) in works.items():
        rounds = max(5, wanted.rounds // 10) if "define" in name else wanted.rounds
        print(f"| {name} | {_median(rounds, work):.2f} | ≤ {figure} |", flush=True)


if __name__ == "__main__":
    main()

"""The other published tables that arrive without separators: papers, results, laws, steps."""

import re

from motcua.catalogue.rules.readings import Case, Named, Paper
from motcua.kernel.folding import tidy

NOTHING = "Không có thông tin"

_PAPER_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT = re.compile(r"(?P<run>\d+) bản chính(?:,(?P<copies>\d{1,2}) bản sao)?")
_FORM = re.compile(
    r"(?P<form>[^;:.\n]{1,120}\.(?:docx?|pdf|xlsx?|rar|zip|rtf|jpe?g|png))$", re.IGNORECASE
)
_FORM_START = re.compile(r"(?<=[a-zà-ỹ0-9);.])(?=[A-ZĐ][\w ,.()-]*$)")
_LAW_HEAD = "Tên văn bản pháp lýMã văn bản"
_ISSUERS = (
    "BCA|BTP|BTC|BYT|BXD|BCT|BQP|BNV|BNG|BKHCN|BTTTT|BVHTTDL|BLĐTBXH|BGTVT|BGDĐT|BKHĐT|BTNMT|"
    "BNNPTNT|BNNMT|NHNN|VPCP|TTCP|TANDTC|VKSNDTC"
)
"""Ministries' marks: ``53/2025/TT-BCAngày`` ends with BCA, whatever the next letters are."""
_LAW = re.compile(
    rf"(?P<run>\d[\d.]*)/(?P<year>\d{{4}})/(?P<kind>QH\d{{2}}|UBTVQH\d{{2}}|PL-UBTVQH\d{{2}}|"
    rf"(?:TT-(?:{_ISSUERS})|NĐ-CP|NQ-CP|NQ-QH\d{{2}}|QĐ-TTg|QĐ-[A-ZĐ]+?|TTLT(?:-[A-ZĐ]+?)+?|"
    r"TT-[A-ZĐ]+?|NQ-HĐTP)(?=$|\s|[A-ZĐÀ-Ỹ][a-zà-ỹ]|\d|[^A-ZĐ\w-]))"
)
_RESULT = re.compile(
    r"(?P<name>.*?)Mã: (?P<code>KQ\.[A-Z]\d{2}\.\d{6}|[\d.]+[A-Z]\d{2}-KQ\d{4})", re.DOTALL
)
_RESULT_END = re.compile(r"Từ khóa.*", re.DOTALL)
_STEP = re.compile(r"(?:^|\n|(?<=[.;] ))(?:[-+*a-zđ)]{0,3}\s*)?(?=Bước \d+)")


def known(text: str) -> str:
    """Return ``text`` tidied, or nothing where it only says that there is no information."""
    tidied = tidy(text)
    return "" if tidied == NOTHING else tidied


def papers_in(text: str) -> tuple[Case, ...]:
    """Return the papers by situation; a count that could be read in two ways stays unknown."""
    blocks = known(text).split(_PAPER_HEAD)
    if len(blocks) == 1:
        return (Case("", (Paper(blocks[0]),)),) if blocks[0] else ()
    cases = []
    heading = blocks[0]
    for block in blocks[1:]:
        papers, rest = _papers_of(block)
        if papers:
            cases.append(Case(_heading(heading), papers))
        heading = rest
    return tuple(cases)


def _heading(text: str) -> str:
    return text.strip(" -–*+:\n")


def _papers_of(block: str) -> tuple[tuple[Paper, ...], str]:
    papers, start = [], 0
    for m in _COUNT.finditer(block):
        if not _is_cell(block, m) or m.start() < start:
            continue
        name, glued = block[start : m.end("run") - 1].strip(), len(m["run"]) > 1
        start = m.end()
        if name:
            papers.append(_paper(name, None if glued else int(m["run"]), m["copies"]))
    return tuple(papers), block[start:]


def _is_cell(block: str, m: re.Match[str]) -> bool:
    """Tell a quantity cell, glued to its neighbours, from the same words inside a sentence."""
    before, after = block[: m.start()][-1:], block[m.end() : m.end() + 1]
    glued_after = not after or (not after.isspace() and after not in ";.,):/")
    return glued_after or bool(before and not before.isspace() and before not in "(:")


def _paper(name: str, originals: int | None, copies: str | None) -> Paper:
    form = ""
    if m := _FORM.search(name):
        cut = _FORM_START.search(name)
        start = cut.start() if cut else m.start()
        name, form = name[:start].strip(), name[start:].strip()
        name = name or form
    return Paper(
        name.strip(" -+*\n") or name,
        originals,
        int(copies) if copies else (0 if originals is not None else None),
        form,
    )


def laws_in(text: str) -> tuple[Named, ...]:
    """Return the legal basis: each law with its number, in the order given, once."""
    table = known(text).removeprefix(_LAW_HEAD)
    found: dict[str, Named] = {}
    start = 0
    for m in _LAW.finditer(table):
        before, after = table[: m.start()][-1:], table[m.end() : m.end() + 1]
        if not (before.isalpha() or not after or after.isupper() or after.isdigit()):
            continue  # the same number quoted inside a title
        number = f"{_own_number(m['run'])}/{m['year']}/{m['kind']}"
        name = table[start : m.end()].removesuffix(number).strip(" -\t\n")
        start = m.end()
        found.setdefault(
            number, Named(name if len(name) > 5 else f"{name} {number}".strip(), number)
        )
    rest = table[start:].strip(" -\t\n")
    return (*found.values(), *((Named(rest),) if len(rest) > 5 else ()))


def _own_number(run: str) -> str:
    """Cut a year that a title ended with off the number behind it: ``202072`` is 2020 and 72."""
    return run[4:] if len(run) > 4 and run[:2] in {"19", "20"} and "." not in run else run


def results_in(text: str) -> tuple[Named, ...]:
    """Return what the applicant receives, with the public numbers of the results."""
    table = known(text)
    rows = tuple(Named(known(m["name"]).strip(" -;"), m["code"]) for m in _RESULT.finditer(table))
    if rows:
        return tuple(row for row in rows if row.name)
    rest = known(_RESULT_END.sub("", table))
    return (Named(rest),) if rest else ()


def steps_in(text: str) -> tuple[str, ...]:
    """Return the steps: at ``Bước n`` where they are numbered so, else one a line."""
    told = known(text)
    parts = [p.strip(" -\n") for p in _STEP.split(told) if p and p.strip(" -\n")]
    if len(parts) == 1:
        parts = [line.strip(" -+*•\t") for line in told.split("\n")]
    return tuple(p for p in parts if p)

"""Answers that nothing in the pack uses."""

import re
from collections.abc import Iterator

from motcua.forms.rules.definition import Kind
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.lint.expressions import expressions_of
from motcua.packs.rules.redtape.findings import Finding, Group, Weight
from motcua.packs.rules.redtape.places import Asked, questions
from motcua.packs.rules.redtape.recognising import fold

UNUSED = N_(
    "Nothing in the pack uses “{field}”: no condition, fee, workflow, result, search or notice"
)
SAY_OR_LEAVE = N_("Stop asking, or print it, search by it, or decide by it")

_TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAMES = re.compile(r"[a-z][a-z0-9_]*")
_PRINTED = re.compile(r"\.([a-z][a-z0-9_]*)|\"([a-z][a-z0-9_]*)\"")
_COMMENTS = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
_SELF_EVIDENT = frozenset(
    (
        Kind.NOTE,
        Kind.COMPUTED,
        Kind.FILES,
        Kind.SIGNATURE,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.BANK_ACCOUNT,
    )
)
"""Kinds that nobody answers, or that the portal itself uses: to tell, to pay, to show papers."""
_SENT_TO = re.compile(r"\bnhan (?:ket qua|giay|the|tin|thong bao|tien|ban giay|quyet dinh)\b")
"""Where something is sent to, or how."""
_KEY = re.compile(r"^(?:so dinh danh ca nhan|so can cuoc|ma so thue)\b")
"""By which a person or a firm is known."""


def unused_fields(pack: Pack) -> Iterator[Finding]:
    """Yield questions whose answers decide nothing, are printed nowhere and find nothing again."""
    used = used_names(pack)
    whole: set[str] = set()
    for asked in questions(pack):
        if not _used(asked, used) and not (asked.within and asked.within.id in whole):
            whole.add(asked.field.id)
            yield Finding(
                "unused-field",
                Group.UNUSED,
                Weight.LIGHT,
                asked.path,
                UNUSED,
                SAY_OR_LEAVE,
                {"field": asked.field.label},
            )


def used_names(pack: Pack) -> frozenset[str]:
    """Return every name that an expression or a template of the pack mentions."""
    found = {pack.unit_field}
    for asked in expressions_of(pack):
        found |= set(_NAMES.findall(_TEXTS.sub("", asked.text)))
    for source in pack.templates.values():
        for dotted, quoted in _PRINTED.findall(_COMMENTS.sub("", source)):
            found.add(dotted or quoted)
    return frozenset(found)


def _used(asked: Asked, used: frozenset[str]) -> bool:
    field = asked.field
    if field.id in used or field.searchable or field.kind in _SELF_EVIDENT:
        return True
    if field.source == "account.person":
        return True
    label = fold(field.label.vi)
    return bool(_SENT_TO.search(label) or _KEY.search(label))

"""What a person is told before registries are asked about them: the words are kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.dossiers.queries.known import facts_wanted
from motcua.kernel.scope import public
from motcua.packs.queries.packs import Pack
from motcua.packs.queries.redtape import fact_names
from motcua.registries.queries.questions import question_about

WORDING = "2026-11.2"
"""The version of the words below: whoever changes them gives them another."""


@dataclass(frozen=True, slots=True)
class Told:
    """The statement as lines of a heading and a sentence; ``registers`` by name, with facts."""

    wording: str
    registers: Mapping[str, tuple[str, ...]]
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Return it as one text."""
        return "\n".join(f"{heading}: {said}" for heading, said in self.lines)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text in hex: by it one says what was shown."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@public
def statement_of(pack: Pack, language: str) -> Told:
    """Return what a person agrees to for a procedure; no registers where nothing would be asked."""
    asked: dict[str, dict[str, None]] = {}
    for fact in facts_wanted(pack):
        question = question_about(fact, "")
        assert question is not None
        asked.setdefault(str(question.register), {})[fact] = None
    names = {fact: each[language] for fact, each in fact_names().items()}
    registers = {
        register: tuple(names[fact].partition(": ")[2] for fact in facts)
        for register, facts in asked.items()
    }
    owners = {
        register: names[next(iter(facts))].partition(": ")[0] for register, facts in asked.items()
    }
    wanted = "; ".join(f"{owners[each]} ({', '.join(registers[each])})" for each in registers)
    with override(language):
        return Told(WORDING, registers, tuple(_lines(pack.title[language], wanted)))


def _lines(title: str, wanted: str) -> list[tuple[str, str]]:
    return [
        (_("For the procedure"), title),
        (_("Asked are"), wanted),
        (
            _("Asked in order to"),
            _("To offer you answers for this form and to spare you papers. For nothing else."),
        ),
        (
            _("Asked on the basis of"),
            _(
                "Your consent, under the Law on the protection of personal data (91/2025/QH15); "
                "the one-stop decree (118/2025/NĐ-CP) lets you off what the State already has."
            ),
        ),
        (
            _("Kept how long"),
            _(
                "An answer that stands for a paper is kept with your dossier, as long as the "
                "dossier. Until the dossier is closed its register tells us when something of "
                "yours changes there, but not what. What you do not take over is not kept. If you "
                "do not file, all of it goes with the draft. That you agreed is kept as evidence."
            ),
        ),
        (
            _("You may"),
            _(
                "Take it back at any time before you file. Each look stands in the list of looks "
                "at your data. Without your consent the form works all the same."
            ),
        ),
    ]

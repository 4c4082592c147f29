"""What is wrong with answers, in sentences."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import get_language, gettext, override

from motcua.forms.rules.definition import Form
from motcua.forms.rules.findings import Problem
from motcua.forms.rules.messages import NOT_ASKED
from motcua.forms.rules.places import Place, place_at
from motcua.forms.rules.words import EXAMPLE, in_sentence, label_at, row_label
from motcua.kernel.scope import public

__all__ = ["problem_text", "problem_texts"]


@public
def problem_texts(
    form: Form, problems: Sequence[Problem], language: str | None = None
) -> tuple[str, ...]:
    """
    Return problems as sentences of which no two are the same, as far as the form's words go.

    Where two read alike, as those of two phone numbers, each names its field; where the fields are
    called alike too, each names what it stands under.
    """
    language = language or get_language() or "vi"
    said = [problem_text(form, each, language) for each in problems]
    for apart in (_labelled, _under_heading):
        times = Counter(said)
        said = [
            apart(form, each, text, language) if times[text] > 1 else text
            for each, text in zip(problems, said, strict=True)
        ]
    return tuple(said)


def _labelled(form: Form, problem: Problem, text: str, language: str) -> str:
    place = place_at(form, problem.field)
    if place is None or (problem.words is None and "{label}" in problem.message):
        return text
    return problem_text(form, problem, language, label=label_at(place)[language])


def _under_heading(form: Form, problem: Problem, text: str, language: str) -> str:
    name = problem.field.partition(".")[0]
    for step in form.steps:
        for section in step.sections:
            if name in {field.id for field in section.fields}:
                return f"{(section.title or step.title)[language]}: {text}"
    return text


@public
def problem_text(
    form: Form, problem: Problem, language: str | None = None, *, label: str = ""
) -> str:
    """
    Return a problem as a sentence, in the reader's language unless another is named.

    :param label: what to begin it with, after the row where it stands in one
    """
    language = language or get_language() or "vi"
    place = place_at(form, problem.field)
    sentence = _sentence(problem, place, language)
    sentence = f"{label}: {sentence}" if label else sentence
    if place is None or place.rows is None or place.rows.rows is None:
        return sentence
    return f"{row_label(place.rows.rows.name, place.row)[language]}: {sentence}"


def _sentence(problem: Problem, place: Place | None, language: str) -> str:
    if problem.words is not None:
        return problem.words[language]
    with override(language):
        text = gettext(problem.message)
    if place is None:
        return text.format(**problem.facts)
    label = label_at(place)[language]
    said = label if text.startswith("{label}") else in_sentence(label)
    sentence = text.format(**{"label": said, **problem.facts})
    if problem.missing or place.field.example is None or problem.message == NOT_ASKED:
        return sentence
    return f"{sentence} ({EXAMPLE[language]} {place.field.example[language]})"

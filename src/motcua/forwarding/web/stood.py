"""What a clerk says of who stands there, as forms of the desk ask it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.forwarding.operations.at_desk import LETTER, Shown
from motcua.forwarding.rules.words import KNOWN_BY


def shown_in(request: HttpRequest) -> Shown:
    """Return what was said of it."""
    return Shown(request.POST.get("document", "")[:20], request.POST.get("proof", "")[:400])


def who_facts(request: HttpRequest, *, wrote: bool = False) -> dict[str, object]:
    """Return what the form's questions about it are drawn from; ``wrote``: a letter counts too."""
    shown = shown_in(request)
    known = [(name, _(words)) for name, words in KNOWN_BY.items()]
    documents = known if wrote else [each for each in known if each[0] != LETTER]
    return {"documents": documents, "document": shown.document, "proof": shown.proof}

"""What was asked for and is not sent: nobody hands in half an answer without knowing it."""

from collections.abc import Collection, Mapping
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

MOST_WORDS = 300
SEND_OR_SAY = N_("Send it, or tick that you do not send it.")
SAY_WHY = N_("Say in a few words why you do not send it.")


class PartLacks(Invalid):
    """The fact ``problems`` says for each part that lacks what is to be done."""

    code = "dossiers.part-lacks"
    message = N_("Not all that was asked for is there. Send the rest, or say why you do not.")


def lacking_of(
    dossier: Dossier,
    given: Collection[str],
    answers: Mapping[str, Any],
    lacking: Mapping[str, str] | None,
) -> dict[str, list[str]]:
    """
    Return as facts of the step which papers and fields that were asked for are not sent, and why.

    An answer that stays as it was may be right: that is noted, and needs no word why.

    :param lacking: what the applicant says they do not send, with why; ``None`` if they could not
        be asked, since the answer comes from another portal
    :raises PartLacks: if they did not say so of a paper
    """
    asked = dossier.asked or {}
    papers = asked.get("papers", [])
    parts = (*papers, *asked.get("fields", []))
    missing = [each for each in parts if each not in given and each not in answers]
    said = {each: why.strip()[:MOST_WORDS] for each, why in (lacking or {}).items()}
    problems = [
        {"at": each, "message": SAY_WHY if each in said else SEND_OR_SAY}
        for each in missing
        if each in papers and not said.get(each)
    ]
    if problems and lacking is not None:
        raise PartLacks(problems=problems)
    if not missing:
        return {}
    return {"lacking": missing, "lacking_why": [said.get(each, "") for each in missing]}

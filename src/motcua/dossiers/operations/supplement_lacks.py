"""What was asked for and is not sent: nobody hands in half an answer without knowing it."""

from collections.abc import Collection, Mapping
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

MOST_WORDS = 300
SEND_OR_SAY = N_("Send it, or tick that you do not send it.")
SAY_WHY = N_("Say in a few words why you do not send it.")
CHANGE_OR_LEAVE = N_("It is still as it was. Correct it, or tick that you leave it so.")


class PartLacks(Invalid):
    """The fact ``problems`` says for each part that lacks what is to be done."""

    code = "dossiers.part-lacks"
    message = N_("Not all that was asked for is there. Send the rest, or say why you do not.")


def lacking_of(
    dossier: Dossier,
    given: Collection[str],
    corrected: Mapping[str, Any],
    lacking: Mapping[str, str] | None,
) -> dict[str, list[str]]:
    """
    Return as facts of the step which parts that were asked for lack, and why.

    A paper lacks that is not sent; an answer, that stays as it was. That may be right, so it needs
    no word why, but to be ticked.

    :param given: the papers that are sent
    :param corrected: all answers of the dossier, as they would be
    :param lacking: what the applicant ticked, with why; ``None`` if they could not be asked, since
        the answer comes from another portal
    :raises PartLacks: if they did not tick one, or said of a paper no word why
    """
    asked = dossier.asked or {}
    papers = [each for each in asked.get("papers", []) if each not in given]
    fields = [
        each for each in asked.get("fields", []) if corrected.get(each) == dossier.answers.get(each)
    ]
    said = {each: why.strip()[:MOST_WORDS] for each, why in (lacking or {}).items()}
    problems = [
        {"at": each, "message": SAY_WHY if each in said else SEND_OR_SAY}
        for each in papers
        if not said.get(each)
    ]
    problems += [{"at": each, "message": CHANGE_OR_LEAVE} for each in fields if each not in said]
    if problems and lacking is not None:
        raise PartLacks(problems=problems)
    missing = [*papers, *fields]
    if not missing:
        return {}
    return {"lacking": missing, "lacking_why": [said.get(each, "") for each in missing]}

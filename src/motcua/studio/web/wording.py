"""What things of the studio are called."""

from django.utils.translation import gettext as _

from motcua.kernel.text import N_
from motcua.packs.queries.shelf import Standing
from motcua.studio.operations.drafting import UNDO
from motcua.studio.operations.publishing import DATED
from motcua.studio.rules.stages import Stage

STAGES = {
    Stage.WRITING: N_("Being written"),
    Stage.PROPOSED: N_("Waits for a publisher"),
    Stage.PUBLISHED: N_("Published"),
    Stage.DROPPED: N_("Dropped"),
}
STAGE_KINDS = {Stage.PROPOSED: "gold", Stage.PUBLISHED: "ok"}
STANDINGS = {
    Standing.IN_FORCE: N_("In force"),
    Standing.SCHEDULED: N_("Scheduled"),
    Standing.REPLACED: N_("Replaced"),
    Standing.OVER: N_("Over"),
    Standing.WITHDRAWN: N_("Withdrawn"),
}
STANDING_KINDS = {Standing.IN_FORCE: "ok", Standing.SCHEDULED: "info", Standing.WITHDRAWN: "bad"}
CHANNELS = {"online": N_("Online"), "counter": N_("At the counter"), "post": N_("By post")}
EDITED, ADDED, REMOVED, SENT = "edited", "added", "removed", "sent"
KEPT = "kept"
EDITED_PART, ARRANGED, REMOVED_PART = "part:", "arranged:", "part-removed:"
"""What was done to a part, whose way follows."""
PARTS = {
    EDITED_PART: N_("{part} edited"),
    ARRANGED: N_("{part} put elsewhere or copied"),
    REMOVED_PART: N_("{part} removed"),
}
WHAT = {
    EDITED: N_("edited as text"),
    ADDED: N_("added"),
    REMOVED: N_("removed"),
    SENT: N_("sent from a computer"),
    DATED: N_("dated by the publisher"),
    KEPT: N_("kept from the preview"),
}
"""The studio's own changes, as `Change.what` keeps them."""


def what_said(what: str) -> str:
    """Return what was done, in the reader's language; words of others as they are."""
    if what.startswith(UNDO):
        return _("change {number} taken back").format(number=what.removeprefix(UNDO))
    for beginning, words in PARTS.items():
        if what.startswith(beginning):
            return _(words).format(part=what.removeprefix(beginning))
    return _(WHAT[what]) if what in WHAT else what


def facts() -> dict[str, object]:
    """Return what every page of the studio needs to say."""
    return {
        "stages": STAGES,
        "stage_kinds": STAGE_KINDS,
        "standings": STANDINGS,
        "standing_kinds": STANDING_KINDS,
        "channels": CHANNELS,
        "what_said": what_said,
    }

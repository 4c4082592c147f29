"""How a pack comes into force: written, proposed, published by somebody who did not write it."""

from collections.abc import Collection
from enum import StrEnum

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden
from motcua.kernel.text import N_


class Stage(StrEnum):
    """Where a draft of a pack stands."""

    WRITING = "writing"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Act(StrEnum):
    """What can be done to a draft."""

    WRITE = "write"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    DROP = "drop"


LEADS: dict[Stage, dict[Act, Stage]] = {
    Stage.WRITING: {
        Act.WRITE: Stage.WRITING,
        Act.PROPOSE: Stage.PROPOSED,
        Act.DROP: Stage.DROPPED,
    },
    Stage.PROPOSED: {
        Act.SEND_BACK: Stage.WRITING,
        Act.PUBLISH: Stage.PUBLISHED,
        Act.DROP: Stage.DROPPED,
    },
    Stage.PUBLISHED: {},
    Stage.DROPPED: {},
}


class NotThisStage(Conflict):
    code = "studio.not-this-stage"
    message = N_("This draft has moved on in the meantime. Reload the page to see where it stands.")


class NotAnAuthor(Forbidden):
    code = "studio.not-an-author"
    message = N_("Only administrators write service packs. Sign in with that post.")


class OwnWork(Forbidden):
    code = "studio.own-work"
    message = N_(
        "Somebody who did not write this pack must publish it. Ask another administrator to."
    )


def after(stage: Stage, act: Act) -> Stage:
    """
    Return the stage that ``act`` leads to.

    :raises NotThisStage: if it cannot be done in ``stage``
    """
    if act not in LEADS[stage]:
        raise NotThisStage(stage=stage.value, act=act.value)
    return LEADS[stage][act]


def check_may_author(by: Actor) -> None:
    """Let administrators write packs, and nobody else."""
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAnAuthor


def may_publish(*, by: Actor, writers: Collection[str]) -> bool:
    """Tell whether a draft's reader may publish it: four eyes, so none of its writers."""
    return Role.ADMINISTRATOR in by.roles and by.id not in writers


def check_may_publish(*, by: Actor, writers: Collection[str]) -> None:
    """Refuse a publisher who wrote any of it."""
    check_may_author(by)
    if not may_publish(by=by, writers=writers):
        raise OwnWork

"""A question on a dossier is told to those who answer it, and its answer to who asked."""

from datetime import datetime

from motcua.agencies.queries.absence import stand_ins
from motcua.agencies.queries.posts import serving
from motcua.backbone.journal import listen
from motcua.dossiers.events import QuestionAnswered, QuestionAsked
from motcua.dossiers.queries.telling import told_of
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

ASKED = Kind(
    "dossiers.question-asked",
    N_("{code}: the applicant asks something"),
    N_("{procedure}: read the question and answer it by {until:moment}."),
    N_("Answer it"),
    mail=False,
)
ANSWERED = Kind(
    "dossiers.question-answered",
    N_("{code}: the agency answered your question"),
    N_("{procedure}: the answer stands in your dossier."),
    N_("Read the answer"),
)
register_kinds(ASKED, ANSWERED)


@listen(QuestionAsked)
def tell_those_who_answer(event: QuestionAsked, now: datetime) -> None:
    """
    Tell who has the dossier in hand, and who stands in for them.

    Where nobody has it, the agency's one-stop desk.
    """
    told = told_of(event.subject)
    facts = {
        "code": event.subject,
        "procedure": told.title,
        "procedure_en": told.title_en,
        "until": event.answer_by,
    }
    if event.holder:
        deputy = stand_ins(event.agency, at=now).get(event.holder, event.holder)
        officials = {event.holder, deputy}
    else:
        officials = {*serving(event.agency, Role.CLERK, at=now)}
    for official in sorted(officials - set(told.whom)):
        tell(
            official,
            ASKED.name,
            subject=event.subject,
            facts=facts,
            link=f"/ban-lam-viec/{event.subject}/hoi/",
            at=now,
            source=str(event.question),
        )


@listen(QuestionAnswered)
def tell_who_asked(event: QuestionAnswered, now: datetime) -> None:
    """Tell the person who asked that the answer is there."""
    told = told_of(event.subject)
    facts = {"code": event.subject, "procedure": told.title, "procedure_en": told.title_en}
    tell(
        event.asked_by,
        ANSWERED.name,
        subject=event.subject,
        facts=facts,
        link=f"/ho-so/{event.subject}/hoi/#cau-{event.question}",
        at=now,
        source=str(event.question),
    )

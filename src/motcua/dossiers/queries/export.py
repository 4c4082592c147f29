"""A person's dossiers with all that belongs to them, for that person to take away."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from motcua.dossiers.models import Dossier, Draft, LinkedFiling, Question, Rating, Transition
from motcua.dossiers.rules.corrections import former
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.rules.words import may_read_reason
from motcua.forms.queries.forms import files_in
from motcua.kernel.actors import Actor
from motcua.kernel.exports import HandedFile, Sheet, rows_of
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack
from motcua.registries.queries.proofs import proofs_under

DOSSIER = (
    "code agency procedure title pack applicant_name filer_name channel state filed_at received_at "
    "due_at done_at returned_at fee paid_at answers papers waits"
)
STEP = "step before state by_name reason agency due_at at"
TOLD = "papers fields how to_whom document carrier tracking address".split()
"""Of a step's details: what was asked or given, and how a result went out."""
QUESTION = "text by_name at answer_by answer answered_name post answered_at"


def my_dossiers_whole(*, by: Actor) -> tuple[Sheet, ...]:
    """
    Return the actor's own dossiers, steps, questions, ratings, linked filings and drafts.

    Dossiers in which they may act for somebody else stand in a table of their own.
    """
    mine = _mine(by)
    drafts = Draft.objects.visible_to(by).filter(filed_as="").order_by("updated_at")
    linked = LinkedFiling.objects.visible_to(by).order_by("id")
    draft = "id procedure pack answers papers created_at updated_at"
    filing = "code procedure title filed_at answers papers"
    return (
        Sheet("ho-so", N_("My dossiers"), rows_of(mine.order_by("id"), DOSSIER)),
        Sheet("lam-thay", N_("Dossiers I handle for others"), rows_of(_for_others(by), DOSSIER)),
        Sheet("cac-buoc", N_("What happened to them"), tuple(_steps(by))),
        Sheet("hoi-dap", N_("Questions and answers"), tuple(_questions(by))),
        Sheet("danh-gia", N_("My ratings"), tuple(_ratings(by))),
        Sheet("lien-thong", N_("Linked filings"), rows_of(linked, filing)),
        Sheet("nhap", N_("Drafts"), rows_of(drafts, draft)),
        Sheet("chung-cu", N_("What registries showed instead of papers"), _proofs(by)),
    )


def my_handed_files(*, by: Actor) -> Iterator[HandedFile]:
    """
    Yield the files the actor handed in with dossiers and drafts, and the results returned.

    So are those that a supplement or a new result replaced, and what stands in dossiers in which
    they may act for somebody else.
    """
    every = _mine(by) | _for_others(by)
    for row in every.order_by("id").iterator(chunk_size=100):
        held = {**files_in(pack(row.pack).form, row.answers), **row.papers}
        for files in held.values():
            yield from (HandedFile(file, row.code) for file in files)
        if row.result and row.state == State.RETURNED:
            yield HandedFile(str(row.result), f"{row.code}/ket-qua")
    yield from _replaced(every)
    for draft in Draft.objects.visible_to(by).filter(filed_as="").order_by("updated_at"):
        held = {**files_in(pack(draft.pack).form, draft.answers), **draft.papers}
        for files in held.values():
            yield from (HandedFile(file, f"nhap-{draft.pk}") for file in files)


def _mine(by: Actor) -> QuerySet[Dossier]:
    return Dossier.objects.filter(applicant=by.id) if by.id else Dossier.objects.none()


def _for_others(by: Actor) -> QuerySet[Dossier]:
    theirs = Dossier.objects.filter(agent=by.id) if by.id else Dossier.objects.none()
    return theirs.exclude(applicant=by.id).order_by("id")


def _replaced(every: QuerySet[Dossier]) -> Iterator[HandedFile]:
    """Yield what is in the history only; a result withdrawn unreturned stays among officials."""
    found = Transition.objects.filter(dossier__in=every.order_by(), details__has_key="replaced")
    theirs = found.exclude(~Q(before=State.RETURNED), step=Step.REOPEN)
    for code, step, details in theirs.order_by("id").values_list(
        "dossier__code", "step", "details"
    ):
        folder = "ket-qua-truoc" if step == Step.REOPEN else "da-thay"
        yield from (HandedFile(file, f"{code}/{folder}") for file in details["replaced"])


def _steps(by: Actor) -> Iterator[dict[str, object]]:
    """Yield the steps; reasons that officials gave each other stay among them."""
    found = Transition.objects.filter(dossier__in=_mine(by)).select_related("dossier")
    for step in found.order_by("id").iterator(chunk_size=500):
        (row,) = rows_of([step], STEP)
        told = may_read_reason(step.step, own=step.by == by.id)
        details = step.details if told or step.step == Step.RETURN else {}
        said = {name: details.get(name, []) for name in TOLD}
        said |= {"reason": step.reason if told else "", "was_declared": former(step.details)}
        yield {"code": step.dossier.code, **row, **said}


def _questions(by: Actor) -> Iterator[dict[str, object]]:
    found = Question.objects.filter(dossier__in=_mine(by)).select_related("dossier")
    for question in found.order_by("id"):
        yield {"code": question.dossier.code, **rows_of([question], QUESTION)[0]}


def _proofs(by: Actor) -> tuple[dict[str, object], ...]:
    drafts = Draft.objects.visible_to(by).filter(filed_as="").values_list("pk", flat=True)
    linked = LinkedFiling.objects.visible_to(by).values_list("code", flat=True)
    subjects = [*_mine(by).values_list("code", flat=True), *linked, *map(str, drafts)]
    return proofs_under(subjects)


def _ratings(by: Actor) -> Iterator[dict[str, object]]:
    found = Rating.objects.filter(dossier__in=_mine(by)).select_related("dossier")
    for rating in found.order_by("id"):
        said = rows_of([rating], "score comment answers at")[0]
        yield {"code": rating.dossier.code, **said}

"""Keep that a value is a registry's, as its person confirmed it, or that it stands for a paper."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.registries.events import PaperProven
from motcua.registries.models import Consent, Proof
from motcua.registries.queries.proofs import PAPER, ProofTold
from motcua.registries.rules.answers import Fact, Source
from motcua.registries.rules.facts import key_of
from motcua.registries.rules.proofs import digest_of
from motcua.registries.rules.questions import Answer, Question, question_at
from motcua.registries.rules.shapes import NotAnAnswer, read_answer


class ProofNotReadable(Invalid):
    code = "registries.proof-not-readable"
    message = N_("What is said to stand for {field} is no answer of that registry.")


@one_transaction
def keep_proof(
    subject: str, field: str, value: Any, source: Source, *, key: str, by: Actor, at: datetime
) -> None:
    """
    Keep where a field's value came from; one kept before for the field is replaced.

    :param subject: the draft or dossier the field belongs to
    :param key: of the record asked for
    """
    facts = {
        "register": source.register,
        "member": source.member,
        "key": key,
        "digest": digest_of(value),
        "as_of": source.as_of,
        "since": source.since,
        "by": by.id,
        "at": at,
    }
    Proof.objects.update_or_create(subject=subject, field=field, defaults=facts)


@one_transaction
def keep_paper(
    subject: str,
    paper: str,
    told: Mapping[str, tuple[Question[Fact], Answer[Fact]]],
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """
    Keep the answers that stand for a paper, by fact, and replace what was kept for it.

    Nothing is kept, and so returned, where the consent was taken back while the registries were
    asked.

    :param paper: its id in the pack
    """
    consent = Consent.objects.holding(subject).select_for_update()
    if consent.first() is None:
        return False
    Proof.objects.filter(subject=subject, field=PAPER + paper).delete()
    Proof.objects.bulk_create(
        _of_paper(subject, paper, fact, *each, by=by, at=at) for fact, each in told.items()
    )
    announce(PaperProven(subject=subject, paper=paper), by=by, at=at)
    return True


@one_transaction
def keep_told(subject: str, told: Iterable[ProofTold], *, by: Actor, at: datetime) -> None:
    """
    Keep what another portal tells of a dossier's proofs: it has asked, and answers for it.

    :param by: that portal
    :raises ProofNotReadable: if an answer that is to stand for a paper is none
    """
    told = list(told)
    for each in told:
        if each.field.startswith(PAPER):
            _check_readable(each)
    Proof.objects.bulk_create(
        Proof(
            subject=subject,
            field=each.field,
            fact=each.fact,
            register=each.register,
            path=each.path,
            member=each.member,
            key=each.key,
            as_of=each.as_of,
            since=each.since,
            digest=bytes.fromhex(each.digest),
            answer=each.answer.encode() or None,
            by=by.id,
            at=at,
        )
        for each in told
    )


def _check_readable(told: ProofTold) -> None:
    try:
        kind = question_at(told.register, told.path)
        if kind is not None and isinstance(read_answer(kind, told.answer.encode()), Answer):
            return
    except (ValueError, NotAnAnswer) as problem:
        raise ProofNotReadable(field=told.field) from problem
    raise ProofNotReadable(field=told.field)


@one_transaction
def hand_over(subject: str, to: str, papers: Collection[str]) -> None:
    """
    Let a filing's consents and proofs be those of the dossier it became; without consent none are.

    :param papers: which papers the registries stand for in it; other proofs of papers are forgotten
    """
    if not Consent.objects.filter(subject=subject).update(subject=to):
        return
    kept = [PAPER + paper for paper in papers]
    rows = Proof.objects.filter(subject=subject)
    rows.filter(field__startswith=PAPER).exclude(field__in=kept).delete()
    rows.update(subject=to)


@one_transaction
def share(subject: str, to: str, fields: Mapping[str, str]) -> None:
    """
    Let proofs of a filing be a dossier's too, which is one of several that it became.

    :param fields: which field of the filing each field of the dossier takes over as it is
    """
    found: dict[str, list[Proof]] = {}
    for row in Proof.objects.filter(subject=subject, field__in=set(fields.values())):
        found.setdefault(row.field, []).append(row)
    Proof.objects.bulk_create(
        Proof(**{name: getattr(row, name) for name in _SHARED}, subject=to, field=field)
        for field, of in fields.items()
        for row in found.get(of, ())
    )


_SHARED = (
    "fact register path member key digest entry answer as_of since person changed_at by at".split()
)


def _of_paper(
    subject: str,
    paper: str,
    fact: str,
    question: Question[Fact],
    answer: Answer[Fact],
    *,
    by: Actor,
    at: datetime,
) -> Proof:
    evidence = answer.evidence
    assert evidence is not None, "a vendor that signs nothing proves no paper"
    return Proof(
        subject=subject,
        field=PAPER + paper,
        fact=fact,
        register=answer.source.register,
        path=question.path,
        member=answer.source.member,
        key=key_of(answer.value),
        digest=digest_of(answer.value),
        entry=evidence.entry,
        answer=evidence.body,
        as_of=answer.source.as_of,
        since=answer.source.since,
        person=question.about,
        by=by.id,
        at=at,
    )

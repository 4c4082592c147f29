"""Publish service packs: each change becomes a new version, nothing published is ever changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from django.db import connection

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_
from motcua.packs.events import PackPublished, PackWithdrawn
from motcua.packs.models.versions import PackVersion
from motcua.packs.queries.folders import SHIPPED, Source, folders_in, pack_beside, read_folder
from motcua.packs.queries.linting import findings_in, said
from motcua.packs.queries.packs import NoSuchPack, forget_newest
from motcua.packs.rules.document import Document, digest_of
from motcua.packs.rules.lint.linked import Others

__all__ = [
    "SHIPPED",
    "AlreadyWithdrawn",
    "BadPack",
    "Published",
    "publish",
    "publish_folder",
    "publish_folders",
    "withdraw",
]


class BadPack(Invalid):
    """Files do not make a pack; ``problems`` names file, place and what to do."""

    code: ClassVar[str] = "packs.bad-pack"
    message: ClassVar[str] = N_("The service pack in {folder} cannot be used: correct its files.")

    def __str__(self) -> str:
        problems = self.facts["problems"]
        lines = [f"{p['at']}: {p['message']}" for p in problems if isinstance(problems, list)]  # type: ignore[union-attr,index]
        return "\n".join([str(self.facts["folder"]), *lines])


class AlreadyWithdrawn(Conflict):
    """A version is withdrawn once."""

    code: ClassVar[str] = "packs.already-withdrawn"
    message: ClassVar[str] = N_("This version was withdrawn before.")


class NoReason(Invalid):
    """A version is withdrawn for a reason that others can read."""

    code: ClassVar[str] = "packs.no-reason"
    message: ClassVar[str] = N_("Say why the version is withdrawn.")


@dataclass(frozen=True, slots=True)
class Published:
    """The version that now holds a pack's content, and whether this publication made it."""

    version: str
    new: bool


def publish_folders(folder: Path = SHIPPED, *, by: Actor, at: datetime) -> Iterable[Published]:
    """
    Publish every pack in ``folder``, one by one; see `publish`.

    :raises BadPack: at the first folder with flaws; those before it stay published
    """
    for each in folders_in(folder):
        yield publish_folder(each, by=by, at=at)


def publish_folder(folder: Path, *, by: Actor, at: datetime) -> Published:
    """
    Publish the pack in ``folder``; see `publish`.

    :raises BadPack: if the files have flaws
    """
    source = read_folder(folder)
    return publish(source, name=str(folder), others=pack_beside(folder), by=by, at=at)


def publish(
    source: Source, *, name: str = "", others: Others | None = None, by: Actor, at: datetime
) -> Published:
    """
    Publish a pack: nothing where its newest version has the same content and is not withdrawn.

    Changed content makes a new version with the validity its files give, today's or a later one;
    older versions stay, and what was filed under them stays with them.

    :param name: how the pack is called in a refusal
    :param others: finds the packs that a linked pack links; the newest published if left out
    :raises BadPack: if the files have flaws
    """
    same = None if source.flaws else _newest_if_same(source.document)
    if same is not None:
        return Published(same, new=False)
    found = [finding for finding in findings_in(source, others=others) if not finding.flaw.warning]
    if found:
        problems = [{"at": each.where, "message": said(each.flaw)} for each in found]
        raise BadPack(folder=name or "–", problems=problems)
    published = _keep(source.document, by=by, at=at)
    forget_newest()
    return published


def _newest_if_same(document: Document) -> str | None:
    """Return the newest version of a pack if it has this content: then it was checked before."""
    procedure = document["procedure"]
    code = procedure.get("code") if isinstance(procedure, dict) else None
    newest = PackVersion.objects.filter(code=str(code)).newest_first().first()
    if newest is None or newest.withdrawn_at or newest.digest != digest_of(document):
        return None
    return newest.id


@one_transaction
def _keep(document: Document, *, by: Actor, at: datetime) -> Published:
    procedure = document["procedure"]
    code, digest = procedure["code"], digest_of(document)
    _alone(code)
    newest = PackVersion.objects.filter(code=code).newest_first().first()
    if newest is not None and newest.digest == digest and not newest.withdrawn_at:
        return Published(newest.id, new=False)
    number = newest.number + 1 if newest else 1
    ends = procedure.get("valid_to")
    made = PackVersion.objects.create(
        id=f"{code}@{number}-{digest[:8]}",
        code=code,
        number=number,
        digest=digest,
        valid_from=date.fromisoformat(procedure["valid_from"]),
        valid_to=date.fromisoformat(ends) if ends else None,
        definition=document,
        published_at=at,
        published_by=by.name,
    )
    announce(
        PackPublished(subject=code, version=made.id, valid_from=procedure["valid_from"]),
        by=by,
        at=at,
    )
    return Published(made.id, new=True)


@one_transaction
def withdraw(version: str, *, reason: str, by: Actor, at: datetime) -> None:
    """
    Withdraw a version: nothing new is filed under it; what was filed under it goes on.

    The version before it that is valid takes its place.

    :raises NoSuchPack: if there is no such version
    :raises AlreadyWithdrawn: if it was withdrawn before
    :raises NoReason: if no reason is given
    """
    if not reason.strip():
        raise NoReason(problems=[{"at": "reason", "message": NoReason.message}])
    found = PackVersion.objects.select_for_update().filter(id=version).first()
    if found is None:
        raise NoSuchPack(version=version)
    if found.withdrawn_at:
        raise AlreadyWithdrawn(version=version)
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_for = at, by.name, reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_for"])
    announce(
        PackWithdrawn(subject=found.code, version=version, reason=reason.strip()), by=by, at=at
    )
    forget_newest()


def _alone(code: str) -> None:
    """Let nobody else publish this pack until the transaction ends, its first version included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"packs:{code}"])

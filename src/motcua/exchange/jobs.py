"""What the worker does for the exchange by the clock."""

from uuid import UUID

import structlog
from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, QUICK, jobs
from motcua.exchange.operations.comparing import compare_with, peers
from motcua.exchange.operations.keeping import forget_bodies, reseal_bodies
from motcua.exchange.operations.revocations import apply_lists, forget_lists, read_revocations
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.operations.statuses import forget_statuses, read_status
from motcua.exchange.operations.sweeping import forget_old, make_months
from motcua.exchange.operations.telling import read_peer, tell_peer
from motcua.exchange.operations.warning import warn_of_ends, warn_of_refused
from motcua.exchange.queries.directory import peers as other_portals
from motcua.exchange.queries.keys import NoKeyOfOurs
from motcua.exchange.queries.members import kept_logs, own_members
from motcua.exchange.queries.revocations import lists_wanted
from motcua.exchange.queries.statuses import statuses_wanted
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal

log = structlog.get_logger("motcua.exchange")


@jobs.periodic(cron="37 0 * * *")
@jobs.task(name="exchange.warnings", queue="upkeep", retry=PATIENT)
def watch_ends(timestamp: int) -> None:  # noqa: ARG001
    """Every day, warn of keys and agreements that end in 60, 30 or 7 days."""
    warn_of_ends(by=Actor.system("exchange"), at=now())


@jobs.periodic(cron="7-59/10 * * * *")
@jobs.task(name="exchange.refusals", queue="upkeep", queueing_lock="exchange.refusals")
def watch_refusals(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes, tell whose calls begin to be refused."""
    warn_of_refused(by=Actor.system("exchange"), at=now())


@jobs.periodic(cron="* * * * * */5")
@jobs.task(name="exchange.sequence", queue="exchange", queueing_lock="exchange.sequence")
def number_entries(timestamp: int) -> None:  # noqa: ARG001
    """Every five seconds, give entries their number and sign the heads of the logs kept here."""
    for member in kept_logs():
        try:
            while sequence(member, at=now()):
                pass
        except NoKeyOfOurs:
            log.warning("no key to sign the log's head with", member=member)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="exchange.witness", queue="exchange", queueing_lock="exchange.witness")
def witness(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes, compare logs with every peer; who is silent is asked the next time."""
    for ours in own_members()[:1]:
        for peer in peers():
            try:
                compare_with(peer, log=ours, by=Actor.system("exchange"), at=now())
            except Refusal as reason:
                log.warning("a peer did not compare logs", member=peer, code=reason.code)


@jobs.periodic(cron="29 * * * *")
@jobs.task(name="exchange.sweep", queue="upkeep", retry=QUICK)
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, forget used signatures and make room for the months to come."""
    forget_old(at=now())
    make_months(at=now())


@jobs.periodic(cron="51 2 * * *")
@jobs.task(name="exchange.forget-bodies", queue="upkeep", retry=PATIENT)
def forget_kept_bodies(timestamp: int) -> None:  # noqa: ARG001
    """Every day, delete the bodies of messages whose time is over."""
    forget_bodies(at=now())


@jobs.periodic(cron="53 3 * * *")
@jobs.task(name="exchange.reseal-bodies", queue="upkeep", retry=PATIENT)
def reseal_kept_bodies(timestamp: int) -> None:  # noqa: ARG001
    """Every day, seal with the key of now what an older one sealed, or none."""
    reseal_bodies()


@jobs.task(name="exchange.tell-peer", queue="exchange", retry=PATIENT)
def tell_of_agreement(agreement: str, peer: str) -> None:
    """Tell another portal how an agreement stands here."""
    tell_peer(UUID(agreement), peer, at=now())


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="exchange.directories", queue="upkeep", retry=QUICK)
def read_directories(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes, see what other portals say of members, keys, services and agreements."""
    for peer, _hub in other_portals():
        read_directory_of.defer(peer=peer)


@jobs.task(name="exchange.read-directory", queue="upkeep", retry=QUICK)
def read_directory_of(peer: str) -> None:
    """Read the directory of one portal."""
    read_peer(peer, by=Actor.system("exchange"), at=now())


@jobs.periodic(cron="13 * * * *")
@jobs.task(name="exchange.revocations", queue="upkeep", retry=QUICK)
def watch_revocations(timestamp: int) -> None:  # noqa: ARG001
    """Every hour, see what outside authorities have revoked; what was read before still counts."""
    forget_lists()
    forget_statuses(at=now())
    apply_lists(by=Actor.system("exchange"), at=now())
    for each in lists_wanted():
        read_revocations_at.defer(issuer=each.issuer, place=each.place)
    for kid in statuses_wanted(at=now()):
        read_status_of.defer(kid=kid)


@jobs.task(name="exchange.read-revocations", queue="upkeep", retry=QUICK)
def read_revocations_at(issuer: str, place: str) -> None:
    """Read one list; the next hour tries again."""
    read_revocations(issuer, place, by=Actor.system("exchange"), at=now())


@jobs.task(name="exchange.read-status", queue="upkeep", retry=QUICK)
def read_status_of(kid: str) -> None:
    """Ask a responder about one key; the next hour tries again."""
    read_status(kid, by=Actor.system("exchange"), at=now())

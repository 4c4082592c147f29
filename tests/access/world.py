"""A citizen with one of everything, and everybody who might want it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import now

from motcua.agencies.models import Absence
from motcua.agencies.operations.absence import note_absence
from motcua.agencies.operations.agencies import Level, add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.backbone.models import Look
from motcua.dossiers.models import (
    Dossier,
    Draft,
    LinkedFiling,
    LinkedPart,
    Question,
    Rating,
    Transition,
)
from motcua.dossiers.operations.bulk import Asked, begin_bulk
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.dossiers.operations.handovers import hand_over
from motcua.dossiers.operations.saved_views import keep_view
from motcua.dossiers.rules.bulk import What
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import OTHER, WARD, a_file, answers
from motcua.dossiers.tests.counter import Counter
from motcua.dossiers.tests.linked import PACKS, file_all
from motcua.files.models.papers import Paper
from motcua.files.models.uploads import Part, Upload
from motcua.files.operations.keeping import keep_upload
from motcua.files.operations.uploading import begin_upload
from motcua.files.tests.samples import photo
from motcua.identity.models import Account, Authority, LookQuestion, Party, Relative
from motcua.identity.operations.authorities import record_authority
from motcua.identity.operations.tokens import issue_token
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind, Principal
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.notices.models import MailOff, Notice
from motcua.notices.operations.telling import tell
from motcua.packs.models.versions import PackVersion
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import history, pack
from motcua.payments.models import Attempt, Bill, CashTaken, Till
from motcua.payments.operations.billing import BillLine, issue_bill
from motcua.payments.operations.cash import take_cash
from motcua.payments.operations.tills import open_till
from motcua.payments.queries.bills import bill_for
from motcua.portal.models import Export
from motcua.queues.models import Ticket, Window
from motcua.queues.operations.places import arrange_service
from motcua.queues.operations.tickets import draw
from motcua.studio.models import Draft as PackDraft
from motcua.studio.models import Withdrawal
from motcua.studio.operations.drafting import begin as begin_pack
from motcua.studio.operations.withdrawing import ask_withdrawal

OFFICIALS = ("clerk", "specialist", "leader", "auditor", "administrator")
STRANGERS = ("stranger", "stranger-specialist", "stranger-leader", "stranger-administrator")
PROCEDURE = "9.000001"
LINKED = "9.000010"
__all__ = ["OFFICIALS", "OTHER", "PROCEDURE", "STRANGERS", "WARD", "Level", "World"]


class Browser(Client):
    """A browser whose every request is a transaction of its own, inside the test's."""

    def request(self, **request):
        mark = transaction.savepoint()
        answer = super().request(**request)
        if connection.needs_rollback:
            connection.needs_rollback = False
            transaction.savepoint_rollback(mark)
        return answer


def a_number(at) -> dict[str, str]:
    """Draw a number at the ward's office; return where it is found."""
    add_office(WARD, "Bộ phận một cửa", by=Actor.system("tests"), at=at)
    office = offices_of(WARD)[0].id
    arrange_service(office, "A", "Tất cả", by=Actor.system("tests"), at=at)
    drawn = draw(office, "A", by=Actor.system("tests"), at=at)
    return {"office": str(office), "token": drawn.token}


def an_authority(by: Actor, at) -> str:
    """Let somebody declare that they act for a child."""
    born = date(2020, 5, 4)
    return record_authority(
        Principal(PartyKind.PERSON, "001320000456", "Nguyễn Thị Lan Anh", born),
        kind=AuthorityKind.PARENT,
        until=date(2030, 1, 1),
        basis="Giấy khai sinh",
        document=None,
        procedures=frozenset(),
        by=by,
        at=at,
    )


def an_absence(of: str, deputy: str, at) -> str:
    """Let an official of the ward be away from tomorrow."""
    time = (at + timedelta(days=1), at + timedelta(days=3))
    return str(note_absence(WARD, of, deputy, *time, by=Actor.system("tests"), at=at))


def a_cash_receipt(clerk: Actor, leader: Actor, at) -> dict[str, str]:
    """Take cash for Nam at the ward; return where the till and the receipt are found."""
    office = offices_of(WARD)[0].id
    lines = [BillLine("Lệ phí", Dong(8000))]
    issue_bill("WARD-CASH-0001", lines, payer="nobody", agency=WARD, by=leader, at=at)
    till = open_till(office, Dong(0), by=clerk, at=at)
    receipt = take_cash("WARD-CASH-0001", Dong(8000), by=clerk, at=at)
    return {"till": str(till), "receipt": receipt.number}


def kept_at_the_desk(counter, code, at) -> dict[str, str]:
    """Keep a view, start a run, hand another dossier over; return where they are."""
    clerk, other = counter.actor("clerk"), counter.file(by="auditor").code
    counter.walk(other, Step.ACCEPT, Step.FORWARD)
    given = hand_over([other], "", by=clerk, at=at)
    view = keep_view("Mới nộp", "xem=new", by=clerk)
    run = begin_bulk(Asked(What.FORWARD, [code]), uuid4(), by=clerk, at=at)
    return {"view": str(view), "run": str(run), "list_id": str(given)}


@dataclass
class World:
    """Lan's things by the name of the place in an address where each belongs."""

    counter: Counter
    things: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, counter: Counter) -> "World":
        """Give Lan a paid-for dossier, a draft, files, a bill, a notice, and a look at her data."""
        for role in (Role.AUDITOR, Role.ADMINISTRATOR):
            counter._official(role.value, role, WARD)
        for role in (Role.SPECIALIST, Role.LEADER, Role.ADMINISTRATOR):
            counter._official(f"stranger-{role.value}", role, OTHER)
        world = cls(counter)
        lan, at = counter.actor("lan"), now()
        code = counter.file(copies=1).code
        draft = begin_draft(PROCEDURE, by=lan, at=at)
        save_answers(draft, answers(), by=lan, at=at)
        attach(draft, "proof", a_file(lan, at), by=lan, at=at)
        bill = bill_for(code, by=lan)
        assert bill is not None
        facts = {"code": code, "procedure": "Thủ tục", "amount": "8000"}
        tell(lan.id, "dossiers.paid", subject=code, facts=facts, link=f"/ho-so/{code}/", at=at)
        counter.client("clerk").get(f"/ban-lam-viec/{code}/")
        published = publish_folder(PACKS / LINKED, by=lan, at=at)
        linked = file_all(pack(published.version), by=lan, at=at)
        version = next(each.id for each in history(PROCEDURE))
        author = counter.actor("administrator")
        files = {"procedure.yaml": "code: '9.000001'\npapers: [{id: proof}]\n"}
        world.things = {
            "pack_draft_id": str(begin_pack(PROCEDURE, "Thủ tục", files, by=author, at=at)),
            "pack_code": PROCEDURE,
            "pack_version": version,
            "pack_withdrawal": str(ask_withdrawal(version, reason="Sai", by=author, at=at)),
            "pack_file": "procedure.yaml",
            "pack_path": "procedure/papers/0",
            "code": code,
            "filing": linked.code,
            "part": "second",
            "draft": str(draft),
            "draft_id": str(draft),
            "bill": bill.id,
            "id": keep_upload(photo(), "ảnh.jpg", by=lan, at=at).id,
            "upload_id": begin_upload(1000, "ảnh.jpg", by=lan, at=at).id,
            "file": Dossier.objects.get(code=code).papers["proof"][0],
            "number": str(Notice.objects.get(person=lan.id).pk),
            **a_number(at),
            "absence": an_absence(author.id, counter.actor("leader").id, at),
            "authority": an_authority(lan, at),
            "relative": "1",
            **a_cash_receipt(counter.actor("clerk"), counter.actor("leader"), at),
            **kept_at_the_desk(counter, code, at),
            "look": str(Look.objects.filter(person=lan.id).latest("pk").pk),
        }
        return world

    def client(self, who: str, **more) -> Client:
        """Return somebody's browser; ``nobody`` has not signed in."""
        browser = Browser(**more)
        if who != "nobody":
            browser.cookies = self.counter.client(who).cookies
        return browser

    def token(self, who: str) -> str:
        """Return a program's secret for somebody."""
        if who not in self.tokens:
            actor = self.counter.actor(who)
            self.tokens[who] = issue_token(
                actor.id,
                name="try",
                days=1,
                scopes=["read", "write"],
                agency=actor.agency or "",
                by=actor,
                at=now(),
            )
        return self.tokens[who]

    def everything(self) -> list[list[dict]]:
        """Return all that anybody could have changed, to compare before and after."""
        kinds = (Dossier, Draft, Transition, Rating, Paper, Upload, Part, Bill)
        kinds += (Attempt, Notice, LookQuestion, PackVersion, PackDraft, Withdrawal)
        kinds += (LinkedFiling, LinkedPart, Question, Ticket, Window, Till, CashTaken)
        kinds += (Authority, Party, Relative, Absence, Export, MailOff)
        accounts = list(Account.objects.order_by("pk").values("pk", "password", "phone", "email"))
        return [list(kind.objects.order_by("pk").values()) for kind in kinds] + [accounts]

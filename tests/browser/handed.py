"""Dossiers that a desk took and another portal processes, each another way along."""

from tests.portals import Portal

SCRIPT = """
from datetime import timedelta
from uuid import uuid4
import msgspec
from django.utils.timezone import localtime, now
from motcua.agencies.queries.posts import posts_held
from motcua.files.operations.keeping import attach, keep_told
from motcua.files.tests.samples import pdf
from motcua.forwarding.models import Handed, Supplement
from motcua.forwarding.rules.answers import Account, BillTold, FeeLine, ResultTold, Said, Standing
from motcua.forwarding.rules.manifest import Answered, Desk, Manifest, Person, line_of
from motcua.identity.models import Account as Person_
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack_for
at, later = localtime(now()), localtime(now()) + timedelta(days=30)
clerk, whose = (Person_.objects.get(email=x) for x in ({clerk!r}, {whose!r}))
desk = posts_held(str(clerk.pk), at=at)[0].agency
pack = pack_for("1.001193", on=at.date())
person = Person("001092023456", "Trần Minh Quân")
seen = Desk("Bộ phận một cửa", clerk.name, "paper", "card", dict(birth_certificate="original"))
said = [Said("accept", 2, at), Said("ask_supplement", 5, at, "Giấy chứng sinh bị mờ.")]
asked = dict(reason="Giấy chứng sinh bị mờ.", papers=["birth_certificate"], fields=["child_name"])
pay = Account("970400", "Ngân hàng thử", "0000000000", "KHO BẠC", "0002010102")
fee = FeeLine("Phí thẩm định", 24000, "Fee", "Điều 5")
owed = dict(total=24000, state="open", lines=[fee], account=pay)
bill = BillTold(str(uuid4()), "HĐ-1", "Bộ Công an", issued_at=at, expires_at=later, **owed)
kept = keep_told(pdf(), "ket-qua.pdf", owner=str(whose.pk), by=Actor.system("t"), at=at)
told = ResultTold("r1", kept.name, kept.media_type, kept.size, "0" * 64)
WAYS = [
    ("waiting", 1, dict(), dict()),
    ("taken", 5, dict(asked=asked, round=1, wait_until=later), dict()),
    ("taken", 6, dict(bills=[bill], fee=24000), dict()),
    ("taken", 9, dict(results=[told], fee=0), dict(r1=kept.id)),
    ("refused", 1, dict(), dict()),
]
REFUSED = dict(title_vi="Phường này không nhận.", problems=[dict(at="office", message="Sai nơi")])
for number, (handing, state, facts, results) in enumerate(WAYS, 1):
    code, there = f"000.00.00.H26-261123-9{{number:03}}", f"000.00.09.G01-261123-9{{number:03}}"
    line = line_of(
        Manifest(
            code, pack.code, pack.version, "000.00.00.G01", person, dict(child_name="Minh Anh"),
            at, at, channel=1, desk=seen,
        )
    )
    standing = Standing(there, state, "000.00.00.G01", later, steps=said, **facts)
    is_there = handing == "taken"
    row = Handed.objects.create(
        code=code, agency="000.00.00.G01", member="000.00.00.G01", procedure=pack.code,
        title=pack.title.vi, pack=pack.version, applicant=str(whose.pk), manifest=line.decode(),
        source="test", reference=code, filed_at=at, due_at=later, desk=desk, clerk=str(clerk.pk),
        filer=str(whose.pk), handing=handing, next_at=later, ask_at=later, number=state,
        there=there if is_there else "", taken_at=at if is_there else None, told_at=at,
        told=msgspec.to_builtins(standing) if is_there else REFUSED if number == 5 else {{}},
        results=results,
    )
    if results:
        attach(results.values(), to=code, by=Actor(str(whose.pk)))
    if number == 2:
        answer = line_of(Answered(code, 1, at, note="Đã chụp lại")).decode()
        trouble = dict(trouble="exchange.member-down", trouble_words="Cổng không trả lời.")
        more = dict(at=at, next_at=later, tries=7, trouble_at=at, **trouble)
        Supplement.objects.create(handed=row, round=0, line=answer, **more)
    print("handed", code)
"""


def hand_on_some(house: Portal, clerk: str, whose: str) -> list[str]:
    """
    Let a clerk's desk have taken dossiers for somebody; return their codes.

    One waits, of one something is asked and an earlier answer waits, one is to be paid, of one the
    result is here, and one was not taken.
    """
    said = house.command("shell", "--no-imports", "-c", SCRIPT.format(clerk=clerk, whose=whose))
    return [line.split()[1] for line in said.splitlines() if line.startswith("handed ")]

"""Dossiers that are already there when an official comes to work: filed without a browser."""

import json

from tests.browser.citizen import ANSWERS
from tests.portals import Portal

TOLD: dict[str, bool] = {"yes": True, "no": False}
HERS: dict[str, object] = {
    "copies": 0,
    "phone": "+84912345678",
    "requester": {
        "name": "Nguyễn Thị Hương",
        "id": "001195012345",
        "birth_date": "1995-03-14",
        "sex": "female",
    },
}
"""What her account answers in the form, and no copies: they cost something."""

SCRIPT = """
import json, sys, uuid
from django.utils.timezone import now
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.files.operations.keeping import keep_upload
from motcua.files.tests.samples import pdf
from motcua.identity.models import Account
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import pack_for
NAMES = "An Bình Chi Dung Giang Hà Khánh Linh".split()
asked = json.loads({asked!r})
account = Account.objects.get(email=asked["who"])
me = Actor(str(account.pk), account.name)
pack = pack_for("1.001193", on=now().date())
for number in range(asked["count"]):
    named = dict(child_name="Trần Nguyễn " + NAMES[number % 8] + " " + NAMES[number // 8 % 8])
    answers = asked["answers"] | named
    kept = keep_upload(pdf(), "chung-sinh.pdf", by=me, at=now())
    filing = Filing(pack, answers, dict(birth_certificate=[kept.id]), "test", str(uuid.uuid4()))
    print("filed", file_dossier(filing, by=me, at=now()).code)
"""


def file_births(house: Portal, who: str, count: int = 1) -> list[str]:
    """
    File ``count`` births, free of charge; return their codes in the order of filing.

    The paper of each is a PDF of two pages.
    """
    told = {name: TOLD.get(str(answer), answer) for name, answer in ANSWERS.items()} | HERS
    asked = json.dumps({"who": who, "count": count, "answers": told}, default=str)
    said = house.command("shell", "--no-imports", "-c", SCRIPT.format(asked=asked))
    return [line.split()[1] for line in said.splitlines() if line.startswith("filed ")]


ASKING = """
import sys
from django.utils.timezone import now
from motcua.agencies.queries.posts import posts_held
from motcua.dossiers.operations.charging import ask_payment
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.identity.models import Account
from motcua.identity.queries.acting import acting_as
from motcua.kernel.money import Dong
from motcua.payments.operations.billing import BillLine
found, at = Account.objects.get(email={clerk!r}), now()
(post,) = posts_held(str(found.pk), at=at)
clerk = acting_as(str(found.pk), found.name, agency=post.agency, at=at)
why, paper = "Ảnh giấy chứng sinh bị mờ, không đọc được.", dict(papers=["birth_certificate"])
asked = paper | dict(fields=["child_name"])
take_step({codes[0]!r}, Step.ASK_SUPPLEMENT, by=clerk, at=at, reason=why, details=asked)
fee = BillLine("Phí cấp bản sao", Dong(8000), "", "Thông tư 281/2016/TT-BTC")
take_step({codes[1]!r}, Step.ACCEPT, by=clerk, at=at)
ask_payment({codes[1]!r}, [fee], reason="Cần thêm một bản sao cho hồ sơ.", by=clerk, at=at)
"""


def waiting_for_her(house: Portal, who: str, clerk: str) -> tuple[str, str]:
    """File two births; of one the clerk asks for a paper and an answer, for the other a fee."""
    codes = file_births(house, who, count=2)
    house.command("shell", "--no-imports", "-c", ASKING.format(clerk=clerk, codes=codes))
    return codes[0], codes[1]

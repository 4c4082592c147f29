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

"""Portals that hand dossiers on to each other: what is filed, moved and looked up in them."""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import localdate

from motcua.config.federation_places import once
from motcua.config.federation_walk import ANSWERS, CITIZEN, PAPER, PDF, PROCEDURE
from tests.faults.waiting import query

PACKS = Path(__file__).parents[2] / "src/motcua/packs/shipped"
BORN = (localdate() - timedelta(days=9)).isoformat()
ADMINISTRATOR, HUB_CLERK = (f"{who}.van-phong@motcua.example" for who in ("quan-tri", "mot-cua"))
PRESENT = {
    "number": "001195012345",
    "name": "Nguyễn Thị Hương",
    "born": "1995-03-14",
    "document": "card",
}


class Base:
    """A portal's database, to be looked into."""

    def __init__(self, house):
        self.house = house

    def database_url(self):
        from motcua.backbone.postgres import embedded

        return embedded(self.house.var).url()


def rows(house, statement, *values):
    return query(Base(house), statement, *values)


def filed_at(hub):
    """File at the hub; return the code."""
    with hub.as_program(CITIZEN) as api:
        sent = api.post("/files", files={"file": ("giay.pdf", PDF, "application/pdf")})
        filing = {
            "procedure": PROCEDURE,
            "answers": ANSWERS | {"child_birth_date": BORN},
            "papers": {PAPER: [sent.raise_for_status().json()["id"]]},
        }
        return api.post("/dossiers", json=filing, headers=once()).raise_for_status().json()["code"]


def taken_at_the_counter(hub):
    """A clerk of the hub files a form with a question for files, for somebody with a card."""
    example = PACKS / "1.013978" / "examples" / "valid-couple-with-old-house.json"
    told = json.loads(example.read_text())
    there = {"province": "46", "commune": "19786", "street": "Kiệt 12 Lê Lợi"}
    with hub.as_program(HUB_CLERK) as api:
        papers = {}
        for paper in told["expect"]["papers"]:
            sent = api.post("/files", files={"file": (f"{paper}.pdf", PDF, "application/pdf")})
            papers[paper] = [sent.raise_for_status().json()["id"]]
        (office,) = api.get("/offices").raise_for_status().json()["items"]
        filing = {
            "procedure": "1.013978",
            "present": PRESENT,
            "way": {"office": office["id"]},
            "answers": told["answers"] | {"land": there},
            "papers": papers,
            "finished": {"signed": "paper", "forms": dict.fromkeys(papers, "original")},
        }
        done = api.post("/counter-filings", json=filing, headers=once())
        return done.raise_for_status().json()["code"]


def filed_as_one(hub):
    """File birth, residence and health card at the hub as one; return the code of the whole."""
    example = json.loads((PACKS / "2.000986/examples/valid-newborn-of-huong.json").read_text())
    home = {"province": "01", "commune": "00070", "street": "126 Hàng Trống"}
    told = {"home": home, "mother": ANSWERS["mother"], "requester": ANSWERS["requester"]}
    told |= {"child_birth_date": BORN, "copies": 0}
    with hub.as_program(CITIZEN) as api:
        sent = api.post("/files", files={"file": ("giay.pdf", PDF, "application/pdf")})
        papers = {PAPER: [sent.raise_for_status().json()["id"]]}
        filing = {"procedure": "2.000986", "answers": example["answers"] | told, "papers": papers}
        done = api.post("/linked-filings", json=filing, headers=once())
        return done.raise_for_status().json()["code"]


def moved(house, kind, place, code, *steps):
    """Have an official take steps about a dossier, one after the other."""
    with house.as_program(f"{kind}.{place}@motcua.example") as api:
        for step in steps:
            version = api.get(f"/dossiers/{code}").raise_for_status().json()["version"]
            seen = once() | {"if-match": f'"{version}"'}
            api.post(
                f"/dossiers/{code}/steps", json={"step": step}, headers=seen
            ).raise_for_status()


def shown(house, who, path):
    """Return the words of a page that somebody opens."""
    with closing(house.as_person(who)) as visitor:
        return visitor.page(path)


def there(hue, code):
    """Return the dossiers that the province opened for a code of the hub."""
    statement = "SELECT code FROM dossiers_dossier WHERE reference = %s"
    return [row[0] for row in rows(hue, statement, code)]


def is_taken(hub, code):
    statement = "SELECT handing FROM forwarding_handed WHERE code = %s"
    return rows(hub, statement, code) == [("taken",)]

"""A service pack whose form asks for every kind of field, loaded as any pack is."""

import json
import re
from pathlib import Path

import yaml
from playwright.sync_api import Page

import motcua.packs
from tests.browser.shop_form import steps
from tests.browser.steps import MOTHER, sign_in
from tests.portals import Portal

CODE = "9.000002"
_LIKE = Path(motcua.packs.__path__[0]) / "shipped" / "2.000635"
_LEFT_OUT = ("cases", "eligibility", "papers", "fees", "cost", "satisfaction")


def load(house: Portal, into: Path) -> None:
    """Load the pack."""
    house.command("packs", "publish", str(write(into)))


def write(into: Path) -> Path:
    """Write the pack, a shipped one without papers and fees, with the form of every kind."""
    folder = into / CODE
    folder.mkdir(parents=True)
    procedure = yaml.safe_load((_LIKE / "procedure.yaml").read_text())
    procedure = {key: value for key, value in procedure.items() if key not in _LEFT_OUT}
    procedure |= {"code": CODE, "papers": [], "fees": []}
    (folder / "procedure.yaml").write_text(json.dumps(procedure, default=str))
    (folder / "form.yaml").write_text(json.dumps({"steps": steps()}))
    for other in _LIKE.glob("workflow.yaml"):
        (folder / other.name).write_text(other.read_text())
    (folder / "result.typ").write_text('#set document(title: "Giấy")\n= Giấy\n')
    for name, example in EXAMPLES.items():
        (folder / "examples").mkdir(exist_ok=True)
        (folder / "examples" / name).write_text(json.dumps(example))
    return folder


def begin(page: Page, step: str = "place", who: str = MOTHER) -> str:
    """Begin a filing and open a page of its form; return the page's address."""
    sign_in(page, who, to=f"/nop/{CODE}/")
    page.locator("form[action$='/bat-dau/'] button:not([name])").click()
    page.wait_for_url(re.compile("/khai/"))
    address = re.sub(r"/khai/([^/]+)/.*", rf"/khai/\1/{step}/", page.url)
    page.goto(address)
    return address


def steps_of(address: str) -> list[str]:
    """Return the addresses of the form's pages, from that of any one of them."""
    base = address.rstrip("/").rpartition("/")[0]
    return [f"{base}/{step['id']}/" for step in steps()]


def fill(page: Page, *, scripts: bool = True) -> None:
    """Answer what the page asks, by pointer: whatever shows, in the order of the page."""
    for name, value in ANSWERS.items():
        control = page.locator(f"main [name='{name}']:not([type=hidden])")
        if control.count() == 0 or not control.first.is_visible():
            continue
        if control.first.get_attribute("type") in ("radio", "checkbox"):
            for one in value.split():
                page.locator(f"main [name='{name}'][value='{one}']").check(force=True)
        elif control.locator("option").count():
            if not scripts and not control.locator(f"[value='{value}']").count():
                page.locator("button[name=again]").first.click()
            control.select_option(value)
        else:
            control.fill(value)


ANSWERS = {
    "office.province": "01",
    "office.commune": "00070",
    "shop": "Gạo Ngon",
    "story": "Bán gạo và mắm",
    "area": "72,5",
    "capital": "1500000000",
    "opened-day": "24",
    "opened-month": "11",
    "opened-year": "2026",
    "built-year": "1987",
    "ward": "w3",
    "sells": "food alcohol",
    "permit": "12/GP",
    "cooking": "yes",
    "gas": "Ga",
    "where.lat": "21,0285",
    "where.lng": "105,8542",
    "owner.name": "Nguyễn Thị Hương",
    "owner.id": "001195012345",
    "owner.birth_date-day": "14",
    "owner.birth_date-month": "3",
    "owner.birth_date-year": "1995",
    "owner.sex": "female",
    "company.tax_code": "0100233488",
    "company.name": "Công ty Gạo Ngon",
    "account.bank": "970436",
    "account.number": "0123456789",
    "account.holder": "NGUYEN THI HUONG",
    "phone": "0912345678",
    "mail": "huong@example.vn",
    "goods.0.item": "Gạo",
    "goods.0.price": "20000",
    "goods.0.amount": "300",
    "reason": "Tiết kiệm",
    "children.0.name": "Trần Minh Anh",
    "children.0.sex": "girl",
    "children.0.adopted": "no",
    "signed.name": "Nguyễn Thị Hương",
}
"""What each box of the form is given, in the order of the form."""

EXAMPLES = {
    "valid-shop.json": {
        "on": "2026-11-24",
        "expect": {"fee": 0, "papers": []},
        "answers": {
            "office": {"province": "01", "commune": "00070"},
            "shop": "Gạo Ngon",
            "area": 72.5,
            "capital": 1_500_000_000,
            "opened": "2026-11-24",
            "built": "1987",
            "ward": "w3",
            "sells": ["food"],
            "cooking": False,
            "where": {"lat": 21.0285, "lng": 105.8542},
            "owner": {
                "name": "Nguyễn Thị Hương",
                "id": "001195012345",
                "birth_date": "1995-03-14",
                "sex": "female",
            },
            "company": {"tax_code": "0100233488", "name": "Công ty Gạo Ngon"},
            "account": {"bank": "970436", "number": "0123456789", "holder": "NGUYEN THI HUONG"},
            "phone": "+84912345678",
            "mail": "huong@example.vn",
            "goods": [{"item": "Gạo", "price": 20000, "amount": 3}],
            "signed": {"name": "Nguyễn Thị Hương"},
        },
    },
    "invalid-nameless.json": {
        "on": "2026-11-24",
        "expect": {"problems": ["shop"]},
        "answers": {"office": {"province": "01", "commune": "00070"}},
    },
}

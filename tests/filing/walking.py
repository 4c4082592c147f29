"""Going through the pages of a filing without JavaScript, with any pack's answers."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from motcua.dossiers.tests.conftest import PDF
from motcua.dossiers.tests.counter import check_shape
from motcua.files.tests.samples import photo
from tests.filing.boxes import boxes_of, rows_of
from tests.filing.pages import Page

MOST = 100
"""More presses of a button than any page here needs."""
BROKEN = re.compile(r"<Macro|\bNone\b|\bundefined\b|%\(|\{[a-z_]+\}|\bWords\(")


@dataclass
class Walker:
    """Somebody who files: their browser, their answers, and what they read on the way."""

    client: Client
    answers: dict[str, Any]
    language: str
    read: dict[tuple[str, str], str] = field(default_factory=dict)

    def file(self, code: str) -> str:
        """Go from the procedure's page to the receipt; return the receipt's address."""
        self.see(f"/thu-tuc/{code}/")
        self.see(f"/nop/{code}/")
        address = self.client.post(f"/nop/{code}/bat-dau/")["Location"]
        address = self.client.get(address)["Location"]
        for _page in range(MOST):
            if address.endswith(("/giay-to/", "/kiem-tra/")):
                break
            address = self.fill(address)
        else:
            raise AssertionError(f"no way out of {address}")
        if address.endswith("/giay-to/"):
            address = self.hand_in(address)
        self.see(address)
        receipt = self.sent(self.client.post(address, {"declared": "1"}))
        assert receipt.endswith("/giay-hen/"), self.words(self.client.get(receipt))
        return receipt

    def fill(self, address: str) -> str:
        """Answer whatever a page asks, then what that leads to; return where it leads."""
        page = self.see(address)
        boxes, rows = boxes_of(self.answers), rows_of(self.answers)
        for _press in range(MOST):
            self._type(page, boxes)
            posted = page.posted()
            press = self._press(page, boxes, rows)
            answer = self.client.post(address, posted | press, headers=self._speaks())
            if answer.status_code == 302:
                leads = str(answer["Location"])
                assert "/khong-phu-hop/" not in leads, self.words(self.client.get(leads))
                return leads
            page = self._looked(address, answer)
        raise AssertionError(f"no way on from {address}: {self.words(answer)}")

    def _type(self, page: Page, boxes: dict[str, list[str]]) -> None:
        for name, control in page.controls.items():
            if control.hidden or control.type == "file":
                continue
            wanted = boxes.get(name, [])
            if control.type in ("radio", "checkbox", "select"):
                wanted = [value for value in wanted if value in control.options]
            control.values = wanted or ([] if control.type != "select" else control.values)

    @staticmethod
    def _press(page: Page, boxes: dict[str, list[str]], rows: dict[str, int]) -> dict[str, str]:
        for name, value in page.buttons:
            if name == "add" and int(page.controls[f"{value}.rows"].values[0]) < rows.get(value, 0):
                return {"add": value}
            if name == "again":
                commune = value.removesuffix("province") + "commune"
                wanted = boxes.get(commune, [""])[0]
                if wanted and wanted not in page.controls[commune].options:
                    return {"again": value}
        return {}

    def hand_in(self, address: str) -> str:
        """Send a file for every paper that is asked for; return where it leads."""
        html = self.client.get(address).content.decode()
        self.see(address)
        for section in html.split('<section class="mc-group" id="paper-')[1:]:
            paper, takes = section.split('"')[0], re.findall(r'accept="([^"]*)"', section)[0]
            pdfs = "application/pdf" in takes
            name, data = ("giấy.pdf", PDF) if pdfs else ("ảnh.jpg", photo(size=(600, 800)))
            sent = {"paper": paper, "files": SimpleUploadedFile(name, data)}
            self.sent(self.client.post(address, sent))
        return self.sent(self.client.post(address, {}))

    def see(self, address: str) -> Page:
        """Read a page in both languages; return it as it stands in one's own."""
        for language in sorted(["en", "vi"], key=lambda each: each == self.language):
            answer = self.client.get(address, headers={"accept-language": language})
            page = self._looked(address, answer, language)
        return page

    def _speaks(self) -> dict[str, str]:
        return {"accept-language": self.language}

    def _looked(self, address: str, answer: HttpResponse, language: str = "") -> Page:
        assert answer.status_code == 200, f"{address}: {answer.status_code} {self.words(answer)}"
        if not address.startswith("/thu-tuc/"):  # it holds data for search engines
            check_shape(answer)
        page = Page(answer.content.decode())
        assert not BROKEN.search(page.text), f"{address}: {BROKEN.search(page.text)} {page.text}"
        place = re.sub("[0-9a-f-]{36}", "*", address)
        self.read[language or self.language, place] = page.text
        return page

    def sent(self, answer: HttpResponse) -> str:
        """Return where something that was sent leads; it must have been taken."""
        assert answer.status_code == 302, f"{answer.status_code} {self.words(answer)}"
        return str(answer["Location"])

    @staticmethod
    def words(answer: HttpResponse) -> str:
        """Return what a page says, for the report of a failing test."""
        return Page(answer.content.decode()).text[:1500]

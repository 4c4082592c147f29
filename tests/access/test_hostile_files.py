"""Files made to do harm, by every way in: the papers of a draft, a supplement, a program."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.backbone.models import Entry
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, PDF
from motcua.dossiers.tests.counter import WHY
from motcua.files.models.papers import Paper
from motcua.files.tests.samples import SCRIPTED_SVG, photo, plain_pdf
from tests.access.world import PROCEDURE

HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def bomb(side=30_000):
    """A picture of 900 million pixels in a few kilobytes."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side * (side // 8 + 1) // 100), 9)
    parts = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


REFUSED = {
    "a picture with a script, named to climb": ("../../x.svg", SCRIPTED_SVG),
    "a script in a picture's clothes": ("giấy.jpg", SCRIPTED_SVG),
    "a page in a picture's clothes": ("giấy.png", HTML),
    "a page in a paper's clothes": ("giấy.pdf", HTML),
    "a paper with a program": ("giấy.pdf", plain_pdf(b"4 0 obj<</S/JavaScript/JS(x)>>endobj")),
    "a paper that starts a program": ("giấy.pdf", plain_pdf(b"4 0 obj<</S/Launch/F(x)>>endobj")),
    "a paper that hides its program": ("giấy.pdf", plain_pdf(b"4 0 obj<</S/J#61vaScript>>endobj")),
    "a picture as large as a town": ("giấy.png", bomb()),
    "a program": ("giấy.pdf.exe", b"MZ" + bytes(2000)),
    "nothing": ("giấy.pdf", b""),
    "half a picture": ("giấy.jpg", photo()[:200]),
}


@pytest.fixture(params=REFUSED)
def harmful(request):
    name, content = REFUSED[request.param]
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


@pytest.fixture(params=["draft", "supplement", "program"])
def send(request, world, client):
    """Send a file in Lan's name, by one of the ways in; return what the reader is told."""
    lan = world.client("lan")

    def to_draft(file):
        path = "/khai/{draft}/giay-to/".format(**world.things)
        return lan.post(path, {"paper": "proof", "files": file}, follow=True)

    def to_supplement(file):
        path = "/ho-so/{code}/bo-sung/".format(**world.things)
        return lan.post(path, {"add": "proof", "file-proof": file}, follow=True)

    def by_program(file):
        headers = {"Authorization": f"Bearer {world.token('lan')}"}
        return client.post("/api/v1/files", {"file": file}, headers=headers)

    if request.param == "supplement":
        asked = {"papers": ["proof"], "fields": []}
        clerk, code = world.counter.actor("clerk"), world.things["code"]
        take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    return {"draft": to_draft, "supplement": to_supplement, "program": by_program}[request.param]


def test_a_harmful_file_is_refused_and_written_down(world, send, harmful, caplog):
    kept, noted = Paper.objects.count(), refusals()
    answer = send(harmful)
    assert answer.status_code in {200, 422}
    assert Paper.objects.count() == kept
    told = answer.content.decode()
    assert "<svg onload" not in told
    assert "<script>alert" not in told
    assert refusals() == noted + 1
    entry = Entry.objects.filter(name="files.upload-refused").latest("pk")
    assert entry.by == world.counter.actor("lan").id
    assert entry.facts["sha256"]
    assert "files.refused" in caplog.text


def refusals():
    return Entry.objects.filter(name="files.upload-refused").count()


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("../../x.svg", photo(), ".jpg"),
        ("..\\..\\x.exe", photo("PNG"), ".png"),
        ("/etc/passwd", PDF, ".pdf"),
        ("x.html", PDF, ".pdf"),
        ('a"; filename="x.html', photo(), ".jpg"),
        ("a\u202egpj.exe", photo(), ".jpg"),
    ],
)
def test_a_file_is_called_by_what_it_is_and_leads_nowhere(world, client, name, content, ending):
    headers = {"Authorization": f"Bearer {world.token('lan')}"}
    file = SimpleUploadedFile("x", content)
    file._name = name
    sent = client.post("/api/v1/files", {"file": file}, headers=headers)
    assert sent.status_code == 201
    called = sent.json()["name"]
    assert called.endswith(ending)
    assert not set(called) & set('/\\"\r\n\u202e')
    shown = world.client("lan").get(f"/tep/{sent.json()['id']}/")
    assert shown["Content-Type"] in {"image/jpeg", "image/png", "application/pdf"}
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "html" not in shown["Content-Disposition"].lower().replace("x.html", "")


def test_a_very_large_photo_is_made_small_or_refused(world, client, tmp_path):
    large = tmp_path / "large.png"
    Image.new("1", (8000, 6250)).save(large)
    headers = {"Authorization": f"Bearer {world.token('lan')}"}
    file = SimpleUploadedFile("giấy.png", large.read_bytes())
    sent = client.post("/api/v1/files", {"file": file}, headers=headers)
    assert sent.status_code in {201, 422}
    assert all(max(each.width or 0, each.height or 0) <= 2500 for each in Paper.objects.all())


def test_nothing_hidden_in_a_photo_survives(world, client):
    headers = {"Authorization": f"Bearer {world.token('lan')}"}
    file = SimpleUploadedFile("giấy.jpg", photo() + HTML + b"PK\x03\x04")
    sent = client.post("/api/v1/files", {"file": file}, headers=headers)
    shown = world.client("lan").get(f"/tep/{sent.json()['id']}/")
    assert HTML not in shown.content
    assert b"PK\x03\x04" not in shown.content


def test_nothing_is_sent_for_a_paper_that_is_not_asked_for(world):
    lan, path = world.client("lan"), "/khai/{draft}/giay-to/".format(**world.things)
    before = Draft.objects.get(pk=world.things["draft"]).papers
    for paper in ("passport", "", "../proof", PROCEDURE):
        file = SimpleUploadedFile("giấy.pdf", PDF)
        assert lan.post(path, {"paper": paper, "files": file}).status_code in {404, 422}, paper
    assert Draft.objects.get(pk=world.things["draft"]).papers == before

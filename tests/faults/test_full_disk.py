"""A disk that is full while a scan is stored: told clearly, nothing half kept, then all goes on."""

import json
import random
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.faults.small_disk import fill, small_disk
from tests.faults.waiting import query, ready, until
from tests.portals import portal

SCAN = 6 * 2**20
LEFT = 2 * 2**20
"""Room for a part of the scan: the database finds out in its middle."""
READ = (
    *("/", "/tim-kiem/?q=khai+sinh", "/thu-tuc/1.001193/", "/su-kien/", "/tro-giup/", "/tro-nang/"),
    *("/quyen-rieng-tu/", "/robots.txt", "/sitemap-trang.xml", "/api/v1/procedures", "/tra-cuu/"),
)


@pytest.fixture(scope="module")
def place(folder):
    with small_disk(folder) as disk:
        disk.chmod(0o755)
        yield disk


@pytest.fixture(scope="module")
def house(place):
    with portal(place / "var", WORKER_CONCURRENCY="1") as running:
        until(lambda: ready(running), what="the portal is ready")
        yield running


@pytest.fixture(scope="module")
def token(house):
    return house.command("token", "huong@motcua.example", "--name", "full disk").split()[-1]


def a_scan():
    """A PDF of one page that does not shrink."""
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n%"
    )
    noise = random.Random(7).randbytes(SCAN).translate(None, b"\r\n")
    return head + noise + b"\nxref\n0 4\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"


def send(house, token, scan):
    """Send a scan as a program does; return status and answer."""
    edge = "a-boundary-of-the-test"
    body = (
        f"--{edge}\r\nContent-Disposition: form-data; name=file; filename=scan.pdf\r\n"
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    request = Request(
        house.url + "/api/v1/files",
        body + scan + f"\r\n--{edge}--\r\n".encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={edge}",
        },
    )
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.loads(refused.read() or b"{}")
    except (OSError, HTTPException):
        return 0, {}


def kept(house):
    """How many files there are, contents there are, and what the journal says of them."""
    return query(
        house,
        "SELECT (SELECT count(*) FROM files_paper), (SELECT count(*) FROM files_content), "
        "(SELECT count(*) FROM backbone_entry WHERE name = 'files.kept')",
    )[0]


def test_a_scan_that_finds_the_disk_full_is_not_half_kept_and_the_sender_is_told(
    house, token, place
):
    scan = a_scan()
    before = kept(house)
    query(house, "SELECT pg_switch_wal()")
    query(house, "CHECKPOINT")
    ballast = fill(place, leave=LEFT)
    try:
        status, told = send(house, token, scan)
        assert status == 507, told
        assert told["code"] == "no-room"
        assert "hết chỗ" in told["title"]
        assert "vẫn còn nguyên" in told["title"]
        assert kept(house) == before
        for path in READ:
            with urlopen(house.url + path, timeout=20) as page:
                assert page.status == 200, "what writes nothing works on"
    finally:
        ballast.unlink()
    status, made = send(house, token, scan)
    assert status == 201, made
    assert made["size"] == len(scan)
    assert kept(house) == tuple(count + 1 for count in before)
    until(lambda: ready(house), what="the portal is ready after all")


def test_a_disk_full_to_the_last_byte_loses_nothing_that_was_answered(house, token, place):
    """Even if the database itself has to stop for it, it comes back with all it had promised."""
    scan = a_scan()
    before = kept(house)
    taken, seen = 0, set()
    ballast = fill(place, leave=0)
    try:
        for _ in range(5):
            status, _told = send(house, token, scan)
            seen.add(status)
            taken += status == 201
    finally:
        ballast.unlink()
    assert seen <= {201, 503, 507}
    assert seen & {503, 507}
    until(lambda: ready(house), what="the portal is ready again")
    assert kept(house) == tuple(count + taken for count in before)
    assert send(house, token, scan)[0] == 201

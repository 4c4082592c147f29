"""What measures the taking of rows runs, also with few: two programs, sockets, signatures."""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place():
    """Not below pytest's own directory, which is closed to the database server's user."""
    with TemporaryDirectory(prefix="motcua-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def measured(place, *arguments):
    """Return the lines of the tables that ``bench.sync`` prints, as lists of their cells."""
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    (place / "src").symlink_to(ROOT / "src")
    done = subprocess.run(
        [sys.executable, "-m", "bench.sync", *arguments],
        cwd=place,
        env={**kept, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_members_send_their_statuses_signed_over_sockets_and_again_without_a_change(place):
    told = measured(place, "--statuses", "6000", "--members", "3")
    found = {work: reached for work, reached, _ in told}
    assert re.search(r", 0 changed$", found["take it all again"])
    (made,) = (work for work in found if work.startswith("make"))
    statuses, dossiers = (int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\d", made))
    assert abs(statuses - 6000) < 300
    (sent,) = (work for work in found if work.startswith("take") and work.endswith("3 members"))
    assert f" {statuses + dossiers:,} rows, signed" in sent
    assert re.fullmatch(r"[\d,]+/s · \d+% of raw COPY", found[sent])
    assert "… readers meanwhile" in found
    assert any(work.startswith("messages of one status") for work in found)


def test_growth_is_shown_for_each_size(place):
    told = measured(place, "--growth", "--sizes", "2000,6000", "--members", "3")
    sizes = [int(line[0].replace(",", "")) for line in told[1:]]
    assert len(sizes) == 2
    assert 2000 <= sizes[0] < sizes[1] <= 6010

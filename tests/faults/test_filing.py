"""Filing while everything dies: no dossier lost, none doubled, no code shared."""

import json
import os
import signal
import threading
import time
from collections import Counter
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from motcua.packs.operations.publishing import SHIPPED
from tests.faults.waiting import PATIENCE, query, ready, until

PROCEDURE = "1.001612"
EXAMPLE = SHIPPED / PROCEDURE / "examples" / "valid-noodle-shop.json"
WARD = {'"46"': '"01"', '"19786"': '"00070"'}
"""The example happens in Huế; the demonstration's officials work in Hà Nội."""

CLIENTS = 8
EACH = 15


def filing():
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    for there, here in WARD.items():
        text = text.replace(there, here)
    return {"procedure": PROCEDURE, "answers": json.loads(text)["answers"]}


@pytest.fixture(scope="module")
def token(house):
    until(lambda: ready(house), what="the portal is ready")
    return house.command("token", "huong@motcua.example", "--name", "fault test").split()[-1]


def send(house, token, key):
    """Send one filing; return its status and answer, 0 where no answer came."""
    request = Request(
        house.url + "/api/v1/dossiers",
        json.dumps(filing()).encode(),
        {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        },
    )
    try:
        with urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.loads(refused.read() or b"{}")
    except (OSError, HTTPException):
        return 0, {}


def send_until_answered(house, token, key):
    """Do what a careful client does: the same again until there is an answer."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        status, answer = send(house, token, key)
        if status == 201:
            return answer["code"]
        assert status in {0, 502, 503}, (status, answer)
        time.sleep(0.2)
    pytest.fail(f"{key} was never answered")


def all_at_once(count, do):
    threads = [threading.Thread(target=do, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_the_same_filing_sent_twenty_times_at_once_is_one_dossier(house, token):
    codes = []
    for thread in all_at_once(
        20, lambda _: codes.append(send_until_answered(house, token, "twenty"))
    ):
        thread.join()
    (code,) = set(codes)
    assert query(house, "SELECT count(*) FROM dossiers_dossier WHERE code = %s", code) == [(1,)]


def test_eight_clients_file_while_web_worker_and_database_are_killed(house, token):
    before = query(house, "SELECT count(*) FROM dossiers_dossier")[0][0]
    codes, gate = {}, threading.Lock()

    def client(number):
        for i in range(EACH):
            key = f"client-{number}-{i}"
            code = send_until_answered(house, token, key)
            with gate:
                codes[key] = code

    threads = all_at_once(CLIENTS, client)
    for name, sent in (("web", 9), ("worker", 9), ("database", 9), ("database", 2)):
        go_on = min(len(codes) + 1, CLIENTS * EACH)
        until(partial(lambda so_many: len(codes) >= so_many, go_on), what=f"on: {house.said}")
        if pid := house.pid(name):
            os.kill(pid, signal.Signals(sent))
    for thread in threads:
        thread.join()
    until(lambda: ready(house), what="the portal is ready again")
    assert len(codes) == CLIENTS * EACH
    assert max(Counter(codes.values()).values()) == 1
    kept = {code for (code,) in query(house, "SELECT code FROM dossiers_dossier")}
    assert set(codes.values()) <= kept
    assert len(kept) - before == len(codes)


def test_each_filing_was_announced_once_and_each_delivery_is_done_in_the_end(house, token):
    filed = query(house, "SELECT count(*) FROM dossiers_dossier")[0][0]
    told = "SELECT count(*), count(DISTINCT subject) FROM backbone_entry WHERE name = %s"
    assert query(house, told, "dossiers.filed") == [(filed, filed)]
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'backbone.deliver'"
    until(lambda: query(house, waiting) == [(0,)], what="every delivery is done")

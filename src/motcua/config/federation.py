"""``motcua demo-federation``: a national hub and two provinces on one machine, and one journey."""

import argparse
import json
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from motcua.config.federation_places import HANOI, HUB, HUE, PASSPHRASE, House
from motcua.config.federation_walk import CITIZEN, CLERK, LEADER, SPECIALIST, Journey, walk
from motcua.config.running import port
from motcua.config.terminal import say, step

APART = 10
"""How far the ports of two portals are apart."""
ACCOUNTS = {
    HUB: (
        (CITIZEN, "người dân · citizen"),
        ("mot-cua.van-phong@motcua.example", "một cửa · clerk"),
        ("quan-tri.van-phong@motcua.example", "quản trị cổng · administrator"),
    ),
    HANOI: (("mot-cua.hoan-kiem@motcua.example", "một cửa · clerk"),),
    HUE: (
        (CLERK, "một cửa · clerk"),
        (SPECIALIST, "chuyên viên · specialist"),
        (LEADER, "lãnh đạo · leader"),
    ),
}


def demo_federation(arguments: Sequence[str]) -> None:
    """
    Start three portals, join them, walk a dossier through, and keep them until told to stop.

    :raises Trouble: if one cannot run; all have been stopped then
    """
    parser = argparse.ArgumentParser(
        prog="motcua demo-federation",
        description="Một cổng quốc gia và hai cổng tỉnh. A national hub and two provinces.",
    )
    parser.add_argument("--port", type=port, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--dir", type=Path, default=Path(os.environ.get("MOTCUA_VAR") or "var"))
    parser.add_argument("--once", action="store_true", help="end after the walk")
    given = parser.parse_args(arguments)
    houses = houses_under(given.dir.resolve() / "federation", given.port)
    stopping = threading.Event()
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, lambda *_: _stop(stopping))
    with ExitStack() as stack:
        stack.callback(_end, houses)
        try:
            print("\nMột Cửa, ba cổng · three portals\n", flush=True)
            federate(*houses)
            print(flush=True)
            today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
            born = (today - timedelta(days=9)).isoformat()
            _welcome(houses, walk(houses[0], houses[2], born=born))
            if not given.once:
                stopping.wait()
        except KeyboardInterrupt:
            pass


def _stop(stopping: threading.Event) -> None:
    """End what waits, and what is under way."""
    stopping.set()
    raise KeyboardInterrupt


def houses_under(folder: Path, first: int) -> tuple[House, House, House]:
    """Return the hub and the provinces, each with a folder and ports of its own."""
    names = (
        (HUB, "quốc gia", "hub"),
        (HANOI, "Hà Nội", "ha-noi"),
        (HUE, "Huế", "hue"),
    )
    hub, hanoi, hue = (
        House(member, name, folder / key, first + APART * number)
        for number, (member, name, key) in enumerate(names)
    )
    return hub, hanoi, hue


def federate(hub: House, *provinces: House) -> None:
    """Start the portals and join the provinces to the hub; again it does what is missing."""
    houses = (hub, *provinces)
    with ThreadPoolExecutor(len(houses)) as pool:
        with step("Khởi động ba cổng, ba cơ sở dữ liệu", "Starting three portals"):
            for house in houses:
                house.start()
            list(pool.map(House.wait, houses))
        with step("Nạp danh mục, cơ quan, tài khoản", "Loading catalogue, agencies, accounts"):
            list(pool.map(_load, houses))
        with step("Hai tỉnh tham gia trục chia sẻ", "Two provinces join the exchange"):
            list(pool.map(lambda each: _join(hub, each), provinces))
        with step("Ba bên ký thỏa thuận chuyển hồ sơ", "All three agree to hand dossiers on"):
            list(pool.map(lambda each: _agree(each, houses), houses))


def _load(house: House) -> None:
    house.command("federated", "load", house.member)
    house.tokens = json.loads(house.command("federated", "tokens", house.member))


def _join(hub: House, province: House) -> None:
    if hub.member in province.command("exchange", "member", "list"):
        return
    code = hub.command("federated", "invite", province.member)
    province.command("federated", "join", province.member, hub.url, code)


def _agree(house: House, houses: tuple[House, ...]) -> None:
    others = [each.member for each in houses[1:]] if house.member == HUB else [HUB]
    house.command("federated", "agree", house.member, *others)


def _welcome(houses: Sequence[House], journey: Journey) -> None:
    print(flush=True)
    for house in houses:
        say(f"Cổng {house.name}: {house.url}/", f"{house.member}")
        for email, what in ACCOUNTS[house.member]:
            print(f"      {email:<40}{what}")
    print(flush=True)
    say(f"Hồ sơ vừa đi: {journey.hub.url}{journey.page}", "the dossier that walked, for Ms Hương")
    say(f"Mật khẩu dùng thử: {PASSPHRASE}", "passphrase of every demo account")
    say("Nhấn Ctrl-C để dừng; dữ liệu vẫn được giữ", "Press Ctrl-C to stop; all data are kept")


def _end(houses: Sequence[House]) -> None:
    for sent in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sent, signal.SIG_IGN)
    print(flush=True)
    with step("Dừng ba cổng", "Stopping the portals"), ThreadPoolExecutor(len(houses)) as pool:
        list(pool.map(House.stop, houses))

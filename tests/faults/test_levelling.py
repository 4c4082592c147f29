"""Connections that all came to one web process are shared out once requests wait there."""

import http.client
import threading
from itertools import count

import psutil

from tests.faults.waiting import ready, until

CLIENTS = 8


def holders(house):
    """Return how many connections to the portal each of its web processes has, and whose."""
    held = {}
    for process in psutil.Process(house.pid("web")).children(recursive=True):
        ports = {
            each.raddr.port
            for each in process.net_connections()
            if each.status == psutil.CONN_ESTABLISHED and each.laddr.port == house.place.port
        }
        if ports:
            held[process.pid] = ports
    return held


def connected(house):
    client = http.client.HTTPConnection("127.0.0.1", house.place.port)
    client.request("GET", "/healthz")
    client.getresponse().read()
    return client


def all_at_one_process(house):
    """Return connections that the kernel happened to give to the same web process."""
    clients = [connected(house) for _ in range(6 * CLIENTS)]
    ports = max(holders(house).values(), key=len)
    chosen = [each for each in clients if each.sock.getsockname()[1] in ports][:CLIENTS]
    for client in clients:
        if client not in chosen:
            client.close()
    return chosen


def test_eight_who_came_to_one_process_are_shared_out_among_two(house):
    until(lambda: ready(house), what="the portal is ready")
    clients, stop, numbers, wrong = all_at_one_process(house), threading.Event(), count(), []
    assert len(clients) == CLIENTS
    until(lambda: len(holders(house)) == 1, what="all are at one process")

    def ask(client):
        while not stop.is_set():
            client.request("GET", f"/tim-kiem/?q=khai+sinh+{next(numbers)}")
            answer = client.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)

    threads = [threading.Thread(target=ask, args=(each,)) for each in clients]
    for thread in threads:
        thread.start()
    try:
        until(
            lambda: sorted(map(len, holders(house).values())) in ([3, 5], [4, 4]),
            what="each process has about half of them",
        )
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        for client in clients:
            client.close()
    assert wrong == []

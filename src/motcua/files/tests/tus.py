"""A client of the tus protocol, straight to the room's addresses."""

from base64 import b64encode
from datetime import UTC, datetime

from django.db import connection, transaction
from django.test import RequestFactory
from django.urls import resolve

from motcua.kernel.actors import Actor

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HUONG = Actor("huong", "Nguyễn Thị Hương")
NAM = Actor("nam", "Trần Văn Nam")
PARTS = "application/offset+octet-stream"


class Tus:
    """
    Somebody's client; what it sends can be overruled header by header, None leaves one out.

    Inside a test's transaction each request is one of its own, as it is outside.
    """

    def __init__(self, actor=HUONG):
        self.actor = actor

    def call(self, method, path, body=b"", **headers):
        given = {"Tus-Resumable": "1.0.0"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: str(value) for name, value in given.items() if value is not None}
        kind = sent.pop("Content-Type", PARTS)
        request = RequestFactory().generic(method, path, body, CONTENT_TYPE=kind, headers=sent)
        request.actor = self.actor
        view, args, kwargs = resolve(path)
        if not connection.in_atomic_block:
            return view(request, *args, **kwargs)
        mark = transaction.savepoint()
        answer = view(request, *args, **kwargs)
        if connection.needs_rollback:
            connection.needs_rollback = False
            transaction.savepoint_rollback(mark)
        return answer

    def begin(self, length, name="giấy.pdf", **headers):
        meta = f"filename {b64encode(name.encode()).decode()}"
        given = {"Upload_Length": length, "Upload_Metadata": meta, **headers}
        return self.call("POST", "/tep/gui/", **given)

    def begun(self, length, name="giấy.pdf"):
        """Begin an upload and return its address."""
        answer = self.begin(length, name)
        assert answer.status_code == 201, answer.content
        return answer["Location"]

    def head(self, address, **headers):
        return self.call("HEAD", address, **headers)

    def patch(self, address, offset, data, **headers):
        return self.call("PATCH", address, data, **{"Upload_Offset": offset, **headers})

    def give_up(self, address):
        return self.call("DELETE", address)

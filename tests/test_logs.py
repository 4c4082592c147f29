"""Logs are JSON, name their request, and hold nothing a person typed."""

import json
import logging

import pytest
import structlog

from motcua.config.logs import LOGGING

SECRET = "Nguyễn Thị Hương 0912345678"


@pytest.fixture
def written(capsys):
    """Every line a logger of this test writes, as JSON."""
    maker = LOGGING["formatters"]["json"]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=maker["processors"], foreign_pre_chain=maker["foreign_pre_chain"]
        )
    )

    def write(name, *args, **kwargs):
        log = logging.getLogger(name)
        record = log.makeRecord(
            name,
            logging.ERROR,
            "f",
            1,
            args[0],
            args[1:],
            kwargs.get("exc_info"),
            extra=kwargs.get("extra"),
        )
        return json.loads(handler.format(record))

    return write


def test_a_job_is_named_without_its_arguments(written):
    line = written(
        "procrastinate.worker",
        f"Job deliver[7](name={SECRET}) ended with status: Error",
        extra={"action": "job_error", "job": {"id": 7, "task_name": "backbone.deliver"}},
    )
    assert SECRET not in json.dumps(line, ensure_ascii=False)
    assert (line["event"], line["job"], line["task"]) == ("job_error", 7, "backbone.deliver")


def test_a_failure_of_django_is_named_without_the_address(written):
    line = written("django.request", "%s: %s", "Internal Server Error", f"/x/{SECRET}/")
    assert line["event"] == "Internal Server Error"


def test_a_row_that_did_not_fit_is_not_shown(written):
    with pytest.raises(ValueError, match="duplicate") as caught:
        raise ValueError(f"duplicate key\nDETAIL: Key (phone)=({SECRET}) exists.")
    found = (caught.type, caught.value, caught.tb)
    line = written("motcua", "failed", exc_info=found)
    assert SECRET not in line["exception"]
    assert "Traceback" in line["exception"]
    assert "DETAIL: (left out)" in line["exception"]


def test_every_line_names_its_request(written):
    structlog.contextvars.bind_contextvars(request_id="abc-12345678")
    try:
        assert written("motcua", "hello")["request_id"] == "abc-12345678"
    finally:
        structlog.contextvars.clear_contextvars()

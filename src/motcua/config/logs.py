"""JSON logs, one line an event, each with the name of its request; no personal data in them."""

import os
import re
from typing import Any

import structlog
from structlog.types import EventDict, WrappedLogger

_VALUES = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS?): .*$", re.MULTILINE)
_PATHS = ("django.request", "django.security", "django.security.csrf", "django.server")


def leave_out_arguments(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """
    Say which job or which kind of answer others' log lines are about, not with which values.

    procrastinate prints a job's arguments, Django the path asked for, PostgreSQL the row that
    did not fit: each can hold what a person typed.
    """
    del logger, method
    record = event.get("_record")
    if record is not None and record.name.startswith("procrastinate"):
        event["event"] = getattr(record, "action", None) or record.msg
        if job := getattr(record, "job", None):
            event.update(job=job.get("id"), task=job.get("task_name"))
    elif record is not None and record.name.startswith(_PATHS):
        event["event"] = str(event["event"]).partition(": ")[0]
    if exception := event.get("exception"):
        event["exception"] = _VALUES.sub(r"\1: (left out)", exception)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
    leave_out_arguments,
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": _SHARED,
        }
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["out"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "procrastinate.worker": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
    },
}

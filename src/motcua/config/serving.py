"""The web server's own matters: its processes, its TLS files."""

import gc
import logging
import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from motcua.backbone.trouble import Trouble
from motcua.config.intake import MOST_OF_ONE, WAITING, Intake
from motcua.config.launch import end_with_parent
from motcua.config.levelling import Loads

PLACES = "MOTCUA_WEB_PLACES"
"""Where a web process finds how many requests it works on at once."""

SELDOM = (10_000, 20, 20)
"""How often a web process looks for waste in cycles: a page leaves hardly any, all of it young."""

_loads: Loads | None = None
"""What the processes of this server have in hand, from before they fork."""


def serve(*, host: str, port: int, processes: int, threads: int) -> None:
    """
    Serve the portal until told to stop.

    The application is loaded before the processes fork, so that they share its memory.

    :raises Trouble: if a TLS certificate is named that is not there
    """
    certificate, key = tls_files()
    application()
    warm_up()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    os.environ[PLACES] = str(threads)
    global _loads  # noqa: PLW0603 (the server makes its processes, and hands them nothing)
    _loads = Loads(processes)
    logging.getLogger("_granian").addFilter(_not_about_threads)
    Granian(
        "motcua.config.serving:application_of_a_process",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads + WAITING,
        http=HTTPModes.auto if certificate else HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        log_level=LogLevels.warning,
        ssl_cert=certificate,
        ssl_key=key,
    ).serve()


def serve_registers(*, host: str, port: int, threads: int) -> None:
    """Serve the gateway of the registers' owners, in one process, until told to stop."""
    application()
    gc.freeze()
    Granian(
        "motcua.config.serving:gateway_of_registers",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        log_level=LogLevels.warning,
    ).serve()


def gateway_of_registers() -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """Return what answers members and probes alone: no page is served beside the portal."""
    end_with_parent(signal.SIGTERM)
    portal = application()

    def gateway(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(("/trao-doi/", "/healthz")):
            return portal(environ, start_response)
        start_response("404 Not Found", [("Content-Length", "0")])
        return [b""]

    return gateway


def application() -> WSGIHandler:
    """Return the portal as a WSGI application."""
    _build_schemas_when_asked()
    from motcua.config.wsgi import application  # noqa: PLC0415 (loads every room)

    return application


def _build_schemas_when_asked() -> None:
    """
    Build what reads and writes the API's bodies when an endpoint is asked first: in milliseconds.

    All of them built beforehand take a second of a start, and memory that few ever need.
    """
    from ninja import Schema  # noqa: PLC0415 (nothing but the web needs it)

    Schema.model_config["defer_build"] = True


def warm_up() -> None:
    """
    Load every address, compile every template, reckon the calendar: not in a visitor's time.

    What is ready before the processes fork, they share.
    """
    from django.template import engines  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415
    from jinja2 import Environment  # noqa: PLC0415

    from motcua.agencies.queries.calendars import usual_calendar  # noqa: PLC0415

    usual_calendar()
    get_resolver().reverse_dict  # noqa: B018 (reading it fills it)
    pages: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    for name in pages.list_templates(extensions=["html"]):
        pages.get_template(name)


def application_of_a_process() -> Intake:
    """Return the portal for one process of the web server, which ends when the server does."""
    from django.conf import settings  # noqa: PLC0415 (has been loaded with every room)

    end_with_parent(signal.SIGTERM)
    intake = Intake(
        application(),
        places=int(os.environ[PLACES]),
        most=settings.DOSSIER_MOST_BYTES * 2,
        most_of_one=WAITING if settings.BEHIND_PROXY else MOST_OF_ONE,
        load=_loads.mine() if _loads else None,
    )
    intake.watch()
    return intake


def _not_about_threads(record: logging.LogRecord) -> bool:
    """Leave out that many threads are unwise: nearly all of ours only wait for bodies."""
    return "Python threads" not in record.getMessage()


def tls_files() -> tuple[Path | None, Path | None]:
    """
    Return the certificate and the key that the server itself speaks TLS with, if any.

    :raises Trouble: if one is named that is not there
    """
    names = os.environ.get("TLS_CERTIFICATE"), os.environ.get("TLS_KEY")
    if not any(names):
        return None, None
    certificate, key = (Path(name or "") for name in names)
    if not (certificate.is_file() and key.is_file()):
        raise Trouble(
            "TLS_CERTIFICATE và TLS_KEY phải cùng chỉ tới tệp có thật.",
            "TLS_CERTIFICATE and TLS_KEY must both name files that are there.",
        )
    return certificate, key

"""One command line for everything: ``motcua COMMAND``."""

import gc
import hashlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from motcua import __version__
from motcua.backbone.postgres import embedded
from motcua.backbone.trouble import Trouble, trouble_with_files
from motcua.config.parts import SUPERVISED

WITHOUT_DATABASE = {"help", "version", "check", "collectstatic", "findstatic", "sandbox_bank"}
PACKS_FROM_FILES = {"new", "lint", "test"}
"""What ``motcua packs`` does with files alone, in any folder."""

OWN_SECRETS = (
    *("SECRET_KEY", "BANK_SECRET", "RECEIPT_KEY", "EXPORT_KEY"),
    *("SYNC_PERSON_KEY", "EXCHANGE_PERSON_KEY"),
)


ADORNMENTS = ("click", "rich")
"""What libraries load where they find it, to print in colours; it takes much memory."""


def main() -> None:
    """Run one command; have the database running meanwhile where the command needs it."""
    given = _arguments(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    if given[0] == "registrar":
        os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.registrar_settings"
    try:
        _run(given)
    except Trouble as trouble:
        sys.exit(f"\n✗ {trouble.vietnamese}\n✗ {trouble.english}")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        sys.exit(130)


def _arguments(given: Sequence[str]) -> list[str]:
    """``help x`` is ``x --help``; ``import-catalogue`` is Django's ``import_catalogue``."""
    match list(given):
        case ["--version" | "version"]:
            return ["version"]
        case ["help" | "-h" | "--help"]:
            return ["help"]
        case ["help", command, *_]:
            return [command.replace("-", "_"), "--help"]
        case [command, *rest]:
            return [command.replace("-", "_"), *rest]
        case _:
            return ["help"]


def _run(arguments: list[str]) -> None:
    command, *rest = arguments
    if command == "version":
        print(f"Một Cửa {__version__}")
    elif command == "run":
        from motcua.config.running import run  # noqa: PLC0415

        run(rest)
    elif command == "demo_federation":
        from motcua.config.federation import demo_federation  # noqa: PLC0415

        demo_federation(rest)
    else:
        with _database(arguments):
            _execute(arguments)


def _execute(arguments: list[str]) -> None:
    with ExitStack() as stack:
        if arguments[0] == "serve" and "--help" not in arguments:
            stack.enter_context(measures_kept(_var()))
        for name in ADORNMENTS:  # as if they were not installed
            sys.modules[name] = None  # type: ignore[assignment]
        gc.disable()  # what is loaded now stays: looking for waste in it takes a fifth of the time
        from motcua.config.commands import execute  # noqa: PLC0415 (Django is slow to load)

        execute(arguments)


@contextmanager
def measures_kept(var: Path, memory: Path = Path("/dev/shm")) -> Iterator[Path]:  # noqa: S108
    """
    Make room for what all web processes measure; what old ones left would count again.

    They write it into mapped files, where a full disk is no error but the end of the process
    (SIGBUS): so it lies in memory where there is a place for that, else under ``var``.
    """
    name = f"motcua-measures-{hashlib.sha256(os.fsencode(var)).hexdigest()[:12]}-"
    base = memory if os.access(memory, os.W_OK) else var
    base.mkdir(parents=True, exist_ok=True)
    for old in base.glob(f"{name}*"):
        shutil.rmtree(old, ignore_errors=True)
    with TemporaryDirectory(prefix=name, dir=base, ignore_cleanup_errors=True) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield Path(folder)


def _var() -> Path:
    return Path(os.environ.get("MOTCUA_VAR") or "var").resolve()


@contextmanager
def _database(arguments: list[str]) -> Iterator[None]:
    outside = os.environ.get("DATABASE_URL") or os.environ.get(SUPERVISED)
    if outside or _needs_none(arguments):
        if arguments[0] in {"packs", "exchange"}:
            _leave_nothing_behind()
        yield
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    var = _var()
    if arguments[0] == "packs" and not embedded(var).data.exists():
        raise Trouble(
            f"{var} không có dữ liệu của cổng nào. Hãy chạy lệnh trong thư mục của cổng, "
            "hoặc đặt MOTCUA_VAR=thư-mục-dữ-liệu-của-cổng.",
            f"{var} holds no portal's data. Run this in the portal's folder, "
            "or set MOTCUA_VAR=the-portal's-data-directory.",
        )
    with ExitStack() as stack:
        try:
            stack.enter_context(embedded(var).in_use())
        except OSError as error:
            raise trouble_with_files(error, var) from error
        yield


def _leave_nothing_behind() -> None:
    """Keep settings from writing secrets into a folder that is no portal's."""
    if not _var().exists():
        for name in OWN_SECRETS:
            os.environ.setdefault(name, token_urlsafe(48))


def _needs_none(arguments: list[str]) -> bool:
    command, *rest = arguments
    if command in WITHOUT_DATABASE or "--help" in rest or "-h" in rest:
        return True
    if command == "exchange":
        return len(rest) > 1 and rest[0] == "verify" and not rest[1].startswith("--")
    return command == "packs" and (not rest or rest[0] in PACKS_FROM_FILES)


if __name__ == "__main__":
    main()

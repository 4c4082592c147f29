"""One command line for everything: ``motcua COMMAND``."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_urlsafe

from motcua import __version__
from motcua.backbone.postgres import embedded
from motcua.backbone.trouble import Trouble, trouble_with_files
from motcua.config.parts import SUPERVISED

WITHOUT_DATABASE = {"help", "version", "check", "collectstatic", "findstatic", "sandbox_bank"}
PACKS_FROM_FILES = {"new", "lint", "test"}
"""What ``motcua packs`` does with files alone, in any folder."""


def main() -> None:
    """Run one command; have the database running meanwhile where the command needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        _run(_arguments(sys.argv[1:]))
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
    else:
        with _database(arguments):
            _execute(arguments)


def _execute(arguments: list[str]) -> None:
    if arguments[0] == "serve" and "--help" not in arguments:
        fresh_measures(_var() / "metrics")
    from motcua.config.commands import execute  # noqa: PLC0415 (Django is slow to load)

    execute(arguments)


def fresh_measures(folder: Path) -> None:
    """Make room for what all web processes measure; what old ones left would count again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _var() -> Path:
    return Path(os.environ.get("MOTCUA_VAR") or "var").resolve()


@contextmanager
def _database(arguments: list[str]) -> Iterator[None]:
    outside = os.environ.get("DATABASE_URL") or os.environ.get(SUPERVISED)
    if outside or _needs_none(arguments):
        if arguments[0] == "packs":
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
        for name in ("SECRET_KEY", "BANK_SECRET", "RECEIPT_KEY"):
            os.environ.setdefault(name, token_urlsafe(48))


def _needs_none(arguments: list[str]) -> bool:
    command, *rest = arguments
    if command in WITHOUT_DATABASE or "--help" in rest or "-h" in rest:
        return True
    return command == "packs" and (not rest or rest[0] in PACKS_FROM_FILES)


if __name__ == "__main__":
    main()

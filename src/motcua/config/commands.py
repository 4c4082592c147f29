"""Which commands there are, in groups, and how one is run."""

import gc
import sys
from importlib import import_module
from pkgutil import iter_modules

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, load_command_class
from django.db import OperationalError, ProgrammingError
from django.db.migrations.exceptions import MigrationSchemaMissing
from psycopg.errors import InsufficientPrivilege, UndefinedColumn, UndefinedTable

from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.trouble import Trouble
from motcua.kernel.errors import Refusal

GROUPS: dict[str, dict[str, str]] = {
    "Chạy · Run": {
        "demo-federation": "Run a national hub and two provinces, and walk a dossier through them.",
        "run": "Run the whole portal on this machine, with a sandbox bank and national registers.",
        "serve": "",
        "worker": "",
        "sandbox-bank": "",
        "registrar": "",
    },
    "Dữ liệu · Data": {
        "migrate": "Bring the database up to this version.",
        "load-reference": "",
        "agency": "",
        "official": "",
        "packs": "",
        "import-catalogue": "",
        "exchange": "",
        "federate": "",
        "sync": "",
        "demo": "",
        "export": "",
    },
    "Trông coi · Look after": {
        "doctor": "",
        "backup": "",
        "restore": "",
        "jobs": "",
        "token": "",
        "check": "Check the settings and the models.",
        "shell": "Open a Python prompt inside the portal.",
        "version": "Print the version.",
    },
}
"""The commands in the order people need them; the rooms' other commands follow by themselves."""

HIDDEN = {"federated", "prepare", "welcome"}


def execute(arguments: list[str]) -> None:
    """
    Run one of Django's or the rooms' commands.

    :raises Trouble: if the settings are wrong, or the database does not answer, is not made ready
        yet or does not let this user make its tables
    """
    try:
        django.setup()
        gc.freeze()
        gc.enable()
        if arguments[0] == "help":
            print_help()
            return
        ManagementUtility(["motcua", *arguments]).execute()
    except Refusal as refusal:
        sys.exit(f"✗ {sentence_of(refusal)}")
    except ImproperlyConfigured as error:
        raise Trouble(f"Cấu hình chưa đúng: {error}", f"The settings are wrong: {error}") from error
    except OperationalError as error:
        raise Trouble(
            "Cơ sở dữ liệu không trả lời. Hãy kiểm tra DATABASE_URL và máy chủ PostgreSQL.",
            f"The database does not answer. Check DATABASE_URL and the server. {error}".strip(),
        ) from error
    except (MigrationSchemaMissing, ProgrammingError) as error:
        raise _trouble_with_tables(error) or error from None


def _trouble_with_tables(error: Exception) -> Trouble | None:
    refused = error.__context__ if isinstance(error, MigrationSchemaMissing) else error
    cause = refused.__cause__ if refused else None
    if isinstance(cause, UndefinedTable | UndefinedColumn):
        return Trouble(
            "Cơ sở dữ liệu chưa có bảng của bản này. Hãy chạy: motcua migrate (hoặc make run).",
            "The database lacks the tables of this version. Run: motcua migrate (or make run).",
        )
    if isinstance(cause, InsufficientPrivilege):
        return Trouble(
            "Tài khoản trong DATABASE_URL không được tạo bảng. Hãy cho tài khoản đó làm chủ "
            "cơ sở dữ liệu: ALTER DATABASE … OWNER TO …",
            "The user in DATABASE_URL may not make tables. Make that user the owner of the "
            "database: ALTER DATABASE … OWNER TO …",
        )
    return None


def print_help() -> None:
    """Print our commands in groups, one line each."""
    ours = _commands_of_the_house()
    print("Một Cửa\n\n  motcua COMMAND [--help]")
    listed: set[str] = set()
    for title, commands in GROUPS.items():
        print(f"\n{title}")
        for name, line in commands.items():
            listed.add(name)
            if line or name in ours:
                print(f"  {name:<20}{line or _line(ours[name], name)}")
    if others := sorted(ours.keys() - listed - HIDDEN):
        print("\nKhác · Others")
        for name in others:
            print(f"  {name:<20}{_line(ours[name], name)}")


def _commands_of_the_house() -> dict[str, str]:
    found = {}
    for app in apps.get_app_configs():
        if not app.name.startswith("motcua."):
            continue
        try:
            package = import_module(f"{app.name}.management.commands")
        except ModuleNotFoundError:
            continue
        for module in iter_modules(package.__path__):
            found[module.name.replace("_", "-")] = app.name
    return found


def _line(app: str, name: str) -> str:
    return (
        str(load_command_class(app, name.replace("-", "_")).help)
        .split(". ")[0]
        .split("\n")[0]
        .removesuffix(".")
        + "."
    )

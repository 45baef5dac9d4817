"""Real database servers for the tests marked `services`: PostgreSQL and MariaDB on loopback, own ports, own folders.

python tests/services.py start     starts them and prints the variables that the tests look for
python tests/services.py stop      stops them and removes their data

Each checkout has servers of its own: one that ends stops none that another still uses.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = hashlib.sha256(bytes(Path(__file__).resolve())).hexdigest()[:8]  # short: a socket's path has 107 characters
HOME = Path(tempfile.gettempdir()) / f"zongjie-services-{CHECKOUT}"
SECONDS = 60


def program(name: str) -> str:
    """Where Debian keeps it; stops with a sentence where it is not installed."""
    places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/sbin"), Path("/usr/bin")]
    found = next((str(place / name) for place in places if (place / name).exists()), None) or shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is not here. On Debian: apt-get install postgresql mariadb-server")
    return found


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


def as_user(name: str) -> list[str]:
    """Database servers refuse to run as root: then as the user that their package made."""
    return ["runuser", "-u", name, "--"] if os.geteuid() == 0 else []


def owned(path: Path, name: str) -> Path:
    path.mkdir(parents=True)
    if os.geteuid() == 0:
        user = pwd.getpwnam(name)
        os.chown(path, user.pw_uid, user.pw_gid)
    return path


def wait(check: list[str], more: dict[str, str] | None = None) -> None:
    end = time.monotonic() + SECONDS
    while subprocess.run(check, capture_output=True, env=os.environ | (more or {})).returncode:
        if time.monotonic() > end:
            raise SystemExit(f"a server did not start: {' '.join(check)}")
        time.sleep(0.2)


def postgres(password: str) -> tuple[str, int]:
    """A new server with one user and one database; returns its address and process."""
    home, port = owned(HOME / "postgres", "postgres"), free_port()
    secret = home / "password"
    secret.write_text(password, encoding="utf-8")
    secret.chmod(0o644)
    initdb = [program("initdb"), "-D", str(home / "data"), "-U", "zongjie", "--pwfile", str(secret), "-A",
              "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]  # fmt: skip
    subprocess.run([*as_user("postgres"), *initdb], check=True, stdout=subprocess.DEVNULL, cwd=home)
    command = [program("postgres"), "-D", str(home / "data"), "-p", str(port), "-c", "listen_addresses=127.0.0.1",
               "-c", f"unix_socket_directories={home}"]  # fmt: skip
    log = (HOME / "postgres.log").open("wb")
    server = subprocess.Popen(
        [*as_user("postgres"), *command], stdout=log, stderr=log, cwd=home, start_new_session=True
    )
    wait([program("pg_isready"), "-h", "127.0.0.1", "-p", str(port)])
    return f"postgresql://zongjie@127.0.0.1:{port}/postgres", server.pid


def mariadb(password: str) -> tuple[str, int]:
    """The same of MariaDB."""
    home, port = owned(HOME / "mariadb", "mysql"), free_port()
    user = ["--user=mysql"] if os.geteuid() == 0 else []
    data = home / "data"
    subprocess.run(
        [program("mariadb-install-db"), "--no-defaults", *user, f"--datadir={data}", "--skip-test-db"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    first = home / "first.sql"
    first.write_text(
        f"CREATE DATABASE zongjie;\nCREATE USER 'zongjie'@'127.0.0.1' IDENTIFIED BY '{password}';\n"
        "GRANT ALL ON zongjie.* TO 'zongjie'@'127.0.0.1';\n",
        encoding="utf-8",
    )
    command = [program("mariadbd"), "--no-defaults", *user, f"--datadir={data}", f"--port={port}",
               "--bind-address=127.0.0.1", f"--socket={home / 'socket'}", f"--pid-file={home / 'pid'}",
               f"--init-file={first}", "--skip-name-resolve"]  # fmt: skip
    log = (HOME / "mariadb.log").open("wb")
    server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    wait([program("mariadb-admin"), "--no-defaults", "-h", "127.0.0.1", "-P", str(port), "-u", "zongjie",
          "ping"], {"MYSQL_PWD": password})  # fmt: skip
    return f"mysql://zongjie@127.0.0.1:{port}/zongjie", server.pid


def runs(process: int) -> bool:
    """Whether a process is one of ours: after a restart of the machine its number may be another's."""
    try:
        return str(HOME) in Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return False


def known() -> list[int]:
    """The processes that ``start`` wrote down and that still run."""
    told = HOME / "running.json"
    numbers = json.loads(told.read_text(encoding="utf-8"))["processes"] if told.exists() else []
    return [number for number in numbers if runs(number)]


def start() -> None:
    """Start both, unless they run already; print what the shell should export."""
    told = HOME / "running.json"
    if len(known()) < 2:
        stop()
        HOME.mkdir(parents=True)
        HOME.chmod(0o755)
        password = secrets.token_urlsafe(12)
        (one, first), (other, second) = postgres(password), mariadb(password)
        found = {"ZONGJIE_TEST_POSTGRES": one, "ZONGJIE_TEST_MARIADB": other, "ZONGJIE_EXPORT_PASSWORD": password}
        told.write_text(json.dumps({"variables": found, "processes": [first, second]}), encoding="utf-8")
        told.chmod(0o600)
    for name, value in json.loads(told.read_text(encoding="utf-8"))["variables"].items():
        print(f"export {name}='{value}'")


def stop() -> None:
    """Stop what ``start`` started and remove its data."""
    for sign, seconds in ((signal.SIGINT, 1), (signal.SIGKILL, 0)):
        for process in known():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, sign)
        time.sleep(seconds)
    shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1] if len(sys.argv) > 1 else "start"]()

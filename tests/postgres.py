"""A PostgreSQL server of its own for tests and benchmarks. Run by itself: installs Debian's."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"  # the server does not run as root


def find() -> Path | None:
    """The folder of the server's programs, or None where it is not installed."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


def install() -> None:
    """Install the server by the system's package manager."""
    admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*admin, "apt-get", "update", "-qq"], check=True)
    subprocess.run([*admin, "apt-get", "install", "-y", "-qq", "postgresql"], stdout=subprocess.DEVNULL, check=True)


@contextmanager
def started() -> Iterator[str]:
    """The address of a fresh server's database, on loopback; it is stopped and deleted at the end."""
    programs = find()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed; run python tests/postgres.py")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="rooms-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    data = folder / "data"
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    try:
        _run(programs / "initdb", "-D", str(data), "-U", USER, "--auth=trust", "--no-sync")
        _run(programs / "pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str | Path) -> None:
    as_user = ["runuser", "-u", USER, "--"] if getpass.getuser() == "root" else []
    subprocess.run([*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    if find() is None:
        print("Installing PostgreSQL for the tests of rooms …")
        install()
    print(f"Tests of rooms run on {find()}.")

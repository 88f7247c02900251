"""The app for a hall as ``make serve`` starts it, with its processes, for tests and benchmarks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from browser import ROOT, free_port, until_it_answers


class Hall:
    """A running hall: its ``address``, the ``process`` that looks after it, and what it ``printed`` so far."""

    def __init__(self, address: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.address, self.process, self._log = address, process, log

    @property
    def printed(self) -> str:
        return self._log.read_text()

    def processes(self, what: str = "streamlit") -> list[psutil.Process]:
        """Those of the app, or nginx."""
        children = psutil.Process(self.process.pid).children()
        return [each for each in children if any(what in part for part in each.cmdline())]


@contextmanager
def hall(replicas: int, *options: str) -> Iterator[Hall]:
    """A hall on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "coopfin.serving", "--replicas", str(replicas), "--port", str(port), *options]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        surroundings = {**os.environ, "COOPFIN_ROOMS": str(Path(folder) / "rooms.sqlite")}
        with log.open("wb") as printed:
            process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=printed, stderr=subprocess.STDOUT)
        started = Hall(f"http://127.0.0.1:{port}", process, log)
        try:
            until_it_answers(process, f"{started.address}/health")
            yield started
        finally:
            process.terminate()
            process.wait(60)

"""A process that is started, looked after and stopped; every line it prints is printed with the time and its name."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from coopfin.serving.memory import resident

PATIENCE = 20.0  # seconds until a process that was told to stop is ended
SHORT_LIFE = 10.0  # seconds: who ends sooner is started again later and later
LONGEST_WAIT = 30.0


def say(name: str, line: str) -> None:
    """Print one line of the log."""
    print(f"{time.strftime('%H:%M:%S')} {name:10} {line}", flush=True)


class Child:
    """One process: ``name`` in the log, the ``command`` that starts it, its ``environment``."""

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        self.name, self.command, self.environment, self.folder = name, command, environment, folder
        self._process: subprocess.Popen[str] | None = None
        self._started = 0.0
        self._short_lives = 0

    def start(self) -> None:
        """Start it. Its signals are ours to send: a Ctrl-C at the terminal does not reach it by itself."""
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            self.command, cwd=self.folder, env=self.environment, text=True, errors="replace", start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self._process.stdout is not None
        Thread(target=self._repeat, args=(self._process.stdout,), daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def memory(self) -> int:
        """The bytes it holds, 0 where the system does not tell."""
        return resident(self._process.pid) if self._process else 0

    def revive(self) -> None:
        """Start it again after it ended by itself; at once, unless it lives for a moment only."""
        assert self._process is not None
        since = time.monotonic() - self._started
        wait = min(LONGEST_WAIT, 2.0**self._short_lives - 1)
        if since >= wait:
            self._short_lives = self._short_lives + 1 if since < wait + SHORT_LIFE else 0
            say(self.name, f"ended ({_end(self._process.returncode)}); starting it again")
            self.start()

    def ask_to_stop(self) -> None:
        """Tell it to stop, without waiting."""
        if self.alive and self._process is not None:
            self._process.terminate()

    def stop(self) -> None:
        """Tell it to stop and wait; end it if it does not."""
        self.ask_to_stop()
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
            return
        say(self.name, f"does not stop within {PATIENCE:.0f} seconds; ending it")
        self._process.kill()
        self._process.wait()

    def _repeat(self, printed: IO[str]) -> None:
        for line in printed:
            if line.strip():
                say(self.name, line.rstrip())


def _end(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit status {code}"

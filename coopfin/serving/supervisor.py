"""One or several processes of the app, nginx before them, and who looks after them all."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from coopfin.serving import proxy
from coopfin.serving.application import HEALTH
from coopfin.serving.child import Child, say
from coopfin.serving.memory import MEGABYTE

NAME = "hall"
LOOK = 0.5  # seconds between two looks at everybody
START = 120.0  # seconds that a process may take to answer for the first time


class Supervisor:
    """``replicas`` processes at ``host`` and ``port``, each started anew when it holds more than ``memory`` megabytes.

    Several are behind nginx, which writes into the folder ``run``; raises FileNotFoundError if there is no nginx.
    """

    def __init__(self, replicas: int, host: str, port: int, memory: int, run: Path) -> None:
        self.address = f"http://{host}:{port}"
        self.memory = memory * MEGABYTE
        inside = [(host, port)] if replicas == 1 else [("127.0.0.1", each) for each in _free_ports(replicas)]
        environment = _environment()
        self.replicas = [Child(f"process {n}", _command(*at), environment, proxy.ROOT) for n, at in enumerate(inside, 1)]
        self.answering = [_health(*at) for at in inside]
        self.own_answer = _health(host, port)
        listen = f"{'127.0.0.1' if host == 'localhost' else host}:{port}"
        before = proxy.command(listen, [inner for _, inner in inside], run) if replicas > 1 else None
        self.proxy = [Child("nginx", before, environment, run)] if before else []
        self._signals: list[int] = []

    def run(self) -> int:
        """Start all, look after them until a signal comes, stop all; the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda number, frame: self._signals.append(number))
        for each in self.replicas:
            each.start()
        started = all(self._answers(each, where) for each, where in self._places())
        for each in self.proxy if started else ():
            each.start()
            started = self._answers(each, self.own_answer)
        if started:
            say(NAME, f"ready at {self.address}, by {len(self.replicas)} of its processes; Ctrl-C stops")
        while started and not self._told_to_stop():
            if signal.SIGHUP in self._signals:
                self._signals.clear()
                self._renew()
            self._look_after()
            time.sleep(LOOK)
        say(NAME, "stopping")
        for each in self.replicas:
            each.ask_to_stop()
        for each in (*self.replicas, *self.proxy):
            each.stop()
        say(NAME, "stopped")
        return 0 if started else 1

    def _told_to_stop(self) -> bool:
        return bool({signal.SIGTERM, signal.SIGINT} & set(self._signals))

    def _look_after(self) -> None:
        for each in (*self.replicas, *self.proxy):
            if not each.alive:
                each.revive()
        for each, where in self._places():
            if each.memory > self.memory:
                say(each.name, f"holds {each.memory // MEGABYTE} MB, more than {self.memory // MEGABYTE}: starting it anew")
                self._anew(each, where)

    def _renew(self) -> None:
        """Start one after the other anew: whoever is on it goes on in another, or waits a moment if there is but one."""
        say(NAME, "starting every process anew, one after the other")
        for each, where in self._places():
            if not self._anew(each, where) or self._told_to_stop():
                return
        say(NAME, "every process is new")

    def _places(self) -> Iterator[tuple[Child, str]]:
        return zip(self.replicas, self.answering, strict=True)

    def _anew(self, child: Child, answering: str) -> bool:
        child.stop()
        child.start()
        return self._answers(child, answering)

    def _answers(self, child: Child, answering: str) -> bool:
        end = time.monotonic() + START
        while child.alive and time.monotonic() < end and not self._told_to_stop():
            try:
                with urllib.request.urlopen(answering, timeout=5):
                    return True
            except OSError:  # nothing listens yet
                time.sleep(0.2)
        if not self._told_to_stop():
            say(child.name, "did not start")
        return False


def _health(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}{HEALTH}"


def _command(host: str, port: int) -> Sequence[str]:
    options = {"server.address": host, "server.port": port, "server.headless": "true", "logger.hideWelcomeMessage": "true"}
    return [sys.executable, "-m", "streamlit", "run", "serve.py", *(f"--{name}={value}" for name, value in options.items())]


def _environment() -> dict[str, str]:
    """That of this process, with one secret for all, and fewer heaps, which threads would leave half empty."""
    mine = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32), "MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
    return mine | os.environ


def _free_ports(number: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(each.getsockname()[1]) for each in held]
    for each in held:
        each.close()
    return ports

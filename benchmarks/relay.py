"""Stands between a browser and a server and counts what the server sends, as it goes over the wire."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Relay:
    """Hands everything on between whoever connects to ``port`` and the server on ``to``; ``sent`` are the server's bytes."""

    def __init__(self, to: int) -> None:
        self._to, self.sent = to, 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take nobody in any more."""
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the door is closed
            while True:
                browser, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                threading.Thread(target=self._hand_on, args=(browser, server, False), daemon=True).start()
                threading.Thread(target=self._hand_on, args=(server, browser, True), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):  # one of the two has gone
            while data := source.recv(65536):
                self.sent += len(data) * counted
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(to: int) -> Iterator[Relay]:
    """A relay to the server on this port, until the end."""
    between = Relay(to)
    try:
        yield between
    finally:
        between.close()

"""A graceful stop: who keeps a response open hears at once that the server is about to close.

The server waits for open responses before it stops, and an event stream never ends by itself. Such a stream looks at
``closing()`` whenever it wakes, and registers with ``on_close`` what wakes it::

    stopping.on_close(changed.set)
    while not stopping.closing():
        await changed.wait()
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_CLOSING = threading.Event()
_WAKING: list[Callable[[], None]] = []


def closing() -> bool:
    """Whether the server has been told to stop."""
    return _CLOSING.is_set()


def on_close(wake: Callable[[], None]) -> None:
    """Call ``wake`` once, in the server's event loop, when it has been told to stop."""
    _WAKING.append(wake)


def close() -> None:
    """Raise the flag and wake everybody who waits. Call it in the event loop."""
    _CLOSING.set()
    while _WAKING:
        _WAKING.pop()()


@contextmanager
def listening() -> Iterator[None]:
    """Hear the signals that stop a server before the server does; call it in the event loop.

    The server's own handlers are called after ours. Outside the main thread no signal can be heard; then leaving
    the context is what closes.
    """
    _CLOSING.clear()
    loop = asyncio.get_running_loop()
    heard = (signal.SIGTERM, signal.SIGINT) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.getsignal(number) for number in heard}

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        after = before[signal.Signals(number)]
        if callable(after):
            after(number, frame)

    for number in heard:
        signal.signal(number, stop)
    try:
        yield
    finally:
        close()
        for number, handler in before.items():
            signal.signal(number, handler)

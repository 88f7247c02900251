"""How often something may go wrong: only what is wrong is counted, so that a hall behind one address is not shut out."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 10_000


class Limit:
    """At most ``most`` in so many ``seconds`` for each key. ``clock`` gives seconds."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self._clock = most, seconds, clock
        self._since: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def spend(self, key: str) -> bool:
        """Count one; whether it was within the limit."""
        with self._lock:
            now = self._clock()
            begun, number = self._since.get(key, (now, 0))
            if now - begun >= self.seconds:
                begun, number = now, 0
            if key not in self._since and len(self._since) >= MOST_KEYS:
                self._forget(now)
            self._since[key] = begun, number + 1
            return number < self.most

    def _forget(self, now: float) -> None:
        """Forget what is over, or everything where nothing is: the memory has an end."""
        self._since = {key: since for key, since in self._since.items() if now - since[0] < self.seconds}
        if len(self._since) >= MOST_KEYS:
            self._since.clear()

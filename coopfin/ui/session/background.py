"""Work that takes longer than a page may: in a process of its own, with a share done and a way to stop it.

Not a pool of processes: those of ``multiprocessing`` run the main script again when they start, which here is a page,
and what they have begun cannot be stopped. A process of its own leaves this one free to serve everybody else's page.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore, RLock, Thread
from typing import Any

from coopfin.engine.declaration import AssumptionError
from coopfin.ui.session.worker import DONE, PROGRESS

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "coopfin.ui.session.worker")
AT_ONCE = BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))  # one processor stays with the pages; others wait in line


class Job:
    """A call under way: ``call(question, progress)`` in another process. ``share`` is how far it is.

    ``result`` is what it gave once it is ``finished``, unless ``mistake`` says in words why there is none. A job that
    nobody holds any more, because its session is gone, is cancelled.
    """

    def __init__(self, call: Callable[..., Any], question: Any) -> None:
        self._work = _Work(pickle.dumps((call, question)))
        self._thread = Thread(target=self._work.run, daemon=True)
        weakref.finalize(self, self._work.cancel)
        self._thread.start()

    @property
    def share(self) -> float:
        """How far it is, from 0 to 1."""
        return self._work.share

    @property
    def result(self) -> Any:
        """What it gave."""
        return self._work.result

    @property
    def mistake(self) -> str:
        """Why there is no result, in words."""
        return self._work.mistake

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to wait for."""
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Stop it now; its process ends."""
        self._work.cancel()

    def wait(self) -> Any:
        """The result, when it is there; raises ``RuntimeError`` with the mistake if there is none."""
        self._thread.join()
        if self.mistake:
            raise RuntimeError(self.mistake)
        return self.result


class _Work:
    """What the thread of a job holds, so that it does not hold the job."""

    def __init__(self, call: bytes) -> None:
        self.share = 0.0
        self.result: Any = None
        self.mistake = ""
        self._call = call
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = False
        self._lock = RLock()  # a job may be collected, and so cancelled, while this very thread starts its process

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                self._process.kill()

    def run(self) -> None:
        with AT_ONCE:
            with self._lock:
                if self._cancelled:
                    return
                self._process = subprocess.Popen(COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                if self._cancelled:
                    self._process.kill()
            with self._process as process:
                self._listen(process)

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None and process.stdout is not None
        try:
            with process.stdin as pipe:
                pipe.write(self._call)
            while True:
                kind, content = pickle.load(process.stdout)
                if kind == PROGRESS:
                    self.share = content
                elif kind == DONE:
                    self.share, self.result = 1.0, content
                    return
                else:
                    self.mistake = _said(content)
                    return
        except (EOFError, OSError, pickle.UnpicklingError):
            if not self._cancelled:
                self.mistake = "the simulation ended before it was done; there may be too little memory for so many draws"


def worked_out(call: Callable[..., Any], question: Any) -> Any:
    """What ``call(question, progress)`` gives, worked out in another process while this thread waits."""
    return Job(call, question).wait()


def _said(error: AssumptionError) -> str:
    return "; ".join(mistake.message for mistake in error.mistakes)

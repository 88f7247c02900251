"""Medians of repeated runs, taken in turn with the peer's so that a change in the machine's speed meets both."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One figure beside its peer's; ``faster`` shows the ratio as so many times faster.

    Figures are seconds, or what ``unit`` says.
    """

    name: str
    seconds: float
    peer: str
    peer_seconds: float
    faster: bool = False
    unit: str = "s"

    def as_dict(self) -> dict[str, str | float | bool]:
        return asdict(self) | {"ratio": self.seconds / self.peer_seconds}


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> tuple[float, float]:
    """The median seconds of both, run A B A B … after one run each that is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(runs + 1):
        for job, taken in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            job()
            if run:
                taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median seconds of some runs, for a peer that is too slow to be run in turn."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak() -> float:
    """The most memory this process has held so far, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says begins, on Linux, with what the process held that started this one
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return float(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)

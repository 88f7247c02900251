"""Importing the package, beside importing numpy; each in a fresh process: ``python -m benchmarks.imports``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from benchmarks.measure import Result, in_turn


def results() -> list[Result]:
    def fresh(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    # The second line is what a first projection costs: the engine and numpy.
    codes = {"import coopfin": "import coopfin", "import coopfin, project": "from coopfin import Assumptions, project"}
    return [Result(name, *_beside(lambda code=code: fresh(code), lambda: fresh("import numpy"))) for name, code in codes.items()]


def _beside(ours: Callable[[], None], theirs: Callable[[], None]) -> tuple[float, str, float]:
    mine, numpy = in_turn(ours, theirs, runs=11)
    return mine, "import numpy", numpy


if __name__ == "__main__":
    for each in results():
        figures = f"{each.seconds * 1e3:6.1f} ms  {each.peer} {each.peer_seconds * 1e3:6.1f} ms"
        print(f"{each.name:25} {figures}  {each.seconds / each.peer_seconds:.2f}×")

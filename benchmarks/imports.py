"""Importing the package, beside importing numpy; each in a fresh process."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measure import Result, in_turn


def results() -> list[Result]:
    def fresh(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    ours, theirs = in_turn(lambda: fresh("import coopfin"), lambda: fresh("import numpy"), runs=11)
    return [Result("import coopfin", ours, "import numpy", theirs)]

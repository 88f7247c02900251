"""``python -m benchmarks``: prints a table of figures and ratios, and writes ``benchmarks/results.json``."""

from __future__ import annotations

import json
import platform
from pathlib import Path

from benchmarks import engine, imports, irr, page, rooms, simulation
from benchmarks.measure import Result

TARGET = Path(__file__).with_name("results.json")


def main() -> None:
    results: list[Result] = []
    for part in (imports, engine, irr, simulation, page, rooms):
        results += part.results()
    width = max(len(each.name) for each in results)
    peer_width = max(len(each.peer) for each in results)
    print(f"{'what':{width}}  {'figure':>12}  {'beside':{peer_width}}  {'figure':>12}  {'ratio':>13}")
    for each in results:
        ratio = f"{each.peer_seconds / each.seconds:.1f}× faster" if each.faster else f"{each.seconds / each.peer_seconds:.2f}×"
        row = (
            f"{each.name:{width}}",
            f"{_told(each.seconds, each.unit):>12}",
            f"{each.peer:{peer_width}}",
            f"{_told(each.peer_seconds, each.unit):>12}",
        )
        print(*row, f"{ratio:>13}", sep="  ")
    machine = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
    TARGET.write_text(json.dumps({"machine": machine, "results": [each.as_dict() for each in results]}, indent=2) + "\n")


def _told(figure: float, unit: str) -> str:
    return _time(figure) if unit == "s" else f"{figure:.0f} {unit}"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"


if __name__ == "__main__":
    main()

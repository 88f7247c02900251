"""The commands: ``python -m coopfin compare SCENARIO.csv``, and so ``project`` and ``simulate``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from coopfin.comparison import compare
from coopfin.declaration import AssumptionError
from coopfin.export import write_comparison, write_projections, write_simulation
from coopfin.files import MAX_BYTES, FileError, Scenario, read_scenario
from coopfin.simulation import MAX_DRAWS, simulate
from coopfin.uncertain_file import read_uncertain


def _compare(scenario: Scenario) -> str:
    return write_comparison(compare(scenario.enterprises))


def _project(scenario: Scenario) -> str:
    return write_projections(compare(scenario.enterprises).projections)


def _simulate(scenario: Scenario, uncertain: Path, draws: int, seed: int) -> str:
    read = read_uncertain(_bytes(uncertain), uncertain.name, scenario.enterprises)
    try:
        return write_simulation(simulate(scenario.enterprises, read, draws, seed))
    except AssumptionError as error:
        raise FileError(f"{uncertain.name}: {mistake.message}" for mistake in error.mistakes) from None


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r}; permitted: {low} to {high}, whole numbers")
        return int(text)

    return read


class Command(NamedTuple):
    """A command: what makes its text out of a scenario and its own options, and what ``--help`` says."""

    run: Callable[..., str]
    text: str
    options: Mapping[str, Mapping[str, Any]] = {}


COMMANDS = {
    "compare": Command(_compare, "the comparison as CSV: a row per measure, a column per enterprise"),
    "project": Command(_project, "every line of every year as tidy CSV"),
    "simulate": Command(
        _simulate,
        "every measure over many draws of uncertain assumptions as CSV: mean, spread, percentiles",
        {
            "uncertain": {"metavar": "UNCERTAIN.csv", "type": Path, "required": True, "help": "which are uncertain, and how"},
            "draws": {"metavar": "N", "type": _whole(1, MAX_DRAWS), "default": 100_000, "help": "how many (%(default)s)"},
            "seed": {"metavar": "N", "type": _whole(0, 2**63), "default": 1, "help": "the same gives the same (%(default)s)"},
        },
    ),
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 2 with one line per mistake on standard error."""
    parser = argparse.ArgumentParser(prog="coopfin", description="Marketplace and platform cooperative, side by side.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, each in COMMANDS.items():
        command = commands.add_parser(name, help=each.text, description=each.text)
        command.add_argument("scenario", metavar="SCENARIO.csv", type=Path)
        command.add_argument("--output", metavar="FILE", type=Path, help="write to FILE instead of standard output")
        for option, about in each.options.items():
            command.add_argument(f"--{option}", **about)
    options = parser.parse_args(arguments)
    try:
        scenario = read_scenario(_bytes(options.scenario), options.scenario.name)
        chosen = COMMANDS[options.command]
        _write(chosen.run(scenario, **{option: getattr(options, option) for option in chosen.options}), options.output)
    except (FileError, OSError) as error:
        print(_one_line_each(error), file=sys.stderr)
        return 2
    return 0


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return
    # Written beside the target and moved into place: a failure leaves no half file behind.
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        Path(name).replace(output)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _one_line_each(error: FileError | OSError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}; check the path"
    return str(error)


if __name__ == "__main__":
    sys.exit(main())

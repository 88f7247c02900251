"""The commands: ``python -m coopfin compare SCENARIO.csv`` and ``python -m coopfin project SCENARIO.csv``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from coopfin.comparison import compare
from coopfin.export import write_comparison, write_projections
from coopfin.files import MAX_BYTES, FileError, Scenario, read_scenario


def _compare(scenario: Scenario) -> str:
    return write_comparison(compare(scenario.enterprises))


def _project(scenario: Scenario) -> str:
    return write_projections(compare(scenario.enterprises).projections)


COMMANDS = {
    "compare": (_compare, "the comparison as CSV: a row per measure, a column per enterprise"),
    "project": (_project, "every line of every year as tidy CSV"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 2 with one line per mistake on standard error."""
    parser = argparse.ArgumentParser(prog="coopfin", description="Marketplace and platform cooperative, side by side.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("scenario", metavar="SCENARIO.csv", type=Path)
        command.add_argument("--output", metavar="FILE", type=Path, help="write to FILE instead of standard output")
    options = parser.parse_args(arguments)
    try:
        text = COMMANDS[options.command][0](_read(options.scenario))
        _write(text, options.output)
    except (FileError, OSError) as error:
        print(_one_line_each(error), file=sys.stderr)
        return 2
    return 0


def _read(path: Path) -> Scenario:
    with path.open("rb") as file:
        return read_scenario(file.read(MAX_BYTES + 1), path.name)


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

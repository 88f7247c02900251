"""The commands: ``python -m coopfin compare SCENARIO.csv``, and so ``project``, ``allocate`` and ``simulate``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from coopfin.commands import COMMANDS
from coopfin.reading.files import FileError


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 2 with one line per mistake on standard error."""
    parser = _Parser(prog="coopfin", description="Marketplace and platform cooperative, side by side.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, each in COMMANDS.items():
        command = commands.add_parser(name, help=each.text, description=each.text)
        each.declare(command)
        command.add_argument("--output", metavar="FILE", type=Path, help="write to FILE instead of standard output")
    options = parser.parse_args(arguments)
    try:
        _write(COMMANDS[options.command].run(options), options.output)
    except (FileError, OSError) as error:
        print(_one_line_each(error), file=sys.stderr)
        return 2
    return 0


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

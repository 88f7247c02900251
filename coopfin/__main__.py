"""The commands: ``python -m coopfin compare SCENARIO.csv``, ``project SCENARIO.csv`` and ``allocate LEDGER.csv``."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from coopfin import ledger
from coopfin.cents import LARGEST_POOL, to_cents
from coopfin.comparison import compare
from coopfin.export import write_allocation, write_comparison, write_projections
from coopfin.files import MAX_BYTES, FileError, Scenario, read_scenario
from coopfin.members import PatronageError
from coopfin.patronage import allocate


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


def _scenario_argument(command: ArgumentParser) -> None:
    command.add_argument("scenario", metavar="SCENARIO.csv", type=Path)


def _compare(options: Namespace) -> str:
    return write_comparison(compare(_scenario(options).enterprises))


def _project(options: Namespace) -> str:
    return write_projections(compare(_scenario(options).enterprises).projections)


def _allocate_arguments(command: ArgumentParser) -> None:
    command.add_argument("ledger", metavar="LEDGER.csv", type=Path, help="member,class,patronage and, if you like, years")
    command.add_argument("--pool", metavar="MONEY", type=_cents, required=True, help="the money to share out")
    command.add_argument(
        "--classes", metavar="CLASSES.csv", type=Path, help="class,share,basis,votes; without it all share by patronage"
    )
    command.add_argument("--cash-share", metavar="SHARE", type=_share, default=Decimal(1), help="paid in cash, 0 to 1 (1)")
    command.add_argument(
        "--minimum-payout", metavar="MONEY", type=_cents, default=0, help="smaller amounts of cash are retained instead (0)"
    )


def _allocate(options: Namespace) -> str:
    classes = None
    if options.classes is not None:
        classes = ledger.read_classes(_bytes(options.classes, ledger.MAX_BYTES), options.classes.name)
    members = ledger.read_ledger(_bytes(options.ledger, ledger.MAX_BYTES), options.ledger.name, classes)
    try:
        allocation = allocate(
            options.pool, members, classes, cash_share=options.cash_share, minimum_payout=options.minimum_payout
        )
    except PatronageError as error:
        raise FileError(f"{options.ledger.name}: {mistake}" for mistake in error.mistakes) from None
    return write_allocation(allocation)


@dataclass(frozen=True)
class Command:
    """A command: its line of help, what declares its arguments, and what runs it and returns the text to write."""

    text: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], str]


COMMANDS = {
    "compare": Command("the comparison as CSV: a row per measure, a column per enterprise", _scenario_argument, _compare),
    "project": Command("every line of every year as tidy CSV", _scenario_argument, _project),
    "allocate": Command("a pool of money among members, to the cent, as CSV: a row per member", _allocate_arguments, _allocate),
}


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _cents(text: str) -> int:
    amount = _number(text, f"0 to {LARGEST_POOL // 100:,}, at most two decimals")
    if amount * 100 > LARGEST_POOL or amount != amount.quantize(Decimal("0.01")):
        raise argparse.ArgumentTypeError(f"is {text}; permitted: 0 to {LARGEST_POOL // 100:,}, at most two decimals")
    return to_cents(amount)


def _share(text: str) -> Decimal:
    share = _number(text, "0 to 1 (20 % is written 0.2)")
    if share > 1:
        raise argparse.ArgumentTypeError(f"is {text}; permitted: 0 to 1 (20 % is written 0.2)")
    return share


def _number(text: str, permitted: str) -> Decimal:
    # Decimal() would also take 1_000 and 1e3, which nobody means as an amount here.
    if not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?", text):
        raise argparse.ArgumentTypeError(f"is {text!r}, not a plain number of 0 or more; permitted: {permitted}")
    return Decimal(text)


def _scenario(options: Namespace) -> Scenario:
    return read_scenario(_bytes(options.scenario, MAX_BYTES), options.scenario.name)


def _bytes(path: Path, max_bytes: int) -> bytes:
    with path.open("rb") as file:
        return file.read(max_bytes + 1)


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

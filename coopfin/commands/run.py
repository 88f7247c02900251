"""The commands: what each takes and gives, and how one is run: its options read, its text written, its mistakes told."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from coopfin.commands import handover, members, output, scenarios, uncertainty
from coopfin.commands.options import Parser
from coopfin.reading.mistakes import FileError

EPILOGUE = "COMMAND --help says more of a command. Numbers are written with a decimal point and nothing between thousands."


@dataclass(frozen=True)
class Command:
    """A command: what its help says of it, what declares its arguments, and what runs it and returns the text to write.

    ``reads`` are the arguments that name files; none of them is ever written over.
    """

    summary: str
    more: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], str]
    reads: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that its help says."""
        return f"{self.summary[0].upper()}{self.summary[1:]}. {self.more}"


COMMANDS = {
    "compare": Command(
        "the comparison as CSV, a row for each measure and a column for each enterprise",
        "Numbers are raw (0.15 is 15 per cent); difference is the second enterprise less the first; an empty cell has its "
        "reason under remark, and definition says what a measure is.",
        scenarios.compare_arguments,
        scenarios.run_compare,
        ("scenario",),
    ),
    "project": Command(
        "every line of the statements as CSV, a row for each enterprise, year (or month) and line",
        "Year or month 0 is the launch. By month come the lines that exist by month.",
        scenarios.project_arguments,
        scenarios.run_project,
        ("scenario",),
    ),
    "report": Command(
        "the page to hand over as HTML: one file that opens without network and prints to one sheet, two with the assumptions",
        "For anybody, for a lender (statements, cover, runway) or for members (what I earn, own, decide).",
        handover.report_arguments,
        handover.run_report,
        ("scenario", "base", "ranges"),
    ),
    "allocate": Command(
        "a pool of money among members, to the cent, as CSV, a row for each member",
        "The refunds add up to the pool exactly.",
        members.allocate_arguments,
        members.run_allocate,
        ("ledger", "classes"),
    ),
    "simulate": Command(
        "every measure over many draws of what is uncertain as CSV: mean, spread, percentiles",
        "The same seed gives the same numbers. A million draws of two enterprises take less than 300 MB of memory, further "
        "millions 16 bytes a draw and enterprise.",
        uncertainty.simulate_arguments,
        uncertainty.run_simulate,
        ("scenario", "uncertain"),
    ),
}


def parser() -> Parser:
    """All commands and their options."""
    top = Parser(prog="coopfin", description="Marketplace and platform cooperative, side by side.", epilog=EPILOGUE)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, each in COMMANDS.items():
        command = commands.add_parser(name, help=each.summary, description=each.text)
        each.declare(command)
        command.add_argument("--output", metavar="FILE", help="write to FILE, not to standard output")
    return top


def run(arguments: list[str] | None) -> int:
    """Run the command that ``arguments`` name; the exit status is 0, or 2 where something was refused."""
    top = parser()
    options = _parsed(top, arguments)
    if options.command is None:
        top.error(f"give a command: {', '.join(COMMANDS)}")
    try:
        _write(COMMANDS[options.command], options)
    except FileError as error:
        if sys.stderr is not None:
            print(error, file=sys.stderr)
        return 2
    return 0


def _parsed(top: Parser, arguments: list[str] | None) -> Namespace:
    try:
        return top.parse_args(arguments)
    except SystemExit as ended:  # with the help printed, which nobody may read to its end
        if ended.code == 0:
            output.write_standard(b"")
        raise


def _write(command: Command, options: Namespace) -> None:
    if options.output is None:
        output.write_standard(command.run(options).encode())
        return
    read = [path for each in command.reads if (path := getattr(options, each)) is not None]
    output.check(options.output, read)
    output.write(command.run(options).encode(), options.output)

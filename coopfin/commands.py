"""What each command takes and gives: its arguments, and the text it writes."""

from __future__ import annotations

import argparse
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from coopfin.compare.comparison import compare
from coopfin.compare.measures import MEASURES
from coopfin.engine.declaration import AssumptionError
from coopfin.export import write_allocation, write_comparison, write_projections, write_statistics
from coopfin.members import ledger
from coopfin.members.cents import DECIMALS, LARGEST_POOL, to_cents
from coopfin.members.classes import PatronageError
from coopfin.members.patronage import allocate
from coopfin.reading.decoding import CODECS
from coopfin.reading.files import MAX_BYTES, FileError, Scenario, read_scenario
from coopfin.uncertainty.sampling import SAMPLINGS
from coopfin.uncertainty.simulation import MAX_DRAWS, simulate
from coopfin.uncertainty.uncertain_file import read_uncertain

DIGITS = {0: "no decimals", 2: "at most two decimals", 3: "at most three decimals"}
KEPT_BYTES = 200_000_000  # what a simulation keeps of its draws at a time


def _scenario_argument(command: ArgumentParser) -> None:
    command.add_argument("scenario", metavar="SCENARIO.csv", type=Path)


def _compare(options: Namespace) -> str:
    return write_comparison(compare(_scenario(options).enterprises))


def _project(options: Namespace) -> str:
    return write_projections(compare(_scenario(options).enterprises).projections)


def _allocate_arguments(command: ArgumentParser) -> None:
    command.add_argument(
        "ledger", metavar="LEDGER.csv", type=Path, help="member,patronage and, if there are several, class; CSV or XLSX"
    )
    command.add_argument("--pool", metavar="MONEY", type=_money, required=True, help="the money to share out")
    command.add_argument(
        "--classes", metavar="CLASSES.csv", type=Path, help="class,share,basis,votes; without it all share by patronage"
    )
    command.add_argument("--cash-share", metavar="SHARE", type=_share, default=Decimal(1), help="paid in cash, 0 to 1 (1)")
    command.add_argument(
        "--minimum-payout", metavar="MONEY", type=_money, default=Decimal(0),
        help="a member's cash below it is retained instead (0)",
    )  # fmt: skip
    command.add_argument(
        "--decimals", metavar="N", type=int, choices=DECIMALS, default=2, help="of the currency: 0, 2 or 3 (%(default)s)"
    )
    command.add_argument(
        "--read-as", metavar="COLUMN=HEADER", action="append", default=[], type=_column,
        help="a column under another header, such as member=Name; id=Number where two members have one name",
    )  # fmt: skip
    command.add_argument("--encoding", choices=tuple(CODECS), help="of a ledger that can be read in two ways")
    command.add_argument("--alike-are-one", action="store_true", help="names that only look alike are one member")


def _allocate(options: Namespace) -> str:
    classes = None
    if options.classes is not None:
        classes = ledger.read_classes(_bytes(options.classes, ledger.MAX_BYTES), options.classes.name)
    name = options.ledger.name
    read = ledger.understand_ledger(
        _bytes(options.ledger, ledger.MAX_BYTES), name, classes,
        read_as=dict(options.read_as), encoding=options.encoding, alike=options.alike_are_one,
    )  # fmt: skip
    pool, minimum = (
        _units(getattr(options, each), f"--{each.replace('_', '-')}", options.decimals) for each in ("pool", "minimum_payout")
    )
    try:
        allocation = allocate(pool, read.members, classes, cash_share=options.cash_share, minimum_payout=minimum)
    except PatronageError as error:
        raise FileError(f"{name}: {mistake}" for mistake in error.mistakes) from None
    for note in ledger.notes(read):
        print(f"{name}: {note}", file=sys.stderr)
    return write_allocation(allocation, options.decimals)


def _simulate_arguments(command: ArgumentParser) -> None:
    _scenario_argument(command)
    command.add_argument("--uncertain", metavar="UNCERTAIN.csv", type=Path, required=True, help="which are uncertain, and how")
    command.add_argument("--draws", metavar="N", type=_whole(1, MAX_DRAWS), default=100_000, help="how many (%(default)s)")
    command.add_argument("--sampling", choices=tuple(SAMPLINGS), default="sobol", help="how draws are spread (%(default)s)")
    command.add_argument("--seed", metavar="N", type=_whole(0, 2**63), default=1, help="the same gives the same (%(default)s)")


def _simulate(options: Namespace) -> str:
    scenario, uncertain = _scenario(options), options.uncertain
    read = read_uncertain(_bytes(uncertain, MAX_BYTES), uncertain.name, scenario.enterprises)
    # Fewer measures at a time take less memory; the same seed gives the same draws each time.
    at_once = max(1, KEPT_BYTES // (8 * options.draws * len(scenario.enterprises)))
    groups = (tuple(MEASURES)[start : start + at_once] for start in range(0, len(MEASURES), at_once))
    try:
        return write_statistics(
            simulate(scenario.enterprises, read, options.draws, options.seed, measures=group, sampling=options.sampling)
            for group in groups
        )
    except AssumptionError as error:
        raise FileError(f"{uncertain.name}: {mistake.message}" for mistake in error.mistakes) from None


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"is {text!r}; permitted: {low} to {high}, whole numbers")
        return int(text)

    return read


def _money(text: str) -> Decimal:
    amount = _number(text, f"0 to {LARGEST_POOL // 100:,}, in whole units of the currency's smallest coin")
    if amount * 100 > LARGEST_POOL:
        raise argparse.ArgumentTypeError(f"is {text}; permitted: 0 to {LARGEST_POOL // 100:,}, at most two decimals")
    return amount


def _units(amount: Decimal, option: str, decimals: int) -> int:
    """An amount in the currency's smallest unit."""
    if amount != round(amount, decimals) or amount.scaleb(decimals) > LARGEST_POOL:
        most = f"{LARGEST_POOL // 10 ** max(decimals, 2):,}, {DIGITS[decimals]}"
        raise FileError([f"coopfin allocate: argument {option}: is {amount:f}; permitted: 0 to {most}"])
    return to_cents(amount, decimals)


def _column(text: str) -> tuple[str, str]:
    column, _, header = text.partition("=")
    permitted = (*ledger.REQUIRED, *ledger.OPTIONAL, ledger.ID)
    if column not in permitted or not header:
        raise argparse.ArgumentTypeError(f"is {text!r}; permitted: {', '.join(f'{each}=HEADER' for each in permitted)}")
    return column, header


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
    "simulate": Command(
        "every measure over many draws of uncertain assumptions as CSV: mean, spread, percentiles. "
        "A million draws of two enterprises take less than 300 MB of memory, further millions 16 bytes a draw and enterprise.",
        _simulate_arguments,
        _simulate,
    ),
}

"""``allocate``: a ledger and a pool of money in, each member's refund out."""

from __future__ import annotations

import argparse
import sys
from argparse import ArgumentParser, Namespace
from decimal import Decimal

from coopfin.commands import files
from coopfin.commands.options import decimal, one_of, share
from coopfin.export import write_allocation
from coopfin.members import ledger
from coopfin.members.cents import DECIMALS, LARGEST_POOL, to_cents
from coopfin.members.classes import PatronageError
from coopfin.members.patronage import allocate
from coopfin.reading.decoding import CODECS
from coopfin.reading.mistakes import FileError, quoted

DIGITS = {0: "no decimals", 2: "at most two decimals", 3: "at most three decimals"}

money = decimal(
    Decimal(0), Decimal(LARGEST_POOL) / 100, f"0 to {LARGEST_POOL // 100:,}, in whole units of the currency's smallest coin"
)


def allocate_arguments(command: ArgumentParser) -> None:
    """What ``allocate`` takes."""
    # fmt: off
    command.add_argument("ledger", metavar="LEDGER.csv", help="member,patronage and, if there are several, class; CSV or XLSX")
    command.add_argument("--pool", metavar="MONEY", type=money, required=True, help="the money to share out")
    command.add_argument("--classes", metavar="CLASSES.csv", help="class,share,basis,votes; without it all share by patronage")
    command.add_argument("--cash-share", metavar="SHARE", type=share, default=Decimal(1), help="paid in cash, 0 to 1 (1)")
    command.add_argument(
        "--minimum-payout", metavar="MONEY", type=money, default=Decimal(0),
        help="a member's cash below it is retained instead (0)")
    command.add_argument(
        "--decimals", metavar="N", type=one_of(*map(str, DECIMALS)), default="2",
        help="of the currency: 0, 2 or 3 (%(default)s)")
    command.add_argument(
        "--read-as", metavar="COLUMN=HEADER", action="append", default=[], type=_column,
        help="a column under another header, such as member=Name; id=Number where two members have one name")
    command.add_argument(
        "--encoding", metavar="NAME", type=one_of(*CODECS), help=f"of a ledger that can be read in two ways: {', '.join(CODECS)}")
    command.add_argument("--alike-are-one", action="store_true", help="names that only look alike are one member")
    # fmt: on


def run_allocate(given: Namespace) -> str:
    """Each member's refund as CSV; what was done to read the ledger is told on standard error."""
    name, classes, decimals = files.name(given.ledger), None, int(given.decimals)
    if given.classes is not None:
        classes = ledger.read_classes(files.read(given.classes, ledger.MAX_BYTES), files.name(given.classes))
    data, read_as = files.read(given.ledger, ledger.MAX_BYTES), dict(given.read_as)
    read = ledger.understand_ledger(data, name, classes, read_as=read_as, encoding=given.encoding, alike=given.alike_are_one)
    pool, minimum = _units(given.pool, "--pool", decimals), _units(given.minimum_payout, "--minimum-payout", decimals)
    try:
        allocation = allocate(pool, read.members, classes, cash_share=given.cash_share, minimum_payout=minimum)
    except PatronageError as error:
        raise FileError(f"{name}: {mistake}" for mistake in error.mistakes) from None
    for note in ledger.notes(read):
        print(f"{name}: {note}", file=sys.stderr)
    return write_allocation(allocation, decimals)


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
        raise argparse.ArgumentTypeError(f"is {quoted(text)}; permitted: {', '.join(f'{each}=HEADER' for each in permitted)}")
    return column, header

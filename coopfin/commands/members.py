"""``allocate``: a ledger and a pool of money in, each member's refund out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from decimal import Decimal

from coopfin.commands import files
from coopfin.commands.options import decimal, share
from coopfin.export import write_allocation
from coopfin.members import ledger
from coopfin.members.cents import LARGEST_POOL, to_cents
from coopfin.members.classes import PatronageError
from coopfin.members.patronage import allocate
from coopfin.reading.mistakes import FileError

money = decimal(Decimal(0), Decimal(LARGEST_POOL) / 100, f"0 to {LARGEST_POOL // 100:,}, at most two decimals", places=2)


def allocate_arguments(command: ArgumentParser) -> None:
    """What ``allocate`` takes."""
    command.add_argument("ledger", metavar="LEDGER.csv", help="member,class,patronage and, if you like, years")
    command.add_argument("--pool", metavar="MONEY", type=money, required=True, help="the money to share out")
    command.add_argument("--classes", metavar="CLASSES.csv", help="class,share,basis,votes; without it all share by patronage")
    command.add_argument("--cash-share", metavar="SHARE", type=share, default=Decimal(1), help="paid in cash, 0 to 1 (1)")
    command.add_argument(
        "--minimum-payout",
        metavar="MONEY",
        type=money,
        default=Decimal(0),
        help="less cash than that is retained instead (0)",
    )


def run_allocate(given: Namespace) -> str:
    """Each member's refund as CSV."""
    name, classes = files.name(given.ledger), None
    if given.classes is not None:
        classes = ledger.read_classes(files.read(given.classes, ledger.MAX_BYTES), files.name(given.classes))
    members = ledger.read_ledger(files.read(given.ledger, ledger.MAX_BYTES), name, classes)
    pool, minimum = to_cents(given.pool), to_cents(given.minimum_payout)
    try:
        allocation = allocate(pool, members, classes, cash_share=given.cash_share, minimum_payout=minimum)
    except PatronageError as error:
        raise FileError(f"{name}: {mistake}" for mistake in error.mistakes) from None
    return write_allocation(allocation)

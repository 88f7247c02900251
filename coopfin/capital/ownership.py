"""Who owns the enterprise, and who gets what when it is sold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from coopfin.engine.assumptions import Assumptions, Round
from coopfin.engine.projection import Projection, once
from coopfin.engine.units import Array


@dataclass(frozen=True)
class CapTable:
    """Shares of ownership after all rounds. Each a share of the whole; together 1.

    ``rounds`` has one row per round that happened, then the scenarios.
    """

    founders: Array
    option_pool: Array
    rounds: Array


def cap_table(a: Assumptions, year: int | None = None) -> CapTable:
    """The cap table at the end of ``year`` (the horizon if None).

    Each round in turn takes ``amount / (pre_money + amount)``; all who were there before are diluted alike.
    """
    return _after(a, [entry for entry in a.rounds if year is None or entry.year <= year])


def cap_tables(a: Assumptions) -> tuple[CapTable, ...]:
    """The cap table at the founding and after each round of ``a.rounds``, one more than there are rounds."""
    return tuple(_after(a, a.rounds[:number]) for number in range(len(a.rounds) + 1))


def _after(a: Assumptions, entries: Sequence[Round]) -> CapTable:
    everyone_before = np.ones(a.shape)
    rounds: list[Array] = []
    for entry in entries:
        # A scenario of a sweep may leave out a round that others have: amount 0, and the value before may be 0 too.
        taken = np.where(entry.amount > 0, entry.amount / np.where(entry.amount > 0, entry.pre_money + entry.amount, 1), 0)
        rounds = [held * (1 - taken) for held in rounds] + [np.broadcast_to(taken, a.shape)]
        everyone_before = everyone_before * (1 - taken)
    return CapTable(
        founders=everyone_before * (1 - a.option_pool),
        option_pool=everyone_before * a.option_pool,
        rounds=_rows(rounds, a.shape),
    )


@once
def exit_value(x: Projection) -> Array:
    """What a sale at the horizon brings the owners, in money; 0 if the enterprise is never sold.

    Lenders, members and the indivisible reserve come first: members' money is theirs, the reserve is nobody's.
    """
    a = x.assumptions
    owed = (
        x.loan_balance[-1] + x.note_balance[-1] + x.preferred[-1]
        + x.member_shares[-1] + x.allocated_equity[-1] + x.indivisible_reserve[-1]
    )  # fmt: skip
    value = np.maximum(0.0, a.exit_multiple * x.revenue[-1] + x.cash[-1] - owed)
    return np.where(a.exit_multiple > 0, value, 0.0)


def exit_proceeds(a: Assumptions, value: Array) -> CapTable:
    """How ``value`` is paid out among the holders of the cap table, in money; the sum is ``value``.

    ``value`` may be an array that broadcasts with the scenarios: of one scenario, any number of values in a sale.
    Every round holds non-participating preferred shares: it takes its preference, or turns them into common stock
    where that is worth more, each in the light of the others' choice. A round converts from the value on at which
    the price of a common share reaches its preference per share; there is one such value for each round.
    """
    table = cap_table(a)
    shape = np.broadcast_shapes(a.shape, np.shape(value))
    owned = _rows(table.rounds, shape)
    preference = _rows([a.liquidation_preference * entry.amount for entry in a.rounds], shape)
    common = table.founders + table.option_pool
    held = owned > 0
    strike = np.where(held, preference / np.where(held, owned, 1), np.inf)  # preference per share
    converts = np.zeros(owned.shape, dtype=bool)
    for i, price in enumerate(strike):
        price_if_held = np.where(held[i], price, 0.0)
        claims = price_if_held * common + _sum(np.maximum(preference, price_if_held * owned))
        converts[i] = held[i] & (value >= claims)
    preferred_claims = _sum(np.where(converts, 0.0, preference))
    common_shares = common + _sum(np.where(converts, owned, 0.0))
    left = np.maximum(0.0, value - preferred_claims)
    price = np.where(common_shares > 0, left / np.where(common_shares > 0, common_shares, 1), 0.0)
    paid_part = np.where(preferred_claims > 0, np.minimum(1.0, value / np.where(preferred_claims > 0, preferred_claims, 1)), 0.0)
    return CapTable(
        founders=price * table.founders,
        option_pool=price * table.option_pool,
        rounds=np.where(converts, price * owned, paid_part * preference),
    )


@once
def sale(x: Projection) -> CapTable:
    """What each holder gets of the sale at the horizon, in money."""
    return exit_proceeds(x.assumptions, exit_value(x))


def _rows(rows: Iterable[Array], shape: tuple[int, ...]) -> Array:
    """One row per round, each spread over ``shape``."""
    spread = [np.broadcast_to(row, shape) for row in rows]
    return np.stack(spread) if spread else np.zeros((0, *shape))


def _sum(rows: Array) -> Array:
    """The sum over the first axis, row by row: the same last bit for one scenario and for many."""
    total = np.zeros(rows.shape[1:])
    for row in rows:
        total = total + row
    return total

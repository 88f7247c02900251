"""The same need raised four ways: what each costs, what is given up for it, and whether the firm then lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.capital.cap_table import ownership
from coopfin.capital.instruments import Instrument, instruments
from coopfin.engine.assumptions import MAX_PAPERS, MAX_ROUNDS, Assumptions
from coopfin.engine.calendar import month_in_words
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array

# The instrument, and the assumption that holds its amount.
WAYS: Mapping[str, str] = {"equity": "equity_1_amount", "loan": "loan", "note": "note", "preferred": "preferred"}
IN_WORDS: Mapping[str, str] = {
    "equity": "an investor round", "loan": "a loan", "note": "a revenue-share note", "preferred": "preferred shares",
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """One way to raise an amount: the instrument and the projection of the enterprise that raises it so."""

    name: str
    instrument: Instrument
    projection: Projection

    @property
    def cost(self) -> Array:
        """What the money costs in all: what is paid on it and what it is worth at the horizon, less the amount."""
        return self.instrument.gain

    @property
    def worst_year(self) -> Array:
        """What is paid on it as a share of revenue, in the year where that is most; NaN where there is no revenue.

        A sale of the company is paid by its buyer, and a balance still outstanding by nobody yet: they do not count.
        """
        paid, revenue = self.instrument.paid_by_year[1:], self.projection.revenue[1:]
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(revenue > 0, paid / revenue, np.nan)
        return np.fmax.reduce(shares)

    @property
    def given_up(self) -> Array:
        """The part of the company owned by investors at the horizon, and with it of the votes that shares carry."""
        return np.asarray(ownership(self.projection)[-1].table.outside)

    @property
    def enough(self) -> NDArray[np.bool_]:
        """Whether the firm never runs dry with it."""
        return self.projection.lows.lives

    @property
    def runs_dry(self) -> NDArray[np.bool_]:
        """Whether the firm still runs out of cash with it."""
        return ~self.enough

    @property
    def first_short_month(self) -> Array:
        """The first month in which cash is short all the same; NaN if never."""
        return self.projection.lows.first_short_month

    @property
    def funding_gap(self) -> Array:
        """What is still missing at the lowest point of cash; 0 where it is enough."""
        return self.projection.lows.funding_gap


def raise_the_same(a: Assumptions, amount: Any, pre_money: Any = None) -> dict[str, Way]:
    """Raise ``amount`` at the launch four ways: one investor round, a loan, a revenue-share note, preferred shares.

    The instrument takes the place of all outside capital in ``a``; its terms (rates, cap, years, preference, price in
    a sale) are those of ``a``. ``pre_money`` is the value before the round, that of round 1 if None; raises
    ``AssumptionError`` where it is 0.
    """
    without = replace(
        a,
        **dict.fromkeys([f"equity_{number}_amount" for number in range(1, MAX_ROUNDS + 1)], 0.0),
        **dict.fromkeys([f"safe_{number}_amount" for number in range(1, MAX_PAPERS + 1)], 0.0),
        **dict.fromkeys(("loan", "note", "preferred"), 0.0),
        **dict.fromkeys(("equity_1_month", "loan_month", "note_month", "preferred_month"), 0),
        equity_1_pre_money=a.equity_1_pre_money if pre_money is None else pre_money,
    )
    ways = {}
    for name, assumption in WAYS.items():
        x = project(replace(without, **{assumption: amount}))
        ways[name] = Way(name, instruments(x)[name], x)
    return ways


@dataclass(frozen=True)
class Answer:
    """Which of the ways are enough, so that the firm never runs dry, and which are not; ``words`` say it."""

    enough: tuple[str, ...]
    short: tuple[str, ...]
    words: str


def answer(ways: Mapping[str, Way], money: Callable[[float], str] = "{:,.0f}".format) -> Answer:
    """The answer over all ways, of one scenario; ``money`` writes an amount."""
    enough = tuple(name for name, way in ways.items() if way.enough)
    short = tuple(name for name, way in ways.items() if not way.enough)
    told = [f"{IN_WORDS[name]} ({_how_short(ways[name], money)})" for name in short]
    if not short:
        words = "Each way is enough: the firm never runs out of cash."
    elif enough:
        lives = _listed([IN_WORDS[name] for name in enough], "or")
        words = f"Enough as {lives}: then the firm never runs out of cash. Not enough as {_listed(told, 'or')}."
    else:
        words = f"None of these ways is enough. The firm runs out of cash with {_listed(told, 'and')}."
    return Answer(enough, short, words)


def _how_short(way: Way, money: Callable[[float], str]) -> str:
    when = month_in_words(float(way.first_short_month))
    return f"first in {when}, short of {money(float(way.funding_gap))} at worst"


def _listed(parts: list[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"

"""Every measure of the comparison, declared once: a function with its name, label, unit, section and words.

A measure takes a projection and gives an array in the shape of its scenarios, NaN where there is no value; ``empty``
then says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from coopfin.capital import ownership, returns
from coopfin.capital.irr import irr
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array

OWNERSHIP = "Ownership"
TAKES = "What the platform takes"
EARNS = "What a provider earns"
BUSINESS = "The business"
SURPLUS = "Where the surplus goes"
CAPITAL = "Capital"
RISK = "Risk"


@dataclass(frozen=True)
class Measure:
    """What one measure is. ``words`` is its formula in plain words, ``compute`` the formula itself.

    ``headline`` measures are shown first; ``empty`` says why a value is missing.
    """

    name: str
    label: str
    unit: str
    section: str
    words: str
    compute: Callable[[Projection], Array]
    empty: Callable[[Projection], str]
    headline: bool = False

    def __call__(self, x: Projection) -> Array:
        """The measure of ``x``, one value per scenario; NaN where there is none."""
        with _quiet():
            return np.asarray(self.compute(x), dtype=float)


@contextmanager
def _quiet() -> Iterator[None]:
    # 0 / 0 is how a missing value comes about: it is NaN, and `empty` gives the reason.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        yield


MEASURES: dict[str, Measure] = {}


def _measure(
    label: str, unit: str, section: str, words: str, *, empty: str | Callable[[Projection], str] = "", headline: bool = False
) -> Callable[[Callable[[Projection], Array]], Callable[[Projection], Array]]:
    def declare(compute: Callable[[Projection], Array]) -> Callable[[Projection], Array]:
        why = empty if callable(empty) else lambda _: empty
        name = compute.__name__
        MEASURES[name] = Measure(name, label, unit, section, words, compute, why, headline)
        return compute

    return declare


def _total(line: str, label: str, section: str, words: str, *, headline: bool = False) -> None:
    def compute(x: Projection) -> Array:
        return returns.total(getattr(x, line))

    compute.__name__ = f"{line}_total"
    _measure(label, "money", section, words, headline=headline)(compute)


def _over(part: Array, whole: Array) -> Array:
    return np.where(whole != 0, part / whole, np.nan)


NO_PROVIDERS = "there are no providers"
NO_SALES = "there are no sales"


@_measure(
    "Providers' votes",
    "share",
    OWNERSHIP,
    "the share of votes held by those who work or sell through the platform",
    headline=True,
)
def provider_votes(x: Projection) -> Array:
    return x.assumptions.provider_votes + np.zeros(x.assumptions.shape)


@_measure("Take rate", "share", TAKES, "commission ÷ gross sales, as set")
def take_rate(x: Projection) -> Array:
    return x.assumptions.take_rate + np.zeros(x.assumptions.shape)


@_measure(
    "Take rate after refunds", "share", TAKES,
    "(commission − refunds to members), all years ÷ gross sales, all years", empty=NO_SALES, headline=True,
)  # fmt: skip
def effective_take_rate(x: Projection) -> Array:
    return _over(returns.total(x.commission) - returns.total(x.patronage), returns.total(x.gross_sales))


@_measure("What providers keep", "share", TAKES, "1 − take rate after refunds", empty=NO_SALES)
def provider_keeps(x: Projection) -> Array:
    return 1 - effective_take_rate(x)


@_measure("Pay per provider, year 1", "money", EARNS, "gross sales − commission, per provider, in year 1", empty=NO_PROVIDERS)
def provider_pay_first(x: Projection) -> Array:
    return _over(x.provider_pay[1], x.providers[1])


@_measure(
    "Pay per provider, last year", "money", EARNS, "gross sales − commission, per provider, in the last year", empty=NO_PROVIDERS
)
def provider_pay_final(x: Projection) -> Array:
    return _over(x.provider_pay[-1], x.providers[-1])


@_measure(
    "Income per provider, last year", "money", EARNS,
    "(pay + cash refunds + interest on members' capital + refunds paid back) per provider, in the last year",
    empty=NO_PROVIDERS, headline=True,
)  # fmt: skip
def provider_income_final(x: Projection) -> Array:
    return x.provider_income[-1]


@_measure(
    "Income of one who stays, all years", "money", EARNS,
    "income per provider added up over the years, for one who stays from launch to horizon", empty=NO_PROVIDERS, headline=True,
)  # fmt: skip
def provider_income_total(x: Projection) -> Array:
    return returns.total(x.provider_income)


@_measure(
    "Worth today to one who stays", "money", EARNS,
    "present value of that income, less the member share paid at launch, plus share and account at the horizon",
    empty=NO_PROVIDERS,
)  # fmt: skip
def provider_value(x: Projection) -> Array:
    a = x.assumptions
    discount = 1 / (1 + a.discount_rate)
    value = a.member_share + _over(x.allocated_equity[-1], x.providers[-1])
    for income in x.provider_income[:0:-1]:  # the last year first, each discounted once more
        value = (value + income) * discount
    return value - a.member_share


@_measure("Providers, last year", "count", BUSINESS, "active providers at the end of the last year", headline=True)
def providers_final(x: Projection) -> Array:
    return x.providers[-1]


_total("gross_sales", "Gross sales", BUSINESS, "what buyers paid through the platform, all years")
_total("revenue", "Revenue", BUSINESS, "commission + advertising and data income, all years")
_total("costs", "Costs", BUSINESS, "all operating costs, all years; without interest and tax")


@_measure("Product budget", "money", BUSINESS, "product and engineering + development programme, all years", headline=True)
def product_total(x: Projection) -> Array:
    return returns.total(x.product + x.programme)


_total("acquisition", "Recruiting providers", BUSINESS, "recruits × cost of recruiting one, all years")
_total("operating_surplus", "Operating surplus", BUSINESS, "revenue − costs, all years")
_total("surplus", "Surplus", BUSINESS, "revenue − costs − interest − tax, all years; losses count against it", headline=True)


@_measure("Surplus margin", "share", BUSINESS, "surplus, all years ÷ revenue, all years", empty="there is no revenue")
def surplus_margin(x: Projection) -> Array:
    return _over(returns.total(x.surplus), returns.total(x.revenue))


_total("tax", "Income tax", BUSINESS, "corporate income tax, all years")


@_measure("Indivisible reserve", "money", SURPLUS, "set aside over the years in a reserve nobody owns, at the horizon")
def reserve_final(x: Projection) -> Array:
    return x.indivisible_reserve[-1]


_total("community", "To the community", SURPLUS, "given to the community out of the surplus, all years", headline=True)
_total("reinvestment", "To development", SURPLUS, "set aside for the development programme, all years")
_total("patronage", "To members by use", SURPLUS, "refunds to members by use, in cash and credited, all years", headline=True)
_total("patronage_cash", "of which in cash", SURPLUS, "refunds to members paid in cash at once, all years")


@_measure("Members' accounts", "money", SURPLUS, "credited refunds not yet paid back, at the horizon")
def allocated_equity_final(x: Projection) -> Array:
    return x.allocated_equity[-1]


_total("dividends", "To shareholders", SURPLUS, "dividends on shares, all years")


@_measure(
    "Retained earnings",
    "money",
    SURPLUS,
    "surplus kept by the enterprise and given to no other use, at the horizon",
)
def retained_final(x: Projection) -> Array:
    return x.retained_earnings[-1]


@_measure("Outside capital raised", "money", CAPITAL, "investor rounds + loan + preferred shares + note, paid in", headline=True)
def capital_raised(x: Projection) -> Array:
    a = x.assumptions
    return returns.total(x.equity_raised) + a.loan + a.preferred + a.note


@_measure("Gain of outside capital", "money", CAPITAL, "all that outside capital gets back − all it paid in")
def capital_gain(x: Projection) -> Array:
    return returns.total(returns.capital_flows(x))


def _no_rate(
    flows: Callable[[Projection], Array], paid_in: Callable[[Projection], Array], who: str
) -> Callable[[Projection], str]:
    def why(x: Projection) -> str:
        return returns.why_no_rate(flows(x), paid_in(x), who)

    return why


@_measure(
    "Return of outside capital", "rate", CAPITAL, "the yearly rate at which its flows have a present value of 0",
    empty=_no_rate(returns.capital_flows, capital_raised, "outside capital"), headline=True,
)  # fmt: skip
def capital_irr(x: Projection) -> Array:
    return irr(returns.capital_flows(x)).value


def _equity_raised(x: Projection) -> Array:
    return returns.total(x.equity_raised)


@_measure(
    "Return of investors' shares", "rate", CAPITAL, "the yearly rate at which all investor rounds have a present value of 0",
    empty=_no_rate(returns.equity_flows, _equity_raised, "investor round"),
)  # fmt: skip
def equity_irr(x: Projection) -> Array:
    return irr(returns.equity_flows(x)).value


@_measure(
    "Multiple of investors' shares", "multiple", CAPITAL, "received by all investor rounds ÷ paid in",
    empty="no investor round is paid in",
)  # fmt: skip
def equity_multiple(x: Projection) -> Array:
    return _over(returns.total(returns.equity_received(x)), _equity_raised(x))


@_measure(
    "Value in a sale", "money", CAPITAL,
    "sale price + cash − debts − members' money − indivisible reserve, at the horizon; 0 if never sold",
)  # fmt: skip
def exit_value(x: Projection) -> Array:
    return ownership.exit_value(x)


@_measure("Founders and staff get of it", "money", CAPITAL, "what the founders and the option pool get of the value in a sale")
def founders_proceeds(x: Projection) -> Array:
    return ownership.sale(x).founders + ownership.sale(x).option_pool


@_measure(
    "Lowest cash",
    "money",
    RISK,
    "the lowest year-end balance of cash, launch included; below 0 it is a funding gap",
    headline=True,
)
def lowest_cash(x: Projection) -> Array:
    return np.min(x.cash, axis=0)


@_measure("Year of lowest cash", "years", RISK, "the year in which cash is lowest; 0 is the launch")
def lowest_cash_year(x: Projection) -> Array:
    return np.argmin(x.cash, axis=0).astype(float)


@_measure("Funding gap", "money", RISK, "what is missing at the lowest point of cash", headline=True)
def funding_gap(x: Projection) -> Array:
    return np.maximum(0.0, -lowest_cash(x))


@_measure(
    "Break-even year", "years", RISK, "the first year with a surplus above 0",
    empty=lambda x: f"no surplus in any of the {x.years} years", headline=True,
)  # fmt: skip
def break_even_year(x: Projection) -> Array:
    positive = x.surplus[1:] > 0
    return np.where(positive.any(axis=0), 1.0 + np.argmax(positive, axis=0), np.nan)

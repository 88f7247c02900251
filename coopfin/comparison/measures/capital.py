"""Capital: what is raised, what it earns, and what the founders and staff get."""

from __future__ import annotations

from functools import reduce
from operator import add

from coopfin.capital import returns, sale
from coopfin.comparison.measures.declare import CAPITAL, HIGHER, Value, measure, over
from coopfin.engine.projection import Projection

NO_EQUITY = "investor round or convertible paper"


@measure(
    "Outside capital raised", "money", CAPITAL,
    "investor rounds + convertible papers + loan + preferred shares + note, paid in within the horizon",
)  # fmt: skip
def capital_raised(x: Projection) -> Value:
    return returns.capital_raised(x)


@measure(
    "Gain of outside capital", "money", CAPITAL,
    "all that outside capital gets back, balances at the horizon at par − all it pays in", better=HIGHER, caveat=returns.on_paper,
)  # fmt: skip
def capital_gain(x: Projection) -> Value:
    return returns.capital_gain(x)


@measure(
    "Return of outside capital", "rate", CAPITAL,
    "the yearly rate at which the monthly flows of outside capital have a present value of 0",
    better=HIGHER, headline=5, beside="capital_raised", caveat=returns.on_paper,
    empty=lambda x: returns.why_no_rate(returns.capital_rate(x), returns.capital_raised(x), "outside capital"),
)  # fmt: skip
def capital_irr(x: Projection) -> Value:
    return returns.capital_rate(x).value


@measure(
    "Return of investors' shares", "rate", CAPITAL,
    "the yearly rate at which the monthly flows of all rounds and papers have a present value of 0", better=HIGHER,
    empty=lambda x: returns.why_no_rate(returns.equity_rate(x), x.final.equity_paid_in, NO_EQUITY),
)  # fmt: skip
def equity_irr(x: Projection) -> Value:
    return returns.equity_rate(x).value


@measure(
    "Multiple of investors' shares", "multiple", CAPITAL, "received on all rounds and papers ÷ paid in",
    better=HIGHER, empty=f"no {NO_EQUITY} is paid in",
)  # fmt: skip
def equity_multiple(x: Projection) -> Value:
    return over(x, returns.equity_received(x), x.final.equity_paid_in)


@measure(
    "Value in a sale", "money", CAPITAL,
    "expected at the horizon: price + cash − debts − members' money − indivisible reserve, or its value in a failure, each as "
    "likely as it is; 0 if never sold",
)  # fmt: skip
def exit_value(x: Projection) -> Value:
    return sale.exit_value(x)


@measure("Founders get of it", "money", CAPITAL, "what the founders may expect of the value in a sale", better=HIGHER)
def founders_proceeds(x: Projection) -> Value:
    return sale.sale(x).founders


@measure("Staff get of it", "money", CAPITAL, "what holders of staff options may expect of the value in a sale", better=HIGHER)
def staff_proceeds(x: Projection) -> Value:
    return sale.sale(x).option_pool


@measure(
    "Founders get in all", "money", CAPITAL,
    "their pay + their part of the dividends, all years + what they may expect of a sale", better=HIGHER, headline=6,
)  # fmt: skip
def founders_total(x: Projection) -> Value:
    dividends = reduce(add, returns.of_dividends(x, lambda table: table.founders), 0.0)
    return x.total("founder_wages") + dividends + sale.sale(x).founders

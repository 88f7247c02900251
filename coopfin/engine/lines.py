"""Every statement line, declared once: what it is, how it adds up, what it is part of and to whom it goes.

Statements, cost totals, where the money of sales goes, the workbook, files and tests read these declarations. A line
of a projection is an attribute of it: ``x.cash`` is the array, ``Lines.cash`` or ``LINES["cash"]`` the declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coopfin.engine.units import Array

MARKET = "The market"
INCOME = "Income statement"
APPROPRIATION = "Appropriation of the surplus"
CASH = "Cash flow"
BALANCE = "Balance sheet"
PER_PROVIDER = "Per active provider"

# How the months of a year make the year's value.
SUM, LAST, MEAN = "sum", "last", "mean"

# To whom money goes.
PROVIDERS, MEMBERS, COMMUNITY, FOUNDERS, INVESTORS, STATE = "providers", "members", "community", "founders", "investors", "state"
SERVICE, RUNNING, BUILDING, COMMON, FIRM = "service", "running", "building", "common", "firm"


@dataclass
class Line:
    """What one statement line is.

    ``year``: how its months make a year (sum, last, mean). ``by_month``: whether it exists by month. ``part_of`` is
    the line it is counted in, with ``sign`` 1 or -1; ``goes_to`` who gets the money, empty where it is a total or a
    balance. ``variable`` costs grow with a provider's business (unit economics).
    """

    label: str
    unit: str
    statement: str
    year: str = SUM
    by_month: bool = False
    part_of: str = ""
    sign: int = 1
    goes_to: str = ""
    variable: bool = False
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def stock(self) -> bool:
        """Whether the line stands at the end of a month or year, instead of belonging to it."""
        return self.year == LAST

    def __get__(self, x: Any, owner: type | None = None) -> Any:
        """The line of a projection as an array, stacked when it is first asked for; of the class, the declaration."""
        if x is None:
            return self
        values = x.stacked(self)
        x.__dict__[self.name] = values
        return values


def _line(label: str, statement: str, unit: str = "money", **more: Any) -> Any:
    return Line(label, unit, statement, **more)


def _market(label: str, unit: str = "count", *, year: str = SUM, by_month: bool = True) -> Any:
    return Line(label, unit, MARKET, year, by_month)


def _income(label: str, part_of: str = "", *, sign: int = 1, goes_to: str = "", by_month: bool = True) -> Any:
    return Line(label, "money", INCOME, by_month=by_month, part_of=part_of, sign=sign, goes_to=goes_to)


def _cost(label: str, goes_to: str, *, variable: bool = False) -> Any:
    return Line(label, "money", INCOME, by_month=True, part_of="costs", goes_to=goes_to, variable=variable)


def _use(label: str, part_of: str, *, goes_to: str = "", sign: int = 1) -> Any:
    return Line(label, "money", APPROPRIATION, part_of=part_of, goes_to=goes_to, sign=sign)


def _balance(label: str, *, by_month: bool = True, sign: int = 1) -> Any:
    """A liability or equity; assets (cash, receivables) stand apart."""
    return Line(label, "money", BALANCE, LAST, by_month, part_of="liabilities_and_equity", sign=sign)


class Lines:
    """The statement lines, in the order of an annual report; each an array with the year (or month) first."""

    take: Array = _line("Commission rate", MARKET, "share")
    price_level: Array = _line("Price level", MARKET, "multiple", year=LAST)
    demand_index: Array = _market("Demand, of that at launch", "multiple", year=MEAN)
    fill: Array = _market("Sales per provider, of the usual", "multiple", year=MEAN)
    pay_ratio: Array = _market("What a provider earns, of elsewhere", "multiple", year=MEAN)
    recruits: Array = _market("Providers who join")
    leavers: Array = _market("Providers who leave")
    providers: Array = _market("Providers", year=LAST)
    active_providers: Array = _market("Active providers", year=MEAN)
    sales_per_provider: Array = _line("Sales per active provider, at a yearly pace", MARKET)
    orders: Array = _market("Orders")
    gross_sales: Array = _market("Gross sales", "money")

    commission: Array = _income("Commission", "revenue")
    provider_pay: Array = _income("Paid to providers out of sales", "gross_sales", goes_to=PROVIDERS)
    ancillary_revenue: Array = _income("Advertising and data income", "revenue")
    revenue: Array = _income("Revenue", "operating_surplus")
    payment_processing: Array = _cost("Payment processing", SERVICE, variable=True)
    service_costs: Array = _cost("Service costs", SERVICE, variable=True)
    bad_debts: Array = _cost("Bad debts", SERVICE, variable=True)
    incentives: Array = _cost("Bonuses to providers", PROVIDERS, variable=True)
    benefits: Array = _cost("Benefits for providers", PROVIDERS, variable=True)
    operations: Array = _cost("Operations and administration", RUNNING, variable=True)
    overhead_costs: Array = _cost("Fixed costs", RUNNING)
    founder_wages: Array = _cost("Pay of the founders", FOUNDERS)
    product: Array = _cost("Product and engineering", BUILDING)
    marketing: Array = _cost("Marketing and discounts to buyers", BUILDING)
    community_contribution: Array = _cost("Contribution to the community", COMMUNITY, variable=True)
    acquisition: Array = _cost("Recruiting providers", BUILDING)
    governance: Array = _cost("Democracy", RUNNING, variable=True)
    costs: Array = _income("Costs", "operating_surplus", sign=-1)
    operating_surplus: Array = _income("Operating surplus", "surplus_before_tax")
    interest_income: Array = _income("Interest earned on cash", "surplus_before_tax")
    loan_interest: Array = _income("Loan interest", "surplus_before_tax", sign=-1, goes_to=INVESTORS)
    note_cost: Array = _income("Cost of the revenue-share note", "surplus_before_tax", sign=-1, goes_to=INVESTORS)
    surplus_before_tax: Array = _income("Surplus before tax", "surplus")
    tax_base: Array = _income("Tax base before refunds", by_month=False)
    losses_used: Array = _income("Earlier losses used", by_month=False)
    tax: Array = _income("Income tax", "surplus", sign=-1, goes_to=STATE, by_month=False)
    surplus: Array = _income("Surplus", "allocatable", by_month=False)

    deficit_covered: Array = _use("Covers an earlier deficit (a loss: negative)", "allocatable", sign=-1)
    allocatable: Array = _use("Allocatable surplus", "")
    reserve: Array = _use("To the indivisible reserve", "allocatable_used", goes_to=COMMON)
    preferred_dividend: Array = _use("Preferred dividend", "allocatable_used", goes_to=INVESTORS)
    share_interest: Array = _use("Interest on members' capital", "allocatable_used", goes_to=MEMBERS)
    distributable: Array = _use("Distributable surplus", "allocatable_used")
    community: Array = _use("To the community", "distributable", goes_to=COMMUNITY)
    reinvestment: Array = _use("To development", "distributable", goes_to=COMMON)
    dividends: Array = _use("To shareholders", "distributable", goes_to=INVESTORS)
    patronage: Array = _use("To members by use", "distributable", goes_to=MEMBERS)
    patronage_cash: Array = _use("of which paid in cash", "patronage")
    patronage_retained: Array = _use("of which credited to members' accounts", "patronage")
    retained: Array = _use("Retained", "distributable", goes_to=FIRM)

    equity_raised: Array = _line("Rounds and papers paid in", CASH, by_month=True, part_of="capital_received")
    capital_received: Array = _line("Capital received", CASH, by_month=True)
    member_shares_issued: Array = _line("Member shares issued, less repaid", CASH, by_month=True)
    programme: Array = _line("Development programme", CASH)
    loan_principal: Array = _line("Loan repaid", CASH, by_month=True)
    note_principal: Array = _line("Note repaid", CASH, by_month=True)
    redemption: Array = _line("Credited refunds paid back", CASH)
    cash_low: Array = _line("Lowest cash of the year", CASH, year=LAST)
    cash_low_month: Array = _line("Month of the lowest cash", CASH, "month", year=LAST)

    cash: Array = _line("Cash", BALANCE, year=LAST, by_month=True)
    receivables: Array = _line("Owed by buyers", BALANCE, year=LAST, by_month=True)
    payables: Array = _balance("Owed to providers")
    loan_balance: Array = _balance("Loan")
    note_balance: Array = _balance("Revenue-share note")
    member_shares: Array = _balance("Member shares")
    allocated_equity: Array = _balance("Members' accounts", by_month=False)
    preferred: Array = _balance("Preferred or community shares")
    grants: Array = _balance("Grants")
    equity_paid_in: Array = _balance("Paid in by investors")
    indivisible_reserve: Array = _balance("Indivisible reserve", by_month=False)
    development_fund: Array = _balance("Development fund", by_month=False)
    retained_earnings: Array = _balance("Retained earnings", by_month=False)
    accumulated_deficit: Array = _balance("Accumulated deficit", by_month=False, sign=-1)

    provider_income: Array = _line("Income of a provider", PER_PROVIDER)
    provider_net_income: Array = _line("Income of a provider after own costs", PER_PROVIDER)
    provider_benefits: Array = _line("Benefits of a provider", PER_PROVIDER)


LINES: Mapping[str, Line] = {name: each for name, each in vars(Lines).items() if isinstance(each, Line)}


def parts(total: str) -> tuple[Line, ...]:
    """The lines that are counted in ``total``, in the order of the declarations."""
    return tuple(each for each in LINES.values() if each.part_of == total)

"""Every statement line, declared once: name, label, unit, statement and whether it is a flow or a balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from coopfin.engine.units import Array

ACTIVITY = "Activity"
INCOME = "Income statement"
APPROPRIATION = "Appropriation of the surplus"
CASH = "Cash flow"
BALANCE = "Balance sheet"
PER_PROVIDER = "Per provider"


@dataclass(frozen=True)
class Line:
    """What one statement line is. ``stock`` lines stand at a year's end, the others belong to a year."""

    name: str
    label: str
    unit: str
    statement: str
    stock: bool = False


def _line(label: str, statement: str, unit: str = "money", *, stock: bool = False) -> Any:
    return field(metadata={"label": label, "unit": unit, "statement": statement, "stock": stock})


@dataclass(frozen=True)
class Lines:
    """The statement lines, in the order of an annual report; each an array with the year first."""

    growth: Array = _line("Growth of providers", ACTIVITY, "rate")
    providers: Array = _line("Providers", ACTIVITY, "count", stock=True)
    recruits: Array = _line("Providers recruited", ACTIVITY, "count")
    sales_per_provider: Array = _line("Sales per provider", ACTIVITY)
    gross_sales: Array = _line("Gross sales", ACTIVITY)
    price_level: Array = _line("Price level", ACTIVITY, "multiple")

    commission: Array = _line("Commission", INCOME)
    provider_pay: Array = _line("Paid to providers out of sales", INCOME)
    ancillary_revenue: Array = _line("Advertising and data income", INCOME)
    revenue: Array = _line("Revenue", INCOME)
    payment_processing: Array = _line("Payment processing", INCOME)
    service_costs: Array = _line("Service costs", INCOME)
    operations: Array = _line("Operations and administration", INCOME)
    overhead_costs: Array = _line("Fixed costs", INCOME)
    product: Array = _line("Product and engineering", INCOME)
    marketing: Array = _line("Marketing and incentives", INCOME)
    acquisition: Array = _line("Recruiting providers", INCOME)
    governance: Array = _line("Democracy", INCOME)
    costs: Array = _line("Costs", INCOME)
    operating_surplus: Array = _line("Operating surplus", INCOME)
    loan_interest: Array = _line("Loan interest", INCOME)
    note_cost: Array = _line("Cost of the revenue-share note", INCOME)
    surplus_before_tax: Array = _line("Surplus before tax", INCOME)
    tax_base: Array = _line("Tax base before refunds", INCOME)
    losses_used: Array = _line("Earlier losses used", INCOME)
    losses_carried: Array = _line("Losses carried forward", INCOME, stock=True)
    tax: Array = _line("Income tax", INCOME)
    surplus: Array = _line("Surplus", INCOME)

    deficit_covered: Array = _line("Covers an earlier deficit (a loss: negative)", APPROPRIATION)
    allocatable: Array = _line("Allocatable surplus", APPROPRIATION)
    reserve: Array = _line("To the indivisible reserve", APPROPRIATION)
    preferred_dividend: Array = _line("Preferred dividend", APPROPRIATION)
    share_interest: Array = _line("Interest on members' capital", APPROPRIATION)
    distributable: Array = _line("Distributable surplus", APPROPRIATION)
    community: Array = _line("To the community", APPROPRIATION)
    reinvestment: Array = _line("To development", APPROPRIATION)
    dividends: Array = _line("To shareholders", APPROPRIATION)
    patronage: Array = _line("To members by use", APPROPRIATION)
    patronage_cash: Array = _line("of which paid in cash", APPROPRIATION)
    patronage_retained: Array = _line("of which credited to members' accounts", APPROPRIATION)
    retained: Array = _line("Retained", APPROPRIATION)

    equity_raised: Array = _line("Investor rounds paid in", CASH)
    member_shares_issued: Array = _line("Member shares issued, less repaid", CASH)
    programme: Array = _line("Development programme", CASH)
    loan_principal: Array = _line("Loan repaid", CASH)
    note_principal: Array = _line("Note repaid", CASH)
    redemption: Array = _line("Credited refunds paid back", CASH)
    cash: Array = _line("Cash", BALANCE, stock=True)

    loan_balance: Array = _line("Loan", BALANCE, stock=True)
    note_balance: Array = _line("Revenue-share note", BALANCE, stock=True)
    member_shares: Array = _line("Member shares", BALANCE, stock=True)
    allocated_equity: Array = _line("Members' accounts", BALANCE, stock=True)
    preferred: Array = _line("Preferred or community shares", BALANCE, stock=True)
    grants: Array = _line("Grants", BALANCE, stock=True)
    equity_paid_in: Array = _line("Paid in by investors", BALANCE, stock=True)
    indivisible_reserve: Array = _line("Indivisible reserve", BALANCE, stock=True)
    development_fund: Array = _line("Development fund", BALANCE, stock=True)
    retained_earnings: Array = _line("Retained earnings", BALANCE, stock=True)
    accumulated_deficit: Array = _line("Accumulated deficit", BALANCE, stock=True)

    provider_income: Array = _line("Income of one provider", PER_PROVIDER)


LINES: Mapping[str, Line] = {each.name: Line(name=each.name, **each.metadata) for each in fields(Lines)}

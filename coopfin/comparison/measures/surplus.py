"""Where the surplus goes."""

from __future__ import annotations

from coopfin.comparison.measures.declare import SURPLUS, Value, measure, total
from coopfin.engine.projection import Projection


@measure("Indivisible reserve", "money", SURPLUS, "set aside over the years in a reserve nobody owns, at the horizon")
def reserve_final(x: Projection) -> Value:
    return x.final.indivisible_reserve


@measure("To the community", "money", SURPLUS, "out of the surplus + a share of revenue before any surplus, all years")
def community_total(x: Projection) -> Value:
    return x.total("community") + x.total("community_contribution")


total("reinvestment", "To development", SURPLUS, "set aside for the development programme, all years")
total("patronage", "To members by use", SURPLUS, "refunds to members by use, in cash and credited, all years")
total("patronage_cash", "of which in cash", SURPLUS, "refunds to members paid in cash at once, all years")


@measure("Members' accounts", "money", SURPLUS, "credited refunds not yet paid back, at the horizon")
def allocated_equity_final(x: Projection) -> Value:
    return x.final.allocated_equity


total("dividends", "To shareholders", SURPLUS, "dividends on shares, all years")


@measure("Retained earnings", "money", SURPLUS, "surplus kept by the enterprise and given to no other use, at the horizon")
def retained_final(x: Projection) -> Value:
    return x.final.retained_earnings

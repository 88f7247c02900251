"""The formulas of the workbook, each declared once, as an accountant reads them.

In a formula ``[revenue]`` is the cell of that line in the same year, ``[cash last year]`` the cell to its left, and a
bare word such as ``take_rate`` an assumption: a named cell. The whole notation is in ``coopfin.workbook.cells``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from coopfin.engine.assumptions import MAX_ROUNDS, SPLIT

NONE = "–"  # stands where there is no value
_ROUNDS = range(1, MAX_ROUNDS + 1)


class Formula(NamedTuple):
    """How a line is computed in a trading year, and at the launch (year 0)."""

    year: str
    launch: str = "0"


LINE_FORMULAS: Mapping[str, Formula] = {
    # Activity
    "growth": Formula(
        "growth_first + (growth_last - growth_first) * ([year] - 1) / MAX(1, years - 1)"
        " + growth_response * IF([gross_sales last year] > 0, [programme] / [gross_sales last year], 0)"
    ),
    "providers": Formula("[providers last year] * (1 + [growth])", "providers"),
    "recruits": Formula("MAX(0, [providers] - [providers last year] * (1 - churn))"),
    "sales_per_provider": Formula("sales_per_provider * (1 + sales_growth) ^ ([year] - 1)"),
    "gross_sales": Formula("[providers] * [sales_per_provider]"),
    "price_level": Formula("(1 + inflation) ^ ([year] - 1)", "1"),
    # Income statement
    "commission": Formula("take_rate * [gross_sales]"),
    "provider_pay": Formula("[gross_sales] - [commission]"),
    "ancillary_revenue": Formula("ancillary_rate * [gross_sales]"),
    "revenue": Formula("[commission] + [ancillary_revenue]"),
    "payment_processing": Formula("processing_rate * [gross_sales]"),
    "service_costs": Formula("service_rate * [gross_sales]"),
    "operations": Formula("operations_rate * [revenue]"),
    "overhead_costs": Formula("overhead * [price_level]"),
    "product": Formula("product_rate * [revenue]"),
    "marketing": Formula("marketing_rate * [revenue]"),
    "acquisition": Formula("acquisition_cost * [price_level] * [recruits]"),
    "governance": Formula("governance_cost * [price_level] * [providers]"),
    "costs": Formula(
        "[payment_processing] + [service_costs] + [operations] + [overhead_costs]"
        " + [product] + [marketing] + [acquisition] + [governance]"
    ),
    "operating_surplus": Formula("[revenue] - [costs]"),
    "loan_interest": Formula("loan_rate * [loan_balance last year]"),
    "note_cost": Formula("[note_principal] * (note_cap - 1)"),
    "surplus_before_tax": Formula("[operating_surplus] - [loan_interest] - [note_cost]"),
    "tax_base": Formula("[surplus_before_tax] - [programme]"),
    "losses_used": Formula("MIN([losses_carried last year], loss_offset_limit * MAX(0, [tax_base]))"),
    "losses_carried": Formula("[losses_carried last year] + MAX(0, -[tax_base]) - [losses_used]"),
    # The refund lowers the tax and the tax lowers the refund: the saving is a geometric series, summed at once. A tax
    # of 100 % with everything refunded leaves the tax open; the cooperative then refunds all and owes none.
    "tax": Formula(
        "MAX(0, [tax_without_refunds] - IF([refund_echo] < 1,"
        " [tax_saved_by_refund] * [left_without_saving] / (1 - [refund_echo]),"
        " IF([surplus_before_tax] - [tax_without_refunds] - [accumulated_deficit last year] - [due_before_split] >= 0,"
        " [tax_without_refunds], 0)))"
    ),
    "surplus": Formula("[surplus_before_tax] - [tax]"),
    # Appropriation of the surplus
    "deficit_covered": Formula("[surplus] - [allocatable]"),
    "allocatable": Formula("MAX(0, [surplus] - [accumulated_deficit last year])"),
    "reserve": Formula("reserve_share * [allocatable]"),
    "preferred_dividend": Formula("MIN(preferred_rate * preferred, [allocatable] - [reserve])"),
    "share_interest": Formula(
        "MIN(share_interest_rate * ([member_shares last year] + [allocated_equity last year]),"
        " [allocatable] - [reserve] - [preferred_dividend])"
    ),
    "distributable": Formula("[allocatable] - [reserve] - [preferred_dividend] - [share_interest]"),
    "community": Formula("community_share * [distributable]"),
    "reinvestment": Formula("reinvestment_share * [distributable]"),
    "dividends": Formula("dividend_share * [distributable]"),
    "patronage": Formula("patronage_share * [distributable]"),
    "patronage_cash": Formula("patronage_cash_share * [patronage]"),
    "patronage_retained": Formula("[patronage] - [patronage_cash]"),
    "retained": Formula("[distributable] - [community] - [reinvestment] - [dividends] - [patronage]"),
    # Cash flow
    "equity_raised": Formula(*2 * (" + ".join(f"IF(equity_{n}_year = [year], equity_{n}_amount, 0)" for n in _ROUNDS),)),
    "member_shares_issued": Formula("[member_shares] - [member_shares last year]", "[member_shares]"),
    "programme": Formula("[reinvestment last year]"),
    "loan_principal": Formula(
        "IF([year] <= loan_years, loan / [loan_factor] * [loan_ratio] ^ IF(loan_rate > 0, loan_years - [year], [year] - 1), 0)"
    ),
    "note_principal": Formula("MIN(note_rate * [revenue] / note_cap, [note_balance last year])"),
    "redemption": Formula("SUMIF([year so far], [year] - redemption_years, [patronage_retained so far])"),
    # Balance sheet
    "cash": Formula(
        "[cash last year] + [equity_raised] + [surplus] - [programme] - [community] - [preferred_dividend]"
        " - [share_interest] - [dividends] - [patronage_cash] - [loan_principal] - [note_principal] - [redemption]"
        " + [member_shares_issued]",
        "[equity_raised] + loan + preferred + note + grants + [member_shares]",
    ),
    "loan_balance": Formula("IF([year] < loan_years, [loan_balance last year] - [loan_principal], 0)", "loan"),
    "note_balance": Formula("[note_balance last year] - [note_principal]", "note"),
    "member_shares": Formula(*2 * ("member_share * [providers]",)),
    "allocated_equity": Formula("[allocated_equity last year] + [patronage_retained] - [redemption]"),
    "preferred": Formula("[preferred last year]", "preferred"),
    "grants": Formula("[grants last year]", "grants"),
    "equity_paid_in": Formula("[equity_paid_in last year] + [equity_raised]", "[equity_raised]"),
    "indivisible_reserve": Formula("[indivisible_reserve last year] + [reserve]"),
    "development_fund": Formula("[development_fund last year] + [reinvestment] - [programme]"),
    "retained_earnings": Formula("[retained_earnings last year] + [retained]"),
    "accumulated_deficit": Formula("MAX(0, [accumulated_deficit last year] - [surplus])"),
    # Per provider
    "provider_income": Formula(
        f'IF([providers] > 0, ([provider_pay] + [patronage_cash] + [share_interest] + [redemption]) / [providers], "{NONE}")'
    ),
}


@dataclass(frozen=True)
class Figure:
    """A row of cells that is no statement line: a step on the way, or a check. One formula for all of its cells."""

    name: str
    label: str
    unit: str
    formula: str


SINGLE = (
    Figure("loan_ratio", "Loan: a principal payment ÷ the next larger one", "multiple",
           "IF(loan_rate > 0, 1 / (1 + loan_rate), 1 + loan_rate)"),
    Figure("loan_factor", "Loan: all principal payments ÷ the largest", "multiple",
           "IF(ABS(loan_rate) * loan_years < 0.0001,"
           " loan_years * (1 - (loan_years - 1) / 2 * (1 - [loan_ratio]) * (1 - (loan_years - 2) / 3 * (1 - [loan_ratio]))),"
           " (1 - [loan_ratio] ^ loan_years) / (1 - [loan_ratio]))"),
    Figure("tax_saved_by_refund", "Tax saved by each unit that can be split", "share",
           "tax_rate * patronage_deductible * patronage_share"),
    Figure("refund_echo", "What each unit of tax saved adds to that saving", "share",
           "[tax_saved_by_refund] * (1 - reserve_share)"),
    Figure("largest_amount", "The largest amount: the checks are relative to it", "money",
           "MAX(1, [gross_sales from launch], [costs from launch], [equity_paid_in from launch], [cash from launch],"
           " -MIN([cash from launch]), [accumulated_deficit from launch], [preferred from launch], [grants from launch])"),
)  # fmt: skip
"""Steps that have one value for all years."""

YEARLY = (
    Figure("tax_without_refunds", "Tax if refunds were not deducted", "money",
           "tax_rate * (MAX(0, [tax_base]) - [losses_used])"),
    Figure("due_before_split", "Due before the split: preferred dividend and interest", "money",
           "preferred_rate * preferred + share_interest_rate * ([member_shares last year] + [allocated_equity last year])"),
    Figure("left_without_saving", "Left to be split at that tax", "money",
           "MAX(0, (1 - reserve_share) * MAX(0, [surplus_before_tax] - [tax_without_refunds] - [accumulated_deficit last year])"
           " - [due_before_split])"),
    Figure("year_with_surplus", "The year, if it has a surplus", "years",
           f'IF([surplus] > 0, [year], "{NONE}")'),
)  # fmt: skip
"""Steps with a value for each trading year."""

FLOWS = (
    Figure("investors_own", "Owned by investors at the year's end", "share",
           "1 - " + " * ".join(f"(1 - IF(equity_{n}_year <= [year], [part_sold round {n}], 0))" for n in _ROUNDS)),
    Figure("equity_received", "Investor rounds receive: dividends, and a sale at the horizon", "money",
           "[dividends] * [investors_own] + IF([year] = years, SUM([proceeds all rounds]), 0)"),
    Figure("equity_flows", "Flows of the investor rounds (paid in is negative)", "money",
           "[equity_received] - [equity_raised]"),
    Figure("capital_flows", "Flows of all outside capital (paid in is negative)", "money",
           "[equity_flows] + [loan_interest] + [loan_principal] + [note_cost] + [note_principal] + [preferred_dividend]"
           " - IF([year] = 0, loan + preferred + note, 0)"
           " + IF([year] = years, [loan_balance] + [note_balance] + [preferred], 0)"),
)  # fmt: skip
"""What flows to and from outside capital, from the launch on."""

ROUNDS = (
    Figure("round_amount", "Amount, if within the horizon", "money", "IF(equity_N_year <= years, equity_N_amount, 0)"),
    Figure("part_sold", "Part of the company sold", "share",
           "IF([round_amount] > 0, [round_amount] / (equity_N_pre_money + [round_amount]), 0)"),
    Figure("part_kept", "Part kept by those before", "share", "1 - [part_sold]"),
    Figure("owned", "Owned at the horizon", "share",
           "[part_sold] * PRODUCT([part_kept all rounds]) / PRODUCT([part_kept up to here])"),
    Figure("preference", "Comes first in a sale", "money", "liquidation_preference * [round_amount]"),
    Figure("share_price", "Price of the whole company at which its part is worth that", "money",
           "IF([owned] > 0, [preference] / [owned], 0)"),
    Figure("converts_from", "Takes its part instead, from this value in a sale on", "money",
           "IF([owned] > 0, [share_price] * [common] + "
           + " + ".join(f"MAX([preference round {n}], [share_price] * [owned round {n}])" for n in _ROUNDS) + ", 0)"),
    Figure("converts", "Takes its part (1: yes)", "flag",
           "IF([owned] > 0, IF([sale_value] >= [converts_from], 1, 0), 0)"),
    Figure("proceeds", "Gets of the sale", "money",
           "IF([converts] = 1, [price] * [owned], [part_paid] * [preference])"),
)  # fmt: skip
"""A column for each investor round: what it owns and what it gets in a sale. N is the number of the round."""

SALE = (
    Figure("common", "Owned by founders and staff at the horizon", "share", "PRODUCT([part_kept all rounds])"),
    Figure("sale_value", "Value in a sale", "money",
           "IF(exit_multiple > 0, MAX(0, exit_multiple * [revenue final] + [cash final] - [loan_balance final]"
           " - [note_balance final] - [preferred final] - [member_shares final] - [allocated_equity final]"
           " - [indivisible_reserve final]), 0)"),
    Figure("preferences", "Claims that come first", "money",
           " + ".join(f"(1 - [converts round {n}]) * [preference round {n}]" for n in _ROUNDS)),
    Figure("part_paid", "Part of them that is paid", "share",
           "IF([preferences] > 0, MIN(1, [sale_value] / [preferences]), 0)"),
    Figure("common_shares", "Shares in what is left", "share",
           "[common] + SUMPRODUCT([converts all rounds], [owned all rounds])"),
    Figure("price", "Price of the whole company to them", "money",
           "IF([common_shares] > 0, MAX(0, [sale_value] - [preferences]) / [common_shares], 0)"),
    Figure("founders_get", "Founders get", "money", "[price] * [common] * (1 - option_pool)"),
    Figure("pool_gets", "Staff with options get", "money", "[price] * [common] * option_pool"),
)  # fmt: skip
"""The sale at the horizon, one value each."""

CHECKS: Mapping[str, str] = {
    "balance_sheet": "ABS([cash] - ([loan_balance] + [note_balance] + [member_shares] + [allocated_equity] + [preferred]"
    " + [equity_paid_in] + [grants] + [indivisible_reserve] + [development_fund] + [retained_earnings]"
    " - [accumulated_deficit])) / [largest_amount]",
    "where_sales_go": "ABS([gross_sales] + [ancillary_revenue] - ([provider_pay] + [costs] + [loan_interest] + [note_cost]"
    " + [tax] + [deficit_covered] + [reserve] + [preferred_dividend] + [share_interest] + [community] + [reinvestment]"
    " + [dividends] + [patronage] + [retained])) / [largest_amount]",
    "tax_on_refunds": "ABS([tax] - tax_rate * MAX(0, MAX(0, [tax_base]) - [losses_used]"
    " - patronage_deductible * [patronage])) / [largest_amount]",
}
"""The identities of ``coopfin.identities`` that can be seen year by year: the difference, relative to the largest amount."""

INPUT_CHECKS = (
    Figure("split_check", "The parts of the surplus exceed the whole by", "share", f"MAX(0, {' + '.join(SPLIT)} - 1)"),
    Figure("order_check", "Investor rounds out of year order, or without a value before", "count",
           " + ".join([
               *(f"IF(AND(equity_{n}_amount > 0, equity_{n}_pre_money <= 0), 1, 0)" for n in _ROUNDS),
               *(f"IF(AND(equity_{m}_amount > 0, equity_{n}_amount > 0, equity_{n}_year < equity_{m}_year), 1, 0)"
                 for m, n in combinations(_ROUNDS, 2)),
           ])),
)  # fmt: skip
"""What must hold between the assumptions."""


def _total(line: str) -> str:
    return f"SUM([{line} all years])"


def _over(part: str, whole: str) -> str:
    return f'IF({whole} <> 0, ({part}) / {whole}, "{NONE}")'


MEASURE_FORMULAS: Mapping[str, str] = {
    "provider_votes": "provider_votes",
    "take_rate": "take_rate",
    "effective_take_rate": _over(f"{_total('commission')} - {_total('patronage')}", _total("gross_sales")),
    "provider_keeps": _over(f"{_total('gross_sales')} - {_total('commission')} + {_total('patronage')}", _total("gross_sales")),
    "provider_pay_first": _over("[provider_pay first]", "[providers first]"),
    "provider_pay_final": _over("[provider_pay final]", "[providers final]"),
    "provider_income_final": "[provider_income final]",
    "provider_income_total": f'IF(COUNT([provider_income all years]) = years, {_total("provider_income")}, "{NONE}")',
    "provider_value": "IF(COUNT([provider_income all years]) = years, NPV(discount_rate, [provider_income all years])"
    f' + (member_share + [allocated_equity final] / [providers final]) / (1 + discount_rate) ^ years - member_share, "{NONE}")',
    "providers_final": "[providers final]",
    "gross_sales_total": _total("gross_sales"),
    "revenue_total": _total("revenue"),
    "costs_total": _total("costs"),
    "product_total": f"{_total('product')} + {_total('programme')}",
    "acquisition_total": _total("acquisition"),
    "operating_surplus_total": _total("operating_surplus"),
    "surplus_total": _total("surplus"),
    "surplus_margin": _over(_total("surplus"), _total("revenue")),
    "tax_total": _total("tax"),
    "reserve_final": "[indivisible_reserve final]",
    "community_total": _total("community"),
    "reinvestment_total": _total("reinvestment"),
    "patronage_total": _total("patronage"),
    "patronage_cash_total": _total("patronage_cash"),
    "allocated_equity_final": "[allocated_equity final]",
    "dividends_total": _total("dividends"),
    "retained_final": "[retained_earnings final]",
    "capital_raised": "SUM([equity_raised from launch]) + loan + preferred + note",
    "capital_gain": "SUM([capital_flows from launch])",
    "capital_irr": "[capital_rate]",
    "equity_irr": "[equity_rate]",
    "equity_multiple": _over("SUM([equity_received from launch])", "SUM([equity_raised from launch])"),
    "exit_value": "[sale_value]",
    "founders_proceeds": "[founders_get] + [pool_gets]",
    "lowest_cash": "MIN([cash from launch])",
    "lowest_cash_year": "MATCH(MIN([cash from launch]), [cash from launch], 0) - 1",
    "funding_gap": "MAX(0, -MIN([cash from launch]))",
    "break_even_year": f'IF(COUNT([year_with_surplus all years]) > 0, MIN([year_with_surplus all years]), "{NONE}")',
}

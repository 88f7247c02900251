"""The lender's page: the statements by year, whether a loan is covered, what loan could be carried, and cash by month."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from coopfin.capital.debt import COVER, carried
from coopfin.capital.lender import carried_by_year
from coopfin.comparison.verdict import fate
from coopfin.display import words
from coopfin.engine.calendar import MONTHS, month_in_words
from coopfin.engine.projection import Projection
from coopfin.engine.units import Array
from coopfin.report import parts, risk
from coopfin.report.cash import cash_by_month
from coopfin.report.material import Material

KICKER = "For a lender"
MOST_YEARS = 12  # columns; of a longer horizon the first years and the last
RUNWAY_YEARS = 3
BURN = 3  # months over which the cash that goes out is averaged
Row = tuple[str, Iterable[str], str]


def lender(material: Material, paper: str) -> str:
    """The page between head and foot, of the firm that is asked about."""
    x, firm = material.comparison.projections[material.asked], material.asked
    years = shown_years(x.years)
    return (
        parts.answer(sentence(x, firm, material.wording.currency))
        + parts.section(f"{words.firm(firm)}: the years", years_table(x, years))
        + parts.section("Cash, month by month", cash_by_month(x))
        + parts.section(f"Runway: the months of the first {min(RUNWAY_YEARS, x.years)} years", runway_table(x))
        + '<div class="columns">'
        + parts.section("Three assumptions decide it", parts.items(risk.decisive(material)))
        + parts.section("What could go wrong", risk.lowest(material, [firm]) + risk.likely(material))
        + parts.section("What was assumed", parts.assumed(material))
        + "</div>"
    )


def sentence(x: Projection, firm: str, currency: str) -> str:
    """Whether the firm lives, and what loan its surplus carries: at most 25 words."""
    found, lives = carry(x), fate(x)
    if lives.runs_dry:
        gap = words.money(float(lives.gap), currency)
        month = month_in_words(float(lives.first_short_month))
        return f"The {firm} runs dry in {month}, {gap} short at worst: that gap comes before any loan."
    low = words.money(float(lives.lowest_cash), currency)
    loan = f"can carry a loan of {words.money(found, currency)}" if found else "cannot carry a loan out of its surplus"
    return f"The {firm} {loan}, and is never short of cash; {low} is its lowest."


def carry(x: Projection) -> float:
    """The loan that the worst year of its term covers ``COVER`` times."""
    with np.errstate(divide="ignore", invalid="ignore"):  # at a rate of 0
        return carried(x).loan


def shown_years(years: int) -> list[int]:
    """The years that have a column: all, or the first and some to the last."""
    if years <= MOST_YEARS:
        return list(range(1, years + 1))
    return sorted({*range(1, 7), *np.linspace(8, years, MOST_YEARS - 6).round().astype(int).tolist()})


def service(x: Projection) -> Array:
    """What lenders are paid in each year: interest and principal of loan and note."""
    return np.asarray(x.loan_interest + x.loan_principal + x.note_cost + x.note_principal)


def cover(x: Projection) -> Array:
    """How many times each year's operating surplus after tax pays what lenders get; NaN where they get nothing."""
    paid = service(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(paid > 0, np.asarray(x.operating_surplus - x.tax) / paid, np.nan)


def years_table(x: Projection, years: Sequence[int]) -> str:
    """The statements in short, the cover and the loan that each year would carry."""
    taken = np.asarray(years)

    def money(values: Array, sign: int = 1) -> list[str]:
        return [words.whole(sign * float(value)) for value in np.asarray(values)[taken]]

    capacity = {each.year: each.loan for each in carried_by_year(x)}
    times = [words.value(value, "multiple") for value in cover(x)[taken].tolist()]
    a = x.assumptions
    terms = f"covered {COVER:g} times, {words.percent(float(a.loan_rate))} for {a.loan_years:.0f} years"
    interest = np.asarray(x.loan_interest + x.note_cost)
    debt = np.asarray(x.loan_balance + x.note_balance)
    rows: list[Row] = [
        ("Gross sales", money(x.gross_sales), ""),
        ("Revenue", money(x.revenue), ""),
        ("Costs", money(x.costs, -1), ""),
        ("Operating surplus", money(x.operating_surplus), "total"),
        ("Interest paid", money(interest, -1), ""),
        ("Income tax", money(x.tax, -1), ""),
        ("Surplus", money(x.surplus), "total"),
        ("Capital received", money(x.capital_received), ""),
        ("Debt repaid", money(x.loan_principal + x.note_principal, -1), ""),
        ("Cash at its end", money(x.cash), "total"),
        ("Lowest cash in it", money(x.cash_low), ""),
        ("Owed to lenders", money(debt), ""),
        ("Cover", times, "total"),
        ("Loan it would carry", [words.whole(capacity[year]) for year in years], ""),
    ]
    explained = (
        "Cover: operating surplus after tax ÷ interest and principal of the year. The loan: what each year, were all like it, "
        f"would carry, {terms}."
    )
    return grid(["", *(f"Year {year}" for year in years)], rows) + f"<p><small>{explained}</small></p>"


def runway_table(x: Projection) -> str:
    """Cash at the end of each month, and how many months it lasts at the pace of the last three."""
    cash = np.asarray(x.months.cash)
    rows: list[Row] = []
    for year in range(1, min(RUNWAY_YEARS, x.years) + 1):
        months = np.arange(12 * year - 11, 12 * year + 1)
        rows.append((f"Year {year}: cash", [words.whole(float(value)) for value in cash[months]], "total"))
        rows.append(("months it lasts", [_lasts(float(value)) for value in runway(x)[months]], ""))
    return grid(["", *(month[:3] for month in MONTHS)], rows)


def runway(x: Projection) -> Array:
    """Months until cash is gone at the pace of the last three, capital received left out; infinite where it grows."""
    cash, received = np.asarray(x.months.cash), np.asarray(x.months.capital_received)
    change = np.diff(cash, prepend=0.0) - received
    burn = np.array([-change[max(1, month - BURN + 1) : month + 1].mean() if month else 0.0 for month in range(len(cash))])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(cash <= 0, 0.0, np.where(burn > 0, cash / burn, np.inf))


def _lasts(months: float) -> str:
    if math.isinf(months):
        return "grows"
    return f"{months:.0f}" if months < 100 else "99+"


def grid(heads: Sequence[str], rows: Iterable[Row]) -> str:
    """A table of figures."""
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr class="{kind}"><th scope="row">{escape(label)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for label, cells, kind in rows
    )
    return f'<table class="small years"><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table>'

"""The answer first: one sentence for both sides and who pays the price, and four headline figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.ui.parts import colours, words
from coopfin.ui.session.presets import Words

HEADLINES = ("provider_income_total", "capital_irr", "providers_final", "lowest_cash")

# What someone else pays where providers earn more: measure, whether less of it is the price, and who pays, in words.
PRICES = (
    ("funding_gap", False, "it runs {value} short of cash"),
    ("providers_final", True, "it ends with {value} {providers} against {other}"),
    ("product_total", True, "{buyers} and {providers} get an app built for {gap} less"),
    ("capital_gain", True, "its investors gain {gap} less"),
    ("break_even_year", False, "it breaks even later"),
    ("tax_total", True, "the state collects {gap} less in tax"),
)
MAX_PRICES = 3


def sentence(comparison: Comparison, said: Words) -> str:
    """What happens, for both sides, and who pays the price; built from the measures, whoever comes out ahead."""
    first, *others = comparison.projections
    income = comparison["provider_income_total"].values
    if any(map(math.isnan, income.values())):
        return f"There are no {said.providers}: nothing can be compared."
    over = f"Over {comparison.projections[first].years} years {words.one(said.provider)} who stays"
    if not others:
        return f"{over} takes home {words.money(income[first], said.currency)}. There is no second firm to compare with."
    gap = income[others[0]] - income[first]
    ahead, behind = (others[0], first) if gap > 0 else (first, others[0])
    if words.amount(abs(gap)) == "0":
        opening = f"{over} takes home the same in both: {words.money(income[first], said.currency)}."
    else:
        share = f" ({words.difference(abs(gap) / income[behind], 'share').replace('pts', '%')})" if income[behind] > 0 else ""
        opening = f"{over} takes home {words.money(abs(gap), said.currency)} more in the {ahead}{share}."
    for_it = _prices(comparison, ahead, behind, said)
    against_it = _prices(comparison, behind, ahead, said)
    told = f" The price of the {ahead}: {_list(for_it)}." if for_it else ""
    other = f" The {behind} has a price too: {_list(against_it)}." if against_it else ""
    return opening + told + other


def _prices(comparison: Comparison, payer: str, other: str, said: Words) -> list[str]:
    told = []
    for name, less_is_worse, text in PRICES:
        values = comparison[name].values
        mine, theirs = values[payer], values[other]
        if math.isnan(mine) and name == "break_even_year" and not math.isnan(theirs):
            told.append("it never breaks even")
            continue
        worse = mine < theirs if less_is_worse else mine > theirs
        if worse and words.amount(abs(mine - theirs)) != "0":
            money = MEASURES[name].unit == "money"
            currency = said.currency if money else ""
            value, against, gap = (words.money(v, currency) for v in (mine, theirs, abs(mine - theirs)))
            told.append(text.format(value=value, other=against, gap=gap, providers=said.providers, buyers=said.buyers))
    return told[:MAX_PRICES]


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def headlines(comparison: Comparison, said: Words, measures: Sequence[str] = HEADLINES) -> str:
    """The headline figures as HTML: all firms and the difference."""
    return f'<div class="headlines">{"".join(_headline(comparison, name, said) for name in measures)}</div>'


def _headline(comparison: Comparison, name: str, said: Words) -> str:
    measure, row = MEASURES[name], comparison[name]
    unit = f" <small>{escape(said.currency)}</small>" if measure.unit == "money" and said.currency else ""
    firms = "".join(
        f'<div class="{colours.firm_class(column)}"><span>{escape(each[:1].upper() + each[1:])}</span>'
        f"<b>{words.value(value, measure.unit)}</b></div>"
        for column, (each, value) in enumerate(row.values.items())
    )
    gap = f"difference {words.difference(row.difference, measure.unit)}" if not math.isnan(row.difference) else escape(row.remark)
    return f'<section><h3>{escape(measure.label)}{unit}</h3>{firms}<p class="gap">{gap}</p></section>'

"""The answer first: one sentence, and four headline figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from coopfin.comparison import verdict
from coopfin.comparison.compare import Comparison
from coopfin.comparison.measures import MEASURES
from coopfin.ui.parts import colours, words
from coopfin.ui.session.presets import Words

HEADLINES = ("provider_month", "lowest_cash", "providers_final", "capital_irr")


def sentence(comparison: Comparison, wording: Words) -> str:
    """What a provider earns, and whether each firm lives, whoever comes out ahead."""
    income = comparison["provider_month"].values
    if all(map(math.isnan, income.values())):
        return f"There are no {wording.providers}: nothing can be compared."
    told = " and ".join(f"{words.money(value, wording.currency)} in the {each}" for each, value in income.items())
    fates = (
        f" The {each} runs out of cash in {words.month(float(fate.first_short_month))}."
        for each, fate in verdict.fates(comparison.projections).items()
        if fate.runs_dry
    )
    return f"{words.one(wording.provider).capitalize()} earns a month, after own costs, {told}.{''.join(fates)}"


def headlines(comparison: Comparison, wording: Words, measures: Sequence[str] = HEADLINES) -> str:
    """The headline figures as HTML: all firms and the difference."""
    return f'<div class="headlines">{"".join(_headline(comparison, name, wording) for name in measures)}</div>'


def _headline(comparison: Comparison, name: str, wording: Words) -> str:
    measure, row = MEASURES[name], comparison[name]
    unit = f" <small>{escape(wording.currency)}</small>" if measure.unit == "money" and wording.currency else ""
    firms = "".join(
        f'<div class="{colours.firm_class(column)}"><span>{escape(each[:1].upper() + each[1:])}</span>'
        f"<b>{words.measured(value, measure)}</b></div>"
        for column, (each, value) in enumerate(row.values.items())
    )
    gap = f"difference {words.gap(row.values, measure)}" if not math.isnan(row.difference) else escape(row.remark)
    return f'<section><h3>{escape(measure.label)}{unit}</h3>{firms}<p class="gap">{gap}</p></section>'

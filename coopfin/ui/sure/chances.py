"""Chances in words, counted in futures out of a hundred."""

from __future__ import annotations

import math

from coopfin.comparison.measures import MEASURES
from coopfin.ui.parts import better, words
from coopfin.ui.session.presets import Words
from coopfin.uncertainty.futures import Futures

INCOME = "provider_income_total"
EARLY = 5  # years: the near future, where the horizon lies beyond it


def in_hundred(share: float) -> str:
    """A share of the futures: in 82 of 100 futures."""
    count = round(share * 100)
    if share == 0:
        return "in none of the futures"
    if share == 1:
        return "in all futures"
    if count == 0:
        return "in fewer than 1 of 100 futures"
    return "in more than 99 of 100 futures" if count == 100 else f"in {count} of 100 futures"


def earns_more(found: Futures, second: str, said: Words) -> str:
    """In how many futures one earns more in the second firm."""
    if math.isnan(found.above[INCOME]):
        return f"there are no {said.providers} in any future"
    return f"{in_hundred(found.above[INCOME])} {words.one(said.provider)} who stays earns more in the {second}"


def runs_out(found: Futures, firm: str) -> str:
    """In how many futures a firm runs out of money, early and at all."""
    short = found.short[firm]
    years = len(short) - 1
    ever = f"{in_hundred(float(short[-1]))} the {firm} runs out of money"
    if years <= EARLY or short[-1] == 0:
        return f"{ever} within {years} years"
    soon = float(short[EARLY - 1])
    early = in_hundred(soon).removesuffix(" futures") if soon else "never"
    return f"{ever} within {years} years, {early} before year {EARLY}"


def better_off(found: Futures, measure: str, firms: list[str], said: Words) -> str:
    """In how many futures the second firm is ahead by the measure; a missing value is nobody's lead."""
    share = better.second_ahead(measure, found.above[measure], found.below[measure])
    if math.isnan(share):
        return ""
    text = better.ahead(measure, firms[1], said)
    return f"by “{MEASURES[measure].label}” it is {text[:1].lower()}{text[1:]} {in_hundred(share)}"


def sentences(found: Futures, measure: str, said: Words) -> list[str]:
    """Everything there is to say of the chances."""
    firms = list(found.short)
    told = [earns_more(found, firms[1], said)] if len(firms) > 1 else []
    if len(firms) > 1 and measure != INCOME and measure in found.above:
        told += [text] if (text := better_off(found, measure, firms, said)) else []
    told += [runs_out(found, firm) for firm in reversed(firms[:2])]
    return [f"{text[:1].upper()}{text[1:]}." for text in told]

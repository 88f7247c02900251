"""Chances in words, counted in futures out of a hundred. Of a firm that runs out of money nothing is called better."""

from __future__ import annotations

import math

from coopfin.comparison.measures import MEASURES, NEITHER
from coopfin.display import words
from coopfin.display.nouns import Words
from coopfin.ui.parts import better
from coopfin.uncertainty.futures import Futures

EARNED = "provider_month"
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


def _in(share: float) -> str:
    """The same after it was said once that futures are counted: in 82."""
    if share in (0, 1):
        return "never" if share == 0 else "always"
    return in_hundred(share).removesuffix(" of 100 futures")


def answer(found: Futures, said: Words) -> str:
    """The page's first answer: in how many futures one has more in the second firm and that firm lives."""
    first, *others = found.short
    if not others:
        return _sentence(f"{in_hundred(1 - float(found.short[first][-1]))} {words.the(first)} never runs out of money")
    second = others[0]
    more = (
        f"{in_hundred(found.better_and_solvent[second])} {words.one(said.provider)} has more in {words.the(second)} and it lives"
    )
    return _sentence(f"{more}; it runs out of money {_in(float(found.short[second][-1]))}")


def runs_out(found: Futures, firm: str) -> str:
    """In how many futures a firm runs out of money, early and at all."""
    short = found.short[firm]
    years = len(short) - 1
    ever = f"{in_hundred(float(short[-1]))} {words.the(firm)} runs out of money"
    if years <= EARLY or short[-1] == 0:
        return f"{ever} within {years} years"
    return f"{ever} within {years} years, {_in(float(short[EARLY - 1]))} before year {EARLY}"


def better_off(found: Futures, measure: str, firm: str, said: Words) -> str:
    """In how many futures a firm is better by the measure and lives; where neither way is better, in how many it has more."""
    label, firms = MEASURES[measure].label, list(found.short)
    if MEASURES[measure].better == NEITHER:
        share = (found.below if firm == firms[0] else found.above)[measure]
        return "" if math.isnan(share) else f"“{label}” is more in {words.the(firm)} {in_hundred(share)}"
    text = better.ahead(measure, firm, said)
    return f"by “{label}” it is {text[:1].lower()}{text[1:]}, which lives, {in_hundred(found.better[measure][firm])}"


def sentences(found: Futures, measure: str, said: Words) -> list[str]:
    """Everything there is to say of the chances."""
    firms = list(found.short)[:2]
    told = [better_off(found, measure, firm, said) for firm in reversed(firms) if measure in found.better and measure != EARNED]
    told += [runs_out(found, firm) for firm in reversed(firms)]
    return [_sentence(text) for text in told if text]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."

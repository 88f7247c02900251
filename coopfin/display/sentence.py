"""The answer in one sentence of at most 25 words: survival first, then what a person who exists has a month."""

from __future__ import annotations

import math

from coopfin.comparison.measures import MEASURES
from coopfin.comparison.verdict import Verdict, judge
from coopfin.display import words
from coopfin.display.losses import OTHERS, losses
from coopfin.display.nouns import Words
from coopfin.display.view import Firm, View
from coopfin.engine.calendar import month_in_words

EARNED = "provider_month"


def sentence(view: View, wording: Words) -> str:
    """What is to be said first of the first two firms."""
    first, *others = view
    if any(math.isnan(firm[EARNED]) for firm in view[:2]):
        return f"There are no {wording.providers}: nothing can be compared."
    if not others:
        return _alone(first, wording)
    second = others[0]
    if not first.lives and not second.lives:
        told = ", ".join(f"{words.the(firm.name)} in {_when(firm)}" for firm in (first, second))
        return f"Both firms run dry: {told}. At these numbers neither pays anyone for long."
    if not (first.lives and second.lives):
        dry, living = (first, second) if second.lives else (second, first)
        gap = words.money(dry["funding_gap"], wording.currency)
        return (
            f"{words.the(dry.name, first=True)} runs dry in {_when(dry)}, {gap} short; "
            f"{words.the(living.name)} lives and leaves {words.one(wording.provider)} {_month(living, wording)} a month."
        )
    verdict = judge(MEASURES[EARNED], first[EARNED], second[EARNED], first_lives=True, second_lives=True)
    idle = math.isnan(first["break_even_year"]) and math.isnan(second["break_even_year"])
    if idle:
        return (
            f"Neither firm breaks even in {first.years} years; {words.one(wording.provider)} has {_month(first, wording)} "
            f"a month in {words.the(first.name)}, {words.price(second[EARNED])} in {words.the(second.name)}."
        )
    if verdict == Verdict.SAME:
        return f"No difference worth naming: {words.one(wording.provider)} has {_month(first, wording)} a month in either firm."
    shown_gap = abs(words.shown(second[EARNED], "money") - words.shown(first[EARNED], "money"))
    more = "more" if second[EARNED] > first[EARNED] else "less"
    price, *_ = (*losses(first, second, wording, OTHERS), "")
    return (
        f"In {words.the(second.name)} {words.one(wording.provider)} has {_month(second, wording)} a month, "
        f"{words.price(shown_gap)} {more} than in {words.the(first.name)}{f'; {price}' if price else ''}."
    )


def _alone(firm: Firm, wording: Words) -> str:
    opening = f"{words.one(wording.provider).capitalize()} has {_month(firm, wording)} a month in {words.the(firm.name)}"
    return (
        f"{opening}, which lives."
        if firm.lives
        else f"{words.the(firm.name, first=True)} runs dry in {_when(firm)}: it pays nobody from then on."
    )


def _when(firm: Firm) -> str:
    return month_in_words(firm["first_short_month"])


def _month(firm: Firm, wording: Words) -> str:
    return words.money(firm[EARNED], wording.currency)

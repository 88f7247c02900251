"""Materials of pages: the presets, and scenarios that ask too much of a sheet of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from coopfin import ASSUMPTIONS, AssumptionError, Assumptions, compare
from coopfin.comparison.scenario import Scenario
from coopfin.display.nouns import Words
from coopfin.report.material import Material
from coopfin.ui.session import presets

DAY = date(2026, 1, 31)
LINK = "https://coopfin.example/?preset=ride-hailing&version=1a2b3c4d&take_rate=0.207,0.14"
LONG = "{}. cooperative of all who drive and deliver in this region"
CHANGED = 50  # assumptions of each of two firms


@cache
def of_preset(name: str, link: str = LINK) -> Material:
    """A preset as it is."""
    base = presets.load(name)
    return Material(
        base.scenario, compare(base.scenario.enterprises), base.words, DAY, base.scenario, presets.evidence(base), link=link
    )


def nudged(a: Assumptions, part: float) -> Assumptions:
    """The first values that can be moved by a part of themselves."""
    count = 0
    for name, declared in ASSUMPTIONS.items():
        if count == CHANGED:
            break
        if declared.structural or declared.shared or declared.unit.whole:
            continue
        try:
            a, count = replace(a, **{name: float(getattr(a, name)) * part or 0.001}), count + 1
        except AssumptionError:
            continue
    return a


@cache
def too_much() -> Material:
    """Six columns with names as long as names may be, 100 changes, 60 long notes, a long title and link."""
    base = presets.load("ride-hailing").scenario
    firms = {name: nudged(a, part) for (name, a), part in zip(base.enterprises.items(), (1.01, 0.99), strict=True)}
    for number in range(4):
        firms[LONG.format(number)] = replace(base.enterprises["cooperative"], take_rate=0.02 * (number + 1))
    scenario = Scenario(firms, base.sources)
    notes = {(name, ""): ("what the board said of it in March, " * 9)[:199] + "." for name in list(ASSUMPTIONS)[:60]}
    wording = Words("A title that is far longer than it should be, " * 5, "driver", "drivers", "riders", "USD")
    link = f"{LINK}&{'take_rate=0.207,0.14&' * 90}"
    return Material(scenario, compare(firms), wording, DAY, base, notes=notes, link=link)

"""A red figure, what would mend it and what that costs, in words: the same on every page and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coopfin.comparison.cures import DRY, NO_SURPLUS, Cure, Need
from coopfin.comparison.measures import MEASURES
from coopfin.comparison.verdict import fate
from coopfin.display import words
from coopfin.display.losses import EVERYBODY, losses
from coopfin.display.nouns import Words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.calendar import month_in_words
from coopfin.engine.projection import Projection

NO_CURE = "No single lever within its usual range does it: several have to move, or the market has to be another one."
NOBODY = "in this model nobody pays for it; somebody has to do that work for less"


@dataclass(frozen=True)
class Told:
    """One cure in words: the lever, the value it takes, that it has now, and what it costs."""

    lever: str
    value: str
    now: str
    cost: str

    @property
    def line(self) -> str:
        """All of it as one line."""
        return f"{self.lever}: {self.value} instead of {self.now}; {self.cost}."


def needed(need: Need, projections: Mapping[str, Projection], wording: Words) -> str:
    """What is red, in one line."""
    x, name = projections[need.enterprise], need.enterprise
    if need.measure == DRY:
        found = fate(x)
        missing = words.money(float(found.gap), wording.currency)
        when = month_in_words(float(found.first_short_month))
        return f"{words.the(name, first=True)} runs dry in {when}; {missing} are missing at worst"
    if need.measure == NO_SURPLUS:
        missing = words.money(-float(x.surplus[-1]), wording.currency)
        return f"{words.the(name, first=True)} never has a surplus; in the last year {missing} are missing"
    measure, first = MEASURES[need.measure], next(iter(projections))
    here, there = (words.measured(float(measure(projections[each])), measure) for each in (name, first))
    return f"{measure.label}: {here} in {words.the(name)}, {there} in {words.the(first)}"


def told(cure: Cure, x: Projection, wording: Words) -> Told:
    """A cure of the firm whose projection is ``x``."""
    lever, after = ASSUMPTIONS[cure.lever], cure.after(x.assumptions)
    value, now = (words.setting(each, lever) for each in (cure.value, cure.now))
    unit = f" {wording.currency}" if wording.currency and lever.unit.name == "money" else ""
    before, then = ({name: float(MEASURES[name](each)) for name in EVERYBODY} for each in (x, after))
    lost = losses(before, then, wording)[:2]
    if not after.lows.lives:
        lost.insert(0, f"it is then {fate(after).when}")
    return Told(lever.label, f"{value}{unit}", f"{now}{unit}", " and ".join(lost) or NOBODY)

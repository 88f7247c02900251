"""How a scenario stands to what the law asks of a cooperative, and what the law would set in it.

Nothing here is legal advice, and nothing here stops anybody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.evidence.rules import (
    AT_LEAST,
    AT_MOST,
    BEFORE_TAX,
    BROKEN,
    HEADLINE,
    KEPT,
    NOT_VERIFIED,
    RULES,
    UNKNOWN,
    Cell,
    Jurisdiction,
    Rule,
)

ADVICE = "This is not legal advice. Laws change, and no table holds all of one: take the clause to a lawyer."
FLAG = {0.0: "no", 1.0: "yes"}
TOLERANCE = 1e-9  # a share typed with four decimals may be a hair below the one asked for


@dataclass(frozen=True)
class Finding:
    """How one firm stands to one rule: ``status`` is kept, broken or cannot be checked, ``words`` say why."""

    rule: Rule
    cell: Cell
    status: str
    words: str


@dataclass(frozen=True)
class Setting:
    """An assumption as the law asks for it; ``value`` is NaN where it cannot be set, and ``words`` say why."""

    assumption: str
    value: float
    words: str


def check(a: Assumptions, law: Jurisdiction, about: str | None = None) -> list[Finding]:
    """How the firm with assumptions ``a`` (one scenario) stands to every rule, or to those ``about`` one assumption."""
    return [_finding(a, law, rule) for rule in RULES.values() if about in (None, rule.assumption)]


def broken(a: Assumptions, law: Jurisdiction, about: str | None = None) -> list[Finding]:
    """The rules that ``a`` breaks, all of them or those ``about`` one assumption."""
    return [each for each in check(a, law, about) if each.status == BROKEN]


def _finding(a: Assumptions, law: Jurisdiction, rule: Rule) -> Finding:
    cell = law.cells[rule.name]
    if why := _unchecked(cell, rule):
        return Finding(rule, cell, UNKNOWN, why)
    if rule.asked is None:
        return Finding(rule, cell, KEPT, rule.unknown)
    value, asked, limit = float(getattr(a, rule.assumption)), asked_for(a, law, rule), cell.limit or rule.limit
    short = asked - value if limit == AT_LEAST else value - asked
    told = rounded(asked, limit)
    label = ASSUMPTIONS[rule.assumption].label
    if ASSUMPTIONS[rule.assumption].unit.name == "flag":
        words = f"{label}: {FLAG[value]}; by law: {FLAG[told]}"
    else:
        words = f"{label}: {_told(value)}; asked for: {limit} {_told(told)}{_why(law, rule, _taxed(a, law))}"
    if cell.kind:
        words = f"{words}; {cell.kind}"
    if short <= TOLERANCE:
        return Finding(rule, cell, KEPT, words)
    return Finding(rule, cell, rule.short_of, words if rule.short_of == BROKEN else f"{words}; {rule.unknown}")


def _unchecked(cell: Cell, rule: Rule) -> str:
    """Why a scenario cannot be held against a cell; empty where it can."""
    if not cell.verified:
        return "no source for this rule yet"
    if cell.kind == HEADLINE:
        return f"{HEADLINE}: a cooperative may be taxed otherwise"
    if not cell.has_amount:
        return f"{cell.kind} in what was read" if cell.kind else rule.unknown
    return ""


def asked_for(a: Assumptions, law: Jurisdiction, rule: Rule) -> float:
    """What the law asks of the rule's assumption: the one computation, for what is checked, told and set by a button."""
    assert rule.asked is not None
    return rule.asked(law, _taxed(a, law))


def _taxed(a: Assumptions, law: Jurisdiction) -> float:
    """The tax that a share of the surplus before tax is worked out with: the firm's own, as far as the law permits it."""
    cell, now = law.cells["tax_rate"], float(a.tax_rate)
    if _unchecked(cell, RULES["tax_rate"]):
        return now
    return min(now, cell.amount) if cell.limit == AT_MOST else max(now, cell.amount)


def _why(law: Jurisdiction, rule: Rule, tax_rate: float) -> str:
    """How the law's figures become the one that the model's reserve is held against."""
    if rule.assumption != "reserve_share":
        return ""
    cells = list(dict.fromkeys((law.cells["minimum_reserve"], law.cells[rule.name])))
    together = " and ".join(percent(cell.amount) for cell in cells if cell.has_amount)
    if tax_rate > 0 and any(cell.of == BEFORE_TAX for cell in cells):
        return f", because {together} before a tax of {percent(tax_rate)} is that much of what is left after it"
    return f", {together}" if len(cells) > 1 else ""


def _told(value: float) -> str:
    return percent(value) if math.isfinite(value) else "more than there is"


def rounded(asked: float, limit: str) -> float:
    """To the tenth of a percent that satisfies it, as people see and enter it."""
    if not math.isfinite(asked):
        return asked
    tenths = round(asked * 1000, 6)
    return (math.ceil(tenths) if limit == AT_LEAST else math.floor(tenths)) / 1000


def percent(ratio: float) -> str:
    """A ratio as percent with at most one decimal: 57.5 %."""
    return f"{round(ratio * 100, 1):g} %"


def settings(a: Assumptions, law: Jurisdiction) -> list[Setting]:
    """What the law fixes, assumption by assumption: the value to set, or why it stays as it is."""
    found: dict[str, Setting] = {}
    for rule in RULES.values():
        if rule.sets:
            setting = _setting(a, law, rule)
            earlier = found.get(rule.assumption)
            # Two rules on one assumption, reserve and funds: the later one holds the earlier one in it.
            if earlier is None or math.isnan(earlier.value):
                found[rule.assumption] = setting
            elif not math.isnan(setting.value):
                found[rule.assumption] = replace(setting, words=f"{earlier.words}; {setting.words}")
    return list(found.values())


def _setting(a: Assumptions, law: Jurisdiction, rule: Rule) -> Setting:
    cell, now = law.cells[rule.name], float(getattr(a, rule.assumption))
    if why := _unchecked(cell, rule):
        return Setting(rule.assumption, math.nan, why if cell.verified else NOT_VERIFIED)
    if rule.asked is None:
        return Setting(rule.assumption, math.nan, rule.unknown)
    limit = cell.limit or rule.limit
    asked = rounded(asked_for(a, law, rule), limit)
    if ASSUMPTIONS[rule.assumption].refuse(asked):
        return Setting(rule.assumption, math.nan, "the law asks for more than there is")
    if rule.exact:
        return Setting(rule.assumption, asked, cell.value)
    value = max(now, asked) if limit == AT_LEAST else min(now, asked)
    return Setting(rule.assumption, value, cell.value)

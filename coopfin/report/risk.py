"""What could go wrong: the lowest cash of each firm, how likely the answer is, what decides it, and what would mend it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from coopfin.comparison import cures
from coopfin.comparison.verdict import fate
from coopfin.display import cure_words, words
from coopfin.display.chance import chance
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import AssumptionError
from coopfin.evidence.ranges import NO_EVIDENCE, ends
from coopfin.report.material import Material
from coopfin.uncertainty.chances import MEASURE, chances
from coopfin.uncertainty.sensitivity import Bar, Tornado, tornado

DECIDE = 3
FEW = 3  # firms of which all is told
NAMED = 36  # signs of a name among many


def lowest(material: Material, firms: Sequence[str]) -> str:
    """The lowest cash of some firms, when, and whether they live, as a table; of many firms only who runs dry."""
    if len(firms) > FEW:
        return dry(material, firms)
    rows = ""
    for firm in firms:
        found = fate(material.comparison.projections[firm])
        low, month = words.amount(float(found.lowest_cash)), words.month(float(found.lowest_cash_month))
        kind, state = ("", "alive") if found.lives else ("dry", found.when)
        cells = f'<th scope="row">{escape(words.firm(firm))}</th><td>{low}<small>{month}</small></td><td>{state}</td>'
        rows += f'<tr class="{kind}">{cells}</tr>'
    heads = "".join(f'<th scope="col">{each}</th>' for each in ("Firm", "Lowest cash", "so it stays"))
    return f'<table class="small lows"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def dry(material: Material, firms: Sequence[str]) -> str:
    """Who runs dry, and when; the lowest cash of every firm stands in the table of the page."""
    fates = {firm: fate(material.comparison.projections[firm]) for firm in firms}
    told = "".join(
        f"<li>{escape(words.shortened(words.firm(firm), NAMED))}: {found.when}</li>"
        for firm, found in fates.items()
        if found.runs_dry
    )
    return f"<ul>{told}</ul>" if told else "<p>No firm is ever short of cash.</p>"


def likely(material: Material) -> str:
    """In how many of 100 futures the answer holds; why that cannot be said where there is no evidence."""
    firms = material.scenario.enterprises
    if len(firms) < 2:
        return ""
    if not material.ranges:
        return "<p>How likely is it? Nobody has said how far these assumptions may be off, so no chance is given.</p>"
    second = list(firms)[1]
    try:
        found = chances(firms, ends(material.ranges), alike=material.alike)
    except AssumptionError:
        return "<p>How likely is it? What was chosen lies outside what the evidence can be drawn around.</p>"
    told = chance(found.better_and_solvent[second], found.lives[second], second, material.wording)
    return f"<p>{escape(told)} <small>{found.draws:,} draws from the evidence ranges.</small></p>"


def decisive(material: Material) -> list[str]:
    """The three assumptions that move the answer most, each with its range, what it does, and whether it turns the answer."""
    firms = material.scenario.enterprises
    first, *others = firms
    found = tornado(firms, MEASURE, None if others else first, ends(material.ranges))
    bars = [bar for bar in found.bars if bar.evidence] or list(found.bars)
    return [_bar(bar, found, material) for bar in bars[:DECIDE] if bar.swing > 0]


def _bar(bar: Bar, found: Tornado, material: Material) -> str:
    lever, who = ASSUMPTIONS[bar.lever.assumption], words.one(material.wording.provider)
    whose = f", {bar.lever.enterprise}" if bar.lever.enterprise else ""
    low, high = (words.setting(each, lever) for each in (bar.low, bar.high))
    first, *others = material.scenario.enterprises
    if others:
        what = f"{who} has {_gap(bar.at_low)} or {_gap(bar.at_high)} a month than in {words.the(first)}"
    else:
        what = f"{who} has {words.value(bar.at_low, 'money')} or {words.value(bar.at_high, 'money')} a month"
    dry = [firm for firm in material.scenario.enterprises if any(firm in set(end.dry) - set(found.now.dry) for end in bar.ends)]
    turns = "; it can turn the answer" if found.turns(bar) else ""
    short = f"; {' and '.join(map(words.the, dry))} may run dry" if dry else ""
    return f"{lever.label}{whose}, at {low} or {high}{'' if bar.evidence else ' (' + NO_EVIDENCE + ')'}: {what}{turns}{short}."


def _gap(value: float) -> str:
    if math.isnan(value):
        return "no value"
    return f"{words.price(abs(value))} {'more' if value >= 0 else 'less'}"


def mending(material: Material) -> Iterator[str]:
    """What would mend the survival of each firm that runs dry or never has a surplus: the smallest move of one lever."""
    projections = material.comparison.projections
    for need in cures.needs({firm: projections[firm] for firm in material.firms}):
        if need.measure not in (cures.DRY, cures.NO_SURPLUS):
            continue
        x = projections[need.enterprise]
        found = cures.cures(x.assumptions, need.goal)
        cure = cure_words.told(found[0], x, material.wording).line if found else cure_words.NO_CURE
        yield f"{cure_words.needed(need, projections, material.wording)}. What would do: {cure}"

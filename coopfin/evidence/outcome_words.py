"""What each side of a preset wins and what it depends on, in one paragraph written from the numbers, and in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import numpy as np

from coopfin.comparison.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.projection import Projection
from coopfin.evidence.outcomes import DRAWS, EARNED, EQUAL, Dependence, Outcome

MOST = 3  # named of what it depends on
INTRODUCTION = (
    "Written from the numbers by `python docs/presets.py`; a test holds that it is up to date. One market for both firms, one "
    "rule for the capital of both, a sale that is probable and not certain, providers' own costs paid. Draws come from the "
    "ranges of evidence in `sample_data/ranges`, each independent of the others; no firm reacts to losses."
)
HEADS = (
    "Preset", "Firm", "A provider's month", "Stays, months", "Does better at", "Lowest cash", "With demand a quarter lower",
    "Lives, of 100 draws", "Earns more and lives, of 100 draws", "It turns on",
)  # fmt: skip


class Said(Protocol):
    """The words of a preset."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def provider(self) -> str:
        """Who works or sells through it, one."""

    @property
    def providers(self) -> str:
        """The same, many."""

    @property
    def currency(self) -> str:
        """The code of its currency."""


def money(value: float) -> str:
    """An amount to the nearest whole unit; the sign of a loss in front."""
    return f"{'−' if round(value) < 0 else ''}{abs(round(value)):,}"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _percent(ratio: float) -> str:
    return f"{100 * ratio:.{0 if ratio >= 0.1 else 1}f} %"


def hundred(share: float) -> str:
    """A share of draws as so many of a hundred."""
    return f"{round(100 * share)} of 100"


def paragraph(found: Outcome, said: Said) -> str:
    """The whole paragraph."""
    return " ".join(sentence for sentence in _sentences(found, said) if sentence)


def _sentences(found: Outcome, said: Said) -> Iterator[str]:
    yield from _dead(found)
    yield _pay(found, said)
    yield from (_doors(found, said, firm) for firm in found.names)
    yield from (_better(found, firm) for firm in found.names)
    yield from (_gifts(found, said, firm) for firm in found.names)
    yield _slower(found, said)
    yield _chances(found, said)
    yield _turns(found)


def _dead(found: Outcome) -> Iterator[str]:
    for firm in found.names:
        if not found.lives(firm):
            month = int(found.projections[firm].lows.first_short_month)
            yield f"The {firm} runs out of cash in month {month}: what it pays after that nobody would get."


def _pay(found: Outcome, said: Said) -> str:
    first, second = found.names
    now = {firm: found.value(EARNED, firm) for firm in found.names}
    stays = {firm: found.value("expected_stay", firm) for firm in found.names}
    gap = (now[second] - now[first]) / now[first]
    told = "about the same" if abs(gap) <= EQUAL else f"{_percent(abs(gap))} {'more' if gap > 0 else 'less'}"
    return (
        f"After own costs {_a(said.provider)} is left with {money(now[second])} {said.currency} a month at the {second} and "
        f"{money(now[first])} at the {first}, {told}, and stays {stays[second]:.0f} months there against {stays[first]:.0f}."
    )


def _doors(found: Outcome, said: Said, firm: str) -> str:
    open_to_all = found.with_open_doors(firm)
    if open_to_all is None:
        return ""
    return (
        f"The {firm} admits only as many as there is work for; with open doors {_a(said.provider)} would be left with "
        f"{money(open_to_all)}."
    )


def _better(found: Outcome, firm: str) -> str:
    wins = [MEASURES[name].label.lower() for name in found.wins(firm)]
    return (
        f"The {firm} does better at {len(wins)} of the figures below: {'; '.join(wins)}." if wins else f"The {firm} wins nothing."
    )


def _gifts(found: Outcome, said: Said, firm: str) -> str:
    a = found.enterprises[firm]
    told = []
    if float(a.grants) > 0:
        told.append(f"was given {money(float(a.grants))} {said.currency} that it never pays back")
    if np.isnan(found.value("break_even_year", firm)):
        told.append("never breaks even")
    if found.missing_at_par(firm) > 0:
        told.append(
            f"owes {money(found.missing_at_par(firm))} {said.currency} in the end that is not there, though its return counts it"
        )
    return f"The {firm} {' and '.join(told)}." if told else ""


def _slower(found: Outcome, said: Said) -> str:
    parts = [f"the {firm} {_short(x, said.currency)}" for firm, x in found.slower.items()]
    return f"If demand grows a quarter less, {' and '.join(parts)}."


def _short(x: Projection, currency: str) -> str:
    if bool(x.lows.lives):
        return f"never runs short (lowest cash {money(float(x.lows.lowest_cash))})"
    return f"runs short in month {int(x.lows.first_short_month)} and lacks up to {money(float(x.lows.funding_gap))} {currency}"


def _chances(found: Outcome, said: Said) -> str:
    odds = found.chances
    if odds is None:
        return "There are no ranges of evidence here: every number is round, and yours to replace."
    first, second = found.names
    return (
        f"Of {DRAWS:,} draws from the evidence, {said.providers} earn more at the {second} and it lives in "
        f"{hundred(odds.earns_more_and_lives)}; the {second} lives in {hundred(odds.lives[second])}, the {first} in "
        f"{hundred(odds.lives[first])}."
    )


def _turns(found: Outcome) -> str:
    if not found.ranges:
        return ""
    turning = [_called(each) for each in found.dependence if each.turns][:MOST]
    moving = [_called(each) for each in found.dependence[:MOST]]
    if turning:
        return f"Taken one at a time, who pays better turns on: {'; '.join(turning)}."
    return f"No range, taken alone, turns who pays better; most moves it: {'; '.join(moving)}."


def _called(each: Dependence) -> str:
    label = ASSUMPTIONS[each.evidence.uncertain.assumption].label.lower()
    return f"{label} of the {each.evidence.uncertain.enterprise}" if each.evidence.uncertain.enterprise else label


def rows(found: Outcome, said: Said) -> Iterator[tuple[str, ...]]:
    """A row for each firm of a preset, under ``HEADS``."""
    odds, second = found.chances, found.names[1]
    turns = "; ".join(_called(each) for each in found.dependence if each.turns) or "nothing alone"
    for firm in found.names:
        x = found.slower[firm]
        short = "" if bool(x.lows.lives) else f", short from month {int(x.lows.first_short_month)}"
        yield (
            said.title,
            firm,
            money(found.value(EARNED, firm)),
            f"{found.value('expected_stay', firm):.0f}",
            "; ".join(MEASURES[name].label.lower() for name in found.wins(firm)) or "nothing",
            money(found.value("lowest_cash", firm)),
            f"{money(float(x.lows.lowest_cash))}{short}",
            f"{100 * odds.lives[firm]:.0f}" if odds else "no ranges",
            f"{100 * odds.earns_more_and_lives:.0f}" if odds and firm == second else "",
            (turns if odds else "no ranges") if firm == second else "",
        )


def markdown(presets: Mapping[str, tuple[Outcome, Said]]) -> str:
    """Every preset's paragraph, and the table of all outcomes, for the documents."""
    lines = ["# What each preset says", "", INTRODUCTION, ""]
    for found, said in presets.values():
        lines += [f"## {said.title}", "", paragraph(found, said), ""]
    table = [row for found, said in presets.values() for row in rows(found, said)]
    lines += ["## All outcomes", "", f"| {' | '.join(HEADS)} |", "|---" * len(HEADS) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in table)]) + "\n"

"""What all the numbers stand on, counted: the answer of the page."""

from __future__ import annotations

from collections import Counter

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import Assumption
from coopfin.evidence.facts import read_facts
from coopfin.evidence.sources import read_source
from coopfin.ui.session.state import State

PUBLISHED, FROM_PUBLISHED, ASSUMED, OWN, DEFAULT = (
    "are published", "assumed from published figures", "assumed with a reason", "with a source of the file's own",
    "the model's defaults",
)  # fmt: skip


def answer(now: State) -> str:
    """How many values stand on what, and how many differ between the firms; 25 words at most."""
    counted = Counter(_kind(now.scenario.sources.get(each.name, "")) for each in ASSUMPTIONS.values())
    told = [f"{counted[kind]} {kind}" for kind in (PUBLISHED, FROM_PUBLISHED, ASSUMED, OWN, DEFAULT) if counted[kind]]
    apart = sum(len({now.value(name, firm) for firm in now.enterprises}) > 1 for name in ASSUMPTIONS)
    differ = f"; {apart} differ between firms" if len(now.enterprises) > 1 else ""
    return f"Of {len(ASSUMPTIONS)} values, {', '.join(told)}{differ}."


def source(now: State, each: Assumption) -> str:
    """What one value stands on, in words."""
    if own := now.scenario.sources.get(each.name):
        return f"Source here: {own}"
    fact = read_facts().get(each.source)
    if fact is None:
        return f"Here: the model's default; {each.source}"
    return f"Here: the model's default. The figure above: {fact.source_title}, {fact.year} ({fact.address})"


def _kind(text: str) -> str:
    if not text:
        return DEFAULT
    try:
        found = read_source(text)
    except ValueError:
        return OWN
    if found.is_assumption:
        return FROM_PUBLISHED if found.facts else ASSUMED
    return PUBLISHED if found.facts else OWN

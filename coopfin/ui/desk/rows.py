"""The main levers of the desk: twelve rows, chosen by what moves a provider's income most over the presets' evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT
from coopfin.engine.declaration import Assumption, AssumptionError
from coopfin.evidence.outcomes import Outcome
from coopfin.evidence.ranges import NO_EVIDENCE, ends
from coopfin.ui.levers import LawMark, Lever, Thumb
from coopfin.ui.parts import colours, words
from coopfin.ui.plans import noted
from coopfin.ui.session import presets
from coopfin.ui.session.base import Base
from coopfin.ui.session.state import State
from coopfin.ui.shell import law_marks, split
from coopfin.uncertainty.chances import chances as draw

MARKET = "The market, for all"
FIRMS = "What each firm decides"
SURPLUS = "The surplus"
GROUPS: Mapping[str, tuple[str, ...]] = {
    FIRMS: ("take_rate", "price", "open_doors", "product_team", "marketing_rate"),
    MARKET: ("sales_per_provider", "demand_first", "churn", "outside_keep", "spend_response"),
    SURPLUS: ("patronage_share", "community_share"),
}
ALL = ""  # the firm of a thumb that moves every firm
SHAPES = ("circle", "square", "triangle", "bar", "down", "ring", "cross")


def rows(now: State) -> list[Lever]:
    """The rows as they stand now."""
    return [_row(now, name, group) for group, names in GROUPS.items() for name in names]


def holders(now: State, lever: str, firm: str) -> tuple[str, ...]:
    """Whose value a thumb moves."""
    return tuple(now.enterprises) if firm == ALL else (firm,)


def _row(now: State, name: str, group: str) -> Lever:
    each = ASSUMPTIONS[name]
    together = group == MARKET and len({(now.value(name, e), now.base_value(name, e)) for e in now.enterprises}) == 1
    firms = [ALL] if together else now.enterprises
    thumbs = tuple(_thumb(now, each, firm, column) for column, firm in enumerate(firms))
    ends = [*each.plausible, *(value for thumb in thumbs for value in (thumb.value, thumb.base))]
    return Lever(
        name, each.label, each.unit.name, min(each.plausible[0], *ends), max(each.plausible[1], *ends), thumbs, each.help,
        effect(now.base, name, now), group, note=_note(now, name), possible=each.unit.ends, whole=each.unit.whole,
        low_open=each.unit.low_open,
    )  # fmt: skip


def _thumb(now: State, each: Assumption, firm: str, column: int) -> Thumb:
    if firm == ALL:
        first = now.enterprises[0]
        return Thumb(ALL, "", now.value(each.name, first), now.base_value(each.name, first))
    return Thumb(
        firm, words.firm(firm), now.value(each.name, firm), now.base_value(each.name, firm),
        colours.shades(now.marks)[column], SHAPES[now.marks[column] % len(SHAPES)], _law(now, each.name, firm),
    )  # fmt: skip


def _law(now: State, name: str, firm: str) -> LawMark | None:
    law = law_marks.chosen_law()
    if law is None or firm != law_marks.cooperative(now):
        return None
    return law_marks.mark(law_marks.assumptions(now), law, name)


def _note(now: State, name: str) -> str:
    """Under a row its notes; under the last row of the split the parts and the rest, or why the split moves nothing."""
    written = noted.of_lever(now, name)
    if name != GROUPS[SURPLUS][-1]:
        return written
    told = split.idle(now.comparison.projections[now.cooperative], now.cooperative) or split.sentence(now, now.cooperative)
    return f"{told} {written}".strip()


def effect(base: Base, name: str, now: State) -> str:
    """What a lever does, small beside its name: how far it moves the difference in pay over its evidence range."""
    swing = _effects(base).get(name)
    if name in SPLIT and split.idle(now.comparison.projections[now.cooperative], now.cooperative):
        return "no surplus to split"
    if swing is None:
        return NO_EVIDENCE if presets_with_evidence(base) else ""
    return f"moves it by {words.price(swing)}" if swing >= 0.5 else "moves it by 0"


def presets_with_evidence(base: Base) -> bool:
    """Whether the base is a preset that ships ranges."""
    return base.key in presets.names() and bool(presets.ranges(base.key))


def outcome(base: Base) -> Outcome | None:
    """What evidence makes of the preset as it is; None for a file, or where there are no ranges."""
    preset = presets.load(base.key) if presets_with_evidence(base) else None
    return _outcome(preset) if preset is not None and len(preset.enterprises) > 1 else None


@lru_cache(maxsize=64)
def _outcome(base: Base) -> Outcome:
    return Outcome(base.scenario.enterprises, presets.ranges(base.key))


@lru_cache(maxsize=64)
def _effects(base: Base) -> Mapping[str, float]:
    """The largest swing of the difference in a provider's month, by assumption, over the ranges of evidence."""
    found = outcome(base)
    swings: dict[str, float] = {}
    for each in found.dependence if found else ():
        name = each.evidence.uncertain.assumption
        swings[name] = max(swings.get(name, 0.0), each.swing)
    return swings


@st.cache_data(max_entries=512, show_spinner=False)
def chances(key: tuple[object, ...], _now: State) -> tuple[float, float] | None:
    """In what share of futures the second firm pays more and lives, and in what share it lives; None without evidence."""
    ranges = ends(presets.evidence(_now.base))
    if not ranges or len(_now.enterprises) < 2:
        return None
    second = _now.enterprises[1]
    try:
        found = draw(_now.scenario.enterprises, ranges, alike=_now.base.alike)
    except AssumptionError:  # the ends of what is known cannot stand beside what was chosen
        return None
    return found.better_and_solvent[second], found.lives[second]

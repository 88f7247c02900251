"""The main levers of every page: twelve rows, chosen by what moves a provider's income most over the presets' evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from coopfin.display import colours, words
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT
from coopfin.engine.declaration import Assumption, AssumptionError
from coopfin.evidence.ranges import ends
from coopfin.ui.levers import LawMark, Lever, Thumb, moves
from coopfin.ui.plans import noted
from coopfin.ui.session import presets, state
from coopfin.ui.session.base import Base
from coopfin.ui.session.state import State
from coopfin.ui.shell import law_marks, split
from coopfin.uncertainty.sensitivity import effects

MARKET = "The market, for all"
FIRMS = "What each firm decides"
SURPLUS = "The surplus"
GROUPS: Mapping[str, tuple[str, ...]] = {
    FIRMS: ("take_rate", "price", "open_doors", "product_team", "marketing_rate"),
    MARKET: ("sales_per_provider", "demand_first", "churn", "outside_keep", "spend_response"),
    SURPLUS: ("patronage_share", "community_share"),
}
NAMES = tuple(name for names in GROUPS.values() for name in names)
KEY = "levers"  # of the component that holds them
ALL = ""  # the firm of a thumb that moves every firm


def heard(key: str = KEY) -> None:
    """Take the moves of the levers of this key into the state, before anything is drawn of it."""
    for move in moves(key):
        if move.lever in ASSUMPTIONS:
            state.move(move.lever, holders(state.current(), move.lever, move.firm), move.value)


def rows(now: State) -> list[Lever]:
    """The main levers as they stand now."""
    return [row(now, name, group) for group, names in GROUPS.items() for name in names]


def holders(now: State, lever: str, firm: str) -> tuple[str, ...]:
    """Whose value a thumb moves."""
    return tuple(now.enterprises) if firm == ALL else (firm,)


def row(now: State, name: str, group: str = "") -> Lever:
    """One assumption as a row: a thumb for each firm, or one for all where it is shared or all stand at one place."""
    each = ASSUMPTIONS[name]
    places = {(now.value(name, firm), now.base_value(name, firm)) for firm in now.enterprises}
    together = (group == MARKET or each.shared) and len(places) == 1
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
        colours.shades(now.marks)[column], colours.SHAPES[now.marks[column] % len(colours.SHAPES)], _law(now, each.name, firm),
    )  # fmt: skip


def _law(now: State, name: str, firm: str) -> LawMark | None:
    return law_marks.mark(now, name) if firm == law_marks.cooperative(now) else None


def _note(now: State, name: str) -> str:
    """What else is to be said of a row: that a value was refused, a rule of the law it breaks, a note, what the split makes."""
    told = [f"{why}. The value stays as it was." for (refused, _), why in state.record().refused.items() if refused == name][:1]
    told += [law_marks.told(now, name), noted.of_lever(now, name)]
    if name == GROUPS[SURPLUS][-1]:
        firm = now.cooperative
        told += [state.record().taken, split.sentence(now, firm), split.idle(now.comparison.projections[firm], firm) or ""]
    return " ".join(filter(None, told))


def effect(base: Base, name: str, now: State) -> str:
    """What a lever does, small beside its name: how far it moves the difference in pay over its evidence range.

    Where nothing is known of it, over its whole track.
    """
    if name in SPLIT and split.idle(now.comparison.projections[now.cooperative], now.cooperative):
        return "no surplus to split"
    swing, known = _effects(base).get(name, (math.nan, False))
    what = "the pay gap" if len(now.enterprises) > 1 else "pay"
    if math.isnan(swing):
        return ""
    if swing < 0.5:
        return f"does not move {what}"
    return f"moves {what} by {words.amount(swing)} a month" if known else f"no evidence; up to {words.amount(swing)} a month"


@lru_cache(maxsize=64)
def _effects(base: Base) -> Mapping[str, tuple[float, bool]]:
    """The largest swing of the difference in a provider's month, by assumption, and whether evidence says how far it goes."""
    swings: dict[str, tuple[float, bool]] = {}
    try:
        found = effects(base.scenario.enterprises, ends(presets.evidence(base)))
    except AssumptionError:  # what is one market for all differs between the firms
        return swings
    for lever, bar in found.items():
        swing, known = swings.get(lever.assumption, (0.0, False))
        known, swing = max((known, swing), (bar.evidence, bar.swing))
        swings[lever.assumption] = swing, known
    return swings

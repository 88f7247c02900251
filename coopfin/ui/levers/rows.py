"""What a row of levers is made of, and the values a thumb can stop at. Values are raw: a ratio is 0.15, not 15."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import Any

MOST_STOPS = 181  # as many points as one sweep has at most, beside the values that stand there already


@dataclass(frozen=True)
class LawMark:
    """What the law asks, as a mark on the track: where it stands, and in words."""

    value: float
    text: str


@dataclass(frozen=True)
class Thumb:
    """One firm's thumb on a track; ``firm`` is what a move names, ``label`` what the reader sees.

    A shared assumption has one thumb, without a label. ``colour`` is any CSS colour, ``var(--firm-0)`` too; empty:
    the colour of text. ``shape`` is one of ``colours.SHAPES``, or ``plain``.
    """

    firm: str
    label: str
    value: float
    base: float
    colour: str = ""
    shape: str = "plain"
    law: LawMark | None = None


@dataclass(frozen=True)
class Lever:
    """One row: an assumption with a thumb for each firm it is set for.

    ``low`` and ``high`` are the ends of the track, ``possible`` those of the exact entry; ``low_open`` leaves the lower one
    out. ``effect`` says what the lever does, ``help`` what it is, ``note`` what else is to be said under it.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    thumbs: tuple[Thumb, ...]
    help: str = ""
    effect: str = ""
    group: str = ""
    note: str = ""
    possible: tuple[float, float] = (0.0, math.inf)
    low_open: bool = False
    whole: bool = False

    @property
    def grid(self) -> tuple[float, ...]:
        """Where the row's thumbs can stop wherever they stand: round values, both ends and every base."""
        return stops(self.low, self.high, percent=self.percent, whole=self.whole, keep=[each.base for each in self.thumbs])

    @property
    def points(self) -> tuple[float, ...]:
        """The grid and every value: the points of a sweep."""
        return tuple(sorted({*self.grid, *(each.value for each in self.thumbs if self.low <= each.value <= self.high)}))

    @property
    def percent(self) -> bool:
        """Whether the reader sees a ratio, as per cent."""
        return self.unit in ("share", "rate")


def stops(
    low: float, high: float, *, percent: bool = False, whole: bool = False, keep: Iterable[float] = ()
) -> tuple[float, ...]:
    """From ``low`` to ``high`` in round steps as the reader sees them, with both ends and what of ``keep`` lies between.

    Each is the float nearest to the decimal shown, so that it equals what is typed, and what a file holds.
    """
    return _stops(low, high, percent, whole, tuple(keep))


@lru_cache(maxsize=256)
def _stops(low: float, high: float, percent: bool, whole: bool, keep: tuple[float, ...]) -> tuple[float, ...]:
    shift = 2 if percent else 0
    first, last = (Decimal(repr(end)).scaleb(shift) for end in (low, high))
    step = _step(last - first, whole=whole)
    inside = (step * k for k in range(math.ceil(first / step), math.floor(last / step) + 1))
    values = {float(each.scaleb(-shift)) for each in inside} | {low, high} | {each for each in keep if low <= each <= high}
    return tuple(sorted(value + 0.0 for value in values))


def _step(span: Decimal, *, whole: bool) -> Decimal:
    """The finest of 1, 2, 5, 10, ... that cuts ``span`` into fewer than ``MOST_STOPS`` steps."""
    power = Decimal(1).scaleb((span / MOST_STOPS).adjusted())
    round_ones = (power * Decimal(m) for m in ("1", "2", "5", "10", "20"))
    fine = next(each for each in round_ones if each * (MOST_STOPS - 1) >= span)
    return max(Decimal(1), fine.to_integral(ROUND_CEILING)) if whole else fine


def plain(rows: Sequence[Lever], currency: str) -> str:
    """The rows as the browser gets them, as JSON, without what changes with a move: values and notes."""
    return f"[{', '.join(_told(_without_values(each), currency) for each in rows)}]"


def _without_values(lever: Lever) -> Lever:
    return replace(lever, note="", thumbs=tuple(replace(each, value=0.0) for each in lever.thumbs))


@lru_cache(maxsize=1024)
def _told(lever: Lever, currency: str) -> str:
    return json.dumps(_row(lever, currency))


def _row(lever: Lever, currency: str) -> dict[str, Any]:
    low, high = (None if math.isinf(end) else end for end in lever.possible)
    behind = {"share": "%", "rate": "%", "multiple": "×"}.get(lever.unit, "")
    return {
        "name": lever.name, "label": lever.label, "group": lever.group, "help": lever.help, "effect": lever.effect,
        "low": lever.low, "high": lever.high, "points": lever.grid,
        "least": low, "most": high, "open": lever.low_open, "whole": lever.whole, "percent": lever.percent,
        "sign": behind, "spoken": behind or {"money": currency, "years": "years"}.get(lever.unit, ""),
        "thumbs": [_thumb(each) for each in lever.thumbs],
    }  # fmt: skip


def _thumb(thumb: Thumb) -> dict[str, Any]:
    law = {"value": thumb.law.value, "text": thumb.law.text} if thumb.law else None
    return {
        "firm": thumb.firm, "label": thumb.label, "base": thumb.base, "colour": thumb.colour, "shape": thumb.shape, "law": law,
    }  # fmt: skip

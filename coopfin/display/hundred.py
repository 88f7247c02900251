"""Of every 100 of sales, where it goes and where it comes from, as the statement lines declare it. Both add up alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from coopfin.engine import lines
from coopfin.engine.lines import LINES, Line
from coopfin.engine.projection import Projection, once

# To whom money goes, in the order of the bar; ``{providers}`` is what the preset calls them.
USES = {
    lines.PROVIDERS: "{providers}, for their work",
    lines.MEMBERS: "{providers}, as members",
    lines.FOUNDERS: "the founders, as pay",
    lines.SERVICE: "payments, insurance and service",
    lines.RUNNING: "staff who run it",
    lines.BUILDING: "product, marketing, recruiting",
    lines.INVESTORS: "lenders and investors",
    lines.STATE: "the state, as tax",
    lines.COMMUNITY: "the community",
    lines.COMMON: "reserve and development",
    lines.FIRM: "kept by the firm",
}
SOURCES = {"gross_sales": "from buyers", "ancillary_revenue": "from advertising and data", "interest_income": "interest on cash"}
LOSS = "lost: paid out of capital and debt"
TENTHS = 1000  # the sales


@cache
def lines_of(use: str) -> tuple[Line, ...]:
    """The lines whose money goes there."""
    return tuple(each for each in LINES.values() if each.goes_to == use)


@dataclass(frozen=True)
class Hundred:
    """Of every 100 of sales, in tenths: what goes where, and what it is paid from. Both add up to ``length``."""

    uses: Mapping[str, int]
    sources: Mapping[str, int]

    @property
    def length(self) -> int:
        """All uses together; 1000 is what buyers pay."""
        return sum(self.uses.values())


@once
def hundred(x: Projection) -> Hundred | None:
    """The split over all years; None where there are no sales."""
    return hundred_of(lambda line: float(x.total(line)))


def hundred_of(total: Callable[[str], float]) -> Hundred | None:
    """The split, from the total of every line. Tenths are rounded so that both sides add up exactly."""
    sales = total("gross_sales")
    if not sales > 0:
        return None
    uses = {use: sum(total(line.name) for line in lines_of(use)) / sales * TENTHS for use in USES}
    sources = {name: total(name) / sales * TENTHS for name in SOURCES}
    sources[LOSS] = -total("deficit_covered") / sales * TENTHS
    from_elsewhere = _whole({name: value for name, value in sources.items() if name != "gross_sales"})
    told = {SOURCES.get(name, name): value for name, value in from_elsewhere.items()}
    return Hundred(_whole(uses, TENTHS + sum(told.values())), {SOURCES["gross_sales"]: TENTHS} | told)


def _whole(parts: Mapping[str, float], together: int | None = None) -> dict[str, int]:
    """Whole numbers for parts, by largest remainder, so that they add up to ``together``."""
    asked = round(sum(parts.values())) if together is None else together
    whole = {name: int(part // 1) for name, part in parts.items()}
    by_remainder = sorted(parts, key=lambda name: whole[name] - parts[name])
    left = asked - sum(whole.values())
    for name in by_remainder[:left] if left > 0 else by_remainder[::-1][:-left]:
        whole[name] += 1 if left > 0 else -1
    return whole


def tenths(value: int) -> str:
    """Tenths as a number with one decimal."""
    return f"{value / 10:.1f}"

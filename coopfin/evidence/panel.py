"""Back-tests that could fail: the model set to a company's year foresees the next one, against two naive guesses.

What the model adds to "as last year" is two things only: growth that falls on a straight line, and fixed costs that do
not grow with revenue. A hit counts only where the model is within the tolerance and nearer than both guesses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from coopfin.engine.assumptions import Assumptions
from coopfin.engine.projection import Projection, project
from coopfin.evidence.cases import nothing, read_texts
from coopfin.evidence.series import PARTS, Company, companies

REVENUE, MARGIN = "revenue", "margin"
FIXED = {"research": "product_team", "administration": "overhead"}  # money that grows with prices
RATES = {"cost": "service_rate", "marketing": "marketing_rate"}  # shares of revenue, so "as last year" in the model too
LABELS = {
    REVENUE: "Revenue", MARGIN: "Operating margin", "cost": "Cost of revenue", "marketing": "Marketing",
    "research": "Research and development", "administration": "Administration",
}  # fmt: skip
GREATEST = 0.9  # of a fall in demand that a straight line may start from


@dataclass(frozen=True)
class Foresight:
    """One figure of the year after: the model's, the two guesses, and what was published."""

    company: str
    year: int  # the year that is foreseen
    what: str
    model: float
    as_last_year: float
    half_growth: float
    published: float

    @property
    def tolerance(self) -> float:
        """How far off still counts: points of revenue for a margin, else a part of the published figure."""
        limits = read_texts("panel.toml")["tolerances"]
        return float(limits["margin"] if self.what == MARGIN else limits["share"] * abs(self.published))

    def error(self, guess: float) -> float:
        """How far off a guess is, in the figure's own unit."""
        return abs(guess - self.published)

    @property
    def within(self) -> bool:
        """Whether the model is within the tolerance."""
        return self.error(self.model) <= self.tolerance

    @property
    def hit(self) -> bool:
        """Whether the model is within the tolerance and nearer than both guesses."""
        naive = min(self.error(self.as_last_year), self.error(self.half_growth))
        return self.within and self.error(self.model) < naive - 1e-12


@dataclass(frozen=True)
class Score:
    """How often, of how many: hits that beat the guesses, within the tolerance, and the guess "as last year" within it."""

    what: str
    tried: int
    hits: int
    within: int
    naive_within: int
    error: float  # median, of the model
    naive_error: float  # median, of "as last year"


@cache
def panel() -> tuple[Foresight, ...]:
    """Every company, every year that has one before it and one after it."""
    return tuple(each for company in companies() for each in _of_company(company))


def _of_company(company: Company) -> Iterator[Foresight]:
    for year in company.revenue:
        growth = company.growth(year)
        if growth is not None and year + 1 in company.revenue:
            found = foresee(company, year, 1)
            yield from _of_year(company, year, growth, found)


def _of_year(company: Company, year: int, growth: float, found: Mapping[str, float]) -> Iterator[Foresight]:
    revenue, after = company.revenue[year], year + 1
    guesses = revenue * (1 + growth), revenue * (1 + growth / 2)
    yield Foresight(company.name, after, REVENUE, found[REVENUE], *guesses, company.revenue[after])
    if year in company.margin and after in company.margin and MARGIN in found:
        naive = company.margin[year]
        yield Foresight(company.name, after, MARGIN, found[MARGIN], naive, naive, company.margin[after])
    for part, shares in company.shares.items():
        if part in FIXED:
            yield Foresight(company.name, after, part, found[part], shares[year], shares[year], shares[after])


def foresee(company: Company, year: int, ahead: int) -> dict[str, float]:
    """What the model, set to ``year``, says of the year ``ahead`` years later: revenue in millions, shares, margin."""
    x = project(_set_to(company, year, ahead))
    revenue = float(x.revenue[-1])
    lines = {"cost": x.service_costs, "marketing": x.marketing, "research": x.product, "administration": x.overhead_costs}
    found = {part: float(lines[part][-1]) / revenue for part in company.shares}
    if year in company.margin:
        found[MARGIN] = float(x.operating_surplus[-1]) / revenue
    return found | {REVENUE: revenue}


def _set_to(company: Company, year: int, ahead: int) -> Assumptions:
    settings = read_texts("panel.toml")["settings"]
    growth = max(-GREATEST, company.growth(year) or 0.0)
    step = (settings["last_growth"] - growth) / (settings["path_years"] - 1)
    shares = {part: each[year] for part, each in company.shares.items()}
    rest = 1 - company.margin[year] - sum(shares.values()) if year in company.margin else 0.0
    a = nothing(
        years=1 + ahead,
        demand_first=growth,
        demand_last=growth + step * ahead,
        intake_first=10.0,  # providers follow a demand that grows
        intake_last=10.0,
        open_doors=0.0,
        crowding=1.0,  # sales are what buyers want, in a fall as well
        inflation=settings["inflation"],
        take_rate=1.0,
        sales_per_provider=company.revenue[year],
        operations_rate=min(max(0.0, rest), 1.0),
        processing_rate=max(0.0, rest - 1.0),  # an impairment larger than all revenue
        **{name: shares.get(part, 0.0) for part, name in RATES.items()},
        **{name: shares.get(part, 0.0) * company.revenue[year] for part, name in FIXED.items()},
    )
    # Growth within the year makes its sum more than twelve times its first month: set the sum, not the first month.
    return replace(a, sales_per_provider=company.revenue[year] ** 2 / float(_first_year(a).revenue[1]))


def _first_year(a: Assumptions) -> Projection:
    return project(replace(a, years=1, demand_last=a.demand_first))


@cache
def scores() -> tuple[Score, ...]:
    """The panel by what was foreseen, and all of it together at the end."""
    kinds = [*dict.fromkeys(each.what for each in panel())]
    return (*(_score(kind, [each for each in panel() if each.what == kind]) for kind in kinds), _score("all", panel()))


def _score(what: str, found: tuple[Foresight, ...] | list[Foresight]) -> Score:
    relative = [(each, 1.0 if each.what == MARGIN else abs(each.published)) for each in found]
    return Score(
        what,
        len(found),
        sum(each.hit for each in found),
        sum(each.within for each in found),
        sum(each.error(each.as_last_year) <= each.tolerance for each in found),
        median(each.error(each.model) / size for each, size in relative),
        median(each.error(each.as_last_year) / size for each, size in relative),
    )


@dataclass(frozen=True)
class BaseRate:
    """How often a share of revenue is within the tolerance of the year before, of how many years."""

    part: str
    carried: int
    years: int


@cache
def base_rates() -> tuple[BaseRate, ...]:
    """What simply stays as it was: no merit of the model."""
    share = read_texts("panel.toml")["tolerances"]["share"]
    found = []
    for part in PARTS:
        pairs = [
            (each[year], each[year - 1])
            for c in companies()
            for each in [c.shares.get(part, {})]
            for year in each
            if year - 1 in each
        ]
        found.append(BaseRate(part, sum(abs(now / before - 1) <= share for now, before in pairs), len(pairs)))
    return tuple(found)


@cache
def margin_drift() -> tuple[float, int]:
    """By how much a margin differs from the year before, in the median, and of how many years."""
    moves = [abs(c.margin[year] - c.margin[year - 1]) for c in companies() for year in c.margin if year - 1 in c.margin]
    return (median(moves) if moves else math.nan), len(moves)

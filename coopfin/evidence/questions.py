"""The hard questions in numbers: what a firm would be without one difference, and shares that say how large it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from coopfin.comparison.measures import MEASURES
from coopfin.engine.events import papers, rounds
from coopfin.engine.projection import Projection, project
from coopfin.engine.units import Array
from coopfin.evidence.cases import published
from coopfin.members.votes import HALF, fewest_people, votes_by_shares

PROVIDERS = "providers"
# What large platforms spend on product and engineering, of revenue: firm and formula of facts.
SPENDERS = {
    "Uber": "uber-research-and-development-2023 / uber-revenue-2023",
    "DoorDash": "doordash-research-and-development-2024",
    "Lyft": "lyft-income-statement-2021-2025|530 / lyft-income-statement-2021-2025|4404",
    "Airbnb": "airbnb-product-development-2024",
}


@dataclass(frozen=True)
class Reading:
    """One figure of a section: label, unit and how it is read off a projection (one scenario).

    Where there is no value it is NaN, and ``empty`` says why.
    """

    label: str
    unit: str
    read: Callable[[Projection], float]
    empty: str = ""


def _measure(name: str) -> Reading:
    each = MEASURES[name]
    return Reading(each.label, each.unit, lambda x: float(each(x)))


def _ratio(part: Array, whole: Array) -> float:
    return float(part) / float(whole) if float(whole) > 0 else float("nan")


def _of_revenue(label: str, name: str) -> Reading:
    return Reading(label, "share", lambda x: _ratio(MEASURES[name](x), x.total("revenue")), "there is no revenue")


def fewest_deciders(x: Projection) -> float:
    """How many people at least hold a majority of votes; founders, staff and each round of investors count as one.

    Where there are no shares to vote with, the votes that providers do not hold are other members', whose number the
    model does not know: NaN unless providers alone have a majority.
    """
    a = x.assumptions
    if not (rounds(a) or papers(a)) and not a.exit_multiple > 0 and not a.provider_votes > HALF:
        return float("nan")
    return float(fewest_people(votes_by_shares(a), {PROVIDERS: int(x.providers[-1])}))


READINGS: dict[str, tuple[Reading, ...]] = {
    "capital": (
        _measure("capital_raised"), _of_revenue("Outside capital, of revenue", "capital_raised"),
        _measure("product_total"), _of_revenue("Product budget, of revenue", "product_total"), _measure("lowest_cash"),
    ),
    "experience": (
        _measure("product_total"),
        Reading("Product budget, last year", "money", lambda x: float(x.product[-1] + x.programme[-1])),
        _measure("surplus_total"), _measure("provider_month"), _measure("providers_final"), _measure("lowest_cash"),
    ),
    "law": (_measure("reserve_final"), _measure("patronage_total"), _measure("tax_total"), _measure("provider_month")),
    "loyalty": (
        Reading("Leave in a year where pay is as elsewhere", "share", lambda x: float(x.assumptions.churn)),
        _measure("expected_stay"), _measure("acquisition_total"), _measure("surplus_total"),
        _measure("provider_month"), _measure("lowest_cash"),
    ),
    "data": (
        Reading("Advertising and data income", "money", lambda x: float(x.total("ancillary_revenue"))),
        Reading("Per provider, last year", "money", lambda x: _ratio(x.ancillary_revenue[-1], x.providers[-1]), "no providers"),
        _measure("surplus_total"), _measure("provider_month"),
    ),
    "society": (
        _measure("provider_keeps"), _measure("community_total"),
        _of_revenue("To the community, of revenue", "community_total"),
        _measure("provider_votes"), Reading(
            "Fewest people with a majority of votes", "count", fewest_deciders,
            "how many other members hold the other votes is not in the model",
        ),
        _measure("reserve_final"), _measure("tax_total"),
    ),
}  # fmt: skip

# Turnover in home-care cooperatives, of that in their sector: an upper bound of what ownership does to loyalty.
LOYAL = "home-care-coops-turnover-2019|36% / home-care-coops-turnover-2019|64%"


def at_most_loyal(x: Projection) -> Projection:
    """The firm ``x`` as if ownership lowered turnover as far as the most favourable evidence says: an upper bound."""
    return project(replace(x.assumptions, churn=float(x.assumptions.churn) * published(LOYAL)))


def table(section: str, projections: Mapping[str, Projection]) -> list[tuple[Reading, list[float]]]:
    """Each reading of a section with its value in every projection, in order."""
    return [(each, [each.read(x) for x in projections.values()]) for each in READINGS[section]]


def spender(name: str) -> float:
    """What a large platform spends on product and engineering, as a share of revenue."""
    return published(SPENDERS[name])

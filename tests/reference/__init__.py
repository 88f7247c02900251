"""An independent second reading of the model, used as test oracle: one enterprise, plain Python, one number at a time.

Slow and literal on purpose, to be read beside the text. It shares no code with the package.
"""

from dataclasses import dataclass, field

from .appropriation import appropriate, solve_tax
from .cap_table import Ownership, conversion, ownership_at
from .financing import loan_schedule
from .measures import compare, measure
from .projection import project
from .rates import rates_of_return
from .waterfall import Claim, waterfall

__all__ = [
    "Claim",
    "Ownership",
    "Reference",
    "appropriate",
    "compare_measures",
    "conversion",
    "loan_schedule",
    "ownership_at",
    "rates_of_return",
    "reference",
    "solve_tax",
    "waterfall",
]


@dataclass
class Reference:
    """What the text says of one enterprise. Lists start with row 0, the launch; None is an empty measure."""

    assumptions: dict[str, float]
    years: dict[str, list[float]]  # line: years 0..years; an empty per-provider value is nan
    months: dict[str, list[float]]  # line: months 0..12·years
    measures: dict[str, float | None] = field(default_factory=dict)
    counts: dict[str, int | None] = field(default_factory=dict)  # rates: 0, 1, 2 = several, None = too close to call
    flows: dict[str, list[float]] = field(default_factory=dict)  # "equity" and "capital", by month


def reference(a: dict[str, float]) -> Reference:
    """The whole model for the assumptions `a`, of which none may be left out."""
    a = {name: float(value) for name, value in a.items()}
    months, years = project(a)
    measures, counts, flows = measure(a, months, years)
    return Reference(a, years, months, measures, counts, flows)


def compare_measures(first: Reference, other: Reference) -> dict[str, float | None]:
    """The figures that need two enterprises, as they stand in the column of the other one."""
    return compare(first.assumptions, first.measures, first.years, other.assumptions, other.measures, other.years)

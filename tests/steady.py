"""A business that can be worked out by hand: nobody joins or leaves, nothing grows, no tax."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coopfin import Assumptions

# 100 providers sell 10,000 a year each at 20 %: revenue 200,000, costs 100,000, a surplus of 100,000.
STEADY = Assumptions(
    years=2, providers=100, sales_per_provider=10_000, take_rate=0.2, overhead=100_000, churn=0, intake_first=0, intake_last=0,
    crowding=0, processing_rate=0, service_rate=0, operations_rate=0, marketing_rate=0,
)  # fmt: skip


def steady(**values: Any) -> Assumptions:
    """The steady business with other values."""
    return replace(STEADY, **values)

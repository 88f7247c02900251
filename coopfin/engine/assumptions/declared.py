"""All assumptions by name, and the parts of the surplus that must fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from coopfin.engine.assumptions.capital import Capital
from coopfin.engine.assumptions.market import Market
from coopfin.engine.assumptions.platform import Platform
from coopfin.engine.assumptions.surplus import Surplus
from coopfin.engine.declaration import Assumption

ASSUMPTIONS: Mapping[str, Assumption] = {
    each.name: Assumption(name=each.name, **each.metadata)
    for part in (Market, Platform, Capital, Surplus)
    for each in fields(part)
}

SPLIT = ("community_share", "reinvestment_share", "dividend_share", "patronage_share")
# Decimal fractions that add to 1 on paper may add to a little more or less in binary.
SPLIT_TOLERANCE = 1e-12

"""The way of the money through a year, as forks: what comes in on the left goes out on the right, to the last cent.

Read off the lines' own declarations: what a line is part of, and with which sign.
"""

from __future__ import annotations

from collections.abc import Mapping

from coopfin.engine.lines import parts


def _fork(total: str, last: str = "", sign: int = 1) -> tuple[str, ...]:
    """The parts of ``total`` that have this sign; the one that the next fork divides further stands last."""
    names = [each.name for each in parts(total) if each.sign == sign and each.name != last]
    return (*names, last) if last else (*names,)


# Each line and what it divides into. The last part is the one that the next fork divides further.
FORKS: Mapping[str, tuple[str, ...]] = {
    "gross_sales": ("provider_pay", "commission"),
    "revenue": _fork("costs", "operating_surplus"),
    "operating_surplus": _fork("surplus_before_tax", "surplus_before_tax", sign=-1),
    "surplus_before_tax": ("tax", "surplus"),
    "surplus": ("deficit_covered", "allocatable"),
    "allocatable": _fork("allocatable_used", "distributable"),
    "distributable": _fork("distributable", "patronage"),
    "patronage": ("patronage_retained", "patronage_cash"),
}

# What a line is made of, where it is more than the last part of the fork before.
JOINS: Mapping[str, tuple[str, ...]] = {"revenue": _fork("revenue")}

# What flows in beside a line, into what its fork divides.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "operating_surplus": tuple(name for name in _fork("surplus_before_tax") if name != "operating_surplus")
}

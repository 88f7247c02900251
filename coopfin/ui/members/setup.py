"""What the members' page is about: a ledger, a pool of money and the rules for sharing it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from coopfin.engine.projection import Projection
from coopfin.members.cents import LARGEST_POOL, to_cents
from coopfin.members.classes import MemberClass, PatronageError
from coopfin.members.patronage import Allocation, allocate
from coopfin.members.statement import Terms, terms
from coopfin.ui.members import classes as members_classes, ledger as members_ledger
from coopfin.ui.members.ledger import Ledger
from coopfin.ui.members.memory import last, remember
from coopfin.ui.parts import words
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields
from coopfin.ui.shell.controls import COOPERATIVE, MARKETPLACE

TYPED = 0  # instead of a year of the scenario
FIRST_TYPED = 200_000.0  # what Stocksy paid out: stocksy-patronage-dividend-2016


@dataclass(frozen=True)
class Setup:
    """The allocation, and what the statements, pictures and votes of the page need besides."""

    key: str
    ledger: Ledger
    allocation: Allocation
    year: int
    terms: Terms
    firm: str
    cooperative: Projection
    other_firm: str | None
    elsewhere: Projection | None
    currency: str

    def money(self, cents: int) -> str:
        """Cents as money with its currency."""
        return f"{words.cents(cents)} {self.currency}".strip()


def setup(chosen: State) -> Setup:
    """Draw the settings; the page stops here, with every reason, where there is nothing to share out yet."""
    projections = chosen.comparison.projections
    names = list(projections)
    firm = names[min(COOPERATIVE, len(names) - 1)]
    other = names[MARKETPLACE] if len(names) > 1 else None
    x = projections[firm]
    with st.container(border=True, key="members-setup"):
        first, second, third, fourth = st.columns([3, 3, 2, 2])
        with first:
            ledger = members_ledger.choose(chosen)
        with second:
            year, pool = _pool(chosen, x)
        with third:
            fields.entry(chosen, "patronage_cash_share", firm, "Paid in cash now (%)", f"members-cash-{firm}")
        minimum = fourth.number_input(
            "Smallest payout", 0.0, LARGEST_POOL / 100, 0.0, 1.0, format="%.2f", key="members-minimum", persist_state="session",
            help="Smaller amounts of cash are credited to the member's account instead: a payment costs more than it is worth.",
        )  # fmt: skip
        table = _rules(chosen, ledger)
    if not year:
        year = _last_year_with_a_pool(x)
    allocation, key = _allocated(
        ledger, table.classes, to_cents(pool), chosen.value("patronage_cash_share", firm), to_cents(minimum)
    )
    given = terms(x, projections[other] if other else None, year, table.earning)
    _compare_sizes(ledger, allocation, given, x, year, chosen)
    elsewhere = projections[other] if other else None
    return Setup(key, ledger, allocation, year, given, firm, x, other, elsewhere, chosen.base.words.currency)


@dataclass(frozen=True)
class _Rules:
    classes: tuple[MemberClass, ...] | None
    earning: list[str]


def _rules(chosen: State, ledger: Ledger) -> _Rules:
    with st.expander("Classes of members", icon=":material/groups:"):
        picked = members_classes.choose(ledger)
        classes = members_classes.edit(ledger, picked)
        earning = members_classes.earning(ledger, classes)
    members_ledger.upload(chosen)
    return _Rules(classes, earning)


def _pool(chosen: State, x: Projection) -> tuple[int, float]:
    """The trading year whose refund is shared out and its amount, or ``TYPED`` and the amount typed in."""
    pools = {year: float(x.patronage[year]) for year in range(x.years, 0, -1) if x.patronage[year] > 0}
    currency = chosen.base.words.currency
    picked = st.selectbox(
        "Pool to share out", [*pools, TYPED], key=f"members-year-{'-'.join(map(str, pools))}", persist_state="session",
        format_func=lambda year: f"Year {year}: {words.amount(pools[year])} {currency}".strip() if year else "I type it in",
        help="The patronage refund of a year of the scenario, moved by the levers on the left, or an amount of your own.",
    )  # fmt: skip
    if picked:
        return picked, pools[picked]
    if not pools:
        st.caption("The scenario allots no refund in any year: there is no surplus, or none of it goes to members.")
    typed = st.number_input(
        f"Amount ({currency})" if currency else "Amount", 0.0, LARGEST_POOL / 100, FIRST_TYPED, 1000.0, format="%.2f",
        key="members-pool", persist_state="session",
    )  # fmt: skip
    return TYPED, typed


def _last_year_with_a_pool(x: Projection) -> int:
    return max((year for year in range(1, x.years + 1) if x.patronage[year] > 0), default=x.years)


def _allocated(
    ledger: Ledger, classes: tuple[MemberClass, ...] | None, pool: int, cash_share: float, minimum: int
) -> tuple[Allocation, str]:
    """The allocation and its fingerprint; where the rules are wrong every reason, and the last right one of the ledger."""
    key = repr((ledger.key, classes, pool, cash_share, minimum))
    before = last("allocation")
    try:
        return remember(
            "allocation", key,
            lambda: (allocate(pool, ledger.members, classes, cash_share=cash_share, minimum_payout=minimum), key, ledger.key),
        )[:2]  # fmt: skip
    except PatronageError as error:
        _tell(error.mistakes)
    if not isinstance(before, tuple) or before[2] != ledger.key:
        st.caption("Once this is mended under “Classes of members”, the page shows who gets what.")
        st.stop()
    st.caption("Until then, you see the allocation from before.")
    return before[:2]


def _tell(mistakes: Iterable[str]) -> None:
    for mistake in mistakes:
        st.error(words.markdown(f"{mistake[:1].upper()}{mistake[1:]}."))


def _compare_sizes(ledger: Ledger, allocation: Allocation, given: Terms, x: Projection, year: int, chosen: State) -> None:
    """Say so where the ledger and the scenario's year are not of one size: the pool then is another's."""
    members, providers = len(ledger.members), float(x.providers[year])
    if given.earning and not 0.8 <= members / max(providers, 1) <= 1.25:
        st.caption(
            f"The ledger has {members:,} members; in year {year} the scenario has {words.amount(providers)} "
            f"{words.markdown(chosen.base.words.providers)}. The pool is shared among the members of the ledger."
        )

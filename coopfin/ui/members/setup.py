"""What the members' page is about: a ledger, a pool of money and the rules for sharing it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coopfin.display import words
from coopfin.members.cents import LARGEST_POOL, Number, money_shown, to_cents
from coopfin.members.classes import MemberClass, PatronageError, people
from coopfin.members.letter import Heading, Letters
from coopfin.members.patronage import Allocation, allocate
from coopfin.members.statement import Terms
from coopfin.reading.currencies import decimals_of
from coopfin.ui.members import classes as members_classes, frame as members_frame, ledger as members_ledger, scenario, understood
from coopfin.ui.members.memory import Ledger, Own, Upload, kept, last, remember
from coopfin.ui.members.scenario import Figures
from coopfin.ui.session.state import State
from coopfin.ui.shell import fields
from coopfin.ui.shell.answer import say

STYLE = Path(__file__).with_name("page.css")
NOTHING, TYPED = -1, 0  # instead of a year of the scenario
FIRST_TYPED = 200_000.0  # what Stocksy paid out: stocksy-patronage-dividend-2016


@dataclass(frozen=True)
class Setup:
    """The allocation, and what letters, pictures and votes need besides. ``figures``: the scenario's, for a sample."""

    key: str
    ledger: Ledger
    letters: Letters
    figures: Figures | None

    @property
    def allocation(self) -> Allocation:
        """Who gets what."""
        return self.letters.allocation

    @property
    def terms(self) -> Terms:
        """What the letters say besides."""
        return self.letters.terms

    @property
    def currency(self) -> str:
        """The currency's name; may be empty."""
        return self.letters.heading.currency

    @property
    def people(self) -> int:
        """How many members there are, each counted once."""
        return remember("people", self.ledger.key, lambda: len(people(self.ledger.members)))

    def money(self, cents: int) -> str:
        """Money in the smallest unit, with its currency."""
        return self.letters.money(cents)

    def plain(self, cents: int) -> str:
        """The same without the currency."""
        return money_shown(cents, self.terms.decimals)


def setup(chosen: State, place: DeltaGenerator) -> Setup:
    """Draw the settings; the page stops here, with every reason, where there is nothing to share out yet."""
    record = kept()
    st.html(STYLE)
    members_ledger.guard()
    if members_ledger.is_lost():
        with place:
            say("Your ledger is no longer here, and nothing else took its place.")
        members_ledger.lost()
        st.stop()
    if record.upload is not None:
        with place:
            say("Is this what your file says? Nothing is computed before you share it out.")
        _understand(record.upload, record.own)
        st.stop()
    return _own(record.own) if record.own is not None else _sample(chosen, place)


def _understand(upload: Upload, own: Own | None) -> None:
    """Draw a file that is not in use yet."""
    with st.container(border=True, key="members-understood"):
        read = understood.draw(upload)
        if read is not None:
            if note := understood.missing(read):
                st.caption(note)
            members_frame.form(upload, read)
    with st.container(horizontal=True):
        if own is not None:
            st.button("Leave it as it was", key="leave-upload", on_click=_put_away, icon=":material/undo:")
        members_ledger.forget_button()
    members_ledger.upload(opened=read is None)


def _put_away() -> None:
    kept().upload = None
    kept().refused = ()


def _change() -> None:
    own = kept().own
    kept().upload = own.upload if own else None


def _own(own: Own) -> Setup:
    frame = own.frame
    with st.container(border=True, key="members-setup"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(members_frame.summary(own))
            st.button("Change what was read or told", key="change-ledger", on_click=_change, icon=":material/edit:")
            members_ledger.forget_button()
        classes = _classes(own.ledger)
    members_ledger.upload(opened=False)
    allocation, key = _allocated(own.ledger, classes, frame.pool, frame.cash_share, frame.minimum)
    given = Terms(
        frame.take_rate, frame.elsewhere_rate, frame.member_share, None, frame.redemption_years, None,
        frozenset(frame.earning), own.ledger.shares, frame.decimals,
    )  # fmt: skip
    heading = Heading(frame.cooperative, frame.year, frame.currency, sources=frame.sources)
    return Setup(repr((key, frame)), own.ledger, Letters(allocation, given, heading), None)


def _sample(chosen: State, place: DeltaGenerator) -> Setup:
    found = scenario.figures(chosen)
    currency = chosen.base.words.currency
    with st.container(border=True, key="members-setup"):
        first, second, third, fourth = st.columns([3, 3, 2, 2])
        with first:
            ledger = members_ledger.choose(chosen)
        with second:
            year, pool = _pool(found, currency)
        with third:
            fields.entry(chosen, "patronage_cash_share", found.firm, "Paid in cash now (%)", f"members-cash-{found.firm}")
        minimum = fourth.number_input(
            "Smallest payout", 0.0, LARGEST_POOL / 100, 0.0, 1.0, format="%.2f", key="members-minimum", persist_state="session",
            help="Smaller amounts of cash are credited to the member's account instead: a payment costs more than it is worth.",
        )  # fmt: skip
        classes = _classes(ledger)
        earning = members_classes.earning(ledger, classes)
    members_ledger.upload(opened=False)
    if year == NOTHING:
        with place:
            say(
                "There is nothing to share out in this scenario: no year leaves a surplus for members. "
                "Try a sample pool, or open your own ledger."
            )
        told = words.money(FIRST_TYPED, currency)
        st.button(f"Try a sample pool of {words.markdown(told)}", key="members-try", type="primary", on_click=_try, args=(found,))
        st.stop()
    decimals = decimals_of(currency)
    cash_share = chosen.value("patronage_cash_share", found.firm)
    allocation, key = _allocated(ledger, classes, to_cents(pool, decimals), cash_share, to_cents(minimum, decimals))
    given = replace(found.terms(year or found.last_year, earning), decimals=decimals)
    _compare_sizes(ledger, given, found, year or found.last_year, chosen)
    other = f"{words.the(found.other_firm)}" if found.other_firm else "another platform"
    heading = Heading(words.firm(found.firm), f"year {year or found.last_year} of the scenario", currency, other, sample=True)
    return Setup(repr((key, given)), ledger, Letters(allocation, given, heading), found)


def _classes(ledger: Ledger) -> tuple[MemberClass, ...] | None:
    with st.expander("Classes of members", icon=":material/groups:"):
        picked = members_classes.choose(ledger)
        classes = members_classes.edit(ledger, picked)
        members_classes.upload(ledger)
    return classes


def _pool(found: Figures, currency: str) -> tuple[int, float]:
    """The trading year whose refund is shared out and its amount, or ``TYPED`` and the amount typed in, or nothing."""
    pools = found.pools
    labels = {TYPED: "I type it in" if pools else "A sample pool, typed in", NOTHING: "Nothing: no year has a refund"}
    labels |= {year: f"Year {year}: {words.amount(pool)} {currency}".strip() for year, pool in pools.items()}
    options = [*pools, TYPED] if pools else [NOTHING, TYPED]
    picked = st.selectbox(
        "Pool to share out", options, key=_pool_key(found), persist_state="session",
        format_func=labels.__getitem__,
        help="The patronage refund of a year of the scenario, moved by the levers on the left, or an amount of your own.",
    )  # fmt: skip
    if picked != TYPED:
        return picked, pools.get(picked, 0.0)
    typed = st.number_input(
        f"Amount ({currency})" if currency else "Amount", 0.0, LARGEST_POOL / 100, FIRST_TYPED, 1000.0, format="%.2f",
        key="members-pool", persist_state="session",
    )  # fmt: skip
    return TYPED, typed


def _pool_key(found: Figures) -> str:
    """The choice of a pool belongs to the years that have one: with others it is asked for anew."""
    return f"members-year-{'-'.join(map(str, found.pools))}"


def _try(found: Figures) -> None:
    st.session_state[_pool_key(found)] = TYPED


def _allocated(
    ledger: Ledger, classes: tuple[MemberClass, ...] | None, pool: int, cash_share: Number, minimum: int
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


def _compare_sizes(ledger: Ledger, given: Terms, found: Figures, year: int, chosen: State) -> None:
    """Say so where the ledger and the scenario's year are not of one size: the pool then is another's."""
    members, providers = len(people(ledger.members)), found.providers(year)
    if given.earning and not 0.8 <= members / max(providers, 1) <= 1.25:
        st.caption(
            f"The sample has {members:,} members; in year {year} the scenario has {words.amount(providers)} "
            f"{words.markdown(chosen.base.words.providers)}. The pool is shared among the members of the sample."
        )

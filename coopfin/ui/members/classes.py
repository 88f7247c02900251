"""The table of classes: presets, editing, and which classes earn their living through the platform."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from coopfin.display import words
from coopfin.members.classes import BASES, BY_PATRONAGE, MemberClass
from coopfin.members.ledger import read_classes
from coopfin.reading.guard import guard, unguard
from coopfin.reading.mistakes import FileError
from coopfin.ui.members.memory import Ledger, kept
from coopfin.ui.members.served import take_back
from coopfin.ui.parts.file_field import file_field

FOLDER = Path(__file__).parents[3] / "sample_data" / "classes"
ONE, OWN, UPLOADED = "one-class", "classes of this ledger", "uploaded"
TITLES = {
    ONE: "One class: all share by use",
    "stocksy": "Stocksy: 5 % A, 5 % B, 90 % C",
    "multi-stakeholder": "Multi-stakeholder: freelancers, clients, staff",
    OWN: "The classes of this ledger",
    UPLOADED: "The table you opened",
}
BASIS_WORDS = {"equally": "equally", "patronage": "by patronage", "years": "by years of membership"}
COLUMNS = {
    "class": st.column_config.TextColumn(
        "Class", required=True, help="As in the ledger; not beginning with =, +, - or @", validate=r"^(?![=+\-@＝＋－＠]).*$"
    ),
    "share": st.column_config.NumberColumn("Share of the pool (%)", min_value=0, max_value=100, required=True),
    "basis": st.column_config.SelectboxColumn("Shared out", options=list(BASIS_WORDS.values()), required=True),
    "votes": st.column_config.NumberColumn(
        "Votes", min_value=0, required=True,
        help="Votes of each member (1, 2, …); or, below 1, the share of all votes that the class has as a college (0.5 is half)",
    ),
}  # fmt: skip


def choose(ledger: Ledger) -> str:
    """Draw the choice of a table of classes."""
    options = [ONE, *sorted(path.stem for path in FOLDER.glob("*.csv") if path.stem != ONE)]
    if set(ledger.members.classes) != {""}:
        options.append(OWN)
    if ledger.key in kept().class_tables:
        options.append(UPLOADED)
    return st.selectbox(
        "How the pool is split", options, index=options.index(_fitting(ledger, options)), key=_choice(ledger),
        persist_state="session", format_func=lambda name: TITLES.get(name, name.replace("-", " ").capitalize()),
        help="A class of members has a share of the pool, a rule for sharing it out, and votes.",
    )  # fmt: skip


def edit(ledger: Ledger, picked: str) -> tuple[MemberClass, ...] | None:
    """Draw the table to edit; None where all members share by use."""
    if picked == ONE:
        st.caption(
            "All members share the pool by what they did through the platform, whatever their class, and have one vote each. "
            "To change that, pick “The classes of this ledger”."
        )
        return None
    key = f"table-{picked}-{ledger.key}-{kept().class_tables.get('uploads', 0)}"
    tables = kept().class_tables
    if key not in st.session_state:  # the editor forgets when another page is shown
        begin = _own(ledger) if picked == OWN else tables[ledger.key] if picked == UPLOADED else _preset(picked)
        start = tables[key][1] if key in tables else pd.DataFrame([_row(each) for each in begin], columns=list(COLUMNS))
    else:
        start = tables[key][0]
    edited = st.data_editor(start, column_config=COLUMNS, num_rows="dynamic", hide_index=True, width="stretch", key=key)
    st.caption(
        "Votes: 1, 2, … for each member; below 1, the share of all votes the class has together (0.5 is half), as a college."
    )
    tables[key] = start, edited
    return tuple(_read(*row) for row in edited[list(COLUMNS)].itertuples(index=False, name=None))


def upload(ledger: Ledger) -> None:
    """Draw the upload of a table of classes, and the table in use as a file."""
    number = kept().class_tables.get("uploads", 0)
    key = f"classes-upload-{number}"
    label = "Or a table of classes as a file: class, share, basis, votes"
    file_field(label, ["csv", "xlsx"], key, on_change=_open, args=(ledger, key))
    for mistake in kept().class_tables.get("mistakes", ()):
        st.error(words.markdown(mistake))


def _open(ledger: Ledger, key: str) -> None:
    uploaded = st.session_state[key]
    if uploaded is None:
        return
    tables = kept().class_tables
    tables["mistakes"] = ()
    try:
        tables[ledger.key] = read_classes(uploaded.getvalue(), uploaded.name)
        st.session_state[_choice(ledger)] = UPLOADED
    except FileError as error:
        tables["mistakes"] = error.lines
    take_back(uploaded)
    tables["uploads"] = tables.get("uploads", 0) + 1


def _choice(ledger: Ledger) -> str:
    return f"classes-{ledger.key}"


def earning(ledger: Ledger, classes: Sequence[MemberClass] | None) -> list[str]:
    """Draw the choice of the classes whose patronage is money earned through the platform."""
    there = sorted(set(ledger.members.classes))
    by_use = [each for each in classes or () if each.basis == BY_PATRONAGE and each.name in there and isfinite(each.share)]
    first = there if classes is None else [max(by_use, key=lambda each: each.share).name] if by_use else []
    return st.multiselect(
        "Who sells or works through the platform: their patronage is sales, in money", there, first,
        key=f"earning-{ledger.key}-{'-'.join(first)}", persist_state="session",
        help="Only then can a statement say what the same work brings on the marketplace. Empty it where patronage "
        "is counted in hours or rides, or is what a member bought.",
    )  # fmt: skip


def _fitting(ledger: Ledger, options: list[str]) -> str:
    there = set(ledger.members.classes)
    return next((name for name in options if name not in (OWN, UPLOADED) and {each.name for each in _preset(name)} == there), ONE)


@st.cache_resource(max_entries=32, show_spinner=False)
def _preset(name: str) -> tuple[MemberClass, ...]:
    path = FOLDER / f"{name}.csv"
    return read_classes(path.read_bytes(), path.name)


def _own(ledger: Ledger) -> list[MemberClass]:
    there = sorted(set(ledger.members.classes))
    even = Decimal(100 // len(there)) / 100
    return [MemberClass(name, even if i else 1 - even * (len(there) - 1), BY_PATRONAGE) for i, name in enumerate(there)]


def _row(each: MemberClass) -> list[Any]:
    return [guard(each.name), float(each.share * 100), BASIS_WORDS[each.basis], float(each.votes)]


def _read(name: Any, share: Any, basis: Any, votes: Any) -> MemberClass:
    rule = next((each for each in BASES if BASIS_WORDS[each] == basis), "")
    return MemberClass("" if pd.isna(name) else unguard(str(name).strip()), _number(share) / 100, rule, _number(votes))


def _number(value: Any) -> Decimal:
    return Decimal("NaN") if pd.isna(value) else Decimal(repr(float(value)))

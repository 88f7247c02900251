"""The firm and the year of an own ledger, asked for once in one short form; what is not told is left out of the letters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from coopfin.display import words
from coopfin.members.cents import DECIMALS, LARGEST_POOL, money_text, to_cents
from coopfin.members.classes import in_one_class
from coopfin.members.ledger import Ledger as Understood
from coopfin.reading.currencies import decimals_of, same_currency
from coopfin.reading.decimals import read_numbers
from coopfin.ui.members.ledger import OWN, fingerprint, told
from coopfin.ui.members.memory import Frame, Ledger, Own, Upload, kept
from coopfin.ui.session import state

ALL = "all members"
WHERE = "Where that comes from"
MAX_TEXT = 80
Told = dict[str, Any]
PLACES = {0: "no decimals", 2: "2 decimals", 3: "3 decimals"}


def form(upload: Upload, read: Understood) -> None:
    """Draw the form; what is told makes the ledger the one in use."""
    before = _before(read)
    _show_the_files_own(upload, before)
    with st.form("own-frame"):
        st.markdown("**Your cooperative and the year**")
        st.caption(
            "Only the pool and the cash share are needed. What you leave empty is left out of the letters; nothing is taken "
            "from the scenario on the left."
        )
        first, second, third, fourth = st.columns([3, 2, 2, 2])
        _text(first, before, "cooperative", "Name of the cooperative")
        _text(second, before, "year", "Year, as in the letters", placeholder="2025")
        third.text_input("Currency", key="own-currency", max_chars=MAX_TEXT, placeholder="EUR")
        fourth.selectbox("Its decimals", list(DECIMALS), key="own-decimals", format_func=PLACES.__getitem__)
        first, second = st.columns([2, 3])
        _text(first, before, "pool", "Pool to share out", placeholder="12,000.00")
        _text(second, before, "pool-source", WHERE, placeholder="assembly of 12 May 2026")
        first, second, third, fourth = st.columns([2, 2, 2, 4])
        _percent(first, before, "cash", "Paid in cash now (%)")
        second.number_input(
            "Rest paid after (years)", 0, 100, before.get("redemption"), key="own-redemption",
            help="0: no date is set. Empty: the letters say nothing of it.",
        )  # fmt: skip
        _text(third, before, "minimum", "Smallest payout", placeholder="none")
        _text(fourth, before, "cash-source", WHERE, placeholder="bylaws, section 12")
        first, second, third = st.columns([2, 2, 4])
        _percent(first, before, "keeps", "You keep of sales (%)")
        _percent(second, before, "elsewhere", "Another platform keeps (%)")
        _text(third, before, "keeps-source", WHERE, placeholder="terms of the other platform, 2025")
        if not read.shares:
            first, second = st.columns([2, 6])
            _text(first, before, "share", "Share of each member", placeholder="100.00")
            _text(second, before, "share-source", WHERE, placeholder="bylaws, section 5")
        _classes(read, before)
        told(kept().refused)
        st.form_submit_button(
            "Share out", key="share-out", on_click=_use, args=(upload, read), type="primary", icon=":material/check:"
        )


def _show_the_files_own(upload: Upload, before: Told) -> None:
    """Let the fields of what the file itself tells show it, where it was read anew or is another file.

    A browser keeps what stood in a field; only a value that is set here reaches it.
    """
    record = kept()
    asked = fingerprint(upload.data), repr(upload.read_as), upload.encoding, upload.alike
    for name in OF_FILE:
        if record.asked != asked:
            st.session_state[f"own-{name}"] = before[name]
        elif f"own-{name}" not in st.session_state:  # another page or view was shown meanwhile
            st.session_state[f"own-{name}"] = record.told.get(name, before[name])
    record.asked = asked


def _classes(read: Understood, before: Told) -> None:
    left, right = st.columns(2)
    there = _labels(read)
    if there == [ALL]:
        _text(left, before, "class", "What a member is called", placeholder="driver")
    right.multiselect(
        "Whose patronage is money they sold or worked for", there, key="own-earning",
        help="Only their letters say what the same sales bring elsewhere. Empty it where patronage is hours or purchases.",
    )  # fmt: skip


def _text(place: Any, before: Told, name: str, label: str, placeholder: str = "") -> None:
    place.text_input(label, before.get(name, ""), key=f"own-{name}", max_chars=MAX_TEXT, placeholder=placeholder)


def _percent(place: Any, before: Told, name: str, label: str) -> None:
    place.number_input(label, 0.0, 100.0, before.get(name), 1.0, key=f"own-{name}", format="%.2f")


def _before(read: Understood) -> Told:
    """What was told already, for this ledger or another; of the currency the file knows best."""
    first, told_before = _first(read), kept().told
    if read.currency and not same_currency(read.currency, str(told_before.get("currency", read.currency))):
        told_before = {name: value for name, value in told_before.items() if name not in ("currency", "decimals")}
    return first | told_before | {"earning": first["earning"]}


def _first(read: Understood) -> Told:
    """What the file itself tells."""
    earning = _labels(read) if read.currency else []
    return {"currency": read.currency, "decimals": decimals_of(read.currency), "earning": earning}


def _labels(read: Understood) -> list[str]:
    there = sorted(set(read.members.classes))
    return [ALL] if there == [""] else there


OF_FILE = ("currency", "decimals", "earning")
NAMES = (
    "cooperative", "year", "currency", "decimals", "pool", "pool-source", "cash", "redemption", "minimum", "cash-source", "keeps",
    "elsewhere", "keeps-source", "share", "share-source", "class", "earning",
)  # fmt: skip


def _use(upload: Upload, read: Understood) -> None:
    record = kept()
    record.told = {name: st.session_state[f"own-{name}"] for name in NAMES if f"own-{name}" in st.session_state}
    mistakes: list[str] = []
    frame = _frame(record.told, mistakes)
    record.refused = tuple(mistakes)
    if frame is None:
        return
    members = in_one_class(read.members, frame.class_name)
    key = fingerprint(upload.data + repr((upload.read_as, upload.encoding, upload.alike, frame.class_name)).encode())
    ledger = Ledger(key, upload.name, members, dict(read.shares), sample=False)
    record.own, record.upload = Own(upload, read, ledger, frame), None
    state.mark_ledger(OWN)


def _frame(given: Told, mistakes: list[str]) -> Frame | None:
    """What was told; None, with the mistakes, where something is missing or cannot be read."""
    decimals = given["decimals"]
    pool = _money(given, "pool", "The pool", decimals, mistakes)
    minimum = _money(given, "minimum", "The smallest payout", decimals, mistakes)
    share = _money(given, "share", "The share of each member", decimals, mistakes)
    if pool is None and not given["pool"].strip():
        mistakes.append("The pool is missing; write how much is to be shared out.")
    if given["cash"] is None:
        mistakes.append("What part is paid in cash now is missing; write 100 where all of it is.")
    if mistakes or pool is None:
        return None
    earning: Sequence[str] = given["earning"]
    name = given.get("class", "").strip()
    return Frame(
        pool, _ratio(given["cash"]), given["cooperative"].strip(), given["year"].strip(), given["currency"].strip(), decimals,
        minimum or 0, given["redemption"], _float(given["keeps"]), _float(given["elsewhere"]), share, name,
        tuple(name if each == ALL else each for each in earning),
        {what: given.get(f"{what}-source", "").strip() for what in ("pool", "cash", "keeps", "share")},
    )  # fmt: skip


def _money(given: Told, name: str, label: str, decimals: int, mistakes: list[str]) -> int | None:
    """An amount as people write it, in the currency's smallest unit; None where there is none."""
    text = str(given.get(name, "")).strip()
    if not text:
        return None
    value = read_numbers([text], point_expected=False, money=True)[0]
    if isinstance(value, str):
        mistakes.append(f"{label} {value}.")
        return None
    if value != round(value, decimals) or value.scaleb(decimals) > LARGEST_POOL:
        most = money_text(LARGEST_POOL, decimals)
        mistakes.append(f"{label} is {text}; permitted: up to {most}, with {PLACES[decimals]}.")
        return None
    return to_cents(value, decimals)


def _ratio(percent: float) -> Decimal:
    return Decimal(repr(float(percent))) / 100


def _float(percent: float | None) -> float | None:
    return None if percent is None else float(_ratio(percent))


def summary(own: Own) -> str:
    """What is in use, in one line of Markdown."""
    frame = own.frame
    parts = [own.ledger.title, frame.cooperative, frame.year, f"{words.percent(float(frame.cash_share))} paid in cash"]
    return words.markdown(" · ".join(filter(None, parts)))

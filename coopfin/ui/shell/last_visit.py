"""“You were here on …”: what the browser kept of an earlier visit is offered where the app is opened without a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from coopfin.display import words
from coopfin.ui.session import last_visit, state
from coopfin.ui.session.last_visit import Visit
from coopfin.ui.session.record import Choice

KEY = "last-visit"
_MEMORY = st.components.v2.component(
    "coopfin_last_visit", html="<i></i>", js=Path(__file__).with_suffix(".js").read_text("utf-8")
)


@dataclass(frozen=True)
class Offer:
    """What was found and not answered yet, what there is to tell instead, and how often the browser was told to forget."""

    visit: Visit | None = None
    told: str = ""
    forget: int = 0


def keep() -> None:
    """Have the browser keep what is chosen now, and ask it for what it kept before where nothing was asked for."""
    opened, offer = state.opened_with(), state.kept(Offer)
    data = {
        "session": opened.token, "asks": opened.asks, "file": opened.file,
        "forget": f"{opened.token}-{offer.forget}" if offer.forget else "", "keep": last_visit.to_keep(state.record()),
    }  # fmt: skip
    _MEMORY(key=KEY, data=data, on_found_change=_found)


def _found() -> None:
    offer, found = state.kept(Offer), (st.session_state.get(KEY) or {}).get("found")
    try:
        read = last_visit.read(found)
    except Exception:
        read = f"{last_visit.LEFT_OUT}it is broken (id {state.trouble('what a browser kept could not be read')})."
    if isinstance(read, str):
        state.keep(Offer(told=read, forget=offer.forget + 1))
    elif not read.choice.same(state.record().now):
        state.keep(Offer(visit=read, forget=offer.forget))


def offer() -> None:
    """The offer, until it is answered."""
    found = state.kept(Offer)
    if found.told:
        st.info(words.markdown(found.told))
        state.keep(Offer(forget=found.forget))  # it is told once
    if found.visit is None:
        return
    with st.container(key="offer", horizontal=True, vertical_alignment="center", border=True):
        told = f"You were here on {_when(found.visit.when)}: {described(found.visit.choice)}."
        st.markdown(words.markdown(told), width="content")
        st.button("Go on from there", key="offer-take", type="primary", on_click=_take)
        st.button("Discard", key="offer-discard", on_click=_discard)


def described(choice: Choice) -> str:
    """A choice in a few words: the preset or file, what stands beside its firms, how much was changed."""
    plans = [name for name, column in choice.base.layout.items() if column.plan]
    told = [choice.base.words.title]
    if plans:
        told.append(", ".join(words.firm(name) for name in plans))
    told.append(f"{len(choice.changed)} changed" if choice.changed else "nothing changed")
    return "; ".join(told)


def _when(milliseconds: float) -> str:
    try:
        zone = ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(zone)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _take() -> None:
    found = state.kept(Offer)
    state.keep(Offer(forget=found.forget))
    if found.visit is not None:
        state.go_on(found.visit)


def _discard() -> None:
    state.keep(Offer(forget=state.kept(Offer).forget + 1))

"""Who leads a room: this browser, known by a cookie that no script can read, so after a reload and a restart too.

The session has the token from opening or from the PIN; a small script hands it back to the server once, which sets the
cookie. The PIN itself is kept only as long as the session: afterwards a new one can be made.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from coopfin.rooms import codes, store, web
from coopfin.rooms.limits import Limit
from coopfin.rooms.people import Setup
from coopfin.rooms.record import decisions
from coopfin.rooms.web import HOST_COOKIE
from coopfin.ui.session import state

WRONG_PINS = Limit(20, 60)
_KEEP = st.components.v2.component(
    "coopfin_leader",
    html="",
    js="""
export default function ({ data }) {
  const headers = { "Content-Type": "application/json" };
  fetch(data.path, { method: "POST", headers, body: JSON.stringify({ token: data.token }) });
}
""",
)


@dataclass(frozen=True)
class Leader:
    """The room that this session leads, its token, and the PIN where the session knows it; ``told``: what was refused."""

    code: str = ""
    token: str = ""
    pin: str = ""
    told: str = ""


def leading() -> Leader:
    """What this session leads, from the browser's cookie where it is a new one; an empty ``code`` for none."""
    leader = state.kept(Leader)
    if not leader.code:
        code, _, token = str(st.context.cookies.get(HOST_COOKIE, "")).partition(".")
        leader = Leader(codes.normal(code), token, told=leader.told)
    if leader.code and not store.leads(leader.code, leader.token):
        leader = Leader(told=leader.told)
    state.keep(leader)
    return leader


def taken_over() -> tuple[str, ...]:
    """What the room that this browser leads decided and was taken over, in words; nothing where it leads none."""
    code = leading().code if web.running() else ""
    return tuple(each.told for each in decisions(code)) if code else ()


def keep_in_browser(leader: Leader) -> None:
    """Let the browser know that it leads, where it does not yet."""
    if st.context.cookies.get(HOST_COOKIE) != f"{leader.code}.{leader.token}":
        _KEEP(key="leader", data={"path": f"/room/{leader.code}/host", "token": leader.token})


def open_room(setup: Setup) -> None:
    """Open a room and lead it."""
    pin = codes.new_pin()
    try:
        code = store.create(setup, pin)
        state.keep(Leader(code, store.admit(code, pin), pin))
    except store.RoomError as error:
        state.keep(Leader(told=str(error)))


def come_in(code: str, pin: str) -> None:
    """Lead a room that is open already, by its PIN."""
    if not WRONG_PINS.spend(st.context.ip_address or ""):
        state.keep(Leader(told="Too many tries from this network. Wait a minute."))
        return
    try:
        state.keep(Leader(codes.normal(code), store.admit(codes.normal(code), pin.strip()), pin.strip()))
    except store.RoomError as error:
        state.keep(Leader(told=str(error)))


def new_pin(leader: Leader) -> None:
    """Make another PIN; the old one opens the room no more."""
    pin = codes.new_pin()
    store.change_pin(leader.code, pin)
    state.keep(Leader(leader.code, leader.token, pin))


def end(leader: Leader) -> None:
    """End the room: everything in it is deleted."""
    store.end(leader.code)
    state.keep(Leader(told="The room is over. Everything in it is deleted."))

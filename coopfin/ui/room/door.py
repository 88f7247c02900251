"""The way into a room, for the wall: the code, the QR code and the address; and what only its facilitators need."""

from __future__ import annotations

import io
from functools import lru_cache
from html import escape

import segno
import streamlit as st

from coopfin.display import words
from coopfin.rooms import store
from coopfin.rooms.record import write_record
from coopfin.ui.parts.downloads import download
from coopfin.ui.room import address, leader
from coopfin.ui.room.leader import Leader
from coopfin.ui.session.state import State


@lru_cache(maxsize=64)
def qr(text: str) -> str:
    """An address as an SVG that phones read off a wall, dark on white in either theme."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", scale=6, border=3, light="#FFFFFF", xmldecl=False)
    return picture.getvalue().decode()


def door(code: str, width: int = 220, *, warned: bool = True) -> None:
    """Draw the code, the QR code as wide as that, and the address; ``warned``: with what is wrong with it."""
    begin, warning = address.here()
    st.html(f'<p class="room-code"><small>Room</small> <b>{escape(code)}</b></p>')
    with st.container(horizontal_alignment="center"):
        st.image(qr(f"{begin}/room/{code}"), width=width)
    st.html(f'<p class="room-address">{escape(begin.partition("://")[2])}<wbr>/room/<wbr>{escape(code)}</p>')
    if warning and warned:
        st.warning(words.markdown(warning))


def for_facilitators(now: State, leading: Leader) -> None:
    """The PIN, the record, and the end of the room."""
    with st.container(horizontal=True, gap="small", key="room-tools"):
        with st.popover("PIN"):
            if leading.pin:
                st.markdown(f"Facilitators join on this page with the code and the PIN **{leading.pin}**.")
            else:
                st.markdown("The PIN is not kept. A new one takes its place.")
            st.button("Make a new PIN", key="room-new-pin", on_click=leader.new_pin, args=(leading,))
        room = store.find(leading.code)
        if room is not None:
            download(now, "room-record", "Record", lambda: write_record(store.found(leading.code)))
        with st.popover("End"):
            st.markdown("The room ends for everybody, and every answer in it is deleted. Take the record first.")
            st.button("End the room now", key="room-end", type="primary", on_click=leader.end, args=(leading,))

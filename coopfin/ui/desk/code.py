"""The link to this scenario, and as a code that a phone reads off a wall."""

from __future__ import annotations

import io
from functools import lru_cache
from urllib.parse import urlencode

import segno
import streamlit as st

from coopfin.ui.session import hrefs

LONGEST = 2_000  # signs of an address that a phone still reads off a wall
TOO_LONG = "The link is too long for a code; copy it, or take the scenario as a file."


def address() -> str:
    """The link to the comparison as it is chosen now."""
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(hrefs.address())}"


@lru_cache(maxsize=64)
def svg(address: str) -> str | None:
    """The code as SVG; None where the address is too long for one."""
    if len(address) > LONGEST:
        return None
    picture = io.BytesIO()
    segno.make(address, error="l", micro=False).save(picture, kind="svg", scale=6, border=2, light="#FFFFFF")
    return picture.getvalue().decode()

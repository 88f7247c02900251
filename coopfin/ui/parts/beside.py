"""A picture and its table: side by side where two firms are compared, one under the other where they are more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coopfin.display.view import PAIR


def beside(firms: int, shares: Sequence[int]) -> tuple[DeltaGenerator, DeltaGenerator]:
    """The place of the picture and that of the table; ``shares`` are their widths."""
    if firms > PAIR:
        return st.container(), st.container()
    picture, table = st.columns(shares, gap="medium")
    return picture, table

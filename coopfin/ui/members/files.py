"""What can be taken along from the members' page: the allocation, the statements, the table of classes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import streamlit as st

from coopfin.export import write_allocation, write_member_statements
from coopfin.members.statement import statements
from coopfin.ui.members import paper as members_paper
from coopfin.ui.members.setup import Setup
from coopfin.ui.parts.downloads import file_name

MAX_SLUG = 40


def downloads(made: Setup) -> None:
    """Draw the buttons; each file is made on the click."""
    files: dict[str, tuple[str, str, str, Callable[[], str | bytes]]] = {
        "allocation": ("Who gets what", "csv", "One row a member", lambda: write_allocation(made.allocation)),
        "statements": (
            "All statements, one table", "csv", "One row a member, every step of the statement",
            lambda: write_member_statements(made.allocation, made.terms),
        ),
        "letters": (
            "All statements, one file each", "zip", "Web pages to send or print; 100,000 of them take a minute or two",
            lambda: letters(made),
        ),
    }  # fmt: skip
    with st.container(horizontal=True, key="members-downloads"):
        for name, (label, kind, about, data) in files.items():
            st.download_button(
                label, data, file_name=file_name(name, made.ledger.title.removesuffix(".csv"), "", datetime.now(), kind),
                mime="application/zip" if kind == "zip" else "text/csv", key=f"download-{name}", on_click="ignore",
                icon=":material/download:", help=f"{about} ({kind.upper()})",
            )  # fmt: skip


def letters(made: Setup) -> bytes:
    """Every statement as a file of its own, in a ZIP; named by the place in the ledger and the member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as files:
        for number, each in enumerate(statements(made.allocation, made.terms), start=1):
            # No date in it: the same ledger gives the same bytes. Names become harmless file names.
            slug = re.sub(r"[^\w-]+", "-", each.member)[:MAX_SLUG].strip("-").lower()
            letter = zipfile.ZipInfo(f"{number:06}_{slug}.html")
            letter.external_attr = 0o644 << 16  # anyone who unpacks it may read it
            files.writestr(letter, members_paper.page(made, each), zipfile.ZIP_DEFLATED)
    return out.getvalue()

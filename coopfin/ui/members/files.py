"""What can be taken along from the members' page: the allocation, the statements, the letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from coopfin.display import words
from coopfin.export import write_allocation, write_member_statements
from coopfin.members import letters
from coopfin.members.letter import Letters
from coopfin.members.letters import Progress
from coopfin.ui.members.memory import kept
from coopfin.ui.members.served import Make
from coopfin.ui.members.setup import Setup
from coopfin.ui.parts.downloads import file_name
from coopfin.ui.session.background import Job

AT_ONCE = 2_000  # so many letters are made on the click; more take a while, and their progress is shown
MIMES = {"csv": "text/csv", "zip": "application/zip", "html": "text/html"}
LETTERS: dict[str, tuple[str, str, Callable[[Letters, Progress | None], bytes]]] = {
    "letters": ("Letters, one file each", "zip", letters.archive),
    "print": ("Letters to print, one file", "html", letters.one_file),
}


def downloads(made: Setup) -> None:
    """Draw the buttons; each file is made on the click."""
    with st.container(horizontal=True, key="members-downloads"):
        decimals = made.terms.decimals
        offer(made, "allocation", "Who gets what", "csv", "One row a member", lambda: write_allocation(made.allocation, decimals))
        offer(
            made, "statements", "All statements, one table", "csv", "One row a member, every step of the statement",
            lambda: write_member_statements(made.allocation, made.terms),
        )  # fmt: skip
        for name, (label, kind, make) in LETTERS.items():
            if made.people <= AT_ONCE:
                offer(made, name, label, kind, "Each begins a new page", partial(make, made.letters, None))
    if made.people > AT_ONCE:
        for name in LETTERS:
            _many(made, name)


def offer(made: Setup, name: str, label: str, kind: str, about: str, make: Make, whose: str = "") -> None:
    """A button for a file, which is made on the click and gone when the ledger is forgotten."""
    title = made.ledger.title.rsplit(".", 1)[0] if not made.ledger.sample else made.ledger.title
    file = file_name(name, title, whose, datetime.now(), kind)
    st.download_button(
        label, kept().shelf.offer(name, make, MIMES[kind], file), file_name=file, mime=MIMES[kind], key=f"download-{name}",
        on_click="ignore", icon=":material/download:", help=f"{about} ({kind.upper()})",
    )  # fmt: skip


@st.fragment(run_every=0.5)
def _watch(made: Setup, name: str, label: str, job: Job) -> None:
    if job.finished:
        st.rerun()
    st.progress(job.share, f"{label}: {words.percent(job.share)} of {made.people:,}")
    st.button("Cancel", key=f"cancel-{name}", on_click=_cancel, args=(name,), icon=":material/close:")


def _many(made: Setup, name: str) -> None:
    """Letters of many members: made in a process of their own, with their progress and a way to stop it."""
    label, kind, make = LETTERS[name]
    key, job = kept().jobs.get(name, (None, None))
    if job is None or key != made.key:
        if job is not None:
            job.cancel()
            del kept().jobs[name]
        st.button(
            f"Make: {label[:1].lower()}{label[1:]}", key=f"make-{name}", icon=":material/mail:",
            on_click=_start, args=(name, made.key, make, made.letters),
            help=f"{made.people:,} letters; they are made while you look at the page",
        )  # fmt: skip
    elif not job.finished:
        _watch(made, name, label, job)
    elif job.mistake:
        st.error(words.markdown(f"{label}: {job.mistake}."))
        st.button("Try again", key=f"cancel-{name}", on_click=_cancel, args=(name,))
    else:
        result = job.result
        offer(made, name, f"{label}: ready", kind, f"{made.people:,} letters", lambda: result)


def _start(name: str, key: str, make: Callable[[Letters, Progress | None], bytes], given: Letters) -> None:
    kept().jobs[name] = key, Job(make, given)


def _cancel(name: str) -> None:
    _, job = kept().jobs.pop(name)
    job.cancel()

"""Which ledger: a sample, or one's own, read strictly. An own ledger stays in the session and is stored nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from coopfin.members.classes import Members
from coopfin.members.ledger import read_ledger
from coopfin.reading.mistakes import FileError
from coopfin.ui.members.memory import forget
from coopfin.ui.parts import words
from coopfin.ui.session.state import State

FOLDER = Path(__file__).parents[3] / "sample_data" / "ledgers"
FITTING = {"stock-photography": "photography", "freelancer-back-office": "freelancers"}  # by preset
FIRST_SHOWN = "ride-hailing"
OWN = "own ledger"
MEGABYTES = 20


@dataclass(frozen=True)
class Ledger:
    """A ledger that was read; ``key`` is the fingerprint of its content, ``title`` what people call it."""

    key: str
    title: str
    members: Members


def choose(chosen: State) -> Ledger:
    """Draw the choice of ledger."""
    own: Ledger | None = st.session_state.get("own-ledger")
    samples = sorted(path.stem for path in FOLDER.glob("*.csv"))
    fitting = FITTING.get(chosen.base.key, FIRST_SHOWN)
    options = [*([OWN] if own else []), *samples]
    picked = st.selectbox(
        "Member ledger", options, index=0 if own else options.index(fitting), key=_key(chosen), persist_state="session",
        format_func=lambda name: own.title if own and name == OWN else f"Sample: {name.replace('-', ' ')}",
        help="Who used the platform how much in the year. The members of the samples are invented.",
    )  # fmt: skip
    return own if own and picked == OWN else sample(picked)


def upload(chosen: State) -> None:
    """Draw the upload, what was wrong with the last file, and the way to forget it."""
    mistakes = st.session_state.get("ledger-mistakes", ())
    st.caption("Names never leave this session, and nothing is stored.")
    with st.expander("Open your own ledger", expanded=bool(mistakes), icon=":material/upload_file:"):
        st.caption(
            "Columns member, class, patronage and, if you like, years of membership. A column email is never read. "
            "A few minutes after you close the window, all of it is gone."
        )
        st.file_uploader(
            f"A ledger as CSV, up to {MEGABYTES} MB",
            type="csv",
            key=_upload_key(),
            on_change=_open,
            args=(_key(chosen),),
            max_upload_size=MEGABYTES,
        )
        for mistake in mistakes:
            st.error(words.markdown(mistake))
        if mistakes:
            st.caption("Nothing was changed: you still see the ledger you had.")
        if st.session_state.get("own-ledger"):
            st.button("Forget my ledger", key="forget-ledger", on_click=_forget, icon=":material/delete:")


@st.cache_resource(max_entries=16, show_spinner=False)
def sample(name: str) -> Ledger:
    """A sample ledger by name."""
    path = FOLDER / f"{name}.csv"
    data = path.read_bytes()
    return Ledger(_fingerprint(data), name.replace("-", " ").capitalize(), read_ledger(data, path.name))


def _key(chosen: State) -> str:
    return f"ledger-{chosen.base.key}"


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _open(key: str) -> None:
    uploaded = st.session_state[_upload_key()]
    st.session_state["ledger-mistakes"] = ()
    if uploaded is None:
        return
    data = uploaded.getvalue()
    try:
        st.session_state["own-ledger"] = Ledger(_fingerprint(data), uploaded.name, read_ledger(data, uploaded.name))
        st.session_state[key] = OWN
    except FileError as error:
        st.session_state["ledger-mistakes"] = error.lines


def _upload_key() -> str:
    """A fresh upload after each forgetting: the old one would keep the file."""
    return f"ledger-upload-{st.session_state.get('forgotten-ledgers', 0)}"


def _forget() -> None:
    del st.session_state["own-ledger"]
    forget()
    st.session_state["forgotten-ledgers"] = st.session_state.get("forgotten-ledgers", 0) + 1

"""Which ledger: a sample, or one's own. An own ledger stays in the session, is stored nowhere, and can be forgotten."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path

import streamlit as st

from coopfin.display import words
from coopfin.members.ledger import MAX_BYTES, read_ledger
from coopfin.members.template import template_csv, template_xlsx
from coopfin.ui.members import memory
from coopfin.ui.members.memory import Ledger, Upload, kept
from coopfin.ui.members.served import take_back
from coopfin.ui.parts.file_field import file_field
from coopfin.ui.session import state
from coopfin.ui.session.state import State

FOLDER = Path(__file__).parents[3] / "sample_data" / "ledgers"
FITTING = {"stock-photography": "photography", "freelancer-back-office": "freelancers"}  # by preset
FIRST_SHOWN = "ride-hailing"
MEGABYTES = MAX_BYTES // 1_000_000
MARK, OWN = "ledger", "own"  # in the address: a ledger of one's own was open in it
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# The browser asks once before it reloads or closes a page whose ledger would be gone.
_GUARD = st.components.v2.component(
    "ledger_guard",
    js="""export default function ({ data }) {
  if (!window.coopfinLedger) {
    window.coopfinLedger = { open: false };
    window.addEventListener("beforeunload", (event) => {
      if (window.coopfinLedger.open) { event.preventDefault(); event.returnValue = ""; }
    });
  }
  window.coopfinLedger.open = data.open;
}
""",
)


def choose(chosen: State) -> Ledger:
    """Draw the choice of a sample ledger."""
    samples = sorted(path.stem for path in FOLDER.glob("*.csv"))
    fitting = FITTING.get(chosen.base.key, FIRST_SHOWN)
    picked = st.selectbox(
        "Member ledger", samples, index=samples.index(fitting), key=f"ledger-{chosen.base.key}", persist_state="session",
        format_func=lambda name: f"Sample: {name.replace('-', ' ')}", help="The members of the samples are invented.",
    )  # fmt: skip
    return sample(picked)


@st.cache_resource(max_entries=16, show_spinner=False)
def sample(name: str) -> Ledger:
    """A sample ledger by name."""
    path = FOLDER / f"{name}.csv"
    data = path.read_bytes()
    return Ledger(fingerprint(data), f"sample {name.replace('-', ' ')}", read_ledger(data, path.name))


def upload(*, opened: bool) -> None:
    """Draw the upload and the template."""
    title = "Open another ledger" if kept().own else "Open your own ledger"
    with st.expander(title, expanded=opened, icon=":material/upload_file:"):
        st.caption(
            "An export as it is: CSV or XLSX, any separator. A column for the member and one for the patronage are enough; "
            "others are never read. Names never leave this session, and nothing is stored."
        )
        label, kinds = f"A ledger, up to {MEGABYTES} MB", ["csv", "txt", "tsv", "xlsx"]
        file_field(label, kinds, upload_key(), megabytes=MEGABYTES, on_change=_open)
        with st.container(horizontal=True):
            for kind, data, mime in (("csv", template_csv, "text/csv"), ("xlsx", template_xlsx, EXCEL)):
                st.download_button(
                    f"Template ({kind.upper()})", data, file_name=f"ledger-template.{kind}", mime=mime, on_click="ignore",
                    key=f"download-template-{kind}", icon=":material/download:",
                )  # fmt: skip


def guard() -> None:
    """Make the browser ask before an own ledger is lost."""
    record = kept()
    _GUARD(key="ledger-guard", data={"open": record.own is not None or record.upload is not None})


def is_lost() -> bool:
    """Whether the address says that a ledger was open here, and none is."""
    return state.ledger() == OWN and kept().own is None and kept().upload is None


def lost() -> None:
    """Say that the ledger is gone, and offer to open it again."""
    st.warning(
        "Your ledger is no longer here: the page was reloaded or the app restarted, and nothing is ever stored. Open the file "
        "again and it is as before. No other ledger was put in its place.",
        icon=":material/folder_off:",
    )
    upload(opened=True)
    st.button("Look at a sample ledger instead", key="leave-own-ledger", on_click=state.mark_ledger, args=("",))


def forget_button() -> None:
    """Draw the way to forget."""
    st.button("Forget my ledger", key="forget-ledger", on_click=forget, icon=":material/delete:")


def forget() -> None:
    """Forget the ledger, everything made from it, and that there was one."""
    memory.forget()
    state.mark_ledger("")
    gc.collect()  # the collector runs by its own pace; what was forgotten should be gone now


def upload_key() -> str:
    """A fresh upload after each file: the old one would keep it."""
    return f"ledger-upload-{kept().uploads}"


def fingerprint(data: bytes) -> str:
    """A short name for a content."""
    return hashlib.sha256(data).hexdigest()


def _open() -> None:
    uploaded = st.session_state[upload_key()]
    if uploaded is None:
        return
    record = kept()
    record.upload = Upload(uploaded.name, uploaded.getvalue())
    record.refused = ()
    take_back(uploaded)
    record.uploads += 1


def told(mistakes: tuple[str, ...]) -> None:
    """Draw what was wrong."""
    for mistake in mistakes:
        st.error(words.markdown(mistake))

"""Real cases on the screen: the answer, the main cases one at a time, and cards for the others."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from coopfin.evidence.cases import CASES, RUNS, Result, back_tests
from coopfin.ui.cases import table as case_table
from coopfin.ui.parts import figures
from coopfin.ui.session import presets, state

FORESEEN = ("carried over", "preset")


def results() -> list[Result]:
    """Every back-test with the presets as they are now."""
    return _results(tuple(presets.load(key).version for key in presets.names()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _results(_versions: tuple[str, ...]) -> list[Result]:
    return back_tests(lambda key: presets.load(key).scenario)


def answer(tests: list[Result]) -> None:
    """How often the model is right, in a sentence and by case."""
    st.html(f"<h4>{figures.text(CASES['answer'], _counts(tests))}</h4><p>{figures.text(CASES['lesson'])}</p>")
    names = CASES["names"].items()
    st.html(case_table.score_table((name, [r for r in tests if r.check.case == case]) for case, name in names))


def _counts(tests: list[Result]) -> Mapping[str, str]:
    tested = [r for r in tests if r.check.kind != case_table.NO_TEST]
    added = [r for r in tested if r.check.kind == "adds up"]
    foreseen = [r for r in tested if r.check.kind in FORESEEN]
    claims = [r for r in tested if r.check.kind == "claim"]
    return {
        "fits": str(sum(r.fits for r in tested)),
        "tests": str(len(tested)),
        "misses": str(sum(not r.fits for r in tested)),
        "added": str(sum(r.fits for r in added)),
        "added_all": str(len(added)),
        "foreseen": str(sum(r.fits for r in foreseen)),
        "foreseen_all": str(len(foreseen)),
        "claims": str(sum(r.fits for r in claims)),
        "claims_all": str(len(claims)),
    }


def main_case(tests: list[Result]) -> None:
    """One main case: its story, its tables, and what was put in."""
    titles = {key: case["title"] for key, case in CASES["main"].items()}
    key = st.segmented_control(
        "Case", list(titles), default=next(iter(titles)), required=True, key="case", format_func=titles.__getitem__
    )
    case = CASES["main"][key]
    st.header(f"{case['title']}, {case['beside']}", anchor=False)
    st.html("".join(f"<p>{figures.text(each)}</p>" for each in case["story"]))
    _open(key, case)
    for each in case["checks"]:
        own = [r for r in tests if r.check.case == each]
        st.html(case_table.checks_table(CASES["names"][each], own))
        with st.expander(f"What was put in: {CASES['names'][each]}"):
            st.html(case_table.inputs_table(RUNS[name] for name in dict.fromkeys(r.check.run for r in own)))


def cards() -> None:
    """Shorter stories: failures as much as successes."""
    columns = st.columns(2)
    for i, (key, card) in enumerate(CASES["cards"].items()):
        with columns[i % len(columns)].container(border=True, key=f"card-{key}"):
            st.html(
                f'<section class="card"><h3>{escape(card["title"])}</h3><p class="outcome">{escape(card["outcome"])}</p>'
                f"<p>{figures.text(card['text'])}</p></section>"
            )
            _open(key, card)


def _open(key: str, case: Mapping[str, Any]) -> None:
    preset = case.get("preset")
    if preset is None:
        return
    title = presets.words(preset).title
    if st.button(
        f"Open “{title}” in the comparison", key=f"open-{key}", icon=":material/open_in_new:",
        on_click=state.choose, args=(preset,), type="tertiary",
    ):  # fmt: skip
        st.switch_page("app.py")

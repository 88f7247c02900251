"""Real cases on the screen: the answer, the main cases one at a time, and cards for the others."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from coopfin.evidence.cases import CASES, RUNS, Result, back_tests, read_texts
from coopfin.evidence.three_cases import write_three_cases
from coopfin.ui.cases import score, side_by_side, table as case_table
from coopfin.ui.parts import figures
from coopfin.ui.session import presets, state
from coopfin.ui.shell.answer import show


def results() -> list[Result]:
    """Every back-test with the presets as they are now."""
    return _results(tuple(presets.load(key).version for key in presets.names()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _results(_versions: tuple[str, ...]) -> list[Result]:
    return back_tests(lambda key: presets.load(key).scenario)


def answer(tests: list[Result]) -> None:
    """What the model is good for, what it is not, and what stays as it was; then the score."""
    said = score.counts(tests)
    show(figures.text(CASES["answer"], said))
    for column, each in zip(st.columns(len(CASES["reading"]), gap="medium"), CASES["reading"], strict=True):
        column.html(f'<section class="card"><h3>{escape(each["title"])}</h3><p>{figures.text(each["text"], said)}</p></section>')


def panel() -> None:
    """The panel and its every try, and the predictions."""
    _headed("panel")
    st.html(score.panel_table())
    with st.expander("Every try"):
        st.html(score.every_try())
    _headed("predictions")
    st.html(score.predictions_table())
    st.header("The score of single figures", anchor=False)


def _headed(name: str) -> None:
    st.header(CASES[name]["title"], anchor=False)
    st.html(f"<p>{figures.text(CASES[name]['text'], score.settings())}</p>")


def by_case(tests: list[Result]) -> None:
    """How many figures the model meets, by case and kind; a false claim is no miss of the model."""
    names = CASES["names"].items()
    st.html(case_table.score_table((name, [r for r in tests if r.check.case == case]) for case, name in names))


def three_cases() -> None:
    """The seed of this project: three cooperatives beside their peers, and those that failed."""
    st.header("Three cooperatives beside their peers", anchor=False)
    st.html(f"<p>{figures.text(read_texts('three_cases.toml')['answer'])}</p>")
    st.html(side_by_side.three_cases())
    st.subheader("Those that failed, or got into trouble", anchor=False)
    st.html(side_by_side.three_cases(failed=True))
    st.download_button(
        "This table as CSV", write_three_cases, file_name="three-cases.csv", mime="text/csv", key="download-cases",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def outcomes(key: str) -> None:
    """What the chosen preset says, and a table of all."""
    st.header("What our own presets say", anchor=False)
    if key in presets.names():
        st.html(f"<h5>{escape(presets.words(key).title)}, as it ships</h5>{side_by_side.outcome(key)}")
    if st.toggle("All presets in one table", key="all-outcomes"):
        st.html(side_by_side.outcomes(presets.names()))


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

"""How likely it is: chances in words, the spread of a measure, fans over the years, files to take away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import escape

import streamlit as st

from coopfin.comparison.measures import MEASURES
from coopfin.display import colours, words
from coopfin.display.nouns import Words
from coopfin.export.futures import percentiles
from coopfin.ui.parts.downloads import file_name
from coopfin.ui.session.background import worked_out
from coopfin.ui.session.state import State
from coopfin.ui.sure import big_run, chances, draws, fan
from coopfin.uncertainty.futures import Futures, Question
from coopfin.uncertainty.simulation import Statistics

CSV_DRAWS = 10_000  # as CSV more would take a minute to write; Parquet takes any number

SPREAD = (("p05", "5 in 100 are below"), ("p25", "25 in 100"), ("p50", "half"), ("p75", "75 in 100"), ("p95", "95 in 100"))


def view(chosen: State, question: Question, found: Futures, measure: str) -> None:
    """Draw everything there is to say of the futures."""
    said = chosen.base.words
    st.markdown("\n".join(f"- {words.markdown(text)}" for text in chances.sentences(found, measure, said)))
    st.caption(f"Counted in {found.draws:,} futures, drawn from what the table below says is uncertain.")
    big_run.controls(replace(question, draws=big_run.DRAWS))
    st.html(spread_table(found, measure, said))
    st.subheader("Over the years", anchor=False)
    seen = st.segmented_control("What to see", list(fan.VIEWS), default="Provider income", required=True, key="fan-view")
    fan.chart(found, fan.VIEWS[seen], said.currency, chosen.marks)
    st.subheader("Take it with you", anchor=False)
    _downloads(chosen, replace(question, draws=found.draws))


def spread_table(found: Futures, measure: str, said: Words) -> str:
    """The percentiles of the measure for each firm and their difference, as HTML."""
    each = MEASURES[measure]
    unit = f" ({escape(said.currency)})" if each.unit == "money" and said.currency else ""
    heads = "".join(f'<th scope="col" class="number">{label}</th>' for _, label in SPREAD)
    rows = "".join(
        _row(place, firm, statistics, each.unit) for place, (firm, statistics) in enumerate(found.statistics[measure].items())
    )
    return (
        f'<div class="scroll"><table class="comparison spread"><caption>{escape(each.label)}{unit}: how it is spread over the '
        f'futures. Difference: the second less the first, future by future.</caption><thead><tr><th scope="col"></th>{heads}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(place: int, firm: str | None, statistics: Statistics, unit: str) -> str:
    say = words.value if firm is not None else words.difference
    cells = "".join(f'<td class="number">{say(getattr(statistics, name), unit)}</td>' for name, _ in SPREAD)
    head = "Difference" if firm is None else f"<span>{escape(words.firm(firm))}</span>"
    style = f' class="{colours.firm_class(place)}"' if firm is not None else ""
    empty = f"<small>no value in {words.percent(statistics.share_empty)}</small>" if statistics.share_empty else ""
    return f'<tr><th scope="row"{style}>{head}{empty}</th>{cells}</tr>'


def _downloads(chosen: State, question: Question) -> None:
    now, everything = datetime.now(), replace(question, measures=(), lines=())
    files: list[tuple[str, str, Callable[..., str | bytes], str, str]] = [
        ("percentiles", "Percentiles (CSV)", percentiles, ".csv", "text/csv")
    ]
    if question.draws <= CSV_DRAWS:
        files.append(("draws", "All draws (CSV)", draws.as_csv, ".csv", "text/csv"))
    files.append(("draws", "All draws (Parquet)", draws.as_parquet, ".parquet", "application/vnd.apache.parquet"))
    with st.container(horizontal=True, key="futures-downloads"):
        for what, label, call, ending, mime in files:
            st.download_button(
                label, partial(worked_out, call, everything), mime=mime, key=f"download-{what}{ending}", on_click="ignore",
                file_name=file_name(what, chosen.base.key, "", now).removesuffix(".csv") + ending, icon=":material/download:",
                help="Every measure of both firms. Takes some seconds.",
            )  # fmt: skip
    st.caption(
        f"{question.draws:,} draws of seed {question.seed}, every measure, in full precision: the same as the command "
        "`simulate` gives for the scenario and the table below."
    )

"""Many more futures, on a button: worked out in another process, with a share done and a way to stop."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from coopfin.display import words
from coopfin.ui.session import cached, state
from coopfin.ui.session.background import Job
from coopfin.uncertainty.futures import Futures, Question, look_ahead

DRAWS = 100_000
EVERY = 0.5  # seconds between two looks at how far it is


@dataclass(frozen=True)
class Run:
    """A job, and the question it answers."""

    key: cached.Key
    job: Job


@dataclass(frozen=True)
class Kept:
    """What is kept for the session: the run, if there is one."""

    run: Run | None = None


def answered(question: Question) -> Futures | None:
    """The answer of the big run to this question, if there is one; one to another question is stopped and forgotten."""
    run = _run(question)
    return run.job.result if run and run.job.finished else None


def _run(question: Question) -> Run | None:
    run = state.kept(Kept).run
    if run is not None and run.key != cached.question_key(question):
        _cancel()
        return None
    return run


def controls(question: Question) -> None:
    """The button; while it runs how far it is and a way to stop it; then what came of it."""
    run = _run(question)
    if run is None:
        st.button(
            f"Draw {DRAWS:,} futures", key="big-start", icon=":material/casino:", on_click=_start, args=(question,),
            help="Takes some seconds. Anything you move meanwhile stops it, since it would answer another question.",
        )  # fmt: skip
    elif not run.job.finished:
        st.fragment(_progress, run_every=EVERY)(run.job)
    elif run.job.mistake:
        st.error(words.markdown(run.job.mistake))
        st.button("Try again", key="big-start", on_click=_start, args=(question,))


def _start(question: Question) -> None:
    state.keep(Kept(Run(cached.question_key(question), Job(look_ahead, question))))


def _progress(job: Job) -> None:
    if job.finished:
        st.rerun()
    bar, button = st.columns([4, 1], vertical_alignment="center")
    text = f"{words.percent(round(job.share, 2))} of {DRAWS:,} futures drawn" if job.share else "Getting ready …"
    bar.progress(job.share, text)
    button.button("Cancel", key="big-cancel", on_click=_cancel, width="stretch")


def _cancel() -> None:
    run = state.kept(Kept).run
    state.keep(Kept())
    if run is not None:
        run.job.cancel()

"""A page of levers and a cheap model, for the browser tests: what it shows is written in one place, live and still."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from coopfin.display import words
from coopfin.ui.levers import Column, LawMark, Lever, Sweep, Thumb, column, levers, live, moves

NAMES = {"marketplace": "Traditional marketplace", "cooperative": "Platform cooperative", "hybrid": "Hybrid"}
LOOKS = {"marketplace": ("#D9730D", "circle"), "cooperative": ("#0E9384", "square"), "hybrid": ("#7C5CBF", "triangle")}
FIRMS = list(NAMES) if "three" in st.query_params else list(NAMES)[:2]
HELP = "The commission: what the platform keeps of every sale. New York ride-hail platforms: 9 % in 2019, 20.7 % in 2022."
SHARE, RATE, OPEN = (0.0, 1.0), (-1.0, 10.0), (0.0, math.inf)


def row(
    name: str, label: str, unit: str, ends: tuple[float, float], *bases: float, group: str, possible: tuple[float, float] = SHARE,
    effect: str = "", law: LawMark | None = None, note: str = "",
) -> Lever:  # fmt: skip
    firms = FIRMS if len(bases) > 1 else [""]
    at = [bases[min(i, 1)] for i in range(len(firms))]
    thumbs = [
        Thumb(firm, NAMES.get(firm, ""), base, base, *LOOKS.get(firm, ("", "plain")))
        for firm, base in zip(firms, at, strict=True)
    ]
    if law:
        thumbs[-1] = replace(thumbs[-1], law=law)
    return Lever(
        name,
        label,
        unit,
        *ends,
        tuple(thumbs),
        HELP,
        effect,
        group,
        note,
        possible,
        low_open=possible == RATE,
        whole=unit == "years",
    )


LATER = "no surplus to split before year 9"
SPAIN = LawMark(0.2, "Spain asks for at least 20 %")
SUM = "60 % to members, 40 % to development: together 100 %."


def by(amount: str) -> str:
    return f"moves the answer by {amount} a month"


MARKET, TAKES, LOYALTY, SURPLUS, CAPITAL = "The market", "What the platform takes", "Growth and loyalty", "The surplus", "Capital"
BASE = [
    row("providers", "Providers at launch", "count", (10, 5_000), 500, group=MARKET, possible=OPEN, effect=by("212")),
    row("sales", "Sales per provider", "money", (1_000, 80_000), 31_234, group=MARKET, possible=OPEN, effect=by("1,204")),
    row("take_rate", "Take rate", "share", (0, 0.5), 0.25, 0.15, group=TAKES, effect=by("41")),
    row("ancillary", "Advertising and data income", "share", (0, 0.05), 0.012, 0, group=TAKES, effect=by("3")),
    row("growth", "Growth in year 1", "rate", (-0.2, 1), 0.3, 0.207, group=LOYALTY, possible=RATE, effect=by("18")),
    row("churn", "Providers who leave in a year", "share", (0, 0.9), 0.45, 0.4, group=LOYALTY, effect=by("9")),
    row("reserve", "To the indivisible reserve", "share", (0, 0.6), 0.2, group=SURPLUS, effect=LATER, law=SPAIN),
    row("patronage", "To members by use", "share", (0, 1), 0.6, group=SURPLUS, effect=LATER),
    row("reinvest", "To development", "share", (0, 1), 0.4, group=SURPLUS, effect=LATER, note=SUM),
    row("exit", "Sale price", "multiple", (0, 8), 2.95, 0, group=CAPITAL, possible=OPEN, effect=by("0")),
    row(
        "preferred",
        "Preferred or community shares",
        "money",
        (0, 3_000_000),
        250_000,
        group=CAPITAL,
        possible=OPEN,
        effect=by("6"),
    ),
    row("years", "Loan term", "years", (1, 20), 7, group=CAPITAL, possible=(1, math.inf), effect=by("2")),
]


def figures(value: Callable[[str, str], np.ndarray | float]) -> dict[str, np.ndarray]:
    """A cheap model: what a provider keeps a month, in each firm, and ten years of it. Numbers or arrays."""
    made = {}
    for firm in FIRMS:
        kept = value("sales", "") * (1 - value("take_rate", firm) + value("ancillary", firm)) / 12
        kept = kept + value("patronage", "") * value("take_rate", firm) * value("sales", "") * (firm == "cooperative") / 40
        years = [kept * (1 + (value("growth", firm) - value("churn", firm) / 4) / 20 * year) for year in range(11)]
        made[firm] = np.asarray(years)
    return made


def line(years: np.ndarray) -> str:
    return " ".join(f"{x * 60:.0f},{200 - y / 50:.1f}" for x, y in enumerate(years))


def answer(kept: float, other: float) -> str:
    return (
        f"A member keeps {words.amount(kept)} a month: {words.difference(kept - other, 'money')} against {words.amount(other)}."
    )


def main() -> None:
    st.set_page_config(layout="wide")
    values = st.session_state.setdefault("values", {(row.name, t.firm): t.base for row in BASE for t in row.thumbs})
    heard = moves("levers")
    time.sleep(float(os.environ.get("DEMO_PAUSE", 0)))
    for move in heard:
        if (move.lever, move.firm) in values and move.value != 0.13:  # the server has its reasons, too
            values[move.lever, move.firm] = move.value
    st.session_state.setdefault("log", []).extend((m.lever, m.firm, m.value, m.sent) for m in heard)
    rows = [replace(row, thumbs=tuple(replace(t, value=values[row.name, t.firm]) for t in row.thumbs)) for row in BASE]
    now = {f: each[:] for f, each in figures(lambda lever, firm: values[lever, firm]).items()}
    kept = {firm: float(each[1]) for firm, each in now.items()}
    spoken = answer(kept["cooperative"], kept["marketplace"])
    st.html("<style>[data-testid=stSidebar] { min-width: 22rem; }</style>")
    with st.container() if "page" in st.query_params else st.sidebar:
        levers(rows, key="levers", context="demo", currency="USD", spoken=spoken)
        live(rows, sweep, key="levers")
    st.title("Who gains when users own the platform?")
    time.sleep(float(os.environ.get("DEMO_PAUSE", 0)))
    cells = "".join(f"<td data-live='kept-{firm}'>{words.amount(each)}</td>" for firm, each in kept.items())
    st.html(
        f"<p aria-live='polite' style='font-size:1.3rem' data-live='answer'>{spoken}</p>"
        f"<table><tr><th>Kept a month</th>{cells}</tr></table>"
    )
    lines = "".join(
        f"<polyline data-live='line-{firm}' fill='none' stroke='{LOOKS[firm][0]}' stroke-width='3' points='{line(each)}'/>"
        for firm, each in now.items()
    )
    picture = f"<svg viewBox='0 0 600 200' style='width:100%;max-width:60rem'>{lines}</svg>"
    st.markdown(picture, unsafe_allow_html=True)  # st.html leaves no SVG
    st.text("Values " + ", ".join(f"{lever} {firm}={value!r}" for (lever, firm), value in values.items()))
    st.text(f"Moves {len(st.session_state['log'])}")
    st.button("Base", on_click=lambda: values.update({(row.name, t.firm): t.base for row in BASE for t in row.thumbs}))


def sweep(lever: Lever, thumb: Thumb) -> Sweep:
    time.sleep(float(os.environ.get("DEMO_LATE", 0)))
    values = st.session_state["values"]
    points = np.array(lever.points)
    made = figures(lambda name, firm: points if (name, firm) == (lever.name, thumb.firm) else values[name, firm])
    kept = {firm: np.broadcast_to(each[1], points.shape) for firm, each in made.items()}
    lines = {firm: np.broadcast_to(each.reshape(11, -1), (11, len(points))) for firm, each in made.items()}
    places = {f"kept-{firm}": column(each, words.amount) for firm, each in kept.items()}
    pairs = zip(kept["cooperative"], kept["marketplace"], strict=True)
    places["answer"] = Column.of([answer(float(a), float(b)) for a, b in pairs])
    marks = {
        f"line-{firm}": {"points": Column.of([line(each[:, i]) for i in range(len(points))])} for firm, each in lines.items()
    }
    return Sweep(places, marks)


main()

"""The three cases beside their peers, and what each preset says, on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from coopfin.evidence.figures import Figure
from coopfin.evidence.outcome_words import HEADS, paragraph, rows
from coopfin.evidence.outcomes import Outcome
from coopfin.evidence.three_cases import FAILED, NOT_PUBLISHED, Cell, Column, columns, questions
from coopfin.ui.parts import figures
from coopfin.ui.session import presets


def three_cases(*, failed: bool = False) -> str:
    """The cooperatives and their peers, or those that failed, as an HTML table."""
    shown = [column for column in columns() if (column.kind == FAILED) == failed]
    heads = "".join(f'<th scope="col">{escape(column.name)}<small>{escape(_kind(column))}</small></th>' for column in shown)
    body = "".join(
        f'<tr><th scope="row">{escape(question)}</th>{"".join(_cell(column.cells[key]) for column in shown)}</tr>'
        for key, question in questions().items()
    )
    return (
        '<div class="scroll"><table class="comparison side"><caption>Each figure is a link to its source. “Not published”: '
        "we have found nothing published that we may cite.</caption>"
        f'<thead><tr><th scope="col">Question</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _kind(column: Column) -> str:
    return "" if column.kind == FAILED else column.kind


def _cell(cell: Cell) -> str:
    if not cell.parts:
        return f'<td class="none">{NOT_PUBLISHED}</td>'
    said = "".join(figures.of_fact(part) if isinstance(part, Figure) else escape(part) for part in cell.parts)
    return f"<td>{said}<small>{cell.strength}</small></td>"


@st.cache_resource(max_entries=16, show_spinner=False)
def _outcome(key: str, _version: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    base = presets.load(key)
    found = Outcome(base.scenario.enterprises, presets.ranges(key))
    return paragraph(found, base.words), tuple(rows(found, base.words))


def outcome(key: str) -> str:
    """What one preset says, as a paragraph written from its numbers."""
    told, _ = _outcome(key, presets.load(key).version)
    return f"<p>{figures.of_model(told)}</p>"


def outcomes(keys: Iterable[str]) -> str:
    """Every preset's outcome, and what it turns on."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in HEADS)
    body = ""
    for key in keys:
        for row in _outcome(key, presets.load(key).version)[1]:
            cells = "".join(f"<td>{figures.of_model(cell)}</td>" for cell in row[1:])
            body += f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>'
    return (
        '<div class="scroll"><table class="comparison side"><caption>One market for both firms, one rule for the capital of '
        f"both.</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )

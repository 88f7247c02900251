"""The method tells itself: every declaration is explained, with the code that runs, and the picture adds up."""

from __future__ import annotations

import csv
import inspect
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from strategies import values

from coopfin import ASSUMPTIONS, IDENTITIES, LINES, MEASURES, Assumptions, project
from coopfin.engine.flow import BESIDE, FORKS, JOINS
from coopfin.evidence.method import (
    ASSUMPTION,
    CHECK,
    FORMULAS,
    FUNCTIONS,
    IDENTITY,
    KINDS,
    LINE,
    MEASURE,
    STEP,
    TERM,
    code_of,
    definitions,
    entries,
    related,
)

ROOT = Path(__file__).parents[2]
ENTRIES = entries()


def names(kind: str) -> list[str]:
    return [each.name for each in ENTRIES.values() if each.kind == kind]


def test_everything_declared_is_explained() -> None:
    assert names(ASSUMPTION) == list(ASSUMPTIONS)
    assert names(MEASURE) == list(MEASURES)
    assert names(LINE) == list(LINES)
    assert names(IDENTITY) == list(IDENTITIES)
    assert {each.kind for each in ENTRIES.values()} == set(KINDS)


@pytest.mark.parametrize("anchor", ENTRIES)
def test_an_entry_says_what_it_is_and_where_it_comes_from(anchor: str) -> None:
    each = ENTRIES[anchor]
    assert each.heading and each.section
    assert each.text or each.code
    if each.kind == ASSUMPTION:
        assert each.source.startswith("assumption: ") or each.address.startswith("http")
    if each.kind in (MEASURE, LINE, IDENTITY, STEP):
        assert each.code
    if each.kind == CHECK:
        assert (ROOT / each.source).is_file()
    if each.kind == TERM:
        assert related()[anchor] in ENTRIES


def test_no_note_stands_twice() -> None:
    rows = list(csv.DictReader((ROOT / "coopfin/data/notes.csv").read_text(encoding="utf-8").splitlines()))
    assert len({(row["kind"], row["heading"]) for row in rows}) == len(rows)
    assert all(row["text"].endswith(".") and row["see"] for row in rows)


def test_the_code_shown_is_the_code_that_runs() -> None:
    squeezed = "".join("".join(inspect.getsource(module).split()) for module in FORMULAS)
    for name, code in definitions().items():
        assert name in code
        assert "".join(code.split()) in squeezed
    for functions in FUNCTIONS.values():
        for function in functions.values():
            assert code_of(function).startswith("def ")
    for name, measure in MEASURES.items():
        assert ENTRIES[f"measure-{name}"].code.startswith("def ")
        assert measure.words[1:] in ENTRIES[f"measure-{name}"].text


@given(a=values())
def test_every_fork_of_the_picture_adds_up(a: dict[str, float]) -> None:
    x = project(Assumptions(**a))
    scale = 1 + np.max(np.abs(np.stack([x.gross_sales, x.costs, x.accumulated_deficit, x.surplus])))
    for name, parts in FORKS.items():
        comes_in = getattr(x, name) + sum(getattr(x, each) for each in BESIDE.get(name, ()))
        gap = comes_in - sum(getattr(x, part) for part in parts)
        assert np.max(np.abs(gap)) <= 1e-9 * scale, name
    for name, parts in JOINS.items():
        assert np.max(np.abs(getattr(x, name) - sum(getattr(x, part) for part in parts))) <= 1e-9 * scale, name


def test_the_forks_hang_together() -> None:
    steps = list(FORKS)
    for before, after in itertools.pairwise(steps):
        onward = FORKS[before][-1]
        assert onward == after or onward in JOINS[after]
    assert steps[0] == "gross_sales"


def test_a_search_finds_by_every_word() -> None:
    found = [each.anchor for each in ENTRIES.values() if each.mentions("refund cash")]
    assert "assumption-patronage_cash_share" in found
    assert "measure-capital_irr" not in found

"""The three cases side by side: every cell a figure with its source, or not published."""

from __future__ import annotations

import csv
import io
import re

import pytest
from preset_files import ROOT

from coopfin.evidence.three_cases import FAILED, KINDS, NOT_PUBLISHED, columns, markdown, questions, write_three_cases

ASKED = {"take", "earns", "votes", "capital", "investors", "surplus", "product", "data", "form", "stay", "there"}
CASES = {"The Drivers Cooperative", "Stocksy United", "Smart"}


def test_each_case_stands_beside_its_peers_and_the_failures_after_them() -> None:
    assert set(questions()) == ASKED
    kinds = [column.kind for column in columns()]
    assert kinds[:6] == ["cooperative", "traditional"] * 3 and set(kinds[6:]) == {FAILED} and set(kinds) == set(KINDS)
    assert {column.name for column in columns() if column.kind == "cooperative"} == CASES
    assert {"Ampled", "ATX Co-op Taxi", "RideAustin", "Green Taxi"} <= {column.name for column in columns()}


@pytest.mark.parametrize("column", columns(), ids=lambda column: column.key)
def test_a_cell_is_a_figure_with_its_source_or_not_published(column) -> None:  # type: ignore[no-untyped-def]
    assert set(column.cells) == ASKED
    for cell in column.cells.values():
        plain = "".join(part for part in cell.parts if isinstance(part, str))
        assert not re.search(r"\d", plain), plain
        assert bool(cell.facts) == bool(cell.parts) and (cell.text == NOT_PUBLISHED) == (not cell.parts)
        assert all(fact.address.startswith("http") for fact in cell.facts)
    assert sum(bool(cell.parts) for cell in column.cells.values()) >= 2


def test_the_csv_holds_every_cell_with_its_sources() -> None:
    rows = list(csv.DictReader(io.StringIO(write_three_cases())))
    assert len(rows) == len(columns()) * len(ASKED)
    assert all((row["answer"] == NOT_PUBLISHED) == (not row["sources"]) == (not row["strength"]) for row in rows)
    assert not any(row["answer"].startswith(("=", "+", "-", "@")) for row in rows)


def test_the_readme_shows_the_table_as_it_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert markdown() in readme and markdown(failed=True) in readme

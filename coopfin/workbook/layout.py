"""What stands on the two sheets of an enterprise, from top to bottom, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from coopfin.engine.assumptions import SPLIT
from coopfin.engine.lines import LINES
from coopfin.workbook.cells import Places
from coopfin.workbook.formulas import CHECKS, LAUNCH, MONTHS, YEARS

HEAD_ROW = 3

SPAN = "SUM([gross_sales all]) + SUM([capital_received all])"
LAUNCH_FORMULAS: Mapping[str, str] = {
    **{name: formula.replace("]", " launch]") for name, formula in LAUNCH.items()},
    "lowest_cash": "MIN([cash_low all])",
    "tolerance": f"0.000000001 * ({SPAN})",
    "largest_amount": "MAX(1, MAX([gross_sales all]), MAX([costs all]), MAX([cash all]), -MIN([cash all]))",
    "split_check": f"MAX(0, {' + '.join(SPLIT)} - 1)",
}
CHECK_FORMULAS: Mapping[str, str] = {name: f"ABS({text}) / [largest_amount launch]" for name, (_, text) in CHECKS.items()}
CHECK_LABELS: Mapping[str, str] = {name: label for name, (label, _) in CHECKS.items()}


@dataclass(frozen=True)
class Block:
    """Rows under one heading."""

    title: str
    names: tuple[str, ...]


def year_blocks() -> list[Block]:
    """The sheet of years: the statements, checks, the steps between the lines."""
    steps = tuple(name for name in YEARS if name not in LINES)
    return [
        *_statements(LINES),
        Block("Checks: differences relative to the largest amount, 0 but for rounding", tuple(CHECK_FORMULAS)),
        Block("Steps by year", steps),
        Block("Set at the launch", tuple(LAUNCH_FORMULAS)),
    ]


def month_blocks() -> list[Block]:
    """The sheet of months: the lines that exist by month, and the steps between them."""
    return [*_statements(MONTHS), Block("Steps by month", tuple(name for name in MONTHS if name not in LINES))]


def _statements(names: Iterable[str]) -> list[Block]:
    there = set(names)
    lines = [each for each in LINES.values() if each.name in there]
    return [Block(title, tuple(each.name for each in group)) for title, group in groupby(lines, key=lambda each: each.statement)]


def place(sheets: tuple[str, str], horizon: int) -> Places:
    """Where every row of the two sheets stands; ``sheets`` are their names."""
    *by_year, at_launch = year_blocks()
    years, below = _rows("year", by_year, HEAD_ROW)
    launch, _ = _rows("", [at_launch], below)
    months, _ = _rows("month", month_blocks(), HEAD_ROW)
    return Places(*sheets, years, months, launch, horizon)


def _rows(head: str, blocks: list[Block], at: int) -> tuple[dict[str, int], int]:
    rows = {head: at} if head else {}
    for block in blocks:
        at += 1  # an empty row, then the heading
        for name in block.names:
            at += 1
            rows[name] = at
        at += 1
    return rows, at


def label(name: str) -> str:
    """What a row is called: the line's label, or the step's name in words."""
    if name in LINES:
        return LINES[name].label
    return CHECK_LABELS.get(name, name.replace("_", " ").capitalize())

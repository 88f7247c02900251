"""What leaves the model as CSV: the comparison, and every line of the statements. Numbers are raw, to 12 digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coopfin.comparison.compare import Comparison
from coopfin.engine.projection import Projection
from coopfin.engine.statements import STATEMENTS, checks, rows
from coopfin.engine.units import figure_text
from coopfin.export.noise import measured, without_noise
from coopfin.reading.csv_text import csv_text


def write_comparison(comparison: Comparison) -> str:
    """The comparison as CSV: a row per measure, a column per enterprise, and why a cell is empty."""
    header = ["section", "measure", "label", "unit", *comparison.projections, "difference", "remark", "definition"]
    return csv_text([header, *_measures(comparison)], figure_text)


def _measures(comparison: Comparison) -> Iterator[list[str | float]]:
    for name, row in comparison.rows.items():
        values, difference = measured(row, comparison.projections)
        each = row.measure
        yield [each.section, name, each.label, each.unit, *values.values(), difference, row.remark, each.words]


def write_projections(projections: Mapping[str, Projection]) -> str:
    """Every line of every year as tidy CSV: a row per enterprise, year and line."""
    return csv_text(_lines(projections, "year"), figure_text)


def write_months(projections: Mapping[str, Projection]) -> str:
    """Every line that exists by month as tidy CSV: a row per enterprise, month and line."""
    return csv_text(_lines(projections, "month"), figure_text)


def _lines(projections: Mapping[str, Projection], period: str) -> Iterator[list[str | float]]:
    yield ["enterprise", period, "line", "unit", "value"]
    for enterprise, x in projections.items():
        told = [(name, line.unit, values) for name, line, values in without_noise(x, by_month=period == "month")]
        for when in range(len(told[0][2])):
            for name, unit, values in told:
                yield [enterprise, str(when), name, unit, values[when]]


def write_statements(projections: Mapping[str, Projection]) -> str:
    """The statements as CSV, laid out as an accountant does: a row per enterprise and row, a column per year.

    Signs are those of the statements; ``line`` is empty for a sum that has no line of its own, ``kind`` tells items,
    sums, notes and checks apart. A check is 0 but for rounding, relative to the largest amount.
    """
    years = max(x.years for x in projections.values())
    table: list[list[str | float]] = [
        ["enterprise", "statement", "kind", "line", "label", "unit", *map(str, range(years + 1))],
    ]
    for enterprise, x in projections.items():
        for title, statement in STATEMENTS.items():
            table += [
                [enterprise, title, row.kind, row.line, row.label, row.unit, *map(float, values)]
                for row, values in rows(statement, x)
            ]
            table += [
                [enterprise, title, "check", "", words, "ratio", *map(float, residual)]
                for words, residual in checks(statement, x).items()
            ]
    return csv_text(table, figure_text)

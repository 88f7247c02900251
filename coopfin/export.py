"""What leaves the package as CSV: numbers in full precision, texts so that no spreadsheet takes them for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from coopfin.assumptions import ASSUMPTIONS
from coopfin.cents import money_text, plain_text
from coopfin.comparison import Comparison
from coopfin.files import FIRST, LAST, Scenario
from coopfin.lines import LINES
from coopfin.patronage import Allocation
from coopfin.projection import Projection
from coopfin.simulation import Simulation, Statistics
from coopfin.statements import STATEMENTS, checks, rows
from coopfin.units import number

FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def write_scenario(scenario: Scenario) -> str:
    """The scenario as a file that reads back to the identical projection, bit for bit."""
    header: list[str | float] = [*FIRST, *scenario.enterprises, LAST]
    rows: list[list[str | float]] = [
        [name, each.unit.name, *(float(getattr(a, name)) for a in scenario.enterprises.values()), scenario.sources.get(name, "")]
        for name, each in ASSUMPTIONS.items()
    ]
    return to_csv([header, *rows])


def write_comparison(comparison: Comparison) -> str:
    """The comparison as CSV: a row per measure, a column per enterprise, raw numbers."""
    header: list[str | float] = ["section", "measure", "label", "unit", *comparison.projections, "difference", "remark"]
    rows: list[list[str | float]] = [
        [each.measure.section, name, each.measure.label, each.measure.unit, *each.values.values(), each.difference, each.remark]
        for name, each in comparison.rows.items()
    ]
    return to_csv([header, *rows])


def write_projections(projections: Mapping[str, Projection]) -> str:
    """Every line of every year as tidy CSV: a row per enterprise, year and line."""
    rows: list[list[str | float]] = [
        [enterprise, str(year), name, line.unit, float(getattr(x, name)[year])]
        for enterprise, x in projections.items()
        for year in range(x.years + 1)
        for name, line in LINES.items()
    ]
    return to_csv([["enterprise", "year", "line", "unit", "value"], *rows])


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
    return to_csv(table)


def write_allocation(allocation: Allocation) -> str:
    """Each member's refund as CSV, in the order of the ledger; money with two decimals, patronage as in the ledger."""
    members = allocation.members
    amounts = zip(
        *([money_text(each) for each in column.tolist()] for column in (allocation.refund, allocation.cash, allocation.retained)),
        strict=True,
    )
    given = zip(members.names, members.classes, map(plain_text, members.patronage), strict=True)
    rows = ([*member, *money] for member, money in zip(given, amounts, strict=True))
    return to_csv([["member", "class", "patronage", "refund", "cash", "retained"], *rows])


def write_simulation(simulation: Simulation) -> str:
    """Mean, spread and percentiles of every measure kept as CSV: a row per measure and enterprise."""
    rows: list[list[str | float]] = [
        [measure, enterprise, *simulation.statistics(measure, enterprise)]
        for measure, enterprises in simulation.values.items()
        for enterprise in enterprises
    ]
    return to_csv([["measure", "enterprise", *Statistics._fields], *rows])


def to_csv(rows: Iterable[Iterable[str | float]]) -> str:
    """Rows as CSV: numbers in full precision, texts so that no spreadsheet takes them for a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: str | float) -> str:
    if not isinstance(value, str):
        return number(value)
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return "'" + value if value.startswith(FORMULA_STARTS) else value

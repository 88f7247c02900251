"""The CSV of comparisons and statements: what stands in it, in how many digits, and why a cell is empty."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from strategies import values

from coopfin import LINES, MEASURES, Assumptions, compare, project, write_comparison, write_projections, write_statements
from coopfin.comparison.compare import project_all
from coopfin.engine.declaration import AssumptionError
from coopfin.export import write_months

HEADER = ["section", "measure", "label", "unit"]
BY_MONTH = [name for name, line in LINES.items() if line.by_month]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_measure_is_told_with_its_definition() -> None:
    comparison = compare({"one": Assumptions(), "two": Assumptions(take_rate=0.1), "three": Assumptions(take_rate=0.3)})
    text = write_comparison(comparison)
    assert text.splitlines()[0].split(",") == [*HEADER, "one", "two", "three", "difference", "remark", "definition"]
    rows = table(text)
    assert [row["measure"] for row in rows] == list(comparison.rows)
    assert set(MEASURES) < {row["measure"] for row in rows}
    assert all(row["definition"] and row["label"] and row["section"] for row in rows)
    take = next(row for row in rows if row["measure"] == "take_rate")
    assert (take["two"], take["three"], take["difference"]) == ("0.1", "0.3", "-0.1")


def test_an_empty_cell_has_its_reason() -> None:
    comparison = compare({"marketplace": Assumptions(overhead=1e9), "cooperative": Assumptions(take_rate=0.9)})
    rows = table(write_comparison(comparison))
    for row in rows:
        for enterprise in ("marketplace", "cooperative"):
            assert row[enterprise] or f"{enterprise}: " in row["remark"], row
        assert row["difference"] or row["remark"]
    year = next(row for row in rows if row["measure"] == "break_even_year")
    assert (year["marketplace"], year["difference"]) == ("", "")
    assert year["cooperative"]


def test_one_enterprise_alone_has_no_difference_and_says_so() -> None:
    rows = table(write_comparison(compare({"only": Assumptions()})))
    assert all(row["difference"] == "" and "only one enterprise" in row["remark"] for row in rows)


@pytest.mark.parametrize(("write", "period", "last"), [(write_projections, "year", 3), (write_months, "month", 36)])
def test_every_line_of_every_period_is_told(write: object, period: str, last: int) -> None:
    x = project(Assumptions(years=3))
    rows = table(write({"a": x, "b": x}))  # type: ignore[operator]
    names = list(LINES) if period == "year" else BY_MONTH
    assert [(row["enterprise"], row[period], row["line"]) for row in rows] == [
        (enterprise, str(when), name) for enterprise in "ab" for when in range(last + 1) for name in names
    ]
    told = x if period == "year" else x.months
    for row in rows:
        assert row["unit"] == LINES[row["line"]].unit
        value = float(getattr(told, row["line"])[int(row[period])])
        assert float(row["value"]) == pytest.approx(value, rel=1e-11, abs=1e-5)


def test_a_figure_has_no_more_digits_than_it_needs() -> None:
    rows = table(write_projections({"a": project(Assumptions(take_rate=0.207, years=2))}))
    assert {row["value"] for row in rows if row["line"] == "take" and row["year"] != "0"} == {"0.207"}
    assert max(len(row["value"].replace("-", "").replace(".", "").strip("0")) for row in rows) <= 12
    assert not any("e" in row["value"] or "," in row["value"] for row in rows)


def test_what_is_paid_off_is_no_debt_of_a_millionth() -> None:
    a = Assumptions(loan=1e6, loan_rate=0.07, loan_years=3, note=1e5, note_rate=0.3, note_cap=1.3, years=6, overhead=0)
    rows = table(write_months({"a": project(a)}))
    for line in ("loan_balance", "note_balance"):
        told = [row["value"] for row in rows if row["line"] == line]
        assert told[-1] == "0"
        assert all(value == "0" or float(value) > 1 for value in told), line


def test_a_provider_s_cell_is_empty_where_there_is_none() -> None:
    x = project(Assumptions(providers=0, years=1, intake_first=0))
    rows = [row for row in table(write_projections({"a": x})) if row["line"] == "provider_income"]
    assert [row["value"] for row in rows] == ["0", ""]


@settings(max_examples=100)
@given(values(), st.sampled_from([write_projections, write_months]))
def test_what_is_told_as_0_is_0_to_nine_digits(a: dict[str, float], write: object) -> None:
    """Rounding is told as 0, a small figure as it is."""
    try:
        x = project_all({"a": Assumptions(**a)})["a"]
    except AssumptionError:
        return
    told, period = (x, "year") if write is write_projections else (x.months, "month")
    size = np.max(np.abs([told.gross_sales, told.costs, told.cash]), axis=0)
    for row in table(write({"a": x})):  # type: ignore[operator]
        when, line = int(row[period]), LINES[row["line"]]
        value = float(getattr(told, line.name)[when])
        if row["value"] == "":
            assert math.isnan(value)
        elif row["value"] == "0" and value:
            people = max(told.providers[when], told.active_providers[when])
            allowed = {"money": size[when], "count": people, "share": 1.0}[line.unit]
            earlier = np.max(np.abs(getattr(told, line.name)[: when + 1])) if line.stock else 0.0
            per_provider = people if line.statement == LINES["provider_income"].statement else 1.0
            assert abs(value) <= 1e-9 * max(allowed / per_provider, earlier) or line.name == "member_shares_issued", row
        else:
            assert float(row["value"]) == pytest.approx(value, rel=1e-11)


def test_the_statements_are_told_in_the_same_digits() -> None:
    text = write_statements({"a": project(Assumptions(take_rate=0.207, years=2))})
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row[6:]]
    assert max(len(cell.replace("-", "").replace(".", "").strip("0")) for cell in cells[3:] if "e" not in cell) <= 12
    assert not {"nan", "inf", "-inf"} & set(cells)

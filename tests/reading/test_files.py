"""Scenario files: every mistake told, one tiny file each; what is written reads back bit for bit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from coopfin.reading.files import MAX_BYTES
from hypothesis import given, settings, strategies as st
from strategies import values

from coopfin import (
    ASSUMPTIONS,
    LINES,
    Assumptions,
    FileError,
    Scenario,
    compare,
    project,
    read_scenario,
    write_comparison,
    write_projections,
    write_scenario,
)
from coopfin.export import to_csv

BAD = Path(__file__).parent / "bad_files"
EXPECTED = list(csv.DictReader(io.StringIO((BAD / "expected.csv").read_text(encoding="utf-8"))))
HEADER = "assumption,unit,marketplace,cooperative,source\n"


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_a_bad_file_says_where_and_what(case: dict[str, str]) -> None:
    with pytest.raises(FileError) as caught:
        read_scenario((BAD / case["file"]).read_bytes(), case["file"])
    start = f"{case['file']}, line {case['line']}: " if case["line"] else f"{case['file']}: "
    assert any(line.startswith(start) and case["says"] in line for line in caught.value.lines), caught.value.lines


def test_every_bad_file_is_expected() -> None:
    assert {path.name for path in BAD.glob("*.csv")} - {"expected.csv"} == {case["file"] for case in EXPECTED}


def test_every_mistake_is_told_at_once() -> None:
    rows = ["take_rate,share,20,0.1,x", "churn,percent,1,1,x", "nonsense,share,0,0,x", "tax_rate,share,0.1,0.2,x"]
    with pytest.raises(FileError) as caught:
        read_scenario((HEADER + "\n".join(rows)).encode(), "s.csv")
    assert [line.split(":")[0] for line in caught.value.lines] == [f"s.csv, line {n}" for n in (2, 3, 4, 5)]


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    with pytest.raises(FileError, match="permitted: up to 1,000,000"):
        read_scenario(b"a" * (MAX_BYTES + 1), "big.csv")


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b"# what this leaves out\n", b"\n\n"])
def test_a_mark_of_order_comments_and_empty_lines_are_passed_over(prefix: bytes) -> None:
    scenario = read_scenario(prefix + HEADER.encode() + b"\n# halfway\ntake_rate,share,0.3,0.1,x\r\n", "s.csv")
    assert float(scenario.enterprises["cooperative"].take_rate) == 0.1


def test_an_assumption_left_out_has_its_default() -> None:
    scenario = read_scenario(HEADER.encode(), "s.csv")
    for name, each in ASSUMPTIONS.items():
        assert float(getattr(scenario.enterprises["marketplace"], name)) == each.default


def test_thirty_enterprises_are_compared() -> None:
    names = [f"firm {n}" for n in range(30)]
    rates = ",".join(str(n / 100) for n in range(30))
    text = f"assumption,unit,{','.join(names)},source\ntake_rate,share,{rates},x\n"
    comparison = compare(read_scenario(text.encode(), "s.csv").enterprises)
    assert list(comparison["take_rate"].values.values()) == [n / 100 for n in range(30)]
    assert comparison["take_rate"].difference == pytest.approx(0.01)
    header, *rows = csv.reader(io.StringIO(write_comparison(comparison)))
    assert header == ["section", "measure", "label", "unit", *names, "difference", "remark"]
    assert all(len(row) == len(header) for row in rows)


@given(values(), st.data())
@settings(max_examples=60)
def test_written_and_read_back_gives_the_identical_projection(first: dict[str, float], data: st.DataObject) -> None:
    second = data.draw(values()) | {name: first[name] for name, each in ASSUMPTIONS.items() if each.shared}
    scenario = Scenario({"a": Assumptions(**first), "b": Assumptions(**second)}, {"years": "x"})
    again = read_scenario(write_scenario(scenario).encode(), "s.csv")
    for name, a in scenario.enterprises.items():
        before, after = project(a), project(again.enterprises[name])
        for line in LINES:
            np.testing.assert_array_equal(getattr(before, line), getattr(after, line))
    assert write_scenario(again) == write_scenario(scenario)


@given(st.text(max_size=30))
def test_no_exported_text_is_a_formula(text: str) -> None:
    cell = next(csv.reader(io.StringIO(to_csv([[text, 1.0]]), newline="")))[0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'")


def test_numbers_keep_every_digit_and_their_sign() -> None:
    assert to_csv([[0.1 + 0.2, -1.5, 3.0, float("nan"), -0.0]]) == "0.30000000000000004,-1.5,3,,0\n"


def test_empty_values_have_a_reason() -> None:
    comparison = compare({"marketplace": Assumptions(overhead=1e9), "cooperative": Assumptions(take_rate=0.9)})
    row = comparison["break_even_year"]
    assert row.remark == "marketplace: no surplus in any of the 10 years"
    line = next(r for r in csv.DictReader(io.StringIO(write_comparison(comparison))) if r["measure"] == "break_even_year")
    assert (line["marketplace"], line["difference"], line["cooperative"]) == ("", "", "1")


def test_one_enterprise_alone_has_no_difference_and_says_so() -> None:
    comparison = compare({"only": Assumptions()})
    assert all(np.isnan(row.difference) and "only one enterprise" in row.remark for row in comparison.rows.values())


def test_every_line_of_every_year_is_told() -> None:
    x = project(Assumptions(years=3))
    rows = list(csv.DictReader(io.StringIO(write_projections({"a": x, "b": x}))))
    assert len(rows) == 2 * 4 * len(LINES)
    cash = next(r for r in rows if (r["enterprise"], r["year"], r["line"]) == ("b", "2", "cash"))
    assert float(cash["value"]) == x.cash[2]
    assert cash["unit"] == "money"

"""Scenario files: every mistake told, one tiny file each; what is written reads back bit for bit."""

from __future__ import annotations

import csv
import io
import re
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from strategies import values

from coopfin import ASSUMPTIONS, LINES, Assumptions, FileError, Scenario, project, read_scenario, write_scenario
from coopfin.comparison import scenario as scenario_module
from coopfin.comparison.enterprises import name_mistake
from coopfin.comparison.scenario import MAX_BYTES
from coopfin.engine.replaced import REPLACED
from coopfin.reading.mistakes import MAX_LISTED

BAD = Path(__file__).parent / "bad_files"
EXPECTED = list(csv.DictReader(io.StringIO((BAD / "expected.csv").read_text(encoding="utf-8"))))
PRESETS = sorted((Path(__file__).parents[2] / "sample_data/presets").glob("*.csv"))
HEADER = "assumption,unit,marketplace,cooperative,source\n"
CONTINENTAL = "assumption;unit;marketplace;cooperative;source\n"
# Numbers of which a spreadsheet, or a short way of writing, would lose a digit.
AWKWARD = (
    0.1 + 0.2,
    1 / 3,
    5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    1e22,
    1e16,
    123456789.123,
    1.234,
    1e-7,
    -0.0,
)


def read(text: str) -> Scenario:
    return read_scenario(text.encode(), "s.csv")


def refused(text: str) -> tuple[str, ...]:
    with pytest.raises(FileError) as caught:
        read(text)
    return caught.value.lines


def called(words: str) -> str:
    """Words in which ``{name}`` stands for an assumption's name and label."""
    return re.sub(r"\{(\w+)\}", lambda match: f"{match[1]} ({ASSUMPTIONS[match[1]].label})", words)


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_a_bad_file_says_where_and_what(case: dict[str, str]) -> None:
    with pytest.raises(FileError) as caught:
        read_scenario((BAD / case["file"]).read_bytes(), case["file"])
    start = f"{case['file']}, line {case['line']}: " if case["line"] else f"{case['file']}: "
    assert any(line.startswith(start) and called(case["says"]) in line for line in caught.value.lines), caught.value.lines
    assert all("\n" not in line for line in caught.value.lines)


def test_every_bad_file_is_expected() -> None:
    assert {path.name for path in BAD.glob("*.csv")} - {"expected.csv"} == {case["file"] for case in EXPECTED}


def test_every_mistake_is_told_at_once() -> None:
    rows = ["take_rate,share,20,0.1,x", "churn,percent,1,1,x", "nonsense,share,0,0,x", "tax_rate,share,0.1,0.2,x"]
    lines = refused(HEADER + "\n".join(rows))
    assert [line.split(":")[0] for line in lines] == [f"s.csv, line {n}" for n in (2, 3, 4, 5)]


@pytest.mark.parametrize("name", REPLACED)
def test_each_earlier_name_is_told_once_with_what_replaced_it(name: str) -> None:
    row = f"{name},rate,0.2,0.1,x\n"
    assert refused(HEADER + "take_rate,share,20,0,x\n" + row + "nonsense,,,,\n" + row) == (f"s.csv, line 3: {REPLACED[name]}",)


def test_all_earlier_names_have_a_line_each() -> None:
    rows = "".join(f"{name},rate,0.2,0.1,x\n" for name in REPLACED)
    assert len(refused(HEADER + rows)) == len(REPLACED)


def test_mistakes_are_told_up_to_a_number_and_then_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(scenario_module, "nearest", lambda name: asked.append(name) or "did you mean it?")
    lines = refused(HEADER + "x\n" * 300_000)
    assert len(lines) == MAX_LISTED + 1
    assert lines[-1] == f"s.csv: and {300_000 - MAX_LISTED:,} more mistakes"
    assert len(asked) == MAX_LISTED  # the work for one mistake is not done for those that are only counted


def test_a_hundred_wrong_columns_are_told_in_a_few_lines() -> None:
    names = ",".join(f"firm {n}" for n in range(100))
    rows = "".join(f"{name},{each.unit.name}{',-5' * 100},x\n" for name, each in ASSUMPTIONS.items())
    lines = refused(f"assumption,unit,{names},source\n{rows}")
    assert len(lines) == MAX_LISTED + 1
    assert max(map(len, lines)) < 400


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    with pytest.raises(FileError, match="permitted: up to 1,000,000"):
        read_scenario(b"a" * (MAX_BYTES + 1), "big.csv")


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b"# what this leaves out; and, more\n", b"\n\n", b"sep=,\r\n", b'"sep=,"\n'])
def test_marks_comments_and_empty_lines_are_passed_over(prefix: bytes) -> None:
    scenario = read_scenario(prefix + HEADER.encode() + b"\n# halfway\ntake_rate,share,0.3,0.1,x\r\n", "s.csv")
    assert float(scenario.enterprises["cooperative"].take_rate) == 0.1


def test_an_assumption_left_out_has_its_default() -> None:
    scenario = read(HEADER)
    for name, each in ASSUMPTIONS.items():
        assert float(getattr(scenario.enterprises["marketplace"], name)) == each.default
    assert scenario.sources == {}


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("separator", "comma", "first", "encoding"),
    [
        (";", True, "", "utf-8"), (";", True, "sep=;\r\n", "utf-8-sig"), ("\t", True, "", "utf-16"), (";", False, "", "utf-8"),
        (",", True, "", "utf-8"), ("|", False, "sep=|\n", "utf-8"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_of_another_country_saves_is_read_the_same(
    path: Path, separator: str, comma: bool, first: str, encoding: str
) -> None:
    scenario = read_scenario(path.read_bytes(), path.name)
    _, *rows = csv.reader(io.StringIO(write_scenario(scenario)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["assumption", "unit", *scenario.enterprises, "source", ""])
    for name, unit, *cells, source in rows:
        writer.writerow([name, unit, *(cell.replace(".", ",") if comma else cell for cell in cells), source, ""])
    assert read_scenario((first + out.getvalue()).encode(encoding), path.name) == scenario


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (HEADER + "overhead,money,1.234,5,x\n", 1.234),  # separated by commas: a point is the decimal sign
        (HEADER + "overhead,money,123.456,5,x\n", 123.456),
        (HEADER + 'overhead,money,"1,234","5,5",x\n', 1.234),  # others show a decimal comma
        (CONTINENTAL + "overhead;money;1,234;5,5;x\n", 1.234),
        (CONTINENTAL + "overhead;money;1.234;5.5;x\n", 1.234),
        (CONTINENTAL + "overhead;money;0,234;5;x\n", 0.234),  # nothing is grouped after a leading 0
        (CONTINENTAL + "overhead;money;1234,567;5;x\n", 1234.567),  # nor in fours
        (CONTINENTAL + "overhead;money;1234;5;x\n", 1234.0),
        (CONTINENTAL + "overhead;money;1,5e3;5;x\n", 1500.0),
        (CONTINENTAL + "overhead;money;+,5;5;x\n", 0.5),
    ],
)
def test_a_number_is_read_where_it_can_mean_one_thing(text: str, value: float) -> None:
    assert float(read(text).enterprises["marketplace"].overhead) == value


def test_the_order_of_rows_and_their_comments_change_nothing() -> None:
    rows = ["take_rate,share,0.3,0.1,x", "churn,share,0.3,0.1,y"]
    assert read(HEADER + "\n".join(rows)) == read(HEADER + "\n# z\n".join(rows[::-1]))


@given(values(), st.data())
@settings(max_examples=40)
def test_written_and_read_back_gives_the_identical_projection(first: dict[str, float], data: st.DataObject) -> None:
    second = data.draw(values()) | {name: first[name] for name, each in ASSUMPTIONS.items() if each.shared}
    try:
        scenario = Scenario({"a": Assumptions(**first), "b": Assumptions(**second)}, {"years": "x"})
    except ValueError:  # what is shared need not fit the second
        return
    again = read_scenario(write_scenario(scenario).encode(), "s.csv")
    for name, a in scenario.enterprises.items():
        before, after = project(a), project(again.enterprises[name])
        for line in LINES:
            np.testing.assert_array_equal(getattr(before, line), getattr(after, line))
    assert again == scenario
    assert write_scenario(again) == write_scenario(scenario)


@given(st.one_of(st.sampled_from(AWKWARD), st.floats(0, allow_infinity=False)))
def test_every_number_reads_back_bit_for_bit(value: float) -> None:
    text = write_scenario(Scenario({"only": Assumptions(grants=value)}, {}))
    cell = next(row for row in csv.reader(io.StringIO(text)) if row[0] == "grants")[2]
    value = value + 0.0  # there is no -0 in a file
    assert struct.pack("d", float(cell)) == struct.pack("d", value)
    try:
        assert struct.pack("d", read(text).enterprises["only"].grants) == struct.pack("d", value)
    except FileError as error:
        assert "too large to compute" in str(error)


NAMES = st.one_of(
    st.sampled_from(["-Alt-", "@handle", "=SUM(A1)", "+", "'", "'-Alt-", "a;=b", "a,b", '"', "#1", "1.234", "Ärzte", "＝x"]),
    st.text(min_size=1, max_size=20),
)


@given(st.lists(NAMES, min_size=1, max_size=3), st.one_of(NAMES, st.text(max_size=40)))
@settings(max_examples=300)
def test_names_and_sources_read_back_as_they_were(names: list[str], source: str) -> None:
    source = source.replace("\r\n", "\n").replace("\r", "\n").strip()
    if name_mistake(names) or "\0" in source:
        return
    scenario = Scenario({name: Assumptions() for name in names}, {"years": source} if source else {})
    assert read(write_scenario(scenario)) == scenario


@pytest.mark.parametrize("names", [["difference"], ["a\nb"], ["a", "A"], [" a"], [""]])
def test_a_name_that_no_file_can_have_is_not_written(names: list[str]) -> None:
    with pytest.raises(ValueError, match="column"):
        write_scenario(Scenario({name: Assumptions() for name in names}, {}))


def test_a_conflict_between_defaults_and_the_file_names_a_line_of_the_file() -> None:
    (line,) = refused(HEADER + "inflation,rate,0.02,0.02,x\nprovider_cost_rate,share,0.9,0.9,x\npay_response,multiple,1,1,x\n")[
        :1
    ]
    assert line.startswith("s.csv, line 4: marketplace: ")

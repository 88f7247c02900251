"""The commands, run as a user runs them: what they print, and what they refuse."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from reference import compare_measures, reference

from coopfin import ASSUMPTIONS, LINES, Scenario, compare, read_scenario, write_comparison
from coopfin.__main__ import main

ROOT = Path(__file__).parents[2]
PRESETS = sorted((ROOT / "sample_data" / "presets").glob("*.csv"))
BAD = sorted((ROOT / "tests" / "comparison" / "bad_files").glob("*.csv"))
Run = Callable[..., CompletedProcess[bytes]]


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_compare_prints_what_the_package_gives(path: Path, run: Run) -> None:
    done = run("compare", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == write_comparison(compare(read_scenario(path.read_bytes(), path.name).enterprises))


@pytest.fixture(scope="module")
def preset() -> Scenario:
    """One preset, to be held against the independent reading."""
    path = ROOT / "sample_data/presets/ride-hailing.csv"
    return read_scenario(path.read_bytes(), path.name)


def independent(scenario: Scenario) -> dict[str, object]:
    """What the independent reading says of each enterprise."""
    return {name: reference({each: getattr(a, each) for each in ASSUMPTIONS}) for name, a in scenario.enterprises.items()}


@pytest.mark.parametrize("by", ["year", "month"])
def test_project_prints_what_the_independent_reading_gives(preset: Scenario, run: Run, by: str) -> None:
    done = run("project", "sample_data/presets/ride-hailing.csv", "--by", by)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert text.splitlines()[0] == f"enterprise,{by},line,unit,value"
    rows = list(csv.DictReader(io.StringIO(text)))
    theirs = independent(preset)
    names = [name for name, line in LINES.items() if by == "year" or line.by_month]
    periods = 10 if by == "year" else 120
    assert [row["line"] for row in rows] == names * (periods + 1) * 2
    for row in rows:
        of = theirs[row["enterprise"]]
        lines, when = (of.years if by == "year" else of.months), int(row[by])  # type: ignore[attr-defined]
        expected = lines[row["line"]][when]
        size = max(abs(lines[name][when]) for name in ("gross_sales", "costs", "cash"))
        assert row["unit"] == LINES[row["line"]].unit
        assert float(row["value"]) == pytest.approx(expected, rel=1e-9, abs=1e-9 * size), row


def test_compare_prints_what_the_independent_reading_gives(preset: Scenario, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", "sample_data/presets/ride-hailing.csv").stdout.decode())))
    theirs = independent(preset)
    first, other = theirs.values()
    size = max(abs(value) for name in ("gross_sales", "costs", "cash") for value in first.years[name])  # type: ignore[attr-defined]
    for row in rows:
        for name, of in theirs.items():
            pair = {} if of is first else compare_measures(first, other)  # type: ignore[arg-type]
            expected = {**of.measures, **pair}.get(row["measure"])  # type: ignore[attr-defined]
            if expected is None:
                assert row[name] == ""
                assert f"{name}: " in row["remark"]
            else:
                absolute = 1e-6 if row["unit"] == "rate" else 1e-9 * size if row["unit"] == "money" else 1e-9
                assert float(row[name]) == pytest.approx(expected, rel=1e-9, abs=absolute), row


def test_output_writes_the_same_to_a_file(tmp_path: Path, run: Run) -> None:
    target = tmp_path / "out.csv"
    done = run("compare", PRESETS[0], "--output", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert target.read_bytes() == run("compare", PRESETS[0]).stdout


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
@pytest.mark.parametrize("command", ["compare", "project"])
def test_a_bad_file_ends_with_status_2_and_leaves_no_file(
    command: str, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(path), "--output", str(tmp_path / "out.csv")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []
    lines = told.err.splitlines()
    assert lines
    assert all(line.startswith(path.name) for line in lines)


def test_a_bad_file_leaves_an_older_output_as_it_was(tmp_path: Path, run: Run) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    done = run("compare", ROOT / "tests/comparison/bad_files/nan.csv", "--output", target)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"nan.csv, line 2: ")
    assert target.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "coopfin: give a command: compare, project, report, allocate, simulate; see coopfin --help"),
        (("compute", "S"), "argument COMMAND: invalid choice: 'compute'"),
        (("compare",), "the following arguments are required: SCENARIO.csv"),
        (("compare", "S", "a\nb"), r"unrecognized arguments: a\nb"),
        (("compare", "S", "--out", "x"), "unrecognized arguments: --out x"),
        (("project", "S", "--by", "week"), "argument --by: is 'week'; permitted: year or month"),
        (("project", "S", "--by", "y" * 5000), f"argument --by: is '{'y' * 60}'…; permitted: year or month"),
        (("simulate", "S", "--uncertain", "U", "--draws", "1_000"), "argument --draws: is '1_000'; permitted: 1 to "),
        (("simulate", "S", "--uncertain", "U", "--draws", "１０"), "argument --draws: is '１０'; permitted: 1 to "),
        (("simulate", "S", "--uncertain", "U", "--draws", "١٠"), "argument --draws: is '١٠'; permitted: 1 to "),
        (("simulate", "S", "--uncertain", "U", "--draws", "1e300"), "argument --draws: is '1e300'; permitted: 1 to "),
        (("simulate", "S", "--uncertain", "U", "--draws", "9" * 5000), f"is '{'9' * 60}'…; permitted: 1 to "),
        (("simulate", "S", "--uncertain", "U", "--seed=-1"), "argument --seed: is '-1'; permitted: 0 to "),
        (("simulate", "S", "--uncertain", "U", "--sampling", "dice"), "argument --sampling: is 'dice'; permitted: "),
        (("allocate", "L", "--pool", "1_000"), "argument --pool: is '1_000', not a plain number of 0 or more; permitted: 0 to "),
        (("allocate", "L", "--pool", "١٠"), "argument --pool: is '١٠', not a plain number of 0 or more; permitted: 0 to "),
        (("allocate", "L", "--pool", "1e300"), "argument --pool: is '1e300', not a plain number of 0 or more; permitted: 0 to "),
        (("allocate", "L", "--pool", "9" * 20), f"argument --pool: is '{'9' * 20}'; permitted: 0 to "),
        (("allocate", "L", "--pool=-5"), "argument --pool: is '-5', not a plain number of 0 or more; permitted: 0 to "),
        (("allocate", "L", "--pool", "5", "--cash-share", "20"), "argument --cash-share: is '20'; permitted: 0 to 1 (20 % is"),
    ],
)
def test_an_odd_option_is_refused_in_one_line(arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    told = capsys.readouterr()
    assert (caught.value.code, told.out) == (2, "")
    assert words in told.err
    assert told.err.count("\n") == 1
    assert len(told.err) < 600


@pytest.mark.parametrize("command", ["", "compare", "project", "allocate", "simulate"])
def test_help_is_in_plain_words(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command.split(), "--help"])
    assert caught.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith("usage: coopfin")
    assert not command or "--output FILE" in told

"""The two commands, run as a user runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coopfin import compare, read_scenario, write_comparison

ROOT = Path(__file__).parents[2]
PRESETS = sorted((ROOT / "sample_data" / "presets").glob("*.csv"))
BAD = ROOT / "tests" / "reading" / "bad_files"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "coopfin", *map(str, arguments)], cwd=ROOT, capture_output=True, check=False)


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_compare_prints_what_the_package_gives(path: Path) -> None:
    done = run("compare", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == write_comparison(compare(read_scenario(path.read_bytes(), path.name).enterprises))


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_project_prints_every_line(path: Path) -> None:
    done = run("project", path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"enterprise,year,line,unit,value\nmarketplace,0,growth,rate,0\n")


def test_output_writes_the_same_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = run("compare", PRESETS[0], "--output", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_bytes() == run("compare", PRESETS[0]).stdout


@pytest.mark.parametrize("path", sorted(BAD.glob("*.csv")), ids=lambda path: path.stem)
@pytest.mark.parametrize("command", ["compare", "project"])
def test_a_bad_file_ends_with_status_2_and_leaves_no_file(command: str, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = run(command, path, "--output", target)
    assert (done.returncode, done.stdout) == (2, b"")
    assert list(tmp_path.iterdir()) == []
    lines = done.stderr.decode().splitlines()
    assert lines
    assert all(line.startswith(path.name) for line in lines)


def test_a_bad_file_leaves_an_older_output_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    assert run("compare", BAD / "nan.csv", "--output", target).returncode == 2
    assert target.read_text() == "mine"


@pytest.mark.parametrize(
    "arguments", [("compare", "no-such-file.csv"), ("compare", PRESETS[0], "--output", "no/such/folder/x.csv"), ("compare", ROOT)]
)
def test_a_path_that_does_not_work_is_told_in_one_line(arguments: tuple[str | Path, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert b"Traceback" not in done.stderr


def test_a_wrong_command_ends_with_status_2() -> None:
    assert run("compute", PRESETS[0]).returncode == 2

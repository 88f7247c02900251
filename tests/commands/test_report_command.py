"""The command `report`: the page to hand over from a scenario file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import ROOT

from coopfin.report.page import VARIANTS

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
RIDES = ROOT / "sample_data/presets/ride-hailing.csv"
RANGES = ROOT / "sample_data/ranges/ride-hailing.csv"


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_page_for_each_reader(run: Run, tmp_path: Path, variant: str) -> None:
    done = run("report", RIDES, "--for", variant, "--paper", "letter", "--assumptions", "--output", tmp_path / "page.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("</article>") == 2 and "size: letter portrait" in page
    assert ">Ride hailing</h1>" in page


def test_what_was_changed_and_how_likely_it_is(run: Run, tmp_path: Path) -> None:
    changed = tmp_path / "mine.csv"
    changed.write_text(RIDES.read_text(encoding="utf-8").replace("\nproviders,count,250,250,", "\nproviders,count,300,300,"))
    page = run("report", changed, "--base", RIDES, "--ranges", RANGES, "--title", "Ours", "--currency", "USD").stdout.decode()
    assert "What was changed (2 assumptions)" in page and "Providers at launch, cooperative: 250 → 300" in page
    assert "of 100 futures" in page and ">Ours</h1>" in page and "Money in USD" in page
    assert "What was changed" not in run("report", changed).stdout.decode()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--for", "bank"), "argument --for: is 'bank'; permitted: general or lender or member"),
        (("--paper", "A3"), "argument --paper: is 'A3'; permitted: a4 or letter"),
        (("--firm", "nobody"), "ride-hailing.csv: there is no column 'nobody'; --firm is one of marketplace, cooperative"),
        (("--base", "missing.csv"), "missing.csv: No such file or directory"),
    ],
)
def test_what_is_refused_is_said_in_one_line(run: Run, options: tuple[str, ...], said: str) -> None:
    done = run("report", RIDES, *options)
    assert done.returncode == 2 and not done.stdout
    told = done.stderr.decode()
    assert said in told and told.count("\n") == 1

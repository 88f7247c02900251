"""``python -m coopfin simulate``: its table against the library, and its errors."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from coopfin import ASSUMPTIONS, MEASURES, Assumptions, Scenario, Simulation, read_uncertain, simulate, write_scenario
from coopfin.__main__ import main
from coopfin.commands import uncertainty

ENTERPRISES = {
    "marketplace": Assumptions(take_rate=0.25, equity_1_amount=5e5, equity_1_pre_money=2e6, exit_multiple=2),
    "cooperative": Assumptions(take_rate=0.16, loan=2e5, member_share=100, patronage_share=0.5),
}
UNCERTAIN = b"""assumption,enterprise,distribution,low,likely,high
churn,cooperative,pert,0.1,0.3,0.6
exit_multiple,,uniform,0,,4
"""
TOO_LARGE = b"sales_per_provider,,uniform,1e306,,1e308\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    scenario, uncertain = tmp_path / "scenario.csv", tmp_path / "uncertain.csv"
    scenario.write_text(write_scenario(Scenario(ENTERPRISES, {})), encoding="utf-8")
    uncertain.write_bytes(UNCERTAIN)
    return str(scenario), str(uncertain)


def test_the_table_has_every_measure_of_every_enterprise(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    scenario, uncertain = files
    assert main(["simulate", scenario, "--uncertain", uncertain, "--draws", "500", "--seed", "3"]) == 0
    header, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert header == ["measure", "enterprise", "mean", "sd", "p05", "p25", "p50", "p75", "p95", "share_empty"]
    chance = [row for row in rows if row[0] == "better_and_solvent"]
    rows = [row for row in rows if row not in chance]
    assert [row[:2] for row in rows] == [[measure, enterprise] for measure in MEASURES for enterprise in ENTERPRISES]
    drawn = simulate(ENTERPRISES, read_uncertain(UNCERTAIN, "", ENTERPRISES), 500, 3)
    for measure, enterprise, *cells in rows:
        found = drawn.statistics(measure, enterprise)
        told = [float(cell) if cell else None for cell in cells]
        assert told == [None if value != value else pytest.approx(value, rel=1e-11, abs=1e-6) for value in found]
    (row,) = chance
    assert row[1:4] == ["cooperative", str(drawn.better_and_solvent("cooperative")), ""]


def test_the_same_seed_writes_the_same_file(files: tuple[str, str], tmp_path: Path) -> None:
    written = []
    for number, seed in enumerate(("1", "1", "2")):
        output = tmp_path / f"{number}.csv"
        main(["simulate", files[0], "--uncertain", files[1], "--draws", "100", "--seed", seed, "--output", str(output)])
        written.append(output.read_bytes())
    assert written[0] == written[1] != written[2]


@pytest.mark.parametrize(
    ("uncertain", "message"),
    [
        (b"churn", "uncertain.csv, line 1: column assumption and enterprise"),
        (
            UNCERTAIN.replace(b"0.6", b"6"),
            f"uncertain.csv, line 2: high of churn ({ASSUMPTIONS['churn'].label}) is 6;",
        ),
        (
            UNCERTAIN + TOO_LARGE,
            "uncertain.csv: marketplace: some draws are too large to compute",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line_and_leaves_no_file(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], uncertain: bytes, message: str
) -> None:
    Path(files[1]).write_bytes(uncertain)
    output = tmp_path / "output.csv"
    assert main(["simulate", files[0], "--uncertain", files[1], "--draws", "100", "--output", str(output)]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(message)
    assert told.err.count("\n") == 1
    assert not told.out
    assert not output.exists()


def test_a_missing_file_is_named(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", files[0], "--uncertain", "nowhere.csv"]) == 2
    assert capsys.readouterr().err == "nowhere.csv: No such file or directory; check the path\n"


@pytest.mark.parametrize(("option", "value"), [("--draws", "0"), ("--draws", "1e3"), ("--seed", "-1")])
def test_whole_numbers_have_a_range(files: tuple[str, str], capsys: pytest.CaptureFixture[str], option: str, value: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["simulate", files[0], "--uncertain", files[1], f"{option}={value}"])
    assert caught.value.code == 2
    assert f"{value!r}; permitted: " in capsys.readouterr().err


def test_fewer_measures_at_a_time_write_the_same_file(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for bytes_at_a_time in (10**9, 8 * 100 * 2 * 5, 1):
        monkeypatch.setattr(uncertainty, "KEPT_BYTES", bytes_at_a_time)
        output = tmp_path / "output.csv"
        for sampling in ("sobol", "latin"):
            main(
                ["simulate", files[0], "--uncertain", files[1], "--draws", "100", "--sampling", sampling, "--output", str(output)]
            )
            written.append(output.read_bytes())
    assert written[0] == written[2] == written[4] != written[1] == written[3] == written[5]


def test_all_measures_of_a_million_draws_are_not_kept_at_once(files: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(*_: object, measures: tuple[str, ...], **__: object) -> Simulation:
        asked.append(len(measures))
        return Simulation((), 1, 1, {}, {}, {})

    monkeypatch.setattr(uncertainty, "simulate", counted)
    main(["simulate", files[0], "--uncertain", files[1], "--draws", "1000000"])
    assert sum(asked) == len(MEASURES)
    assert max(asked) * 8 * 1_000_000 * len(ENTERPRISES) <= 200e6

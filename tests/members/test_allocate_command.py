"""``python -m coopfin allocate``: the worked example, what it prints, and what it leaves behind when it fails."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from coopfin import Members, allocate, write_allocation
from coopfin.__main__ import main

ROOT = Path(__file__).parents[2]
WORKED = ROOT / "tests" / "worked"
TEN = WORKED / "stocksy_ten_members.csv"
STOCKSY = ROOT / "sample_data" / "classes" / "stocksy.csv"


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, str, list[str]]:
    """Exit status, standard output, and the lines of standard error."""
    try:
        status = main(["allocate", *map(str, arguments)])
    except SystemExit as stopped:
        status = int(str(stopped.code))
    out, err = capsysbinary.readouterr()
    return status, out.decode(), err.decode().splitlines()


def test_stocksys_rule_with_ten_members_as_worked_by_hand(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, out, err = run(capsysbinary, TEN, "--pool", "1000.01", "--classes", STOCKSY, "--cash-share", "0.5")
    assert (status, err) == (0, [])
    assert out == (WORKED / "stocksy_ten_members_refunds.csv").read_text(encoding="utf-8")


def test_without_classes_all_share_by_patronage_and_all_is_cash(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, out, _ = run(capsysbinary, TEN, "--pool", "22000")
    rows = {row["member"]: row for row in csv.DictReader(io.StringIO(out))}
    assert status == 0
    assert rows["Finn"] == {
        "member": "Finn", "class": "C", "patronage": "12000.50", "refund": "12000.50", "cash": "12000.50", "retained": "0.00",
    }  # fmt: skip
    assert rows["Ada"]["refund"] == "0.00"


def test_cash_below_the_minimum_payout_is_credited(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _, out, _ = run(
        capsysbinary, TEN, "--pool", "1000.01", "--classes", STOCKSY, "--cash-share", "0.5", "--minimum-payout", "7.15"
    )
    rows = {row["member"]: (row["cash"], row["retained"]) for row in csv.DictReader(io.StringIO(out))}
    assert rows["Cleo"] == ("0.00", "7.14")
    assert rows["Dan"] == ("7.15", "7.14")


def test_rows_stay_in_the_ledgers_order_and_add_up(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    lines = TEN.read_text(encoding="utf-8").splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    arguments = ("--pool", "100000.07", "--classes", STOCKSY)
    rows = run(capsysbinary, TEN, *arguments)[1].splitlines()
    other = run(capsysbinary, turned, *arguments)[1].splitlines()
    assert other == [rows[0], *reversed(rows[1:])]
    assert sum(Decimal(row.split(",")[3]) for row in rows[1:]) == Decimal("100000.07")


def test_no_spreadsheet_runs_what_is_written() -> None:
    members = Members(("=1+1", "@a", "-b", "+c", "d,e"), ("=C",) * 5, (1, 1, 1, 1, Decimal("1E+3")))
    rows = list(csv.reader(io.StringIO(write_allocation(allocate(100, members)))))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'@a", "'-b", "'+c", "d,e"]
    assert {row[1] for row in rows[1:]} == {"'=C"}
    assert rows[5][2] == "1000"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pool", "200,000"], "argument --pool: is '200,000', not a plain number"),
        (["--pool", "-5"], "argument --pool: is '-5', not a plain number of 0 or more"),
        (["--pool", "nan"], "argument --pool: is 'nan'"),
        (["--pool", "0.005"], "argument --pool: is 0.005; permitted: 0 to 1,000,000,000,000, at most two decimals"),
        (["--pool", "1000000000000.01"], "permitted: 0 to 1,000,000,000,000"),
        (["--pool", "5", "--cash-share", "50"], "argument --cash-share: is '50'; permitted: 0 to 1 (20 % is written 0.2)"),
        (["--pool", "5", "--minimum-payout", "x"], "argument --minimum-payout: is 'x'"),
        ([], "the following arguments are required: --pool"),
    ],
)
def test_a_wrong_option_is_refused_in_one_line(
    arguments: list[str], words: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, out, err = run(capsysbinary, TEN, *arguments)
    assert (status, out, len(err)) == (2, "", 1)
    assert words in err[0]


def test_a_bad_ledger_leaves_no_file_behind_and_keeps_an_old_one(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    bad = ROOT / "tests" / "members" / "bad_ledgers" / "negative_patronage.csv"
    status, out, err = run(capsysbinary, bad, "--pool", "5", "--output", tmp_path / "new.csv")
    assert (status, out, err) == (2, "", ["negative_patronage.csv, line 3: patronage is '-5'; permitted: 0 or more"])
    assert list(tmp_path.iterdir()) == []
    old = tmp_path / "old.csv"
    old.write_text("old", encoding="utf-8")
    assert run(capsysbinary, bad, "--pool", "5", "--output", old)[0] == 2
    assert old.read_text(encoding="utf-8") == "old"
    assert run(capsysbinary, TEN, "--pool", "5", "--output", old)[0] == 0
    assert old.read_text(encoding="utf-8").startswith("member,class,patronage,refund,cash,retained\n")
    assert list(tmp_path.iterdir()) == [old]


def test_what_cannot_be_allocated_names_the_ledger(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    ledger = tmp_path / "artists.csv"
    ledger.write_text("member,class,patronage\nAna,C,5\n", encoding="utf-8")
    status, out, err = run(capsysbinary, ledger, "--pool", "5", "--classes", STOCKSY)
    assert (status, out) == (2, "")
    assert [line.split(" of the pool")[0] for line in err] == [
        "artists.csv: class 'A' gets a share of 0.05",
        "artists.csv: class 'B' gets a share of 0.05",
    ]


def test_a_file_that_is_not_there(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, out, err = run(capsysbinary, "nowhere.csv", "--pool", "5")
    assert (status, out, err) == (2, "", ["nowhere.csv: No such file or directory; check the path"])


def test_the_command_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "coopfin", "allocate", TEN, "--pool", "1000.01", "--classes", STOCKSY, "--cash-share", "0.5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == (WORKED / "stocksy_ten_members_refunds.csv").read_bytes()


KINDS = ROOT / "tests" / "members" / "good_ledgers"


@pytest.mark.parametrize(("decimals", "pool", "refunds"), [("0", "101", ["93", "8"]), ("3", "1.001", ["0.926", "0.075"])])
def test_currencies_without_cents_and_with_three_decimals(
    decimals: str, pool: str, refunds: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, out, _ = run(capsysbinary, KINDS / "plain.csv", "--pool", pool, "--decimals", decimals)
    assert status == 0
    assert [row["refund"] for row in csv.DictReader(io.StringIO(out))] == refunds
    assert run(capsysbinary, KINDS / "plain.csv", "--pool", "1.0001", "--decimals", decimals)[0] == 2


def test_what_was_done_to_read_a_ledger_is_told_beside_the_result(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, out, err = run(capsysbinary, KINDS / "title_lines.csv", "--pool", "5")
    assert (status, len(out.splitlines())) == (0, 3)
    assert err == [
        "title_lines.csv: line 1 was skipped: 'Sales by member'",
        "title_lines.csv: line 2 was skipped: 'From 1 January 2025 all accounts'",
    ]
    assert run(capsysbinary, KINDS / "plain.csv", "--pool", "5")[2] == []


def test_a_workbook_gives_the_same_as_its_csv(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    of_csv, of_book = (run(capsysbinary, KINDS / name, "--pool", "5")[1] for name in ("plain.csv", "workbook.xlsx"))
    assert of_csv.replace("1234.50", "1234.5") == of_book


def test_other_headers_and_lookalikes_are_told_at_the_command(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    ledger = tmp_path / "mine.csv"
    ledger.write_text("Name;Sales\nAna;3,50\nANA;1,50\n", encoding="utf-8")
    told = ("--read-as", "member=Name", "--read-as", "patronage=Sales")
    assert run(capsysbinary, ledger, "--pool", "5")[0] == 2
    assert run(capsysbinary, ledger, "--pool", "5", *told)[0] == 2
    status, out, _ = run(capsysbinary, ledger, "--pool", "5", *told, "--alike-are-one")
    assert (status, out.splitlines()[1:]) == (0, ["Ana,,5.00,5.00,5.00,0.00"])
    assert "permitted: member=HEADER" in run(capsysbinary, ledger, "--pool", "5", "--read-as", "name=Name")[2][0]

"""Files of uncertain assumptions: what is read, and one tiny file for every mistake, its message on the first line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coopfin import ASSUMPTIONS, Assumptions, FileError, Uncertain, read_uncertain, simulate

ENTERPRISES = {"marketplace": Assumptions(), "cooperative": Assumptions()}
BAD = sorted((Path(__file__).parent / "bad_uncertain").glob("*.csv"))
SAMPLE = Path(__file__).parents[2] / "sample_data" / "uncertain.csv"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_mistake_is_told_with_line_range_unit_and_value(path: Path) -> None:
    data = path.read_bytes()
    expected = data.decode("utf-8", errors="replace").splitlines()[0].removeprefix("# ")
    expected = re.sub(r"\{(\w+)\}", lambda match: f"{match[1]} ({ASSUMPTIONS[match[1]].label})", expected)
    with pytest.raises(FileError) as caught:
        read_uncertain(data, path.name, ENTERPRISES)
    (message,) = caught.value.lines
    assert message.removeprefix(path.name).removeprefix(", ").removeprefix(": ").startswith(expected)


def test_all_mistakes_are_told_at_once() -> None:
    data = (
        b"assumption,enterprise,distribution,low,likely,high\n"
        b"churn,coop,gamma,0.1,,0.2\nchrun,,uniform,0,,1\noverhead,,pert,x,y,3"
    )
    with pytest.raises(FileError) as caught:
        read_uncertain(data, "many.csv", ENTERPRISES)
    assert [line.split(": ")[0] for line in caught.value.lines] == [
        "many.csv, line 2", "many.csv, line 2", "many.csv, line 3", "many.csv, line 4", "many.csv, line 4",
    ]  # fmt: skip


def test_columns_may_stand_in_any_order_and_the_further_ones_be_left_out() -> None:
    data = b"high,likely,low,distribution,enterprise,assumption\n0.5,0.3,0.1,pert,cooperative,churn\n"
    assert read_uncertain(data, "short.csv", ENTERPRISES) == (Uncertain("churn", "pert", 0.1, 0.5, 0.3, "cooperative"),)


def test_correlations_name_rows_by_assumption_and_enterprise() -> None:
    data = (
        b"assumption,enterprise,distribution,low,likely,high,correlation\n"
        b"churn,cooperative,uniform,0.1,,0.2,inflation 0.25;  churn  marketplace -0.5 \n"
        b"churn,marketplace,uniform,0.1,,0.2,\ninflation,,uniform,0,,0.1,\n"
    )
    first, *_ = read_uncertain(data, "rows.csv", ENTERPRISES)
    assert first.correlations == {"inflation": 0.25, "churn marketplace": -0.5}


def test_the_worst_ends_together_are_looked_at_before_anything_is_drawn() -> None:
    paid = {name: Assumptions(pay_response=0.5, outside_keep=0.6, provider_cost_rate=0.2) for name in ENTERPRISES}
    data = b"assumption,enterprise,distribution,low,likely,high\noutside_keep,,uniform,0.3,,0.7\n"
    data += b"provider_cost_rate,,uniform,0.1,,0.4\n"
    with pytest.raises(FileError, match="line 3: cooperative, at the ends of what can be drawn: outside_keep"):
        read_uncertain(data, "worst.csv", paid)


def test_the_sample_file_is_read_and_drawn() -> None:
    uncertain = read_uncertain(SAMPLE.read_bytes(), SAMPLE.name, ENTERPRISES)
    assert len(uncertain) > 5
    assert simulate(ENTERPRISES, uncertain, 16, 1).draws == 16


def test_what_a_spreadsheet_of_another_country_saves_is_read_the_same() -> None:
    data = (
        b"sep=;\r\nassumption;enterprise;distribution;low;likely;high;correlation\r\n"
        b'churn;cooperative;pert;0,1;0,3;0,5;"inflation 0,25"\r\ninflation;;uniform;0;;0,1;\r\n'
    )
    expected = (
        Uncertain("churn", "pert", 0.1, 0.5, 0.3, "cooperative", {"inflation": 0.25}),
        Uncertain("inflation", "uniform", 0, 0.1),
    )
    assert read_uncertain(data, "short.csv", ENTERPRISES) == expected


def test_mistakes_are_told_up_to_a_number_and_then_counted() -> None:
    with pytest.raises(FileError) as caught:
        read_uncertain(b"assumption,enterprise,distribution,low,likely,high\n" + b"x\n" * 100_000, "many.csv", ENTERPRISES)
    assert len(caught.value.lines) == 21
    assert caught.value.lines[-1] == "many.csv: and 99,980 more mistakes"

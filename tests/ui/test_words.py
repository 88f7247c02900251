"""Numbers and names for people, the picture of the sales, links and file names."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings, strategies as st
from strategies import values

from coopfin import ASSUMPTIONS, Assumptions, project
from coopfin.capital.returns import total
from coopfin.engine.declaration import Assumption
from coopfin.ui.desk import sales
from coopfin.ui.parts import words
from coopfin.ui.parts.downloads import file_name
from coopfin.ui.session import link, presets
from coopfin.ui.shell import fields


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (34_012.4, "money", "34,012"),
        (-852.0, "money", "−852"),
        (999_499, "money", "999,499"),
        (1_234_567, "money", "1.23 M"),
        (-45_600_000, "money", "−45.6 M"),
        (2.5e9, "money", "2.50 bn"),
        (-0.2, "money", "0"),
        (0.15, "share", "15 %"),
        (0.0249, "rate", "2.5 %"),
        (-0.0004, "rate", "0 %"),
        (1.5, "multiple", "1.5 ×"),
        (0, "years", "launch"),
        (7, "years", "year 7"),
        (float("nan"), "money", "–"),
    ],
)
def test_a_value_as_people_read_it(value: float, unit: str, shown: str) -> None:
    assert words.value(value, unit).replace(words.THIN, " ") == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1000, "money", "+1,000"),
        (-0.057, "share", "−5.7 pts"),
        (0, "money", "0"),
        (1, "years", "+1 year"),
        (-2, "years", "−2 years"),
    ],
)
def test_a_difference_has_its_sign(value: float, unit: str, shown: str) -> None:
    assert words.difference(value, unit).replace(words.THIN, " ") == shown


@given(st.text(alphabet="$*_[]()<>#`|~:&!-+.\\abc 12", max_size=30))
def test_markdown_is_shown_as_it_is(text: str) -> None:
    escaped = words.markdown(text)
    assert "".join(c for i, c in enumerate(escaped) if c != "\\" or (i and escaped[i - 1] == "\\")).count("$") == text.count("$")
    for i, character in enumerate(escaped):
        if character in "$<[*_`":
            assert i and escaped[i - 1] == "\\"


@given(values())
@settings(max_examples=100)
def test_every_100_of_sales_adds_up_exactly(raw: dict[str, float]) -> None:
    x = project(Assumptions(**raw))
    if float(total(x.gross_sales)) <= 0 or abs(float(x.accumulated_deficit[-1])) > 1e6 * float(total(x.gross_sales)):
        return
    split = sales.split(x)
    assert split.length == 1000 + split.ancillary + split.loss
    assert all(tenths >= -1 for name, tenths in split.uses.items() if name not in ("investors",))


@pytest.mark.parametrize("each", ASSUMPTIONS.values(), ids=lambda each: each.name)
def test_a_step_is_round_and_small(each: Assumption) -> None:
    low, high = (end * words.shown_factor(each.unit) for end in each.plausible)
    step = fields.step(each)
    assert each.unit.whole or 80 <= (high - low) / step <= 500
    assert f"{step:.0e}"[0] in "125"


@pytest.mark.parametrize("key", presets.names())
def test_a_link_brings_the_same_values_back(key: str) -> None:
    base = presets.load(key)
    changes = {("take_rate", "cooperative"): 0.1 + 0.2, ("churn", "marketplace"): 1 / 3}
    changes |= {("inflation", each): 0.0123456789 for each in base.scenario.enterprises}
    again, read, notices = link.read(link.write(base, changes))
    assert (again.key, notices) == (key, [])
    assert read == changes


def test_a_file_name_says_preset_what_who_and_when() -> None:
    when = datetime(2026, 1, 31, 14, 5)
    assert file_name("comparison", "ride-hailing", "Ana & José", when) == "ride-hailing_comparison_ana-josé_2026-01-31-1405.csv"
    assert file_name("scenario", "file:../../etc/passwd", "", when) == "etc-passwd_scenario_2026-01-31-1405.csv"

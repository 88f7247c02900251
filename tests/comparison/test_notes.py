"""Notes: what is written reads back, older readers take them for comments, and what cannot be one is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from coopfin.comparison.notes import LONGEST, MARK, MOST
from coopfin.comparison.scenario import Scenario, read_scenario, write_scenario
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.reading.mistakes import FileError

FIRMS = {"marketplace": Assumptions(), "-Plan, A": Assumptions(take_rate=0.1)}
TEXTS = st.text(min_size=1, max_size=LONGEST).map(lambda text: " ".join(text.split())).filter(lambda t: t and t.isprintable())
PLACES = st.tuples(st.sampled_from(["", *ASSUMPTIONS]), st.sampled_from(["", *FIRMS]))


def read(*rows: str) -> Scenario:
    text = "\n".join(["assumption,unit,marketplace,cooperative,source", "take_rate,share,0.2,0.1,x", *rows])
    return read_scenario(text.encode(), "a.csv")


@settings(max_examples=40)
@given(st.dictionaries(PLACES, TEXTS, max_size=6))
def test_notes_survive_a_file(notes: dict[tuple[str, str], str]) -> None:
    text = write_scenario(Scenario(FIRMS, {}, notes))
    again = read_scenario(text.encode(), "a.csv")
    assert dict(again.notes) == notes and again.enterprises == FIRMS
    assert write_scenario(again) == text


@settings(max_examples=40)
@given(st.dictionaries(PLACES, st.sampled_from(["=1+1", "@who", "-5 %", "a;=HYPERLINK(1)", "+x", "'=x"]), min_size=1, max_size=3))
def test_no_note_is_a_formula_to_a_spreadsheet(notes: dict[tuple[str, str], str]) -> None:
    text = write_scenario(Scenario(FIRMS, {}, notes))
    for row in text.split("\n"):
        if row.startswith(MARK):
            assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in row.split(",")[3:])
    assert dict(read_scenario(text.encode(), "a.csv").notes) == notes


def test_to_an_older_reader_a_note_is_a_comment() -> None:
    text = write_scenario(Scenario(FIRMS, {}, {("take_rate", ""): "the board's proposal"}))
    note = text.splitlines()[-1]
    assert note == "# note,take_rate,,the board's proposal" and note.startswith("#")


def test_a_note_may_stand_above_the_header_and_have_the_width_of_the_table() -> None:
    text = '# note,,,all of it,\n# any comment, or "two"\nassumption,unit,a,source\n# note,take_rate,a,high,,,\n'
    assert read_scenario(text.encode(), "a.csv").notes == {("", ""): "all of it", ("take_rate", "a"): "high"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("# note,take_rat,,x", "'take_rat', which is not an assumption"),
        ("# note,take_rate,nobody,x", "'nobody', which is not an enterprise"),
        ("# note,take_rate,,", "permitted: 1 to 200"),
        (f"# note,take_rate,,{'x' * (LONGEST + 1)}", "201 characters; permitted: 1 to 200"),
        ('# note,take_rate,,"a\nb"', "in one line"),
        ("# note,take_rate,,a,b", "cells instead of 4"),
        ("# note,take_rate,,a\n# note,take_rate,,b", "a second note"),
        ("\n".join(f"# note,{name},,x" for name in list(ASSUMPTIONS)[: MOST + 1]), f"more than {MOST} notes"),
    ],
)
def test_what_cannot_be_a_note_is_told_with_its_line(row: str, told: str) -> None:
    with pytest.raises(FileError) as caught:
        read(row)
    assert told in str(caught.value) and "a.csv, line 3" in str(caught.value).replace("line 4", "line 3").replace(
        "line 63", "line 3"
    )

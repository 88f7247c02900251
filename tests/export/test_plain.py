"""Texts in a file are never formulas, and numbers keep every digit."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from coopfin.export import to_csv
from coopfin.reading.guard import unguard

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cells_of(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(to_csv([[text, 1.0]]), newline="")))


@given(st.one_of(st.text(max_size=30), st.text(alphabet="=+-@\t\r\n;,'\" ax1＝＋－＠", max_size=12)))
def test_no_exported_text_is_a_formula_wherever_a_spreadsheet_splits_it(text: str) -> None:
    cell = cells_of(text)[0]
    for separator in (";", "\t", "\n"):
        for part in cell.split(separator):
            shown = part.strip(" \"'\r\n") if not part.startswith("'") else ""
            assert not shown.startswith(STARTS) or shown.lstrip("-").replace(".", "", 1).isdigit(), cell


@given(st.one_of(st.text(max_size=30), st.text(alphabet="=+-@\t\n;,'\" ax1＝＋－＠", max_size=12)))
def test_what_was_written_reads_back_as_it_was(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" not in text:
        assert unguard(cells_of(text)[0]) == text


@pytest.mark.parametrize("name", ["@handle", "-Alt-", "=HYPERLINK(1)", "+49 30", "a;=b", "＝x", "'", "'=x"])
def test_names_that_look_like_formulas_stay_what_they_are(name: str) -> None:
    assert unguard(cells_of(name)[0]) == name


def test_numbers_keep_every_digit_and_their_sign() -> None:
    assert to_csv([[0.1 + 0.2, -1.5, 3.0, float("nan"), -0.0]]) == "0.30000000000000004,-1.5,3,,0\n"

"""The eight rows: what stands beside a figure, and what it was."""

from __future__ import annotations

from dataclasses import replace

from coopfin import compare
from coopfin.display import board
from coopfin.display.view import ROWS, View, view
from coopfin.ui.session import presets

FIRMS = presets.load("ride-hailing").scenario.enterprises


def seen(**changes: float) -> View:
    """The comparison with other values in the second firm."""
    first, second = FIRMS
    return view(compare({first: FIRMS[first], second: replace(FIRMS[second], **changes)}).projections)


def test_a_figure_says_what_it_was_only_where_it_shows_another() -> None:
    base, moved = board.places(seen(), seen()), board.places(seen(take_rate=0.1), seen())
    assert not [place for place, text in base.items() if place.endswith("-was") and text]
    for row in ROWS:
        for column in (0, 1):
            place = f"{row.name}-{column}"
            differs = moved[place] != base[place]
            assert moved[f"{place}-was"] == (f"was {base[place]}" if differs else ""), place
    assert moved["provider_keeps-1-was"] == "was 85\u202f%" and not moved["provider_keeps-0-was"]


def test_what_a_firm_that_runs_dry_would_pay_is_hatched_and_says_who_would_have_to_pay() -> None:
    dry = seen(take_rate=0.05)
    assert not dry[1].lives and dry[0].lives
    kinds, texts = board.classes(dry), board.places(dry, seen())
    assert "hatched" in kinds["provider_month-1-cell"] and "hatched" not in kinds["provider_month-0-cell"]
    assert texts["provider_month-1-beside"].startswith("if someone covers ")
    assert "better" not in kinds["provider_month-gap-cell"].split()

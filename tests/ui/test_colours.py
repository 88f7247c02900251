"""Colours that everybody can tell apart: contrast on both themes, and under simulated colour blindness."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from coopfin.display import colours
from coopfin.display.hundred import USES
from coopfin.ui.session.plans import MOST

ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
BACKGROUNDS = [THEME["light"]["backgroundColor"], THEME["dark"]["backgroundColor"]]

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}


def lab(colour: str, blindness: str) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as seen with a form of colour blindness."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(BLINDNESS[blindness] @ linear, 0, 1)
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
    xyz = to_xyz @ seen / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(first: str, second: str, blindness: str) -> float:
    return float(np.linalg.norm(lab(first, blindness) - lab(second, blindness)))


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_two_firms_can_be_told_apart(blindness: str) -> None:
    for first, second in itertools.combinations(colours.FIRMS[:2], 2):
        assert distance(first, second, blindness) > 25


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_firms_and_plans_can_be_told_apart_by_colour_and_by_shape(blindness: str) -> None:
    assert len(colours.FIRMS) == len(set(colours.SHAPES)) == len(set(colours.DASHES)) > MOST
    for first, second in itertools.combinations(colours.FIRMS, 2):
        assert distance(first, second, blindness) > 20, f"{first} and {second}"


def test_a_firm_has_its_colour_wherever_its_column_stands() -> None:
    assert colours.arranged((0, 1)) == colours.arranged((0, 1, 2)) == ""
    moved = colours.arranged((1, 0, 3))
    assert f".firm-0 {{ --dot: {colours.FIRMS[1]};" in moved
    assert f".line-2, .ghost-2 {{ stroke: {colours.FIRMS[3]}; }}" in moved


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("together", [colours.USES, colours.HOLDERS, colours.INSTRUMENTS])
def test_neighbours_in_a_bar_can_be_told_apart(together: dict[str, str], blindness: str) -> None:
    # Any use between two others may be empty, so any two may touch.
    for first, second in itertools.combinations(together, 2):
        assert distance(together[first], together[second], blindness) > 10, f"{first} and {second}"


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_a_firm_stands_out_from_the_page(background: str) -> None:
    for colour in (*colours.FIRMS, *colours.ENDS, *colours.INSTRUMENTS.values()):
        assert colours.contrast(colour, background) >= 3


def test_the_page_behind_is_that_of_the_theme() -> None:
    assert list(colours.PAGES.values()) == BACKGROUNDS


def test_numbers_on_bars_can_be_read() -> None:
    for use, colour in {**colours.USES, **colours.HOLDERS}.items():
        assert colours.contrast(colours.text_on(colour), colour) >= 4.5, use


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_those_who_vote_can_be_told_apart(blindness: str) -> None:
    voters = {**colours.HOLDERS, **dict(enumerate(colours.CLASSES))}
    for first, second in itertools.combinations(voters, 2):
        if voters[first] != voters[second]:  # the largest class is the providers
            assert distance(voters[first], voters[second], blindness) > 10, f"{first} and {second}"


def test_numbers_on_bars_of_votes_can_be_read() -> None:
    for colour in (*colours.HOLDERS.values(), *colours.CLASSES):
        assert colours.contrast(colours.text_on(colour), colour) >= 4.5, colour


def test_every_use_has_a_colour() -> None:
    assert list(USES) == list(colours.USES)


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_places_on_the_map_and_ends_of_a_bar_can_be_told_apart(blindness: str) -> None:
    for first, second in itertools.combinations(colours.PLACES[:-1], 2):  # the last is no colour: nothing is there
        assert distance(first, second, blindness) > 10, f"{first} and {second}"
    assert distance(*colours.ENDS, blindness) > 10

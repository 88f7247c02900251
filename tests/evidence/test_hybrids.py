"""The ready firms: every value has a source that resolves, and each of them stands in every preset."""

from __future__ import annotations

import pytest

from coopfin.comparison.compare import compare
from coopfin.comparison.notes import mistake
from coopfin.evidence.hybrids import FOLDER, hybrids, read_hybrid
from coopfin.evidence.sources import STRENGTHS
from coopfin.reading.mistakes import FileError
from coopfin.ui.session import addresses, presets, transitions

GOOD = 'title = "a"\nname = "b"\nabout = "c"\nfrom = "cooperative"\n'


def test_there_are_three_and_every_value_rests_on_something() -> None:
    assert len(hybrids()) == len(list(FOLDER.glob("*.toml"))) >= 3
    for each in hybrids().values():
        assert each.given and all(mistake(text) is None for text in each.notes.values())
        assert all(given.source.strength != STRENGTHS[0] for given in each.given.values())


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("key", hybrids())
def test_each_stands_beside_the_firms_of_every_preset_and_differs(preset: str, key: str) -> None:
    hybrid, record = hybrids()[key], addresses.start({"preset": preset})
    start = record.now.base.role(hybrid.of)
    a = record.state.scenario.enterprises[start]
    after = transitions.kept(record, start, hybrid.name, hybrid.values(a), hybrid.notes)
    assert not after.notices and after.state.enterprises[-1] == hybrid.name
    for name, value in hybrid.values(a).items():
        assert after.state.value(name, hybrid.name) == value
        assert after.now.notes[name, hybrid.name]
    assert after.state.scenario.enterprises[hybrid.name] != a
    assert compare(after.state.scenario.enterprises)


def test_non_voting_shares_bring_what_the_cooperative_raised_otherwise() -> None:
    a = presets.load("ride-hailing").scenario.enterprises["cooperative"]
    values = hybrids()["non-voting-shares"].values(a)
    assert values["preferred"] == a.note + a.loan + a.grants + a.preferred > 0
    assert values["note"] == values["loan"] == values["grants"] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = 3", "name is missing"),
        ("not toml", "x.toml:"),
        (GOOD.replace("cooperative", "bank"), "permitted: marketplace or cooperative"),
        (GOOD + '[nonsense]\nvalue = 1\nsource = "assumption: x"', "not an assumption that a firm has of its own"),
        (GOOD + '[tax_rate]\nvalue = 0.1\nsource = "assumption: x"', "not an assumption that a firm has of its own"),
        (GOOD + '[take_rate]\nvalue = 7\nsource = "assumption: x"', "take_rate (Take rate) is 7; permitted"),
        (GOOD + "[take_rate]\nvalue = 0.1", "needs source"),
        (GOOD + '[take_rate]\nvalue = 0.1\nsource = "because"', "no source"),
        (GOOD + '[take_rate]\nvalue = 0.1\nsource = "x, 2020 (y, https://z; no-such-fact)"', "not the id of a fact"),
        (GOOD + '[loan]\nsum = ["nonsense"]\nsource = "assumption: x"', "either value or sum"),
    ],
)
def test_a_file_with_a_mistake_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(FileError) as caught:
        read_hybrid(text.encode(), "x.toml")
    assert told in str(caught.value) and "x.toml" in str(caught.value)

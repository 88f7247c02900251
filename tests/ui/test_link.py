"""Links: what is written is read back, and nothing that stands in one takes the app away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from coopfin.comparison.scenario import Scenario, read_scenario, write_scenario
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.replaced import REPLACED
from coopfin.ui.session import addresses, follow, link, presets, transitions
from coopfin.ui.session.record import NOTICES, Choice, Record

MARKET, COOP = "marketplace", "cooperative"


def after(query: dict[str, str]) -> Record:
    """A new session that was opened with this address."""
    return addresses.addressed(addresses.start(query), 0)


def same(first: Choice, second: Choice) -> None:
    assert first.base.key == second.base.key and first.base.words == second.base.words
    assert dict(first.base.scenario.enterprises) == dict(second.base.scenario.enterprises)
    assert list(first.base.scenario.enterprises) == list(second.base.scenario.enterprises)
    told = [{name: text for name, text in each.base.scenario.sources.items() if text} for each in (first, second)]
    assert told[0] == told[1]
    assert (first.changes, first.pinned) == (second.changes, second.pinned)


@pytest.mark.parametrize("key", presets.names())
def test_a_link_brings_the_same_values_back(key: str) -> None:
    base = presets.load(key)
    changes = {("take_rate", COOP): 0.1 + 0.2, ("churn", MARKET): 1 / 3}
    changes |= {("inflation", each): 0.0123456789 for each in base.enterprises}
    choice = Choice(base, changes, {("take_rate", COOP): 0.2})
    again, notices = follow.read(link.write(choice).query)
    assert notices == []
    assert again.base is base
    same(again, choice)


@pytest.mark.parametrize("key", presets.names())
def test_an_exported_preset_opens_and_survives_a_reload(key: str) -> None:
    record = transitions.moved(addresses.start({"preset": key}), "take_rate", COOP, 0.123)
    text = write_scenario(record.state.scenario)
    opened = transitions.opened(record, read_scenario(text.encode(), "mine.csv"), "mine.csv")
    changed = transitions.moved(opened, "churn", COOP, 0.321)
    address = link.write(changed.now)
    assert address.note == ""
    again = after(dict(address.query))
    assert again.notices == ()
    same(again.now, changed.now)
    assert again.address == dict(address.query)
    assert write_scenario(again.state.scenario) == write_scenario(changed.state.scenario)


NAMES = st.lists(
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=',"'), min_size=1, max_size=12).filter(
        lambda name: name not in ("assumption", "unit", "source")
    ),
    min_size=1, max_size=4, unique=True,
)  # fmt: skip


@settings(max_examples=25)
@given(NAMES, st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_title_names_and_sources_of_a_file_survive_a_reload(names: list[str], source: str) -> None:
    firms = {name: Assumptions(take_rate=0.1 + 0.1 * i) for i, name in enumerate(names)}
    record = transitions.opened(addresses.start({}), Scenario(firms, {"take_rate": source}), f"{source}.csv")
    assert not record.file_mistakes
    again = after(dict(link.write(record.now).query))
    assert again.notices == ()
    same(again.now, record.now)


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_survives() -> None:
    firms = {"-Alt-": Assumptions(), "=B": Assumptions(take_rate=0.3)}
    record = transitions.opened(addresses.start({}), Scenario(firms, {}), "=mine.csv")
    same(after(dict(link.write(record.now).query)).now, record.now)


def test_a_link_that_would_be_too_long_leaves_the_sources_and_says_so() -> None:
    base = presets.load("blank")
    record = transitions.opened(
        addresses.start({}), Scenario(base.scenario.enterprises, dict.fromkeys(ASSUMPTIONS, "x" * 200)), "a.csv"
    )
    address = link.write(record.now)
    assert "not the sources" in address.note
    assert follow.read(address.query)[0].base.scenario.enterprises == base.scenario.enterprises


def test_a_link_that_is_far_too_long_is_not_written_and_the_page_that_has_it_goes_on() -> None:
    firms = {f"firm number {i} with a long name": Assumptions(overhead=100_000.123456 + i, founder_pay=i) for i in range(100)}
    start = addresses.addressed(addresses.start({}), 0)
    record = addresses.addressed(transitions.opened(start, Scenario(firms, {}), "a.csv"), 0)
    assert list(record.address) == ["file"] and "too long for a link" in record.too_long
    record = addresses.arrived(record, record.address, 1)
    back = addresses.addressed(addresses.arrived(record, start.address, 9), 9)
    assert back.now.same(start.now) and back.too_long == ""
    forth = addresses.addressed(addresses.arrived(back, record.address, 12), 12)
    assert forth.now is record.now and forth.too_long
    assert "Open the file again" in after(dict(record.address)).notices[0]


HOSTILE = [
    ({"preset": "no-such"}, "names a preset that is not here"),
    ({"preset": ""}, "names a preset that is not here"),
    ({"preset": "../../etc/passwd"}, "names a preset that is not here"),
    ({"preset": "blank", "version": "0"}, "made with another version"),
    ({"preset": "blank", "take_rate": "7,7"}, "take_rate (Take rate) is 7; permitted: 0 to 1"),
    ({"preset": "blank", "take_rate": "a,b"}, "cannot be read"),
    ({"preset": "blank", "take_rate": "0.1"}, "cannot be read"),
    ({"preset": "blank", "take_rate": "0.1,0.2,0.3"}, "cannot be read"),
    ({"preset": "blank", "take_rate": ""}, "cannot be read"),
    ({"preset": "blank", "nonsense": "1"}, "not an assumption"),
    ({"preset": "blank", "enterprises": "a,a"}, "list of enterprises"),
    ({"preset": "blank", "enterprises": ""}, "list of enterprises"),
    ({"preset": "blank", "enterprises": "a\rb"}, "list of enterprises"),
    ({"preset": "blank", "enterprises": '"a,b'}, "list of enterprises"),
    ({"preset": "blank", "enterprises": ",".join(f"e{i}" for i in range(5000))}, "list of enterprises"),
    ({"preset": "blank", "tax_rate": "nan"}, "cannot be read"),
    ({"preset": "blank", "tax_rate": "inf"}, "cannot be read"),
    ({"preset": "blank", "overhead": "1_000,1_000"}, "cannot be read"),
    ({"preset": "blank", "overhead": "١٢,١٢"}, "cannot be read"),
    ({"preset": "blank", "overhead": " 5,5"}, "cannot be read"),
    ({"preset": "blank", "overhead": "0x10,5"}, "cannot be read"),
    ({"preset": "blank", "loan_years": "1e300,1e300"}, "loan_years"),
    ({"preset": "blank", "exit_multiple": "1e305,1e305"}, "exit_multiple"),
    ({"preset": "blank", "providers": "5e-324,5e-324"}, "cannot be read"),
    ({"preset": "blank", "overhead": "9" * 100_000}, "cannot be read"),
    ({"preset": "blank", "law": "atlantis"}, "names a law that is not here"),
    ({"preset": "blank", "title": "a\nb"}, "title cannot be read"),
    ({"preset": "blank", "title": "", "take_rate": "0.1,0.2"}, "title cannot be read"),
    ({"preset": "blank", "title": "a.csv", "source.nonsense": "x"}, "source of"),
    ({"preset": "blank", "pinned.take_rate": "9,9"}, "refused"),
    ({"preset": "blank", "was.nonsense": "9,9"}, "not an assumption"),
    ({"file": "abc"}, "Open the file again"),
]


@pytest.mark.parametrize(("query", "told"), HOSTILE)
def test_a_link_that_cannot_be_followed_says_why(query: dict[str, str], told: str) -> None:
    record = after(query)
    assert any(told in each for each in record.notices), record.notices
    assert all(len(each) < 400 for each in record.notices)
    assert record.state.comparison


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from([*ASSUMPTIONS, "enterprises", "title", "preset", "version", "sources", "file", "law", "explain"])
        | st.text(max_size=8),
        st.text(max_size=20) | st.sampled_from(["0.5,0.5", "1", "0", "1e15,1e15", "1e-90,3", "blank", "a,b,c"]),
        max_size=6,
    )
)
def test_no_link_takes_the_app_away(query: dict[str, str]) -> None:
    record = after({"preset": "blank"} | query)
    assert record.state.comparison and record.state.baseline
    addresses.addressed(transitions.moved(record, "take_rate", COOP, 0.2), 1)


def test_values_that_cannot_stand_together_are_told_and_can_be_mended() -> None:
    record = after({"preset": "blank", "community_share": "0,0.9", "patronage_share": "0,0.8"})
    assert record.state.mistakes
    assert not transitions.reset(record).state.mistakes
    assert record.address["community_share"] == "0,0.9"


@pytest.mark.parametrize("name", REPLACED)
def test_a_link_of_an_earlier_format_tells_what_replaced_each_name(name: str) -> None:
    notices = after({"preset": "blank", name: "0.1,0.2"}).notices
    assert len(notices) == 1 and name in notices[0] and "earlier format" in notices[0]


def test_notices_are_limited() -> None:
    record = after({"preset": "blank"} | {f"nonsense{i}": "1" for i in range(50)})
    assert len(record.notices) == NOTICES + 1 and record.notices[-1] == "And 30 more of this kind."


def test_notes_survive_a_link_and_those_that_cannot_be_are_told() -> None:
    notes = {
        ("", ""): "for May",
        ("take_rate", COOP): "the board's proposal",
        ("", MARKET): "=1",
        ("tax_rate", ""): "50 % & more",
    }
    choice = Choice(presets.load("blank"), {("take_rate", COOP): 0.2}, notes=notes)
    again, notices = follow.read(link.write(choice).query)
    assert notices == [] and again.notes == notes and again.changes == choice.changes
    for name, text in (("note.nonsense.", "x"), ("note.take_rate.9", "x"), ("note.take_rate.1", "x" * 201), ("note..", "a\nb")):
        record = after({"preset": "blank", name: text})
        assert "A note of the link was left out" in record.notices[0] and record.now.notes == {}

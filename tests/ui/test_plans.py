"""Plans without a screen: columns that are copied, renamed, reordered and dropped, and everything that belongs to them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings, strategies as st

from coopfin.comparison.compare import compare
from coopfin.comparison.scenario import read_scenario, write_scenario
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.export import write_comparison
from coopfin.ui.session import addresses, follow, history, link, plans, presets, transitions
from coopfin.ui.session.record import Choice, Record

MARKET, COOP = "marketplace", "cooperative"
LEVERS = ("take_rate", "patronage_share", "churn", "tax_rate", "inflation", "overhead")
NAMES = ("Plan A", "Plan B", "With investors", "=Steward & Söhne", "100 % ours", "marketplace")
TEXTS = ("the board's proposal", "=1+1", "50 %, or less; perhaps", "für die Bank")

which = st.integers(0, 9)
STEPS = st.one_of(
    st.tuples(st.just("keep"), which, st.sampled_from(NAMES)),
    st.tuples(st.just("rename"), which, st.sampled_from(NAMES)),
    st.tuples(st.just("place"), which, which),
    st.tuples(st.just("drop"), which, st.none()),
    st.tuples(st.just("move"), which, st.sampled_from(LEVERS)),
    st.tuples(st.just("note"), which, st.sampled_from(TEXTS)),
    st.tuples(st.just("pin"), which, st.none()),
    st.tuples(st.just("take back"), which, st.sampled_from(LEVERS)),
)


def taken(record: Record, step: tuple[str, int, object]) -> Record:
    what, number, told = step
    names = record.now.base.enterprises
    firm = names[number % len(names)]
    match what, told:
        case "keep", str(name):
            return transitions.kept(record, firm, name)
        case "rename", str(name):
            return transitions.renamed(record, firm, name)
        case "place", int(place):
            return transitions.placed(record, firm, place % len(names))
        case "drop", _:
            return transitions.dropped(record, firm)
        case "move", str(lever):
            return transitions.moved(record, lever, firm, round(0.05 * number, 2) if lever != "overhead" else 1000.0 * number)
        case "note", str(text):
            return transitions.noted(record, (LEVERS[number % 3] if number % 2 else "", firm if number % 5 else ""), text)
        case "pin", _:
            return transitions.pinned(record)
        case "take back", str(lever):
            return transitions.taken_back(record, lever, firm)
    raise AssertionError(step)


def started(key: str) -> Record:
    return addresses.start({"preset": key})


def same(first: Choice, second: Choice) -> None:
    one, two = first.base, second.base
    assert one.key == two.key and one.words == two.words
    assert list(one.scenario.enterprises) == list(two.scenario.enterprises)
    assert dict(one.scenario.enterprises) == dict(two.scenario.enterprises)
    assert one.layout == two.layout and dict(one.sources) == dict(two.sources)
    assert (first.changes, first.pinned, first.law, first.notes) == (second.changes, second.pinned, second.law, second.notes)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(presets.names()), st.booleans(), st.lists(STEPS, max_size=10))
def test_any_steps_with_plans_undo_to_the_start_and_survive_link_and_file(
    key: str, planned: bool, steps: list[tuple[str, int, object]]
) -> None:
    start = record = started(key)
    if planned:  # what is done to a plan is not left to chance
        steps = [("keep", 1, "Plan A"), ("move", 2, "take_rate"), *steps]
    seen = [record.now]
    for step in steps:
        record = taken(record, step)
        if record.now is not seen[-1]:
            seen.append(record.now)
    again, notices = follow.read(link.write(record.now).query)
    assert notices == []
    same(again, record.now)
    assert dict(link.write(again).query) == dict(link.write(record.now).query)

    text = write_scenario(record.state.scenario)
    read = read_scenario(text.encode(), "mine.csv")
    assert write_scenario(read) == text and dict(read.enterprises) == dict(record.state.scenario.enterprises)
    if not record.state.mistakes:
        assert write_comparison(compare(read.enterprises)) == write_comparison(record.state.comparison)
    opened = transitions.opened(record, read, "mine.csv")
    assert opened.now.notes == record.now.notes

    for before in reversed(seen[:-1]):
        record = history.undone(record)
        assert record.now is before
    assert not record.can_undo and record.now is start.now
    for after in seen[1:]:
        record = history.redone(record)
        assert record.now is after


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_the_same_with_an_opened_file(steps: list[tuple[str, int, object]]) -> None:
    scenario = presets.load("short-stays").scenario
    record = transitions.opened(started("blank"), scenario, "mine.csv")
    for step in steps:
        record = taken(record, step)
    again, notices = follow.read(link.write(record.now).query)
    assert notices == []
    same(again, record.now)


def test_a_plan_changed_since_comes_back_by_link_with_what_it_started_from() -> None:
    record = transitions.moved(three_plans(), "take_rate", "Plan A", 0.3)
    again, notices = follow.read(link.write(record.now).query)
    assert notices == [] and again.base.value("take_rate", "Plan A") == 0.1 and again.value("take_rate", "Plan A") == 0.3
    same(again, record.now)


def three_plans() -> Record:
    record = started("ride-hailing")
    for i, name in enumerate(("Plan A", "Plan B", "Plan C")):
        record = transitions.kept(transitions.moved(record, "take_rate", COOP, (10 + i) / 100), COOP, name)
    return record


def test_a_plan_holds_what_the_cooperative_was_and_stays_when_it_moves_on() -> None:
    record = transitions.moved(three_plans(), "take_rate", COOP, 0.19)
    assert record.state.enterprises == [MARKET, COOP, "Plan A", "Plan B", "Plan C"]
    assert [record.state.value("take_rate", each) for each in record.state.enterprises] == [0.207, 0.19, 0.1, 0.11, 0.12]
    assert record.now.changed == (("take_rate", COOP),)  # a plan as it was kept is no change
    assert len(set(record.state.marks)) == 5 and record.state.marks[:2] == (0, 1)
    for after in (record, transitions.reset(record)):
        assert "assumption: " in after.state.scenario.sources["take_rate"]
    assert "; Plan A: assumption: set in this plan" in transitions.reset(record).state.scenario.sources["take_rate"]


def test_what_is_shared_moves_in_every_plan() -> None:
    record = transitions.moved(three_plans(), "tax_rate", "Plan B", 0.3)
    assert {record.state.value("tax_rate", each) for each in record.state.enterprises} == {0.3}
    assert not record.state.mistakes
    kept = transitions.kept(record, COOP, "Plan D")
    assert kept.state.value("tax_rate", "Plan D") == 0.3 and not kept.state.mistakes


def test_reset_keeps_the_plans() -> None:
    record = transitions.reset(transitions.moved(three_plans(), "take_rate", "Plan A", 0.3))
    assert record.state.value("take_rate", "Plan A") == 0.1 and record.state.value("take_rate", COOP) == 0.15


def test_law_and_levers_follow_the_cooperative_wherever_it_stands() -> None:
    record = three_plans()
    assert (record.state.marketplace, record.state.cooperative) == (MARKET, COOP)
    record = transitions.placed(record, COOP, 0)
    assert record.state.enterprises[0] == COOP and record.state.marks[0] == 1
    assert (record.state.marketplace, record.state.cooperative) == (MARKET, COOP)
    record = transitions.renamed(record, COOP, "Ours")
    assert record.state.cooperative == "Ours"
    record = transitions.dropped(record, "Ours")
    assert record.state.cooperative == "Plan A"  # the first that was copied from it
    for name in ("Plan A", "Plan B", "Plan C"):
        record = transitions.dropped(record, name)
    assert record.state.enterprises == [MARKET] and record.state.cooperative == MARKET
    assert transitions.dropped(record, MARKET).now is record.now  # the last one stays


def test_notes_changes_and_baseline_go_with_their_column() -> None:
    record = transitions.noted(three_plans(), ("take_rate", "Plan A"), "cheap")
    record = transitions.noted(transitions.noted(record, ("", "Plan A"), "the board's"), ("take_rate", ""), "all of it")
    record = transitions.pinned(transitions.moved(record, "take_rate", "Plan A", 0.3))
    record = transitions.renamed(record, "Plan A", "Cheap")
    assert record.now.notes == {("take_rate", "Cheap"): "cheap", ("", "Cheap"): "the board's", ("take_rate", ""): "all of it"}
    assert record.state.value("take_rate", "Cheap") == record.state.base_value("take_rate", "Cheap") == 0.3
    copy = transitions.kept(record, "Cheap", "Cheaper")
    assert copy.now.notes["take_rate", "Cheaper"] == "cheap" and ("", "Cheaper") not in copy.now.notes
    assert copy.state.value("take_rate", "Cheaper") == 0.3
    gone = transitions.dropped(record, "Cheap")
    assert gone.now.notes == {("take_rate", ""): "all of it"} and "Cheap" not in str(gone.now.changes)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "1 to 60 printable"), ("difference", "as a column of the comparison is"), ("Cooperative", "look the same"),
        ("a,b", "without commas"), ('say "yes"', "without commas, quotes"), ("a;b", "without semicolons"), ("x" * 61, "1 to 60"),
        ("tab\x07", "printable"), ("соореrаtivе", "look the same"), ("Platform cooperative", "a Platform cooperative already"),
    ],
)  # fmt: skip
def test_a_name_that_no_file_or_link_can_carry_is_refused_in_words_and_nothing_is_lost(name: str, told: str) -> None:
    record = started("ride-hailing")
    for after in (transitions.kept(record, COOP, name), transitions.renamed(record, MARKET, name)):
        assert after.now is record.now and told in after.notices[0] and "Nothing was changed" in after.notices[0]


def test_there_is_room_for_six_firms_and_the_seventh_is_refused() -> None:
    record = transitions.kept(three_plans(), MARKET, "Plan D")
    assert len(record.state.enterprises) == plans.MOST
    after = transitions.kept(record, COOP, "Plan E")
    assert after.now is record.now and "there are 6 firms" in after.notices[0]


def test_values_that_cannot_stand_together_are_no_plan() -> None:
    record = started("ride-hailing")
    after = transitions.kept(record, COOP, "Both", {"patronage_share": 0.9, "community_share": 0.9})
    assert after.now is record.now and "“Both” was not kept" in after.notices[0]


def test_a_preset_left_with_plans_has_them_when_it_is_chosen_again() -> None:
    record = three_plans()
    away = transitions.chosen(record, presets.load("blank"))
    assert transitions.chosen(away, presets.load("ride-hailing")).now is record.now


HOSTILE = [
    {"columns": "0"}, {"columns": "0,1,2"}, {"columns": "0,0"}, {"columns": "x,y"}, {"columns": "0,1p999999"},
    {"columns": "0," * 9000}, {"columns": "0,-1"}, {"columns": ""},
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_columns_of_a_link_that_cannot_be_are_told(query: dict[str, str]) -> None:
    record = addresses.start({"preset": "blank"} | query)
    assert "what each column is" in record.notices[0] and len(record.notices[0]) < 200
    assert record.state.enterprises == [MARKET, COOP]


def test_a_plan_of_a_link_that_cannot_stand_is_told() -> None:
    query = {
        "preset": "blank", "enterprises": "marketplace,cooperative,Plan", "columns": "0,1,1p2",
        "patronage_share": "0,0.5,0.9", "community_share": "0,0,0.9",
    }  # fmt: skip
    record = addresses.start(query)
    assert "The link's plans cannot stand" in record.notices[0] and record.state.comparison


def test_the_command_gives_the_figures_of_the_page_column_by_column() -> None:
    record = transitions.placed(three_plans(), "Plan B", 0)
    rows = list(csv.DictReader(io.StringIO(write_comparison(record.state.comparison))))
    assert [name for name in rows[0] if name in record.state.enterprises] == ["Plan B", MARKET, COOP, "Plan A", "Plan C"]
    again = compare(read_scenario(write_scenario(record.state.scenario).encode(), "a.csv").enterprises)
    assert write_comparison(again) == write_comparison(record.state.comparison)


def test_every_assumption_of_a_plan_stands_in_the_file() -> None:
    text = write_scenario(three_plans().state.scenario)
    assert {line.split(",")[0] for line in text.splitlines()[1:]} >= set(ASSUMPTIONS)

"""What may happen in a session, without a screen: moves, steps back, presets, files, links, echoes, failures."""

from __future__ import annotations

import pytest

from coopfin.comparison.compare import compare
from coopfin.comparison.scenario import Scenario, read_scenario, write_scenario
from coopfin.ui.session import addresses, echoes, history, presets, transitions
from coopfin.ui.session.record import NOTICES, Record

MARKET, COOP = "marketplace", "cooperative"


@pytest.fixture
def record() -> Record:
    return written(addresses.start({"preset": "blank"}), 0)


def written(record: Record, moment: float) -> Record:
    return addresses.addressed(record, moment)


def move(record: Record, value: float, name: str = "take_rate", enterprise: str = COOP, moment: float = 0) -> Record:
    return written(transitions.moved(record, name, enterprise, value), moment)


def value(record: Record, name: str = "take_rate", enterprise: str = COOP) -> float:
    return record.state.value(name, enterprise)


def test_a_move_changes_the_value_the_comparison_and_the_address(record: Record) -> None:
    after = move(record, 0.123)
    assert value(after) == 0.123
    assert after.state.scenario.enterprises[COOP].take_rate == 0.123
    assert after.address["take_rate"].split(",")[1] == "0.123"
    assert after.state.comparison is not record.state.comparison
    assert value(record) != 0.123  # the record before is as it was


def test_a_shared_assumption_moves_in_every_enterprise(record: Record) -> None:
    after = move(record, 0.2, "tax_rate", COOP)
    assert value(after, "tax_rate", MARKET) == 0.2
    assert after.address["tax_rate"] == "0.2"
    assert after.now.changed == (("tax_rate", MARKET),)


def test_a_value_equal_to_the_preset_is_no_change(record: Record) -> None:
    before = value(record)
    assert move(move(record, 0.3), before).now.changes == {}


def test_ten_quick_moves_then_back_and_forward(record: Record) -> None:
    told = [record.address]
    for i in range(1, 11):
        # The browser still tells an older address: the run of this move began before it got the last one.
        late = addresses.arrived(transitions.moved(record, "take_rate", COOP, i / 100), told[max(0, i - 3)], i * 0.1)
        record = written(late, i * 0.1)
        told.append(record.address)
    assert value(record) == 0.1 and len(record.past) == 10
    for i in (9, 8, 7):  # the browser's own button, at leisure
        record = written(addresses.arrived(record, told[i], 20 - i / 10), 20 - i / 10)
        assert value(record) == pytest.approx(i / 100)
        assert record.address == told[i]
    assert len(record.future) == 3
    record = written(addresses.arrived(record, told[8], 30), 30)
    assert value(record) == 0.08 and len(record.future) == 2
    assert value(history.undone(history.redone(record))) == 0.08


def test_a_late_address_is_an_echo_unless_the_browsers_own_button_or_time_says_otherwise(record: Record) -> None:
    before, after = record.address, move(record, 0.2, moment=5)
    shown = addresses.arrived(after, after.address, 5.1)
    assert value(addresses.arrived(shown, before, 5.2)) == 0.2
    assert value(addresses.arrived(shown, before, 7.9)) == 0.2
    assert value(addresses.arrived(shown, before, 5.2, went=True)) != 0.2
    assert value(addresses.arrived(shown, before, 8.1)) != 0.2


def test_a_move_and_a_link_in_the_same_moment(record: Record) -> None:
    link = {"preset": "blank", "take_rate": "0.4,0.35"}
    both = addresses.arrived(transitions.moved(record, "churn", COOP, 0.2), link, 9)
    assert (value(both), value(both, "churn")) != (0.35, 0.2)
    assert value(both, "churn") == 0.2  # what was just done here counts
    assert value(addresses.arrived(record, link, 9)) == 0.35


def test_the_same_link_twice_is_one_step(record: Record) -> None:
    link = {"preset": "blank", "take_rate": "0.4,0.35", "title": "mine.csv"}
    once = written(addresses.arrived(record, link, 9), 9)
    again = written(addresses.arrived(once, link, 12), 12)
    assert again.now is once.now and again.past == once.past


def test_a_page_that_is_turned_brings_no_address_and_keeps_everything(record: Record) -> None:
    record = transitions.explained(move(record, 0.2), "measure-tax_total")
    turned = transitions.turned(addresses.arrived(record, {}, 9), "pages/years.py")
    assert value(turned) == 0.2 and turned.explain == "" and turned.page == "pages/years.py"


def test_undo_and_redo_over_levers_presets_and_files(record: Record) -> None:
    scenario = Scenario(presets.load("blank").scenario.enterprises, {})
    steps = [record]
    for transition in (
        lambda r: transitions.moved(r, "take_rate", COOP, 0.2),
        lambda r: transitions.chosen(r, presets.load("short-stays")),
        lambda r: transitions.moved(r, "churn", COOP, 0.11),
        lambda r: transitions.opened(r, scenario, "mine.csv"),
        lambda r: transitions.moved(r, "churn", COOP, 0.12),
        transitions.pinned,
        transitions.reset,
    ):
        steps.append(written(transition(steps[-1]), 0))
    last = steps[-1]
    for before in reversed(steps[:-1]):
        last = written(history.undone(last), 0)
        assert last.now is before.now and last.address == before.address
        assert repr(last.state.comparison.rows) == repr(before.state.comparison.rows)
    assert not last.can_undo and history.undone(last) is last
    for after in steps[1:]:
        last = history.redone(last)
        assert last.now is after.now
    assert not last.can_redo


def test_a_new_move_ends_what_could_be_redone(record: Record) -> None:
    assert not move(history.undone(move(record, 0.2)), 0.25).can_redo


def test_a_preset_keeps_its_changes_while_another_is_chosen(record: Record) -> None:
    away = transitions.chosen(move(record, 0.22), presets.load("short-stays"))
    assert away.now.changes == {}
    back = transitions.chosen(away, presets.load("blank"))
    assert value(back) == 0.22
    assert transitions.chosen(back, presets.load("blank")).past == back.past  # chosen again: no step


def test_an_opened_file_can_be_gone_back_to(record: Record) -> None:
    file = transitions.opened(record, record.now.base.scenario, "mine.csv")
    away = transitions.chosen(transitions.moved(file, "take_rate", COOP, 0.3), presets.load("blank"))
    assert "file:mine.csv" in away.left
    assert value(transitions.chosen(away, away.left["file:mine.csv"].base)) == 0.3


def test_steps_that_come_fast_are_all_taken_once(record: Record) -> None:
    record = move(move(move(record, 0.2), 0.21), 0.22)
    record = history.stepped(history.stepped(record, "undo", "t", 1), "undo", "t", 2)
    assert value(record) == 0.2 and record.seen["t"] == 2


def test_the_echo_of_a_replaced_value_is_no_move(record: Record) -> None:
    record = echoes.held(record, "slide", 10.0, 12.0)  # the browser shows 10, the page wants 12
    record, is_move = echoes.reported(record, "slide", 10.0)
    assert not is_move
    record, is_move = echoes.reported(record, "slide", 15.0)
    assert is_move
    record = echoes.held(record, "slide", 15.0, 15.0)
    assert echoes.reported(record, "slide", 10.0)[1]  # the browser has it: going back is a move


def test_the_echoes_of_values_replaced_one_after_the_other_are_no_moves(record: Record) -> None:
    record = echoes.held(record, "slide", 13.0, 12.0)
    record, first = echoes.reported(record, "slide", 13.0)
    record = echoes.held(record, "slide", 13.0, 11.0)  # the browser does not know of 12 yet
    record, second = echoes.reported(record, "slide", 12.0)  # now it does, but 11 is meant
    record = echoes.held(record, "slide", 12.0, 0.0)
    record, third = echoes.reported(record, "slide", 11.0)
    assert not (first or second or third)
    record = echoes.held(record, "slide", 0.0, 0.0)
    assert echoes.reported(record, "slide", 12.0)[1]


def test_an_impossible_value_is_refused_in_words_beside_its_field(record: Record) -> None:
    after = transitions.moved(record, "take_rate", COOP, 1.5)
    assert "take_rate (Take rate) is 1.5; permitted: 0 to 1" in after.refused["take_rate", COOP]
    assert after.now is record.now
    assert transitions.moved(after, "take_rate", COOP, 0.2).refused == {}
    assert transitions.moved(record, "exit_multiple", MARKET, 1e305).refused


@pytest.mark.parametrize("name", ["nonsense", "take_rate"])
def test_the_lever_of_a_page_that_is_gone_moves_nothing(record: Record, name: str) -> None:
    assert transitions.moved(record, name, "nobody", 0.2) is record


def test_values_that_cannot_stand_together_keep_the_last_right_results(record: Record) -> None:
    right = move(record, 0.2)
    wrong = move(right, 0.0, "spend_needed", MARKET)
    if not wrong.state.mistakes:
        wrong = move(move(right, 0.0, "spend_needed", MARKET), 0.1, "spend_response", MARKET)
    assert wrong.state.mistakes
    assert value(wrong, "spend_needed") == 0  # the field shows what was entered
    assert wrong.state.comparison is not None
    assert wrong.state.scenario.enterprises[COOP].take_rate == 0.2
    assert transitions.pinned(wrong) is wrong
    mended = move(wrong, 0.05, "spend_needed", MARKET)
    assert not mended.state.mistakes
    assert history.undone(wrong).state.mistakes == ()


def test_the_split_makes_room_and_says_where_it_came_from(record: Record) -> None:
    after = transitions.moved(record, "community_share", COOP, 0.9)
    assert "came out of" in after.taken
    assert sum(value(after, f"{name}_share") for name in ("community", "reinvestment", "dividend", "patronage")) <= 1 + 1e-9
    assert len(after.past) == 1  # one step, one undo
    assert transitions.moved(after, "churn", COOP, 0.3).taken == ""


def test_the_baseline_is_the_preset_until_it_is_pinned(record: Record) -> None:
    first = move(record, 0.2)
    assert record.state.was("provider_month", COOP) is None
    assert first.state.was("provider_month", COOP) == record.state.comparison["provider_month"].values[COOP]
    pinned = transitions.pinned(first)
    assert pinned.state.was("provider_month", COOP) is None
    moved_on = move(pinned, 0.3)
    assert moved_on.state.was("provider_month", COOP) == first.state.comparison["provider_month"].values[COOP]
    assert moved_on.state.base_value("take_rate", COOP) == 0.2
    assert (
        transitions.unpinned(moved_on).state.was("provider_month", COOP)
        == (record.state.comparison["provider_month"].values[COOP])
    )


def test_several_values_are_one_step(record: Record) -> None:
    after = transitions.set_all(record, {("take_rate", COOP): 0.2, ("churn", COOP): 0.3, ("tax_rate", COOP): 7.0})
    assert value(after) == 0.2 and value(after, "churn") == 0.3 and len(after.past) == 1
    assert list(after.refused) == [("tax_rate", COOP)]


def test_a_file_that_cannot_be_used_changes_nothing(record: Record) -> None:
    after = transitions.file_refused(record, [f"line {i}" for i in range(50)])
    assert after.now is record.now
    assert len(after.file_mistakes) == NOTICES + 1 and after.file_mistakes[-1] == "And 30 more of this kind."


@pytest.mark.parametrize("name", ['a,"b', "a,b", 'say "yes"', "two\nlines"])
def test_names_that_no_link_can_carry_are_refused(record: Record, name: str) -> None:
    firms = presets.load("blank").scenario.enterprises
    after = transitions.opened(record, Scenario({name: firms[MARKET], COOP: firms[COOP]}, {}), "mine.csv")
    assert after.now is record.now and "commas, quotes and line breaks" in after.file_mistakes[0]


def test_what_is_written_reads_back_and_computes_the_same(record: Record) -> None:
    after = move(record, 1 / 3)
    again = read_scenario(write_scenario(after.state.scenario).encode(), "again.csv")
    assert repr(compare(again.enterprises).rows) == repr(after.state.comparison.rows)


def test_a_failing_page_brings_the_last_drawn_choice_back_and_loses_nothing(record: Record) -> None:
    drawn = transitions.drawn(move(record, 0.2))
    failed = transitions.failed(move(drawn, 0.25), "ab12")
    assert value(failed) == 0.2 and "id ab12" in failed.notices[0]
    assert value(history.redone(failed)) == 0.25
    assert value(history.undone(failed)) == value(record)
    again = transitions.failed(drawn, "cd34")  # the page fails whatever is chosen
    assert again.now is drawn.now and "Nothing you entered is lost" in again.notices[0]


def test_the_law_stands_in_the_address_and_is_a_step(record: Record) -> None:
    after = written(transitions.law_chosen(record, "italy"), 0)
    assert after.address["law"] == "italy" and history.undone(after).now.same(record.now)
    assert addresses.start(dict(after.address)).now.law == "italy"


def test_a_preset_opens_with_its_law(record: Record) -> None:
    base = presets.load("short-stays")
    opened = written(transitions.chosen(record, base), 0)
    assert base.words.law and opened.now.law == base.words.law and "law" not in opened.address
    assert addresses.start({"preset": "short-stays"}).now.law == base.words.law
    none = written(transitions.law_chosen(opened, ""), 0)
    assert none.address["law"] == "none" and addresses.start(dict(none.address)).now.law == ""


def test_a_note_is_a_step_and_stands_in_link_and_file(record: Record) -> None:
    place = ("take_rate", COOP)
    after = written(transitions.noted(record, place, "  the board's\nproposal "), 0)
    assert after.now.notes == after.state.notes == after.state.scenario.notes == {place: "the board's proposal"}
    assert after.address["note.take_rate.1"] == "the board's proposal"
    assert history.undone(after).now.notes == {} and transitions.noted(after, place, "").now.notes == {}
    assert transitions.reset(after).now.notes == after.now.notes
    long = transitions.noted(after, place, "x" * 201)
    assert long.now is after.now and "permitted: 1 to 200" in long.notices[0]
    opened = transitions.opened(record, read_scenario(write_scenario(after.state.scenario).encode(), "a.csv"), "a.csv")
    assert opened.now.notes == after.now.notes and opened.state.notes == after.now.notes


def test_the_stage_stands_in_the_address_beside_the_choice_and_is_no_step(record: Record) -> None:
    staged = written(transitions.staged(record, "1"), 1)
    assert staged.address == {**record.address, "stage": "1"} and not staged.past
    moved = move(staged, 0.3, moment=2)
    assert moved.address["stage"] == "1" and value(moved) == 0.3
    off = written(transitions.staged(addresses.arrived(moved, moved.address, 3), ""), 3)
    assert "stage" not in off.address and value(off) == 0.3
    late = addresses.arrived(addresses.arrived(off, off.address, 3.1), moved.address, 3.2)
    assert late.stage == ""  # an address from before, still on its way
    back = addresses.arrived(addresses.arrived(off, off.address, 9), moved.address, 10)
    assert back.stage == "1" and value(back) == 0.3
    assert addresses.start({"preset": "blank", "stage": "1"}).stage == "1"

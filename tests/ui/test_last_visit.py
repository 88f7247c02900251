"""What a browser keeps and brings back: the identity where it is whole, and words where it is not."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import Assumptions
from coopfin.ui.session import addresses, history, last_visit, transitions
from coopfin.ui.session.last_visit import LEFT_OUT, VERSION, Visit
from coopfin.ui.session.record import Record

COOP = "cooperative"


def there_and_back(record: Record) -> Visit:
    kept = json.loads(json.dumps(last_visit.to_keep(record)))
    visit = last_visit.read({"id": "x", "when": 1.7e12, **kept})
    assert isinstance(visit, Visit)
    return visit


def test_nothing_is_kept_before_anything_was_done() -> None:
    assert last_visit.to_keep(addresses.start({})) is None
    assert (
        last_visit.to_keep(addresses.start({"preset": "blank", "take_rate": "0.3,0.1"})) is None
    )  # a link that was only looked at


def test_plans_changes_and_notes_come_back_and_going_on_is_a_step() -> None:
    record = transitions.kept(transitions.moved(addresses.start({}), "take_rate", COOP, 0.12), COOP, "Plan A")
    record = transitions.noted(transitions.moved(record, "churn", "Plan A", 0.2), ("", "Plan A"), "the board's")
    visit = there_and_back(record)
    fresh = addresses.start({})
    after = transitions.resumed(fresh, visit.choice, visit.notices)
    assert after.state.enterprises == record.state.enterprises and after.now.notes == record.now.notes
    assert dict(after.state.scenario.enterprises) == dict(record.state.scenario.enterprises)
    assert after.now.changes == record.now.changes and after.notices == ()
    assert history.undone(after).now is fresh.now


def test_what_is_too_long_for_a_link_is_kept_whole() -> None:
    firms = {f"firm number {i} with a long name": Assumptions(overhead=100_000.123456 + i, founder_pay=i) for i in range(100)}
    record = transitions.opened(addresses.start({}), Scenario(firms, {"overhead": "x" * 500}), "a.csv")
    record = addresses.addressed(record, 0)
    assert list(record.address) == ["file"]
    kept = last_visit.to_keep(record)
    assert kept and kept["file"] == record.address["file"]  # by which a page that crashed finds it
    visit = there_and_back(record)
    assert dict(visit.choice.base.scenario.enterprises) == firms and visit.choice.base.sources == {"overhead": "x" * 500}


GOOD = {"id": "x", "version": VERSION, "when": 1.7e12, "query": {"preset": "blank"}, "file": ""}
BROKEN: list[Any] = [
    None, 7, "x", [], {}, {"broken": True}, GOOD | {"version": 2}, GOOD | {"version": "1"}, GOOD | {"when": "now"},
    GOOD | {"when": math.nan}, GOOD | {"when": -1}, GOOD | {"when": 1e300}, GOOD | {"query": []}, GOOD | {"query": {"preset": 1}},
    GOOD | {"query": {"preset": "x" * 2_000_000}}, GOOD | {"query": {str(i): "" for i in range(5000)}},
    GOOD | {"query": {"file": "abc"}}, {"version": 1, "when": True, "query": {}},
]  # fmt: skip


@pytest.mark.parametrize("found", BROKEN, ids=range(len(BROKEN)))
def test_what_is_broken_or_older_is_told_in_words(found: Any) -> None:
    told = last_visit.read(found)
    assert isinstance(told, str) and told.startswith(LEFT_OUT) and len(told) < 200


json_like = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "x"]), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=100)
@given(
    json_like, st.dictionaries(st.text(max_size=8) | st.sampled_from(["preset", "columns", "enterprises"]), st.text(max_size=9))
)
def test_nothing_that_stands_in_a_browser_takes_the_app_away(found: Any, query: dict[str, str]) -> None:
    for each in (found, GOOD | {"query": query}, (GOOD | found) if isinstance(found, dict) else found):
        visit = last_visit.read(each)
        if isinstance(visit, Visit):
            record = transitions.resumed(addresses.start({}), visit.choice, visit.notices)
            assert record.state.comparison

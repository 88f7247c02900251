"""Plans through the app: every page draws with six firms in any order, and what stands there is the first two's."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from coopfin.ui.session import addresses, transitions
from coopfin.ui.session.record import Record

COOP = "cooperative"
ROOT = Path(__file__).parents[2]
PAGES = ["app.py", *(f"pages/{path.name}" for path in sorted((ROOT / "pages").glob("*.py")))]


def six() -> Record:
    record = addresses.start({"preset": "ride-hailing", "law": "spain"})
    for value, name in ((0.11, "Plan A"), (0.12, "Plan B"), (0.13, "Plan C"), (0.14, "Plan D")):
        record = transitions.kept(transitions.moved(record, "take_rate", COOP, value), COOP, name)
    return transitions.noted(record, ("take_rate", "Plan A"), "the board's proposal")


def draw(path: str, record: Record) -> AppTest:
    app = AppTest.from_file(str(ROOT / path), default_timeout=120)
    for name, value in addresses.addressed(record, 0).address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [each.value for each in app.exception]
    assert not app.error, [each.value for each in app.error]
    return app


def html(app: AppTest) -> str:
    return "\n".join(each.value for each in app.get("html"))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_draws_with_six_firms_in_another_order(path: str) -> None:
    record = transitions.placed(transitions.placed(six(), "Plan C", 0), COOP, 5)
    assert len(urlencode(dict(addresses.addressed(record, 0).address))) < 8000
    draw(path, record)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_draws_without_a_marketplace_and_with_one_plan_alone(path: str) -> None:
    record = six()
    for name in ("marketplace", COOP, "Plan A", "Plan B"):
        record = transitions.dropped(record, name)
    draw(path, record)
    draw(path, transitions.dropped(record, "Plan C"))


def test_the_sentence_and_the_differences_are_against_the_first() -> None:
    told = html(draw("app.py", transitions.placed(six(), "Plan B", 0)))
    answer = re.search(r'class="answer"[^>]*>([^<]*)', told)
    assert answer and "Plan B" in answer[1] and "the Plan B" not in answer[1]
    assert 'data-live="provider_keeps-5-gap"' in told
    assert 'data-against="marketplace"' in told and 'data-against="Plan B"' not in told


def test_the_law_is_asked_of_the_cooperative_wherever_it_stands() -> None:
    record = addresses.start({"preset": "ride-hailing", "law": "spain"})
    before = draw("pages/law.py", record)
    moved = draw("pages/law.py", transitions.placed(record, COOP, 0))
    said = [each.value for each in before.markdown if "the cooperative" in each.value]
    assert said and said == [each.value for each in moved.markdown if "the cooperative" in each.value]

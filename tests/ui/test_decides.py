"""What is said beside the answer: what decides, and benefits with the pay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coopfin import MEASURES, Assumptions, project
from coopfin.display import board, words
from coopfin.display.decides import decides
from coopfin.display.view import view
from coopfin.ui.session.base import Words

WORDS = Words("A test", "driver", "drivers")
ONE = Assumptions(providers=100, sales_per_provider=20_000, take_rate=0.3, years=3, benefits_rate=0)


def said(first: float, second: float, won: float = 0.0) -> str:
    firms = {"marketplace": first, "cooperative": second}
    spent = {"spend_response": won, "spend_needed": 0.05}
    return decides(view({name: project(replace(ONE, open_doors=doors, **spent)) for name, doors in firms.items()}), WORDS)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (said(1, 1, 0.05), "everyone may join either firm, so that a lower take brings more people, not more pay; "
         "spending wins up to 5\u202f% more demand a year"),
        (said(0, 0), "only as many drivers as there is work for may join either firm, so that a lower take is more pay; "
         "spending wins no demand"),
        (said(1, 0.4), "everyone may join the marketplace and 40\u202f% of those who want to the cooperative; "
         "spending wins no demand"),
        (said(0.5, 0.5), "50\u202f% of those who want to may join either firm; spending wins no demand"),
    ],
)  # fmt: skip
def test_doors_and_spending_are_told_in_words(told: str, wanted: str) -> None:
    assert told == f"What decides: {wanted}."


def test_benefits_stand_with_the_pay() -> None:
    insured = replace(ONE, benefits_rate=0.1)
    seen = view({"marketplace": project(ONE), "cooperative": project(insured)})
    told = float(MEASURES["provider_benefits_month"](project(insured)))
    assert told > 50 and all(firm.lives for firm in seen)
    places = board.places(seen, seen)
    assert places["provider_month-0-beside"] == ""
    assert places["provider_month-1-beside"] == f"and {words.price(told)} in benefits"
    dry = view({name: project(replace(insured, overhead=1e7)) for name in ("marketplace", "cooperative")})
    assert board.places(dry, dry)["provider_month-1-beside"].startswith("if someone covers")

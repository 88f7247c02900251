"""Ready questions from the scenario, and roles in the words of the preset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.rooms.people import Role
from coopfin.rooms.questions import Question, choice, lever, points, prediction

# How a lever is asked for in plain words; of any other lever the label is asked for.
ASKED = {
    "take_rate": "What part of each sale should the {firm} keep?",
    "product_team": "What should the {firm} spend on its product team in a year?",
    "marketing_rate": "What part of its revenue should the {firm} spend on marketing?",
    "open_doors": "How open should the {firm} be to newcomers? 100 % lets everybody in.",
    "price": "What should {buyers} pay in the {firm}, against the market's price?",
}
PREDICTED = "provider_month"


@dataclass(frozen=True)
class Wording:
    """How the preset speaks: one who works or sells, several, who buys, and the currency."""

    provider: str = "provider"
    providers: str = "providers"
    buyers: str = "buyers"
    currency: str = ""


def ready(enterprises: Mapping[str, Assumptions], wording: Wording) -> list[Question]:
    """Questions that fit any scenario, about its second firm, or its only one: the one that its people would own."""
    firms = list(enterprises)
    firm = firms[min(1, len(firms) - 1)]
    told = [ask_for(name, firm, enterprises, wording) for name in ASKED]
    return [
        told[0],
        points(firm, f"The {firm} has a surplus of 100. What should become of it?"),
        prediction(PREDICTED, firm, f"What will one of the {wording.providers} have a month in the {firm}?", wording.currency),
        choice("In which of the firms would you rather be?", [*firms, "In none of them"]),
        *told[1:],
    ]


def ask_for(name: str, firm: str, enterprises: Mapping[str, Assumptions], wording: Wording, text: str = "") -> Question:
    """The question for a lever of a firm; ``text``: in other words than the ready ones."""
    asked = text or ASKED.get(name, "{label} of the {firm}: what should it be?").format(
        firm=firm, buyers=wording.buyers, label=ASSUMPTIONS[name].label
    )
    return lever(name, firm, asked, float(getattr(enterprises[firm], name)), wording.currency)


def roles(wording: Wording, council: Sequence[float] = ()) -> tuple[Role, ...]:
    """For whom a room may speak, with shares and use as unequal as in a young firm; ``council``: the blocks, in this order."""
    held: Sequence[tuple[str, float, float]] = (
        (wording.providers, 1, 40), (wording.buyers, 1, 10), ("founders", 50, 0), ("staff", 5, 0), ("investors", 100, 0),
        ("neighbours", 1, 0),
    )  # fmt: skip
    seats = (*council, *[0.0] * len(held))
    return tuple(Role(name, float(shares), float(use), seat) for (name, shares, use), seat in zip(held, seats, strict=False))

"""What the law asks of a cooperative: the rules, declared once, and what each jurisdiction says to them.

The cells are in ``data/jurisdictions.csv``, each with statute, year and fact, or "not verified".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from coopfin.evidence.facts import Fact, read_facts, read_rows

NOT_VERIFIED = "not verified"
BEFORE_TAX = "surplus before tax"
KEPT, BROKEN, UNKNOWN = "kept", "broken", "cannot be checked"
NO_RULE, HEADLINE = "no rule found", "headline rate"  # kinds of cells that say less than a rule
AT_LEAST, AT_MOST = "at least", "at most"


@dataclass(frozen=True)
class Cell:
    """What one jurisdiction says to one rule. ``amount`` is NaN where the rule has no number that can be held against
    a scenario; ``of`` is what a share is a share of; ``limit`` says which way the amount holds where this law differs
    from the rule's usual way; ``kind`` is empty, or "no rule found" in what was read, or "headline rate" of a tax that
    may be another for cooperatives. A cell nobody has checked has no fact."""

    value: str
    amount: float
    of: str
    limit: str
    kind: str
    statute: str
    year: str
    fact: Fact | None

    @property
    def verified(self) -> bool:
        """Whether there is a source for it."""
        return self.fact is not None

    @property
    def has_amount(self) -> bool:
        """Whether there is a number to hold against a scenario."""
        return not math.isnan(self.amount)


@dataclass(frozen=True)
class Jurisdiction:
    """A country's, or a legal form's, cell for every rule."""

    key: str
    name: str
    cells: Mapping[str, Cell]

    @property
    def short(self) -> str:
        """The name without what stands in brackets: Spain."""
        return self.name.partition(" (")[0]


Asked = Callable[[Jurisdiction, float], float]  # what the assumption must be, given the tax rate


@dataclass(frozen=True)
class Rule:
    """One question to every law, and the assumption that answers it in a scenario.

    ``limit`` is "at least" or "at most" where the answer can be held against a number, unless a law's cell says the
    other; ``asked`` gives that number as the model counts it. ``sets`` rules are what the law fixes for a scenario;
    ``exact`` ones are set to the law's figure, the others only as far as they fall short of it: a larger reserve is
    never lowered. ``unknown`` says why a rule cannot be checked.
    """

    name: str
    label: str
    question: str
    assumption: str = ""
    limit: str = ""
    asked: Asked | None = None
    sets: bool = False
    exact: bool = False
    unknown: str = "the rule has no number that the model knows"
    short_of: str = BROKEN


def _amount(rule: str) -> Asked:
    return lambda law, _: law.cells[rule].amount


def _after_tax(*rules: str) -> Asked:
    """The reserve is a share of the surplus after tax; a share of the surplus before tax is a larger share of that."""

    def asked(law: Jurisdiction, tax_rate: float) -> float:
        total = 0.0
        for cell in (law.cells[rule] for rule in rules):
            left = 1 - tax_rate if cell.of == BEFORE_TAX else 1.0
            if cell.has_amount and cell.amount > 0:
                total += cell.amount / left if left > 0 else math.inf
        return total

    return asked


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("minimum_reserve", "Minimum to the reserve", "Which part of a surplus must go to the reserve?",
             "reserve_share", "at least", _after_tax("minimum_reserve"), sets=True),
        Rule("other_funds", "Other compulsory funds", "Which part must go to other funds, such as education?",
             "reserve_share", "at least", _after_tax("minimum_reserve", "other_funds"), sets=True,
             unknown="the rule has no number that the model knows; the model has one fund that is never shared out"),
        Rule("share_interest_cap", "Cap on interest on shares", "How much may members' capital earn at most?",
             "share_interest_rate", "at most", _amount("share_interest_cap"), sets=True,
             unknown="the cap is not a fixed number; hold the rate against it in the year it is paid"),
        Rule("refunds", "How refunds may be shared", "May surplus go to members, and by which key?",
             "patronage_share", "at most", _amount("refunds"), sets=True,
             unknown="the model shares refunds by use and looks at no other key"),
        Rule("refunds_deductible", "Refunds leave the tax base", "May the cooperative deduct what it refunds to members?",
             "patronage_deductible", "at most", _amount("refunds_deductible"), sets=True, exact=True),
        Rule("cash_part", "Minimum part paid in cash", "Which part of a refund must be paid out at once?",
             "patronage_cash_share", "at least", _amount("cash_part"), sets=True),
        Rule("tax_rate", "Tax on the surplus", "At which rate is the cooperative's surplus taxed?",
             "tax_rate", "at least", _amount("tax_rate"), sets=True,
             unknown="the rule has no single rate that the model could use: enter yours"),
        Rule("votes", "Votes", "How are votes shared out?", "provider_votes",
             unknown="the model knows the providers' votes together, not how each member votes"),
        Rule("investor_limit", "Limit for investors who are not users", "How much may they hold at most?",
             "provider_votes", "at least", lambda law, _: 1 - law.cells["investor_limit"].amount, short_of=UNKNOWN,
             unknown="the model does not know who holds the votes that providers do not have"),
        Rule("reserve_shared", "May the reserve ever be shared out?", "Also when the cooperative ends or is sold?",
             unknown="the model never shares the reserve out, not even in a sale"),
    )
}  # fmt: skip


@cache
def jurisdictions() -> Mapping[str, Jurisdiction]:
    """Every jurisdiction by its key, in the order of the file."""
    cells: dict[str, dict[str, Cell]] = {}
    for row in read_rows("jurisdictions.csv"):
        fact = read_facts()[row["fact"]] if row["fact"] else None
        amount = float(row["amount"]) if row["amount"] else math.nan
        cell = Cell(row["value"], amount, row["of"], row["limit"], row["kind"], row["statute"], row["year"], fact)
        cells.setdefault(row["jurisdiction"], {})[row["rule"]] = cell
    return {_key(name): Jurisdiction(_key(name), name, each) for name, each in cells.items()}


def _key(name: str) -> str:
    return name.partition(" (")[0].lower().replace(" ", "-")

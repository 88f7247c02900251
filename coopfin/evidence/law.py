"""What the law asks of a cooperative: the rules by jurisdiction, and how a scenario stands to each of them.

The rules are declared once below; what each jurisdiction says to them is in ``data/jurisdictions.csv``, cell by cell
with statute, year and fact. Nothing here is legal advice, and nothing here stops anybody.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.evidence.facts import Fact, read_facts, read_rows

NOT_VERIFIED = "not verified"
BEFORE_TAX = "surplus before tax"
ADVICE = "This is not legal advice. Laws change, and no table holds all of one: take the clause to a lawyer."

KEPT, BROKEN, UNKNOWN = "kept", "broken", "cannot be checked"
FLAG = {0.0: "no", 1.0: "yes"}
TOLERANCE = 1e-9  # a share typed with four decimals may be a hair below the one asked for


@dataclass(frozen=True)
class Cell:
    """What one jurisdiction says to one rule. ``amount`` is NaN where the rule has no number that can be held against
    a scenario; ``of`` is what a share is a share of. A cell nobody has checked has no fact."""

    value: str
    amount: float
    of: str
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

    ``limit`` is "at least" or "at most" where the answer can be held against a number; ``asked`` gives that number as
    the model counts it. ``sets`` rules are what the law fixes for a scenario; ``exact`` ones are set to the law's
    figure, the others only as far as they fall short of it. ``unknown`` says why a rule cannot be checked.
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
             "tax_rate", "at least", _amount("tax_rate"), sets=True, exact=True,
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


@dataclass(frozen=True)
class Finding:
    """How one firm stands to one rule: ``status`` is kept, broken or cannot be checked, ``words`` say why."""

    rule: Rule
    cell: Cell
    status: str
    words: str


@dataclass(frozen=True)
class Setting:
    """An assumption as the law asks for it; ``value`` is NaN where it cannot be set, and ``words`` say why."""

    assumption: str
    value: float
    words: str


@cache
def jurisdictions() -> Mapping[str, Jurisdiction]:
    """Every jurisdiction by its key, in the order of the file."""
    cells: dict[str, dict[str, Cell]] = {}
    for row in read_rows("jurisdictions.csv"):
        fact = read_facts()[row["fact"]] if row["fact"] else None
        amount = float(row["amount"]) if row["amount"] else math.nan
        cell = Cell(row["value"], amount, row["of"], row["statute"], row["year"], fact)
        cells.setdefault(row["jurisdiction"], {})[row["rule"]] = cell
    return {_key(name): Jurisdiction(_key(name), name, each) for name, each in cells.items()}


def _key(name: str) -> str:
    return name.partition(" (")[0].lower().replace(" ", "-")


def check(a: Assumptions, law: Jurisdiction, about: str | None = None) -> list[Finding]:
    """How the firm with assumptions ``a`` (one scenario) stands to every rule, or to those ``about`` one assumption."""
    return [_finding(a, law, rule) for rule in RULES.values() if about in (None, rule.assumption)]


def broken(a: Assumptions, law: Jurisdiction, about: str | None = None) -> list[Finding]:
    """The rules that ``a`` breaks, all of them or those ``about`` one assumption."""
    return [each for each in check(a, law, about) if each.status == BROKEN]


def _finding(a: Assumptions, law: Jurisdiction, rule: Rule) -> Finding:
    cell = law.cells[rule.name]
    if not cell.verified:
        return Finding(rule, cell, UNKNOWN, "no source for this rule yet")
    if not cell.has_amount:
        return Finding(rule, cell, UNKNOWN, rule.unknown)
    if rule.asked is None:
        return Finding(rule, cell, KEPT, rule.unknown)
    value, asked = float(getattr(a, rule.assumption)), rule.asked(law, float(a.tax_rate))
    short = asked - value if rule.limit == "at least" else value - asked
    label = ASSUMPTIONS[rule.assumption].label
    if ASSUMPTIONS[rule.assumption].unit.name == "flag":
        words = f"{label}: {FLAG[value]}; by law: {FLAG[asked]}"
    else:
        asked = _rounded(asked, rule)
        wish = f"asked for: {rule.limit} {_told(asked)}{_why(law, rule, float(a.tax_rate))}"
        words = f"{label}: {_told(value)}; {wish}"
    if short <= TOLERANCE:
        return Finding(rule, cell, KEPT, words)
    return Finding(rule, cell, rule.short_of, words if rule.short_of == BROKEN else f"{words}; {rule.unknown}")


def _why(law: Jurisdiction, rule: Rule, tax_rate: float) -> str:
    """How the law's figures become the one that the model's reserve is held against."""
    if rule.assumption != "reserve_share":
        return ""
    cells = list(dict.fromkeys((law.cells["minimum_reserve"], law.cells[rule.name])))
    together = " and ".join(percent(cell.amount) for cell in cells if cell.has_amount)
    if tax_rate > 0 and any(cell.of == BEFORE_TAX for cell in cells):
        return f", because {together} before a tax of {percent(tax_rate)} is that much of what is left after it"
    return f", {together}" if len(cells) > 1 else ""


def _told(value: float) -> str:
    return percent(value) if math.isfinite(value) else "more than there is"


def _rounded(asked: float, rule: Rule) -> float:
    """To the tenth of a percent that satisfies the rule, as people see and enter it."""
    if not math.isfinite(asked):
        return asked
    tenths = round(asked * 1000, 6)
    return (math.ceil(tenths) if rule.limit == "at least" else math.floor(tenths)) / 1000


def percent(ratio: float) -> str:
    """A ratio as percent with at most one decimal: 57.5 %."""
    return f"{round(ratio * 100, 1):g} %"


def settings(a: Assumptions, law: Jurisdiction) -> list[Setting]:
    """What the law fixes, assumption by assumption: the value to set, or why it stays as it is."""
    tax = law.cells["tax_rate"]
    tax_rate = tax.amount if tax.verified and tax.has_amount else float(a.tax_rate)
    found: dict[str, Setting] = {}
    for rule in RULES.values():
        if rule.sets:
            setting = _setting(a, law, rule, tax_rate)
            earlier = found.get(rule.assumption)
            # Two rules on one assumption, reserve and funds: the later one holds the earlier one in it.
            if earlier is None or math.isnan(earlier.value):
                found[rule.assumption] = setting
            elif not math.isnan(setting.value):
                found[rule.assumption] = replace(setting, words=f"{earlier.words}; {setting.words}")
    return list(found.values())


def _setting(a: Assumptions, law: Jurisdiction, rule: Rule, tax_rate: float) -> Setting:
    cell, now = law.cells[rule.name], float(getattr(a, rule.assumption))
    if not cell.verified:
        return Setting(rule.assumption, math.nan, NOT_VERIFIED)
    if not cell.has_amount or rule.asked is None:
        return Setting(rule.assumption, math.nan, rule.unknown)
    asked = rule.asked(law, tax_rate)
    if ASSUMPTIONS[rule.assumption].refuse(asked):
        return Setting(rule.assumption, math.nan, "the law asks for more than there is")
    asked = _rounded(asked, rule)
    if rule.exact:
        return Setting(rule.assumption, asked, cell.value)
    value = max(now, asked) if rule.limit == "at least" else min(now, asked)
    return Setting(rule.assumption, value, cell.value)

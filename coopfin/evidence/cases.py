"""Real cases: what is claimed, what the accounts say, and what the model gives, computed from data files.

``backtests.toml`` holds *runs* (the model set to published figures, or to a preset) and *checks* (a figure that was
not put in, beside the published one). ``cases.toml`` holds the stories. No figure is retyped: texts and formulas refer
to facts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from coopfin.comparison.measures import MEASURES
from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection, project
from coopfin.evidence.figures import figure
from coopfin.evidence.formulas import evaluate

NOTHING = "nothing"
TOTAL, BEFORE = ".total", ".before"
UNITS_OF_TIME = {"months": 12.0, "days": 365.0}

# How the model came to its figure, and what a hit is therefore worth.
KINDS = {
    "adds up": "all parts come from the same statement: shows that our lines are theirs, foresees nothing",
    "carried over": "figures of another year, source or firm were put in: a share that stays as it was is no merit of the model",
    "preset": "the preset as it stands, not fitted to this figure",
    "claim": "the claim was put in: tests the claim against the accounts; a false claim is no miss of the model",
    "put in": "the preset was set to this figure: no test at all",
}


@dataclass(frozen=True)
class Run:
    """The model set to the figures in ``inputs`` (formulas by assumption), on ``base``: nothing, or preset/enterprise."""

    name: str
    basis: str
    base: str = NOTHING
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tolerance:
    """How far off still counts as a hit, as a share of the published figure, and why."""

    share: float
    why: str


@dataclass(frozen=True)
class Check:
    """A published figure beside the model's. ``against`` says which column is compared: accounts, or else the claim."""

    case: str
    what: str
    period: str
    run: str
    model: str
    unit: str
    kind: str
    tolerance: str
    fits: bool
    why: str
    claimed: str = ""
    accounts: str = ""
    year: int = 0

    @property
    def published(self) -> str:
        """The formula of the published figure: of the accounts where there are any, else the claim."""
        return self.accounts or self.claimed


@dataclass(frozen=True)
class Result:
    """What a check gives. ``error`` is (model − published) ÷ size of published."""

    check: Check
    run: Run
    tolerance: Tolerance
    claimed: float
    accounts: float
    model: float

    @property
    def published(self) -> float:
        """The figure the model is held against."""
        return self.accounts if self.check.accounts else self.claimed

    @property
    def error(self) -> float:
        """By how much the model is off, as a share of the published figure."""
        return (self.model - self.published) / abs(self.published)

    @property
    def fits(self) -> bool:
        """Whether the error is within the tolerance."""
        return abs(self.error) <= self.tolerance.share


def read_texts(name: str) -> dict[str, Any]:
    """One of the package's TOML data files, by file name."""
    return tomllib.loads((files("coopfin") / "data" / name).read_text(encoding="utf-8"))


_TESTS = read_texts("backtests.toml")
RUNS: dict[str, Run] = {name: Run(name, **row) for name, row in _TESTS["runs"].items()}
TOLERANCES: dict[str, Tolerance] = {name: Tolerance(**row) for name, row in _TESTS["tolerances"].items()}
CHECKS: list[Check] = [Check(**row) for row in _TESTS["checks"]]
CASES: dict[str, Any] = read_texts("cases.toml")


def published(formula: str) -> float:
    """The value of a formula of facts; ratios for percentages, whole units for millions."""
    return evaluate(formula, lambda name: UNITS_OF_TIME.get(name) or figure(name).value)


def nothing(**changes: float) -> Assumptions:
    """A firm of one provider that neither earns, pays nor raises anything, for one year, but for ``changes``."""
    bare = {name: each.default if each.refuse(0.0) else 0.0 for name, each in ASSUMPTIONS.items()}
    return Assumptions(**bare | {"years": 1, "providers": 1.0, "member_business": 1.0} | changes)


def assumptions(run: Run, scenario_of: Callable[[str], Scenario]) -> Assumptions:
    """The assumptions of a run; ``scenario_of`` gives a preset by name."""
    if run.base == NOTHING:
        base = nothing()
    else:
        preset, enterprise = run.base.split("/")
        base = scenario_of(preset).enterprises[enterprise]
    values = {name: float(getattr(base, name)) for name in ASSUMPTIONS}
    given = {
        name: evaluate(formula, lambda each: values[each] if each in values else published(each))
        for name, formula in run.inputs.items()
    }
    return Assumptions(**values | given)


def back_tests(scenario_of: Callable[[str], Scenario]) -> list[Result]:
    """Every check, with each run projected once."""
    projections = {name: project(assumptions(run, scenario_of)) for name, run in RUNS.items()}
    return [_result(check, projections[check.run]) for check in CHECKS]


def _result(check: Check, x: Projection) -> Result:
    claimed, accounts = (published(formula) if formula else float("nan") for formula in (check.claimed, check.accounts))
    model = evaluate(check.model, lambda name: _of_model(x, name, check.year))
    return Result(check, RUNS[check.run], TOLERANCES[check.tolerance], claimed, accounts, model)


def _of_model(x: Projection, name: str, year: int) -> float:
    """A statement line in ``year`` (0: the last), ``.before`` it, its ``.total``, a measure, an assumption, or a fact."""
    line = name.removesuffix(TOTAL).removesuffix(BEFORE)
    if line in LINES:
        values = getattr(x, line)
        if name.endswith(TOTAL):
            return float(x.total(line))
        return float(values[(year or x.years) - name.endswith(BEFORE)])
    if name in MEASURES:
        return float(MEASURES[name](x))
    if name in ASSUMPTIONS:
        return float(getattr(x.assumptions, name))
    return published(name)

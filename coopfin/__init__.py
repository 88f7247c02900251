"""coopfin: what changes in money terms when a digital platform is owned by its users instead of by investors.

Each name is loaded when it is first asked for, so that importing the package costs next to nothing.
"""

from importlib import import_module as _import_module

__version__ = "0.2.0"

# Where each public name lives. ``__init__.pyi`` says the same to type checkers and editors; a test holds both together.
_MODULES = {
    "capital.irr": "irr",
    "capital.cap_table": "CapTable cap_table",
    "capital.waterfall": "waterfall",
    "comparison.compare": "Comparison compare",
    "comparison.measures": "HEADLINES MEASURES PAIR_MEASURES",
    "comparison.verdict": "Verdict fate judge",
    "comparison.scenario": "Scenario read_scenario write_scenario",
    "engine.assumptions": "ASSUMPTIONS Assumptions",
    "engine.calendar": "month_in_words",
    "engine.declaration": "Assumption AssumptionError",
    "engine.identities": "IDENTITIES",
    "engine.lines": "LINES",
    "engine.projection": "Projection project",
    "evidence.clause": "clause",
    "evidence.rules": "jurisdictions",
    "export": """write_account write_allocation write_comparison write_member_statements write_months write_projections
        write_simulation write_statements write_uncertain""",
    "members.account": "MemberAccount member_account pay_elsewhere tax_beyond_cash worth_today",
    "members.cents": "money_text to_cents",
    "members.classes": "MemberClass Members PatronageError",
    "members.distribution": "gini histogram lorenz other_splits top_share typical",
    "members.ledger": "read_classes read_ledger",
    "members.patronage": "Allocation Part allocate",
    "members.statement": "Statement Terms statements terms",
    "members.votes": "cap_votes deciding_group fewest_people votes_by_class votes_by_heads votes_by_shares",
    "reading.mistakes": "FileError",
    "uncertainty.chances": "Chances chances",
    "uncertainty.distributions": "DISTRIBUTIONS",
    "uncertainty.drivers": "Drivers drivers",
    "uncertainty.sampling": "sample",
    "uncertainty.sensitivity": "Bar Lever LeverMap Tornado effects lever_map tornado",
    "uncertainty.simulation": "Simulation Statistics simulate",
    "uncertainty.uncertain": "Uncertain prefill",
    "uncertainty.uncertain_file": "read_uncertain",
}
_HOMES = {name: f"{__name__}.{module}" for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

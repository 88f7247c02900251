"""coopfin: what changes in money terms when a digital platform is owned by its users instead of by investors."""

from coopfin.capital.irr import irr
from coopfin.capital.ownership import cap_table, exit_proceeds
from coopfin.compare.comparison import Comparison, compare
from coopfin.compare.measures import MEASURES
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.declaration import Assumption, AssumptionError
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import LINES
from coopfin.engine.projection import Projection, project
from coopfin.evidence.clause import clause
from coopfin.evidence.law import jurisdictions
from coopfin.export import (
    write_account,
    write_allocation,
    write_comparison,
    write_member_statements,
    write_projections,
    write_scenario,
    write_simulation,
    write_statements,
    write_uncertain,
)
from coopfin.members.account import MemberAccount, member_account, pay_elsewhere, tax_beyond_cash, worth_today
from coopfin.members.cents import money_text, to_cents
from coopfin.members.classes import MemberClass, Members, PatronageError
from coopfin.members.distribution import gini, histogram, lorenz, other_splits, top_share, typical
from coopfin.members.ledger import read_classes, read_ledger
from coopfin.members.patronage import Allocation, Part, allocate
from coopfin.members.statement import Statement, Terms, statements, terms
from coopfin.members.votes import cap_votes, deciding_group, fewest_people, votes_by_class, votes_by_heads, votes_by_shares
from coopfin.reading.files import FileError, Scenario, read_scenario
from coopfin.uncertainty.distributions import DISTRIBUTIONS
from coopfin.uncertainty.drivers import Drivers, drivers
from coopfin.uncertainty.sampling import sample
from coopfin.uncertainty.sensitivity import Bar, Lever, LeverMap, Tornado, lever_map, tornado
from coopfin.uncertainty.simulation import Simulation, Statistics, simulate
from coopfin.uncertainty.uncertain import Uncertain, prefill
from coopfin.uncertainty.uncertain_file import read_uncertain

__version__ = "0.1.0"

__all__ = [
    "ASSUMPTIONS",
    "DISTRIBUTIONS",
    "IDENTITIES",
    "LINES",
    "MEASURES",
    "Allocation",
    "Assumption",
    "AssumptionError",
    "Assumptions",
    "Bar",
    "Comparison",
    "Drivers",
    "FileError",
    "Lever",
    "LeverMap",
    "MemberAccount",
    "MemberClass",
    "Members",
    "Part",
    "PatronageError",
    "Projection",
    "Scenario",
    "Simulation",
    "Statement",
    "Statistics",
    "Terms",
    "Tornado",
    "Uncertain",
    "allocate",
    "cap_table",
    "cap_votes",
    "clause",
    "compare",
    "deciding_group",
    "drivers",
    "exit_proceeds",
    "fewest_people",
    "gini",
    "histogram",
    "irr",
    "jurisdictions",
    "lever_map",
    "lorenz",
    "member_account",
    "money_text",
    "other_splits",
    "pay_elsewhere",
    "prefill",
    "project",
    "read_classes",
    "read_ledger",
    "read_scenario",
    "read_uncertain",
    "sample",
    "simulate",
    "statements",
    "tax_beyond_cash",
    "terms",
    "to_cents",
    "top_share",
    "tornado",
    "typical",
    "votes_by_class",
    "votes_by_heads",
    "votes_by_shares",
    "worth_today",
    "write_account",
    "write_allocation",
    "write_comparison",
    "write_member_statements",
    "write_projections",
    "write_scenario",
    "write_simulation",
    "write_statements",
    "write_uncertain",
]

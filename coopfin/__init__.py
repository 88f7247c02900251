"""coopfin: what changes in money terms when a digital platform is owned by its users instead of by investors."""

from coopfin.assumptions import ASSUMPTIONS, Assumptions
from coopfin.cents import money_text, to_cents
from coopfin.clause import clause
from coopfin.comparison import Comparison, compare
from coopfin.declaration import Assumption, AssumptionError
from coopfin.distribution import gini, histogram, lorenz, other_splits, top_share, typical
from coopfin.distributions import DISTRIBUTIONS
from coopfin.drivers import Drivers, drivers
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
from coopfin.files import FileError, Scenario, read_scenario
from coopfin.identities import IDENTITIES
from coopfin.irr import irr
from coopfin.law import jurisdictions
from coopfin.ledger import read_classes, read_ledger
from coopfin.lines import LINES
from coopfin.measures import MEASURES
from coopfin.member_account import MemberAccount, member_account, pay_elsewhere, tax_beyond_cash, worth_today
from coopfin.member_statement import Statement, Terms, statements, terms
from coopfin.members import MemberClass, Members, PatronageError
from coopfin.ownership import cap_table, exit_proceeds
from coopfin.patronage import Allocation, Part, allocate
from coopfin.projection import Projection, project
from coopfin.sampling import sample
from coopfin.sensitivity import Bar, Lever, LeverMap, Tornado, lever_map, tornado
from coopfin.simulation import Simulation, Statistics, simulate
from coopfin.uncertain import Uncertain, prefill
from coopfin.uncertain_file import read_uncertain
from coopfin.votes import cap_votes, deciding_group, fewest_people, votes_by_class, votes_by_heads, votes_by_shares

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

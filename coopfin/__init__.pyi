"""The public names, for type checkers and editors; they are loaded as ``__init__.py`` says."""

from coopfin.capital.cap_table import CapTable as CapTable, cap_table as cap_table
from coopfin.capital.irr import irr as irr
from coopfin.capital.waterfall import waterfall as waterfall
from coopfin.comparison.compare import Comparison as Comparison, compare as compare
from coopfin.comparison.measures import HEADLINES as HEADLINES, MEASURES as MEASURES, PAIR_MEASURES as PAIR_MEASURES
from coopfin.comparison.scenario import Scenario as Scenario, read_scenario as read_scenario, write_scenario as write_scenario
from coopfin.comparison.verdict import Verdict as Verdict, fate as fate, judge as judge
from coopfin.engine.assumptions import ASSUMPTIONS as ASSUMPTIONS, Assumptions as Assumptions
from coopfin.engine.calendar import month_in_words as month_in_words
from coopfin.engine.declaration import Assumption as Assumption, AssumptionError as AssumptionError
from coopfin.engine.identities import IDENTITIES as IDENTITIES
from coopfin.engine.lines import LINES as LINES
from coopfin.engine.projection import Projection as Projection, project as project
from coopfin.evidence.clause import clause as clause
from coopfin.evidence.rules import jurisdictions as jurisdictions
from coopfin.export import (
    write_account as write_account,
    write_allocation as write_allocation,
    write_comparison as write_comparison,
    write_member_statements as write_member_statements,
    write_months as write_months,
    write_projections as write_projections,
    write_simulation as write_simulation,
    write_statements as write_statements,
    write_uncertain as write_uncertain,
)
from coopfin.members.account import (
    MemberAccount as MemberAccount,
    member_account as member_account,
    pay_elsewhere as pay_elsewhere,
    tax_beyond_cash as tax_beyond_cash,
    worth_today as worth_today,
)
from coopfin.members.cents import money_text as money_text, to_cents as to_cents
from coopfin.members.classes import MemberClass as MemberClass, Members as Members, PatronageError as PatronageError
from coopfin.members.distribution import (
    gini as gini,
    histogram as histogram,
    lorenz as lorenz,
    other_splits as other_splits,
    top_share as top_share,
    typical as typical,
)
from coopfin.members.ledger import read_classes as read_classes, read_ledger as read_ledger
from coopfin.members.patronage import Allocation as Allocation, Part as Part, allocate as allocate
from coopfin.members.statement import Statement as Statement, Terms as Terms, statements as statements, terms as terms
from coopfin.members.votes import (
    cap_votes as cap_votes,
    deciding_group as deciding_group,
    fewest_people as fewest_people,
    votes_by_class as votes_by_class,
    votes_by_heads as votes_by_heads,
    votes_by_shares as votes_by_shares,
)
from coopfin.reading.mistakes import FileError as FileError
from coopfin.uncertainty.chances import Chances as Chances, chances as chances
from coopfin.uncertainty.distributions import DISTRIBUTIONS as DISTRIBUTIONS
from coopfin.uncertainty.drivers import Drivers as Drivers, drivers as drivers
from coopfin.uncertainty.sampling import sample as sample
from coopfin.uncertainty.sensitivity import (
    Bar as Bar,
    Lever as Lever,
    LeverMap as LeverMap,
    Tornado as Tornado,
    effects as effects,
    lever_map as lever_map,
    tornado as tornado,
)
from coopfin.uncertainty.simulation import Simulation as Simulation, Statistics as Statistics, simulate as simulate
from coopfin.uncertainty.uncertain import Uncertain as Uncertain, prefill as prefill
from coopfin.uncertainty.uncertain_file import read_uncertain as read_uncertain

__version__: str

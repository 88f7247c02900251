"""coopfin: what changes in money terms when a digital platform is owned by its users instead of by investors."""

from coopfin.assumptions import ASSUMPTIONS, Assumptions
from coopfin.comparison import Comparison, compare
from coopfin.declaration import Assumption, AssumptionError
from coopfin.distributions import DISTRIBUTIONS
from coopfin.drivers import Drivers, drivers
from coopfin.export import write_comparison, write_projections, write_scenario, write_simulation
from coopfin.files import FileError, Scenario, read_scenario
from coopfin.identities import IDENTITIES
from coopfin.irr import irr
from coopfin.lines import LINES
from coopfin.measures import MEASURES
from coopfin.ownership import cap_table, exit_proceeds
from coopfin.projection import Projection, project
from coopfin.sampling import sample
from coopfin.sensitivity import Bar, Lever, LeverMap, Tornado, lever_map, tornado
from coopfin.simulation import Simulation, Statistics, simulate
from coopfin.uncertain import Uncertain, prefill
from coopfin.uncertain_file import read_uncertain

__version__ = "0.1.0"

__all__ = [
    "ASSUMPTIONS",
    "DISTRIBUTIONS",
    "IDENTITIES",
    "LINES",
    "MEASURES",
    "Assumption",
    "AssumptionError",
    "Assumptions",
    "Bar",
    "Comparison",
    "Drivers",
    "FileError",
    "Lever",
    "LeverMap",
    "Projection",
    "Scenario",
    "Simulation",
    "Statistics",
    "Tornado",
    "Uncertain",
    "cap_table",
    "compare",
    "drivers",
    "exit_proceeds",
    "irr",
    "lever_map",
    "prefill",
    "project",
    "read_scenario",
    "read_uncertain",
    "sample",
    "simulate",
    "tornado",
    "write_comparison",
    "write_projections",
    "write_scenario",
    "write_simulation",
]

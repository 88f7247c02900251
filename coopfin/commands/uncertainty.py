"""``simulate``: a scenario and what is uncertain in it in, statistics of every measure out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from coopfin.commands import files
from coopfin.commands.options import one_of, whole
from coopfin.commands.scenarios import scenario, scenario_argument
from coopfin.comparison.measures import MEASURES
from coopfin.comparison.scenario import MAX_BYTES
from coopfin.engine.declaration import AssumptionError
from coopfin.export import write_statistics
from coopfin.reading.mistakes import FileError
from coopfin.uncertainty.sampling import SAMPLINGS
from coopfin.uncertainty.simulation import MAX_DRAWS, simulate
from coopfin.uncertainty.uncertain_file import read_uncertain

KEPT_BYTES = 200_000_000  # what a simulation keeps of its draws at a time


def simulate_arguments(command: ArgumentParser) -> None:
    """What ``simulate`` takes."""
    scenario_argument(command)
    command.add_argument("--uncertain", metavar="UNCERTAIN.csv", required=True, help="which are uncertain, and how")
    command.add_argument("--draws", metavar="N", type=whole(1, MAX_DRAWS), default=100_000, help="how many (%(default)s)")
    command.add_argument(
        "--sampling",
        metavar="|".join(SAMPLINGS),
        type=one_of(*SAMPLINGS),
        default="sobol",
        help="how draws are spread (%(default)s)",
    )
    command.add_argument("--seed", metavar="N", type=whole(0, 2**63), default=1, help="the same gives the same (%(default)s)")


def run_simulate(given: Namespace) -> str:
    """Mean, spread and percentiles of every measure as CSV."""
    enterprises, name = scenario(given).enterprises, files.name(given.uncertain)
    read = read_uncertain(files.read(given.uncertain, MAX_BYTES), name, enterprises)
    # Fewer measures at a time take less memory; the same seed gives the same draws each time.
    at_once = max(1, KEPT_BYTES // (8 * given.draws * len(enterprises)))
    groups = (tuple(MEASURES)[start : start + at_once] for start in range(0, len(MEASURES), at_once))
    try:
        return write_statistics(
            simulate(enterprises, read, given.draws, given.seed, measures=group, sampling=given.sampling) for group in groups
        )
    except AssumptionError as error:
        raise FileError(f"{name}: {mistake.message}" for mistake in error.mistakes) from None

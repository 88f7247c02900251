"""``compare`` and ``project``: a scenario file in, its comparison or its statements out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from coopfin.commands import files, options
from coopfin.comparison.compare import compare, project_all
from coopfin.comparison.scenario import MAX_BYTES, Scenario, read_scenario
from coopfin.export import write_comparison, write_months, write_projections


def scenario_argument(command: ArgumentParser) -> None:
    """The scenario file, which several commands take."""
    command.add_argument("scenario", metavar="SCENARIO.csv", help="assumption,unit, a column for each enterprise, source")


def scenario(given: Namespace) -> Scenario:
    """The scenario that a command is given."""
    return read_scenario(files.read(given.scenario, MAX_BYTES), files.name(given.scenario))


compare_arguments = scenario_argument


def run_compare(given: Namespace) -> str:
    """The comparison as CSV."""
    return write_comparison(compare(scenario(given).enterprises))


def project_arguments(command: ArgumentParser) -> None:
    """What ``project`` takes."""
    scenario_argument(command)
    command.add_argument(
        "--by",
        metavar="year|month",
        type=options.one_of("year", "month"),
        default="year",
        help="what a row is for (%(default)s)",
    )


def run_project(given: Namespace) -> str:
    """Every line of the statements as CSV."""
    projections = project_all(scenario(given).enterprises)
    return write_months(projections) if given.by == "month" else write_projections(projections)

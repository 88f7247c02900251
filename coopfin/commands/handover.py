"""``report``: a scenario file in, the page to hand over out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from coopfin.commands import files
from coopfin.commands.options import one_of
from coopfin.commands.scenarios import scenario, scenario_argument
from coopfin.comparison.compare import compare
from coopfin.comparison.scenario import MAX_BYTES, read_scenario
from coopfin.display.nouns import Words
from coopfin.evidence.ranges import of_levers, read_ranges
from coopfin.reading.mistakes import FileError, quoted
from coopfin.report.material import Material
from coopfin.report.page import GENERAL, VARIANTS, report
from coopfin.report.paper import A4, PAPERS


def report_arguments(command: ArgumentParser) -> None:
    """What ``report`` takes."""
    scenario_argument(command)
    variants, papers = "|".join(VARIANTS), "|".join(PAPERS)
    command.add_argument("--for", dest="variant", metavar=variants, type=one_of(*VARIANTS), default=GENERAL, help="whose page")
    command.add_argument("--paper", metavar=papers, type=one_of(*PAPERS), default=A4, help="on which paper (%(default)s)")
    command.add_argument("--assumptions", action="store_true", help="with a second sheet: every value and its source")
    command.add_argument("--firm", metavar="NAME", default="", help="whose lender or member it is; the second if not given")
    command.add_argument("--base", metavar="BASE.csv", help="the scenario it was changed from: what was changed is told")
    command.add_argument("--ranges", metavar="RANGES.csv", help="how far each value may be off, with sources: chances are told")
    command.add_argument("--title", default="", help="what the page is called; the name of the file if not given")
    command.add_argument("--currency", default="", help="in which currency money is")


def run_report(given: Namespace) -> str:
    """The page as HTML."""
    chosen = scenario(given)
    if given.firm and given.firm not in chosen.enterprises:
        name, known = files.name(given.scenario), ", ".join(chosen.enterprises)
        raise FileError([f"{name}: there is no column {quoted(given.firm)}; --firm is one of {known}"])
    base = read_scenario(files.read(given.base, MAX_BYTES), files.name(given.base)) if given.base else None
    ranges = {}
    if given.ranges:
        read = read_ranges(files.read(given.ranges, MAX_BYTES), files.name(given.ranges), (base or chosen).enterprises)
        ranges = of_levers(read)
    title = given.title or Path(given.scenario).stem.replace("-", " ").replace("_", " ")
    wording = Words(title[:1].upper() + title[1:], currency=given.currency)
    material = Material(
        chosen, compare(chosen.enterprises), wording, date.today(), base, ranges, notes=chosen.notes, firm=given.firm
    )
    return report(material, given.variant, given.paper, with_assumptions=given.assumptions)

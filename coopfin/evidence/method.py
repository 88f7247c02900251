"""How the model works, told by the code itself: its declarations, its functions, its tests. No formula is retyped."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from coopfin.capital import cap_table, returns, sale, waterfall
from coopfin.capital.irr import irr
from coopfin.comparison.measures import MEASURES
from coopfin.engine import finance, income, lows, market, projection, surplus
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import LINES
from coopfin.evidence.facts import read_facts, read_rows

STEP, IDENTITY, ASSUMPTION, LINE, MEASURE, TERM, LEFT_OUT, CHECK = KINDS = (
    "step", "identity", "assumption", "line", "measure", "term", "left-out", "check",
)  # fmt: skip

YEAR, AROUND = "A year and its months", "Who owns, and what comes back"
# The functions a projection and its measures are made of, in the order in which they are called.
FUNCTIONS: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    YEAR: {
        "The launch": market.launch,
        "The year ahead": market.year_ahead,
        "A month of the market": market.month,
        "The season": market.season,
        "Income of a month or a year": income.income,
        "Capital that comes in": finance.capital,
        "A loan": finance.loan,
        "A revenue-share note": finance.note,
        "Money on its way": finance.outstanding,
        "Cash": finance.cash,
        "Tax and refunds, each of which depends on the other": surplus.tax,
        "Who gets the surplus": surplus.appropriation,
        "What a year leaves in the accounts": surplus.accounts,
        "A provider's year": surplus.per_provider,
        "All months and years, one after the other": projection._Walk.year,
    },
    AROUND: {
        "Who owns how much": cap_table.history,
        "What a sale is worth": sale.success_value,
        "Who gets what of a sale": waterfall.waterfall,
        "What outside capital pays in and gets back": returns.capital_flows,
        "The rate of return": irr,
    },
}
# Where lines get their values.
FORMULAS = (market, income, finance, surplus, lows, projection)


@dataclass(frozen=True)
class Entry:
    """One thing explained: what it says, the code that is it, and the source of its figure."""

    kind: str
    name: str
    heading: str
    section: str
    text: str
    code: str = ""
    source: str = ""
    address: str = ""

    @property
    def anchor(self) -> str:
        """Where a link finds it: measure-capital_irr."""
        return f"{self.kind}-{self.name}"

    def mentions(self, words: str) -> bool:
        """Whether every one of ``words`` stands in it."""
        text = f"{self.name} {self.heading} {self.section} {self.text} {self.source}".lower()
        return all(word in text for word in words.lower().split())


@cache
def entries() -> Mapping[str, Entry]:
    """Everything that is explained, by its anchor."""
    found = (*_steps(), *_identities(), *_assumptions(), *_lines(), *_measures(), *_notes())
    return {each.anchor: each for each in found}


def _steps() -> Iterator[Entry]:
    for section, functions in FUNCTIONS.items():
        for heading, function in functions.items():
            yield Entry(STEP, _slug(heading), heading, section, _summary(function), code_of(function))


def _identities() -> Iterator[Entry]:
    for name, function in IDENTITIES.items():
        yield Entry(IDENTITY, name, _summary(function).rstrip("."), "Identities", "", code_of(function))


def _assumptions() -> Iterator[Entry]:
    for each in ASSUMPTIONS.values():
        fact = read_facts().get(each.source)
        ends = f"Possible: {each.unit.range} ({each.unit.name}); {each.unit.hint}." if each.unit.hint else ""
        shared = "The same for all firms." if each.shared else ""
        text = " ".join(part for part in (each.help, ends, shared) if part)
        source, address = (f"{fact.source_title}, {fact.year}", fact.address) if fact else (each.source, "")
        yield Entry(ASSUMPTION, each.name, each.label, each.section, text, "", source, address)


def _lines() -> Iterator[Entry]:
    defined = definitions()
    for line in LINES.values():
        when = "at the end of a month or year" if line.stock else "of a month or year" if line.by_month else "of a year"
        yield Entry(LINE, line.name, line.label, line.statement, f"{line.unit.capitalize()}, {when}.", defined[line.name])


@cache
def definitions() -> Mapping[str, str]:
    """Each statement line with the code that gives it its value."""
    found: dict[str, str] = {}
    for module in FORMULAS:
        source = inspect.getsource(module)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign):
                for name in _assigned(node.targets):
                    found.setdefault(name, ast.get_source_segment(source, node) or "")
            elif isinstance(node, ast.FunctionDef) and node.name in LINES:
                found.setdefault(node.name, ast.get_source_segment(source, node) or "")
    return {name: textwrap.dedent(found[name]) for name in LINES}


def _assigned(targets: list[ast.expr]) -> Iterator[str]:
    for target in targets:
        if isinstance(target, ast.Tuple):
            yield from _assigned(target.elts)
        elif isinstance(target, ast.Attribute):
            yield target.attr


def _measures() -> Iterator[Entry]:
    for each in MEASURES.values():
        words = each.words[:1].upper() + each.words[1:]
        yield Entry(MEASURE, each.name, each.label, each.section, f"{words}.", code_of(each.compute))


def _notes() -> Iterator[Entry]:
    sections = {TERM: "Glossary", LEFT_OUT: "What the model leaves out", CHECK: "How it was checked"}
    for row in read_rows("notes.csv"):
        source = row["see"] if row["kind"] == CHECK else ""
        yield Entry(row["kind"], _slug(row["heading"]), row["heading"], sections[row["kind"]], row["text"], source=source)


def related() -> Mapping[str, str]:
    """For terms and what is left out: the anchor of the assumption, measure or line to look at."""
    known = {
        name: f"{kind}-{name}"
        for kind, names in ((LINE, LINES), (MEASURE, MEASURES), (ASSUMPTION, ASSUMPTIONS))
        for name in names
    }
    return {f"{row['kind']}-{_slug(row['heading'])}": known[row["see"]] for row in read_rows("notes.csv") if row["kind"] != CHECK}


def code_of(function: Callable[..., Any]) -> str:
    """The code of a function as it runs, without the declaration above it and its description."""
    source = textwrap.dedent(inspect.getsource(function))
    tree = ast.parse(source).body[0]
    assert isinstance(tree, ast.FunctionDef)
    lines = source.splitlines()
    head = lines[tree.lineno - 1 : tree.body[0].lineno - 1]
    first = tree.body[1] if ast.get_docstring(tree) and len(tree.body) > 1 else tree.body[0]
    return "\n".join([*head, *lines[first.lineno - 1 :]])


def _summary(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("``", "")


def _slug(heading: str) -> str:
    return re.sub(r"\W+", "-", heading.lower()).strip("-")

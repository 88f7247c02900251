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

from coopfin.capital import ownership, returns
from coopfin.capital.irr import irr
from coopfin.comparison.measures import MEASURES
from coopfin.engine import loan, projection
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.identities import IDENTITIES
from coopfin.engine.lines import LINES
from coopfin.evidence.facts import read_facts, read_rows

STEP, IDENTITY, ASSUMPTION, LINE, MEASURE, TERM, LEFT_OUT, CHECK = KINDS = (
    "step", "identity", "assumption", "line", "measure", "term", "left-out", "check",
)  # fmt: skip

# The functions a projection and its measures are made of, in the order in which they are called.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "All years, one after the other": projection.project,
    "Launch: the capital paid in": projection._opening,
    "Tax and refunds, each of which depends on the other": projection._tax,
    "A loan": loan.payment,
    "Who owns how much": ownership.cap_table,
    "What a sale is worth": ownership.exit_value,
    "Who gets what of a sale": ownership.exit_proceeds,
    "What outside capital pays in and gets back": returns.capital_flows,
    "The rate of return": irr,
}


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
    for heading, code in year():
        yield Entry(STEP, _slug(heading), heading, "A trading year", "", code)
    for heading, function in FUNCTIONS.items():
        yield Entry(STEP, function.__name__.strip("_"), heading, "Around it", _summary(function), code_of(function))


def year() -> list[tuple[str, str]]:
    """The steps of a trading year: the headings that stand in the code, and the code under each."""
    parts = re.split(r"^ {4}# (\w[^.\n]*)\n", inspect.getsource(projection._trading_year), flags=re.MULTILINE)
    return [(heading, textwrap.dedent(code).strip("\n")) for heading, code in zip(parts[1::2], parts[2::2], strict=True)]


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
        when = "at the end of a year" if line.stock else "in a year"
        yield Entry(LINE, line.name, line.label, line.statement, f"{line.unit.capitalize()}, {when}.", defined[line.name])


@cache
def definitions() -> Mapping[str, str]:
    """Each statement line with the code of a trading year that gives it its value."""
    found: dict[str, str] = {}
    for function in (projection.project, projection._trading_year):
        source = textwrap.dedent(inspect.getsource(function))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign):
                for name in _assigned(node.targets):
                    found.setdefault(name, ast.get_source_segment(source, node) or "")
    return {name: textwrap.dedent(found[name]) for name in LINES}


def _assigned(targets: list[ast.expr]) -> Iterator[str]:
    for target in targets:
        if isinstance(target, ast.Tuple):
            yield from _assigned(target.elts)
        elif isinstance(target, ast.Attribute):
            yield target.attr
        elif isinstance(target, ast.Name):
            yield target.id


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

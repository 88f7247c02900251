"""What a source cell of a preset or of its ranges rests on: facts by id, or an assumption and its reason.

A citation stands in brackets and ends in its fact: ``(title, address; fact-id)``. ``assumption: why`` stands for what
no source says. ``derived`` marks a figure worked out from a fact by the arithmetic that is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coopfin.evidence.facts import Fact, read_facts

ASSUMPTION = "assumption:"
DERIVED = "derived"
# From the weakest to the strongest; a cell is as strong as the weakest thing it rests on.
STRENGTHS = ("no source", "assumption", "derived from a source", "secondary source", "primary source")
ENTERPRISE = re.compile(r"(?:^|; )(marketplace|cooperative): ")


@dataclass(frozen=True)
class Source:
    """A source cell, or one firm's part of it, taken apart: ``words`` without its citations, and the facts cited."""

    text: str
    words: str
    facts: tuple[Fact, ...]

    @property
    def is_assumption(self) -> bool:
        """Whether any of it is only assumed."""
        return ASSUMPTION in self.words

    @property
    def strength(self) -> str:
        """How strong it is, in words: one of ``STRENGTHS``."""
        if self.is_assumption:
            return "assumption"
        if not self.facts:
            return "no source"
        if DERIVED in self.words:
            return "derived from a source"
        return "primary source" if all(fact.strength == "primary" for fact in self.facts) else "secondary source"


def read_source(text: str) -> Source:
    """A source cell, or a part of it; raises ``ValueError`` where a citation does not resolve to its fact."""
    words = text
    facts: list[Fact] = []
    for found in reversed(list(re.finditer(r"; ([a-z0-9][a-z0-9-]+)\)", text))):
        fact = read_facts().get(found[1])
        if fact is None:
            raise ValueError(f"{found[1]!r} is not the id of a fact")
        address = text.rfind(f", {fact.source_url}; {fact.id})", 0, found.end())
        opening = _opening(text, address) if address >= 0 else -1
        if opening < 0:
            raise ValueError(f"{fact.id} is cited without its address {fact.source_url}")
        facts.insert(0, fact)
        words = words[:opening].rstrip() + words[found.end() :]
    return Source(text, words, tuple(facts))


def _opening(text: str, end: int) -> int:
    """Where the bracket that is still open at ``end`` was opened; -1 if there is none."""
    depth = 0
    for i in range(end - 1, -1, -1):
        depth += (text[i] == ")") - (text[i] == "(")
        if depth < 0:
            return i
    return -1


def by_enterprise(text: str) -> dict[str, Source]:
    """A cell ``marketplace: …; cooperative: …`` by firm, in the order in which they stand; one for both under ``""``."""
    parts = ENTERPRISE.split(text)
    if len(parts) == 1:
        return {"": read_source(text)}
    return {name: read_source(part) for name, part in zip(parts[1::2], parts[2::2], strict=True)}

"""Figures on the screen: each a link to its source, or marked as a value of the model. Nothing else shows a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from coopfin.display import words
from coopfin.evidence.facts import Fact
from coopfin.evidence.figures import Figure, split_template

RATIO = "share"
SMALL = 100  # below this, money has cents


def amount(value: float, unit: str) -> str:
    """A value with its unit: percent for shares, else thousands and millions as everywhere."""
    if unit == RATIO:
        return words.percent(value)
    if unit.startswith(("USD ", "EUR ")) and abs(value) < SMALL:
        return f"{value:.2f} {unit}"
    return f"{words.amount(value)} {unit}".strip()


def address(fact: Fact) -> str:
    """The address of a fact's source, without the remarks that some rows put behind it."""
    return fact.source_url.split(" ")[0]


def of_model(text: str) -> str:
    """A value that was computed, as HTML."""
    return f'<span class="model">{escape(text)}</span>'


def of_fact(figure: Figure) -> str:
    """A figure as HTML: a link to its source, which is named when one points at it."""
    fact = figure.fact
    shown = figure.words or f"{fact.value} {fact.unit}"
    return _link(fact, shown, f"{fact.entity}, {fact.metric}: {fact.value} {fact.unit}, {fact.year}. {fact.source_title}")


def sources(facts: Iterable[Fact]) -> str:
    """Links to the sources of some facts as HTML, each once: its name, year and strength."""
    told = {address(fact): _link(fact, fact.source_title.split(":")[0], f"{fact.source_title}, {fact.year}") for fact in facts}
    strength = {address(fact): fact.strength for fact in facts}
    return "; ".join(f"{link}, {strength[each]}" for each, link in told.items())


def _link(fact: Fact, text: str, title: str) -> str:
    return (
        f'<a class="fact" data-fact="{escape(fact.id)}" href="{escape(address(fact))}" target="_blank" rel="noopener" '
        f'title="{escape(title)} ({fact.strength} source)">{escape(text)}</a>'
    )


def text(template: str, values: Mapping[str, str] | None = None) -> str:
    """A text of a data file as HTML: ``{fact}`` becomes a figure, ``{=name}`` one of ``values``, both marked."""
    return "".join(_part(part, values or {}) for part in split_template(template))


def _part(part: str | Figure, values: Mapping[str, str]) -> str:
    if isinstance(part, Figure):
        return of_fact(part)
    return of_model(values[part[2:-1]]) if part.startswith("{=") else escape(part)

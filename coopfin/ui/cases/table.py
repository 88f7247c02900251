"""The tables of real cases as HTML: claimed, accounts and model in three columns, and what was put into a run."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.evidence.cases import KINDS, NOTHING, Check, Result, Run, Tolerance, published as value_of
from coopfin.evidence.facts import Fact, read_facts
from coopfin.evidence.formulas import names
from coopfin.ui.parts import figures
from coopfin.ui.session import presets

HEADS = (
    "Figure",
    "What is claimed",
    "What accounts or filings say",
    "What our model gives",
    "Error",
    "What fits or does not, and why",
)
NUMBERS = HEADS[1:5]
NO_TEST = "put in"
CLAIM = "claim"
VERDICTS = {True: "within", False: "misses"}
CLAIMS = {True: "the claim holds", False: "the claim does not hold"}


def verdict(result: Result) -> str:
    """Whether the model meets the figure, in a word."""
    if result.check.kind == NO_TEST:
        return "no test"
    return (CLAIMS if result.check.kind == CLAIM else VERDICTS)[result.fits]


def checks_table(caption: str, results: Iterable[Result]) -> str:
    """A row per published figure."""
    shown = list(results)
    heads = "".join(f'<th scope="col"{_number(head in NUMBERS)}>{head}</th>' for head in HEADS)
    rows = "".join(_row(each) for each in shown)
    reasons = {each.tolerance: None for each in shown if each.check.kind != NO_TEST}
    bands = "".join(f"<li>{figures.of_model(_band(each))}: {figures.text(each.why)}</li>" for each in reasons)
    return (
        f'<div class="scroll"><table class="comparison cases"><caption><b>{escape(caption)}</b></caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<ul class="note" aria-label="Tolerances">{bands}</ul>'
    )


def _number(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _row(result: Result) -> str:
    check, judged = result.check, verdict(result)
    error = "" if check.kind == NO_TEST else f"{figures.of_model(_signed(result.error))}<small>{_judged(result, judged)}</small>"
    return (
        f'<tr><th scope="row">{escape(check.what)}<small>{figures.of_model(check.period)}</small></th>'
        f'<td class="number">{_published(result.claimed, check.claimed, check.unit)}</td>'
        f'<td class="number">{_published(result.accounts, check.accounts, check.unit)}</td>'
        f'<td class="number">{figures.of_model(figures.amount(result.model, check.unit))}<small>{escape(check.kind)}</small></td>'
        f'<td class="number">{error or judged}</td>'
        f"<td>{figures.text(check.why)}<small>Model: {_basis(result.run, check)}.</small></td></tr>"
    )


def _judged(result: Result, judged: str) -> str:
    kind = "claim" if result.check.kind == CLAIM else judged
    return f'<b class="verdict {kind}">{judged}</b> {figures.of_model(_band(result.tolerance))}'


def _band(tolerance: Tolerance) -> str:
    return f"±{words.percent(tolerance.share)}"


def _signed(error: float) -> str:
    text = words.percent(error)
    return text if error < 0 or not any(digit in text for digit in "123456789") else f"+{text}"


def _published(value: float, formula: str, unit: str) -> str:
    if math.isnan(value):
        return '<span title="not in our list of facts">–</span>'
    return f"{figures.of_model(figures.amount(value, unit))}<small>{figures.sources(facts_in(formula))}</small>"


def facts_in(formula: str) -> list[Fact]:
    """The facts a formula refers to, each once."""
    ids = dict.fromkeys(name.partition("|")[0] for name in names(formula))
    facts = read_facts()
    return [facts[each] for each in ids if each in facts]


def _basis(run: Run, check: Check) -> str:
    if run.base == NOTHING:
        return figures.text(run.basis)
    preset, enterprise = run.base.split("/")
    year = figures.of_model(f"year {check.year}" if check.year else "last year")
    return f"preset “{escape(presets.words(preset).title)}”, {escape(enterprise)}, {year}; {figures.text(run.basis)}"


def inputs_table(runs: Iterable[Run]) -> str:
    """What was put into each run: assumption, value and where the value comes from."""
    rows = "".join(
        f'<tbody><tr class="section"><th colspan="3" scope="rowgroup">{figures.text(run.basis).capitalize()}</th></tr>'
        + "".join(_input(name, formula) for name, formula in run.inputs.items())
        + "</tbody>"
        for run in runs
        if run.inputs
    )
    heads = '<th scope="col">Assumption</th><th scope="col" class="number">Put in</th><th scope="col">Out of</th>'
    return (
        '<div class="scroll"><table class="comparison inputs"><caption>Whatever is not listed is nothing, or as in the preset.'
        f"</caption><thead><tr>{heads}</tr></thead>{rows}</table></div>"
    )


def _input(name: str, formula: str) -> str:
    assumption = ASSUMPTIONS[name]
    facts = facts_in(formula)
    own = [ASSUMPTIONS[each].label for each in names(formula) if each in ASSUMPTIONS]
    value = "as there" if own else words.setting(value_of(formula), assumption)
    told = figures.sources(facts) or escape(f"the preset: {own[0].lower()}" if own else "by definition of the run")
    cells = f'<td class="number">{figures.of_model(value)}</td><td>{told}</td>'
    return f'<tr><th scope="row">{escape(assumption.label)}</th>{cells}</tr>'


def score_table(scores: Iterable[tuple[str, Iterable[Result]]]) -> str:
    """How many figures the model meets, by case and kind."""
    kinds = [kind for kind in KINDS if kind != NO_TEST]
    heads = "".join(f'<th scope="col" class="number">{escape(kind.capitalize())}</th>' for kind in kinds)
    rows = ""
    for name, results in scores:
        of_case = list(results)
        cells = "".join(f'<td class="number">{_met([r for r in of_case if r.check.kind == kind])}</td>' for kind in kinds)
        rows += f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    kinds_told = "".join(f"<li><b>{escape(kind.capitalize())}</b>: {escape(KINDS[kind])}</li>" for kind in KINDS)
    return (
        '<div class="scroll"><table class="comparison scores">'
        "<caption>Figures met, of figures tested, by how the model came to its own.</caption>"
        f'<thead><tr><th scope="col">Whose figures</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<ul class="note">{kinds_told}</ul>'
    )


def _met(results: list[Result]) -> str:
    return figures.of_model(f"{sum(r.fits for r in results)} of {len(results)}") if results else "–"

"""The panel, the predictions and what stays as it was, as HTML tables; every number a value of the model or a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from coopfin.display import words
from coopfin.evidence.cases import Result, read_texts
from coopfin.evidence.facts import read_facts
from coopfin.evidence.panel import LABELS, MARGIN, base_rates, margin_drift, panel, scores
from coopfin.evidence.predictions import Prediction, predictions
from coopfin.evidence.series import companies
from coopfin.ui.parts import figures

NO_TEST = "put in"
HEADS = (
    "What was foreseen", "Tries", "Hits: within, and nearer than both guesses", "Within the tolerance",
    "“As last year” within it", "Error of the model (median)", "Error of “as last year”",
)  # fmt: skip
PREDICTED = ("Company", "Figure", "Set to", "Prediction", "Range", "As last year", "Half of last year’s growth", "What came")


def counts(tests: Iterable[Result]) -> Mapping[str, str]:
    """The figures of the texts, in words."""
    tested = [each for each in tests if each.check.kind != NO_TEST]

    def met(kind: str) -> tuple[str, str]:
        of_kind = [each for each in tested if each.check.kind == kind]
        return str(sum(each.fits for each in of_kind)), str(len(of_kind))

    (added, added_all), (claims, claims_all), (presets, presets_all) = map(met, ("adds up", "claim", "preset"))
    every, (drift, years) = scores()[-1], margin_drift()
    return {
        "tried": str(every.tried),
        "hits": str(every.hits),
        "within": str(every.within),
        "naive_within": str(every.naive_within),
        "added": added,
        "added_all": added_all,
        "claims": claims,
        "claims_all": claims_all,
        "presets": presets,
        "presets_all": presets_all,
        "base_rates": ", ".join(f"{LABELS[each.part].lower()} {each.carried} of {each.years} years" for each in base_rates()),
        "margin_drift": _points(drift),
        "margin_years": str(years),
    }


def settings() -> Mapping[str, str]:
    """What the model is told in the panel, in words."""
    told = read_texts("panel.toml")
    return {
        "share_tolerance": words.percent(told["tolerances"]["share"]),
        "margin_tolerance": f"{100 * told['tolerances']['margin']:g} points",
        "last_growth": words.percent(told["settings"]["last_growth"]),
        "path_years": str(told["settings"]["path_years"]),
        "inflation": words.percent(told["settings"]["inflation"]),
    }


def _points(value: float) -> str:
    return f"{100 * value:.1f} points"


def panel_table() -> str:
    """The score by what was foreseen."""
    rows = ""
    for each in scores():
        size = _points if each.what == MARGIN else words.percent
        label = LABELS.get(each.what, "All together")
        errors = ("", "") if each.what not in LABELS else (size(each.error), size(each.naive_error))
        cells = (str(each.tried), str(each.hits), str(each.within), str(each.naive_within), *errors)
        rows += f'<tr><th scope="row">{escape(label)}</th>{"".join(_number(cell) for cell in cells)}</tr>'
    told = "; ".join(
        f"{escape(each.name)}: {figures.sources([read_facts()[name] for name in each.facts])}" for each in companies()
    )
    told = f'<p class="note">{told}.</p>'
    return _table("panel", "Set to one year, the next foreseen", HEADS, rows) + told


def every_try() -> str:
    """Every try of the panel."""
    heads = ("Company and year", "Figure", "Model", "As last year", "Half growth", "Published", "")
    rows = ""
    for each in panel():
        size = words.percent if each.what != "revenue" else lambda value: words.amount(value * 1e6)
        verdict = "hit" if each.hit else "within" if each.within else "misses"
        guesses = (each.model, each.as_last_year, each.half_growth, each.published)
        rows += (
            f'<tr><th scope="row">{escape(each.company)} {figures.of_model(str(each.year))}</th><td>{LABELS[each.what]}</td>'
            f'{"".join(_number(size(value)) for value in guesses)}<td><b class="verdict {verdict}">{verdict}</b></td></tr>'
        )
    return _table("tries", "Money in USD", heads, rows)


def predictions_table() -> str:
    """What was predicted, and what came."""
    found = predictions()
    rows = "".join(_predicted(each) for each in found)
    made = figures.of_model(f"{found[0].made}, {found[0].period}")
    return _table("predictions", f"Written down on {made}; revenue in USD", PREDICTED, rows)


def _predicted(each: Prediction) -> str:
    size = words.percent if each.figure != "revenue" else lambda value: words.amount(value * 1e6)
    came = each.outcome if each.came is None else f"{size(each.came)}: {each.outcome}"
    cells = (
        str(each.set_to), size(each.prediction), f"{size(each.low)} to {size(each.high)}",
        size(each.as_last_year), size(each.half_growth),
    )  # fmt: skip
    return (
        f'<tr><th scope="row">{escape(each.company)}</th><td>{escape(each.figure.capitalize())}</td>'
        f"{''.join(_number(cell) for cell in cells)}<td>{figures.of_model(came)}</td></tr>"
    )


def _number(text: str) -> str:
    return f'<td class="number">{figures.of_model(text)}</td>'


def _table(kind: str, caption: str, heads: Iterable[str], rows: str) -> str:
    told = "".join(f'<th scope="col"{"" if i == 0 else " class=number"}>{head}</th>' for i, head in enumerate(heads))
    return (
        f'<div class="scroll"><table class="comparison scores {kind}"><caption>{caption}</caption>'
        f"<thead><tr>{told}</tr></thead><tbody>{rows}</tbody></table></div>"
    )

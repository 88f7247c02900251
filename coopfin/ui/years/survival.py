"""Whether each firm survives: in one sentence, and as a table beside the picture of its cash."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from html import escape

from coopfin.comparison import verdict
from coopfin.comparison.compare import Comparison
from coopfin.comparison.verdict import Fate
from coopfin.display import colours, words
from coopfin.display.nouns import Words
from coopfin.display.view import PAIR
from coopfin.ui.session.state import State

Show = Callable[[Fate], str]
NEVER = "never"

ROWS: Mapping[str, Show] = {
    "First short": lambda fate: NEVER if fate.lives else _month(float(fate.first_short_month)),
    "Missing at worst": lambda fate: "nothing" if fate.lives else words.amount(float(fate.gap)),
    "Lowest cash": lambda fate: words.amount(float(fate.lowest_cash)),
    "… when": lambda fate: _month(float(fate.lowest_cash_month)),
    "First surplus": lambda fate: words.value(float(fate.break_even_year), "years") if fate.breaks_even else NEVER,
}


def sentence(comparison: Comparison, wording: Words) -> str:
    """What becomes of each firm's cash; those of one fate together, and of more than two how many."""
    fates = verdict.fates(comparison.projections)
    if len(fates) > PAIR:
        return _of_many(fates, wording.currency)
    if len(fates) > 1 and all(fate.lives for fate in fates.values()):
        return f"{'Neither' if len(fates) == 2 else 'No'} firm ever runs out of cash. {_surplus(fates)}"
    return " ".join(f"{each[:1].upper()}{each[1:]}: {_of(fate, wording.currency)}." for each, fate in fates.items())


def _of_many(fates: Mapping[str, Fate], currency: str) -> str:
    count, dry = len(fates), [each for each, fate in fates.items() if fate.runs_dry]
    if not dry:
        years = [float(fate.break_even_year) for fate in fates.values() if fate.breaks_even]
        told = f"{len(years)} have a surplus, the first in year {min(years):.0f}" if years else "None has a surplus"
        return f"None of the {count} firms ever runs out of cash. {told}."
    first = min(dry, key=lambda each: float(fates[each].first_short_month))
    lives = f"{count - len(dry)} of {count} firms are never short of cash" if len(dry) < count else "Every firm runs dry"
    return f"{lives}. {words.the(first, first=True)} is the first to be: {_of(fates[first], currency)}."


def _of(fate: Fate, currency: str) -> str:
    return "never short of cash" if fate.lives else f"{fate.when}, {words.money(float(fate.gap), currency)} at worst"


def _surplus(fates: Mapping[str, Fate]) -> str:
    years = [f"{words.the(each)} in year {fate.break_even_year:.0f}" for each, fate in fates.items() if fate.breaks_even]
    never = [f"{words.the(each)}" for each, fate in fates.items() if not fate.breaks_even]
    first = f"The first surplus comes to {' and to '.join(years)}" if years else ""
    last = f"{' and '.join(never)} never has{'' if years else ' a surplus'}" if never else ""
    told = "; ".join(part for part in (first, last if not years or not never else f"{last} one") if part)
    return f"{told[:1].upper()}{told[1:]}."


def table(now: State) -> str:
    """What becomes of each firm as HTML, a column a firm; beside what differs, what it was in the baseline."""
    fates, before = (verdict.fates(each.projections) for each in (now.comparison, now.baseline))
    heads = "".join(
        f'<th scope="col" class="number {colours.firm_class(column)}"><span>{escape(words.firm(each))}</span></th>'
        for column, each in enumerate(fates)
    )
    rows = "".join(_row(label, show, fates, before) for label, show in ROWS.items())
    currency = f"Money in {escape(now.base.words.currency)}. " if now.base.words.currency else ""
    return (
        f'<div class="scroll"><table class="comparison survival"><caption>{currency}Cash at the end of each month, '
        'before capital that comes in.</caption><thead><tr><th scope="col"><span class="hidden">Question</span></th>'
        f"{heads}</tr>"
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _row(label: str, show: Show, fates: Mapping[str, Fate], before: Mapping[str, Fate]) -> str:
    cells = ""
    for each, fate in fates.items():
        is_now, was = show(fate), show(before[each])
        cells += f'<td class="number">{is_now}{f"<small>was {was}</small>" if was != is_now else ""}</td>'
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'


def _month(month: float) -> str:
    return "–" if math.isnan(month) else words.month(float(month))

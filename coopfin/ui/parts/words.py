"""Numbers and names for people. Files hold raw numbers; nothing here is read back."""

from __future__ import annotations

import math
import re

from coopfin.engine.declaration import Assumption
from coopfin.engine.units import Unit

THIN = "\u202f"  # a narrow space that does not break
MINUS = "\u2212"
RATIOS = {"share", "rate"}

FIRM_NAMES = {"marketplace": "Traditional marketplace", "cooperative": "Platform cooperative"}


def firm(enterprise: str) -> str:
    """The name of an enterprise on the screen; in a sentence it stands as in the file."""
    return FIRM_NAMES.get(enterprise, enterprise)


def _scaled(value: float) -> tuple[float, str]:
    for size, suffix in ((1e9, "bn"), (1e6, "M")):
        if abs(value) >= 0.9995 * size:
            return value / size, THIN + suffix
    return value, ""


def amount(value: float) -> str:
    """Money or a count: 852, 34,012, 1.23 M, 45.6 bn."""
    scaled, suffix = _scaled(value)
    digits = max(0, 2 - int(math.log10(max(1.0, abs(scaled))))) if suffix else 0
    text = f"{abs(scaled):,.{digits}f}"
    sign = MINUS if scaled < 0 and float(text.replace(",", "")) else ""
    return f"{sign}{text}{suffix}"


def cents(amount: int) -> str:
    """Money to the cent, from whole cents: 1,234.56."""
    whole, part = divmod(abs(amount), 100)
    return f"{MINUS if amount < 0 else ''}{whole:,}.{part:02d}"


def money(value: float, currency: str) -> str:
    """An amount with its currency, where the scenario names one."""
    return f"{amount(value)} {currency}".strip()


def whole(value: float) -> str:
    """Money as it stands in a statement: 1,234,567 in full; a dash for nothing."""
    text = f"{abs(value):,.0f}"
    if math.isnan(value) or text == "0":
        return "–"
    return f"{MINUS if value < 0 else ''}{text}"


def percent(ratio: float) -> str:
    """A ratio as percent with at most one decimal: 15 %, 2.5 %."""
    text = f"{abs(ratio) * 100:,.1f}".removesuffix(".0")
    sign = MINUS if ratio < 0 and text != "0" else ""
    return f"{sign}{text}{THIN}%"


def value(number: float, unit: str) -> str:
    """A value in its unit, for a table or a sentence; a dash where there is none."""
    if math.isnan(number):
        return "–"
    if unit in RATIOS:
        return percent(number)
    if unit == "multiple":
        return f"{number:,.1f}{THIN}×"
    if unit == "years":
        return "launch" if number == 0 else f"year {number:.0f}"
    if unit == "flag":
        return "yes" if number else "no"
    return amount(number)


def difference(number: float, unit: str) -> str:
    """A difference with its sign; ratios differ by percentage points, years by years."""
    if math.isnan(number):
        return "–"
    if unit in RATIOS:
        text = percent(number).removesuffix(f"{THIN}%") + f"{THIN}pts"
    elif unit == "years":
        text = f"{MINUS if number < 0 else ''}{abs(number):.0f}{THIN}{'year' if abs(number) == 1 else 'years'}"
    else:
        text = value(number, unit)
    is_zero = not re.search(r"[1-9]", text)
    return text if number < 0 or is_zero else f"+{text}"


def setting(number: float, assumption: Assumption) -> str:
    """The value of an assumption for people: 15 %, 250,000, 7 years."""
    if assumption.unit.name == "years":
        return f"{number:.0f}"
    return value(number, assumption.unit.name)


def unit_sign(assumption: Assumption, currency: str) -> str:
    """The unit as it stands behind a label; empty for plain counts."""
    signs = {"share": "%", "rate": "%", "multiple": "×", "money": currency, "years": "years", "flag": "1 yes, 0 no"}
    return signs.get(assumption.unit.name, "")


def shown_factor(unit: Unit) -> float:
    """By how much an entry field multiplies: ratios are entered as percent."""
    return 100.0 if unit.name in RATIOS else 1.0


def one(noun: str) -> str:
    """The noun with its article: a driver, an artist."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def markdown(text: str) -> str:
    """``text`` so that Markdown shows it as it is: no formula between dollar signs, no link, no HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|$:<>~&])", r"\\\1", text)

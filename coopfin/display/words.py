"""Numbers and names for people. Files hold raw numbers; nothing here is read back."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from coopfin.comparison.measures.declare import Measure, PairMeasure
from coopfin.engine.calendar import MONTHS, month_in_words
from coopfin.engine.declaration import Assumption
from coopfin.engine.units import Unit

THIN = "\u202f"  # a narrow space that does not break
MINUS = "\u2212"
RATIOS = {"share", "rate"}
DURATIONS = {"days": "day", "months": "month"}
SMALL = 100  # below this, money has cents

FIRM_NAMES = {"marketplace": "Traditional marketplace", "cooperative": "Platform cooperative"}


def firm(enterprise: str) -> str:
    """The name of an enterprise on the screen; in a sentence it stands as in the file."""
    return FIRM_NAMES.get(enterprise, enterprise)


def the(enterprise: str, *, first: bool = False) -> str:
    """An enterprise in a sentence, ``first`` at its beginning: the cooperative; a name with a capital has no article: Plan A."""
    return enterprise if not enterprise[:1].islower() else f"{'The' if first else 'the'} {enterprise}"


def _scaled(value: float) -> tuple[float, str]:
    for size, suffix in ((1e9, "bn"), (1e6, "M")):
        if abs(value) >= 0.9995 * size:
            return value / size, THIN + suffix
    return value, ""


def amount(value: float) -> str:
    """A count, or money in thousands and more: 852, 34,012, 1.23 M, 45.6 bn."""
    scaled, suffix = _scaled(value)
    digits = max(0, 2 - int(math.log10(max(1.0, abs(scaled))))) if suffix else 0
    text = f"{abs(scaled):,.{digits}f}"
    sign = MINUS if scaled < 0 and float(text.replace(",", "")) else ""
    return f"{sign}{text}{suffix}"


def price(value: float) -> str:
    """Money; small amounts, of which a part counts, to the cent: 0.30, 22.50, 852, 34,012."""
    if abs(value) >= SMALL or value == round(value):
        return amount(value)
    text = f"{abs(value):.2f}"
    return f"{MINUS if value < 0 and float(text) else ''}{text if float(text) else '0'}"


def cents(amount: int) -> str:
    """Money to the cent, from whole cents: 1,234.56."""
    whole, part = divmod(abs(amount), 100)
    return f"{MINUS if amount < 0 else ''}{whole:,}.{part:02d}"


def money(value: float, currency: str) -> str:
    """An amount with its currency, where the scenario names one."""
    return f"{price(value)} {currency}".strip()


def whole(value: float) -> str:
    """Money as it stands in a statement: 1,234,567 in full; a dash for nothing."""
    text = f"{abs(value):,.0f}"
    if math.isnan(value) or text == "0":
        return "–"
    return f"{MINUS if value < 0 else ''}{text}"


def percent(ratio: float) -> str:
    """A ratio as percent: 15 %, 2.5 %; with a second decimal where it was entered with one: 2.75 %."""
    return _decimals(ratio * 100, 1) + f"{THIN}%"


def _decimals(value: float, digits: int) -> str:
    """A number with at most so many decimals, or with two where two tell it in full; no zeros at the end."""
    entered = abs(value * 100 - round(value * 100)) < 1e-7 and abs(value) < 1e6
    text = f"{abs(value):,.{2 if entered else digits}f}"
    text = text.rstrip("0").removesuffix(".") if "." in text else text
    return f"{MINUS if value < 0 and text != '0' else ''}{text}"


def month(number: float) -> str:
    """A month since the launch: March of year 3."""
    return month_in_words(number)


def _counted(number: float, noun: str) -> str:
    text = _decimals(number, 1)
    return f"{text}{THIN}{noun}{'' if text in ('1', MINUS + '1') else 's'}"


def value(number: float, unit: str) -> str:
    """A value in its unit, for a table or a sentence; a dash where there is none."""
    if math.isnan(number):
        return "–"
    if unit in RATIOS:
        return percent(number)
    if unit == "multiple":
        return f"{_decimals(number, 2 if abs(number) < 10 else 1)}{THIN}×"
    if unit in ("year", "years"):
        return "launch" if number == 0 else f"year {number:.0f}"
    if unit == "month":
        return month(number)
    if unit in DURATIONS:
        return _counted(number, DURATIONS[unit])
    if unit == "flag":
        return "yes" if number else "no"
    return price(number) if unit == "money" else amount(number)


def difference(number: float, unit: str) -> str:
    """A difference with its sign; ratios differ by percentage points, years by years, months by months."""
    if math.isnan(number):
        return "–"
    if unit in RATIOS:
        text = percent(number).removesuffix(f"{THIN}%") + f"{THIN}pts"
    elif unit in ("year", "years", "month"):
        text = _counted(number, unit.removesuffix("s"))
    else:
        text = value(number, unit)
    is_zero = not re.search(r"[1-9]", text)
    return text if number < 0 or is_zero else f"+{text}"


def measured(number: float, measure: Measure | PairMeasure) -> str:
    """The value of a measure: a month is a point in time, March of year 3, or a length, 21 months."""
    return value(number, _unit(measure))


def gap(values: Mapping[str, float], measure: Measure | PairMeasure) -> str:
    """The second firm's value less the first's, with its sign: that of the figures as they are shown."""
    unit = _unit(measure)
    first, *others = (shown(each, unit) for each in values.values())
    return difference(others[0] - first, unit) if others else "–"


def shown(number: float, unit: str) -> float:
    """The number that stands on the screen where ``number`` is told in its unit."""
    if math.isnan(number) or unit in ("year", "years", "month", "flag"):
        return number
    text = value(number, unit)
    for suffix, size in (("bn", 1e9), ("M", 1e6), ("%", 0.01), ("", 1.0)):
        if text.endswith(suffix):
            digits = re.sub(r"[^0-9.]", "", text)
            return math.copysign(round(float(digits) * size, 6), number)
    return number


def _unit(measure: Measure | PairMeasure) -> str:
    return "months" if measure.unit == "month" and not measure.moment else measure.unit


def setting(number: float, assumption: Assumption) -> str:
    """The value of an assumption for people: 15 %, 250,000, 7 years, March of year 3."""
    unit = assumption.unit
    if unit.name == "years":
        return _counted(number, "year")
    if unit.name == "month" and unit.high <= len(MONTHS):
        return MONTHS[max(1, int(number)) - 1]
    return value(number, unit.name)


def unit_sign(assumption: Assumption, currency: str) -> str:
    """The unit as it stands behind a label; empty for plain counts."""
    signs = {
        "share": "%", "rate": "%", "multiple": "×", "money": currency, "years": "years", "days": "days", "flag": "1 yes, 0 no",
        "month": "month, 0 = launch" if assumption.unit.low == 0 else "month of the year",
    }  # fmt: skip
    return signs.get(assumption.unit.name, "")


def shown_factor(unit: Unit) -> float:
    """By how much an entry field multiplies: ratios are entered as percent."""
    return 100.0 if unit.name in RATIOS else 1.0


def one(noun: str) -> str:
    """The noun with its article: a driver, an artist."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def shortened(text: str, longest: int) -> str:
    """At most so many signs, in one line; what is cut off is marked."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def markdown(text: str) -> str:
    """``text`` so that Markdown shows it as it is: no formula between dollar signs, no link, no HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|$:<>~&])", r"\\\1", text)

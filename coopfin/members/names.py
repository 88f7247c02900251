"""When two names are one: names that look alike are asked about, so that nobody is paid twice or for another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import category, normalize

from coopfin.reading.decimals import Exact
from coopfin.reading.mistakes import Mistakes, quoted

MAX_NAME = 100
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
SHORTENED = re.compile(r"-?[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}")
DIGITS_KEPT = 15  # by a spreadsheet, of a number
SUMS = """
    total totals subtotal subtotals grandtotal summe summen gesamt gesamtsumme gesamtbetrag zwischensumme
    insgesamt endsumme totaal subtotaal totale subtotale totaux totalgeneral sumatotal totalt yhteensä razem
    celkem összesen toplam итого всего σύνολο 合計 总计 合计 總計 합계
    """
TOTALS = frozenset(SUMS.split())
BETWEEN = str.maketrans("", "", " \u00a0.:=*-")
# Shown as nothing, or as a space, though no space and no sign of formatting to a computer.
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def fold(name: str) -> str:
    """What a name looks like: without invisible signs, in one case, with single spaces. Equal where names look alike."""
    if name.isascii():
        return " ".join(name.casefold().split())
    shown = INVISIBLE.sub("", normalize("NFKC", name))
    shown = "".join(sign for sign in shown if category(sign) != "Cf")
    return " ".join(normalize("NFKC", normalize("NFKC", shown).casefold()).split())


def check_names(column: str, names: Sequence[str], lines: Sequence[int], mistakes: Mistakes) -> None:
    """Note the cells that are no names, and the ids that a spreadsheet shortened."""
    for name, line in zip(names, lines, strict=True):
        if not (0 < len(name) <= MAX_NAME and (name.isprintable() or not CONTROL.search(name))):
            mistakes.add(line, lambda name=name: f"{column} is {quoted(name)}; permitted: 1 to {MAX_NAME} characters on one line")  # type: ignore[misc]
        elif is_shortened(name):
            mistakes.add(line, lambda name=name: _shortened(column, name))  # type: ignore[misc]


def is_shortened(name: str) -> bool:
    """Whether an id went through a spreadsheet as a number of more digits than it keeps."""
    if isinstance(name, Exact):
        return len(name.lstrip("-")) > DIGITS_KEPT
    return "E+" in name and SHORTENED.fullmatch(name) is not None


def _shortened(column: str, name: str) -> str:
    return f"{column} is {quoted(name)}, an id that a spreadsheet shortened; make the column text there, and export again"


def check_alike(column: str, names: Iterable[str], lines: Iterable[int], mistakes: Mistakes) -> None:
    """Note names that differ from an earlier one only by what is not seen, or by case."""
    first: dict[str, tuple[str, int]] = {}
    told: set[str] = set()
    seen: set[str] = set()
    for name, line in zip(names, lines, strict=True):
        if name in seen:
            continue
        seen.add(name)
        other, at = first.setdefault(fold(name), (name, line))
        if other != name and name not in told:
            told.add(name)
            mistakes.alike = True
            mistakes.add(line, lambda name=name, other=other, at=at: _alike(column, name, other, at))  # type: ignore[misc]


def _alike(column: str, name: str, other: str, at: int) -> str:
    this, that = quoted(name), quoted(other)
    if name.casefold() != other.casefold() and fold(this) == fold(that):
        this, that = ascii(name), ascii(other)  # nothing else shows what makes them two
    way = (
        "if they are one member, write both in one way; if they are two, give each an id"
        if column == "member"
        else "write both in one way"
    )
    return f"{column} {this} looks like {that} in line {at}; {way}"


def is_total(name: str) -> bool:
    """Whether a row of this name is a sum, in one of the languages of the world."""
    return name.casefold().translate(BETWEEN) in TOTALS

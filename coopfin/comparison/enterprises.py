"""The names of enterprises: what may head a column of a table without being taken for another column of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category, normalize

from coopfin.reading.mistakes import quoted

MAX_ENTERPRISES = 100
MAX_NAME = 60
# The columns that stand beside the enterprises in a scenario file or a comparison.
COLUMNS = ("assumption", "unit", "source", "section", "measure", "label", "difference", "remark", "definition")
# Small letters of other alphabets that look like Latin ones, the second line Greek.
ALIKE = str.maketrans("аеорсухіјѕԁһԛԝɡвкмнт" + "αεικνορτυχ" + "ı", "aeopcyxijsdhqwgbkmht" + "aeikvoptux" + "i")
# Shown as nothing, or as a space, though no space and no sign of formatting to a computer.
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def name_mistake(names: Sequence[str]) -> str | None:
    """What is wrong with the names of the enterprises, in words, or None."""
    if len(names) > MAX_ENTERPRISES:
        return f"there are {len(names):,} enterprise columns; permitted: up to {MAX_ENTERPRISES}; remove some"
    seen = {look(column): "" for column in COLUMNS}
    for name in names:
        if not look(name) or len(name) > MAX_NAME or not name.isprintable() or name != name.strip():
            return f"an enterprise column is called {quoted(name)}; permitted: 1 to {MAX_NAME} printable characters; rename it"
        other = seen.get(look(name))
        if other == "":
            return f"an enterprise column is called {quoted(name)}, as a column of the comparison is; rename it"
        if other is not None:
            same = "two columns have the same name" if other == name else "two columns have names that look the same"
            return f"{same}: {_seen(other, name)} and {_seen(name, other)}; give each enterprise its own"
        seen[look(name)] = name
    return None


def look(name: str) -> str:
    """What a name looks like: equal for names that differ only by case, width, spaces, alphabet or by what is not seen."""
    shown = "".join(sign for sign in INVISIBLE.sub("", normalize("NFKC", name)) if category(sign) != "Cf")
    return " ".join(normalize("NFKC", shown.casefold()).translate(ALIKE).split())


def _seen(name: str, other: str) -> str:
    """A name, with its unusual letters written out where the two cannot be told apart by sight."""
    return quoted(name) if name == other or name.isascii() else ascii(name)

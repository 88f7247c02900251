"""Notes: a sentence to an assumption, to an enterprise, or to both. In a file each is a row that begins with ``# note``.

To whoever does not know notes such a row is a comment, so that a file with notes is read by everything that read files before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.reading.guard import unguard
from coopfin.reading.mistakes import quoted

MARK = "# note"
LONGEST, MOST = 200, 60
Place = tuple[str, str]  # an assumption, or empty for all of them; an enterprise, or empty for all of them
Notes = Mapping[Place, str]

_ORDER = {"": -1} | {name: place for place, name in enumerate(ASSUMPTIONS)}


def mistake(text: str) -> str | None:
    """What is wrong with the text of a note, in words, or None."""
    if not text or len(text) > LONGEST or not text.isprintable() or text != text.strip():
        return (
            f"a note reads {quoted(text)}, {len(text)} characters; permitted: 1 to {LONGEST}, printable, in one line; shorten it"
        )
    return None


def misplaced(place: Place, enterprises: Iterable[str]) -> str | None:
    """Why no note can stand there, in words, or None."""
    assumption, enterprise = place
    if assumption and assumption not in ASSUMPTIONS:
        return f"a note is on {quoted(assumption)}, which is not an assumption; the names are those of the first column"
    if enterprise and enterprise not in enterprises:
        return f"a note is on {quoted(enterprise)}, which is not an enterprise of this scenario; name one of its columns, or none"
    return None


def ordered(notes: Notes, enterprises: Iterable[str]) -> list[tuple[Place, str]]:
    """The notes as they are written: by assumption, then by enterprise; first those on no assumption."""
    columns = {"": -1} | {name: place for place, name in enumerate(enterprises)}
    return sorted(notes.items(), key=lambda each: (_ORDER[each[0][0]], columns[each[0][1]]))


def rows(notes: Notes, enterprises: Iterable[str]) -> Iterator[list[str | float]]:
    """The rows of a file."""
    for (assumption, enterprise), text in ordered(notes, enterprises):
        yield [MARK, assumption, enterprise, text]


def read_row(cells: list[str], enterprises: Iterable[str], known: Notes) -> tuple[Place, str] | str:
    """The note of a row that begins with ``MARK``, or what is wrong with it, in words. ``known`` are those read before."""
    _, assumption, enterprise, text, *more = (*map(unguard, cells), "", "", "")
    place, text = (assumption.strip(), enterprise.strip()), text.strip()
    if any(more):
        return (
            f"a note has {len(cells)} cells instead of 4 ({MARK}, assumption, enterprise, text); put a comma in quotation marks"
        )
    told = misplaced(place, enterprises) or mistake(text)
    if told is None and place in known:
        told = f"a second note is on {' '.join(filter(None, place)) or 'the scenario'}; keep one of the two"
    if told is None and len(known) >= MOST:
        told = f"there are more than {MOST} notes; remove some"
    return told or (place, text)

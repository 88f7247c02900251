"""A link is read: what it brings back, and in words, one line each, what could not be followed to the letter.

A link comes from anywhere. Whatever stands in it is told or left out, and never takes the page away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from coopfin.comparison import notes as noted
from coopfin.comparison.enterprises import name_mistake
from coopfin.comparison.notes import Place
from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.declaration import AssumptionError
from coopfin.engine.replaced import REPLACED
from coopfin.evidence.rules import jurisdictions
from coopfin.ui.session import link, presets
from coopfin.ui.session.base import Base, Column, refuse, unlinkable
from coopfin.ui.session.link import NOTE, OWN, PINNED, SOURCE, WAS
from coopfin.ui.session.outcome import apply
from coopfin.ui.session.record import Changes, Choice, Query

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
LONGEST_VALUE, LONGEST_TITLE = 4_000, 100
SMALLEST = 1e-100  # above 0, nothing that people mean is smaller
COLUMN = re.compile(r"([0-9]{1,2})(?:p([0-9]{1,2}))?")
NAMED = ("preset", "version", "title", "enterprises", "columns", "sources", "file", "law", *link.ASIDE)

Layout = Mapping[str, Column]
Values = dict[str, list[float]]  # by assumption, one value per enterprise


def read(query: Query) -> tuple[Choice, list[str]]:
    """The choice of a link, and the notices. Raises ``FileError`` where the preset's own file has a mistake."""
    notices: list[str] = []
    if "file" in query:
        return new(presets.first()), [
            "The link stands for a file that was too long for a link; only the page that opened it knows it. Open the file again."
        ]
    anchor = _preset(query, notices)
    enterprises = _enterprises(query, anchor, notices)
    values = {"": Values(), WAS: Values(), PINNED: Values()}
    for name, text in query.items():
        if name not in NAMED and not name.startswith((SOURCE, NOTE)):
            _value(name, text, len(enterprises), values, notices)
    layout = dict(zip(enterprises, _columns(query, len(enterprises), notices), strict=True))
    title = _title(query, notices)
    if title is not None:
        standing = _file(anchor, layout, title, query, values, notices)
    elif layout == anchor.layout and enterprises == anchor.enterprises:
        standing = anchor
    else:
        standing = _arranged(anchor, layout, values, notices)
    choice = Choice(
        standing, _differing(standing, values[""]), _differing(standing, values[PINNED]), _law(query, standing, notices),
        _notes(query, enterprises, notices),
    )  # fmt: skip
    try:
        apply(standing, choice.pinned)
    except AssumptionError as error:
        notices += [f"The link's baseline cannot stand: {mistake.message}." for mistake in error.mistakes]
        choice = replace(choice, pinned={})
    return choice, notices


def new(base: Base) -> Choice:
    """A base as it opens: nothing changed, and with its law."""
    return Choice(base, law=base.words.law, notes=base.scenario.notes)


def _notes(query: Query, enterprises: tuple[str, ...], notices: list[str]) -> dict[Place, str]:
    columns = {"": ""} | {str(place): name for place, name in enumerate(enterprises)}
    found: dict[Place, str] = {}
    for full, text in query.items():
        if full.startswith(NOTE):
            name, _, column = full.removeprefix(NOTE).partition(".")
            place = name, columns.get(column, column)
            told = noted.misplaced(place, enterprises) or noted.mistake(text)
            if told is None and len(found) < noted.MOST:
                found[place] = text
            else:
                notices.append(f"A note of the link was left out: {told or f'there are more than {noted.MOST}'}.")
    return found


def _law(query: Query, base: Base, notices: list[str]) -> str:
    key = query.get("law", base.words.law)
    if key and key != link.NO_LAW and key not in jurisdictions():
        notices.append(f"The link names a law that is not here ({shown(key)}); none is chosen.")
        return ""
    return "" if key == link.NO_LAW else key


def shown(text: str) -> str:
    """What stands in a link, short, and so that it can be seen."""
    short = text if len(text) <= 60 else text[:60] + "…"
    return short if short.isprintable() else repr(short)[1:-1]


def _preset(query: Query, notices: list[str]) -> Base:
    key = query.get("preset", presets.first().key)
    if key not in presets.names():
        notices.append(f"The link names a preset that is not here ({shown(key) or 'none'}); this is the first one instead.")
        return presets.first()
    base = presets.load(key)
    if query.get("version", base.version) != base.version:
        notices.append(
            f"The link was made with another version of “{base.words.title}”. "
            "The values it changed are kept; all others are those of today."
        )
    return base


def _enterprises(query: Query, anchor: Base, notices: list[str]) -> tuple[str, ...]:
    if "enterprises" not in query:
        return anchor.enterprises
    names = tuple(query["enterprises"].split(","))
    mistake = name_mistake(names) or unlinkable(names)
    if mistake:
        notices.append(f"The link's list of enterprises cannot be read: {mistake}. Those of the preset stand instead.")
        return anchor.enterprises
    return names


def _columns(query: Query, count: int, notices: list[str]) -> tuple[Column, ...]:
    """What each column is; as many as there are enterprises."""
    usual = tuple(Column(i, i) for i in range(count))
    if "columns" not in query:
        return usual
    found = [COLUMN.fullmatch(each) for each in query["columns"][:LONGEST_VALUE].split(",")]
    told = tuple(Column(int(each[1]), int(each[2] or each[1]), bool(each[2])) for each in found if each)
    if len(told) == len(found) == count and len({each.mark for each in told}) == count:
        return told
    notices.append(f"The link does not say what each column is: {shown(query['columns'])}; they are taken as they stand.")
    return usual


def _title(query: Query, notices: list[str]) -> str | None:
    title = query.get("title")
    if title is not None and (not title.isprintable() or not 0 < len(title) <= LONGEST_TITLE):
        notices.append(f"The link's title cannot be read: {shown(title) or 'it is empty'}; it is called “Opened file” instead.")
        return "Opened file"
    return title


def _value(full: str, text: str, columns: int, values: dict[str, Values], notices: list[str]) -> None:
    kind = next((each for each in (WAS, PINNED) if full.startswith(each)), "")
    name = full.removeprefix(kind)
    assumption = ASSUMPTIONS.get(name)
    if assumption is None:
        why = REPLACED.get(name, f"“{shown(full)}” is not an assumption; it was left out")
        notices.append(f"The link cannot be followed here: {why}.")
        return
    parts = text.split(",") * (columns if assumption.shared else 1)
    told = [number(part) for part in parts] if len(text) <= LONGEST_VALUE else []
    given = [each for each in told if each is not None]
    if len(given) != columns or len(told) != columns:
        notices.append(
            f"The link's value of {name} ({assumption.label}) cannot be read: {shown(text)}; that of the preset stands."
        )
        return
    refused = next((message for value in given if (message := refuse(name, value))), None)
    if refused:
        notices.append(f"The link is refused where {refused}; the value of the preset stands.")
        return
    values[kind][name] = given


def number(text: str) -> float | None:
    """The number that a link means: plain digits, nothing that only a program reads as a number. None if it is not one."""
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if value == 0 or abs(value) >= SMALLEST else None


def _arranged(anchor: Base, layout: Layout, values: dict[str, Values], notices: list[str]) -> Base:
    """The preset with its columns renamed, reordered, and with plans beside them."""
    start = Base(
        anchor.key, Scenario(link.standard(anchor, layout), anchor.scenario.sources), anchor.words, tuple(layout.values())
    )
    return _with_its_own(start, values, notices, "plans")


def _with_its_own(start: Base, values: dict[str, Values], notices: list[str], what: str) -> Base:
    """The base with the values that its columns start from: those before they were changed."""
    own = _differing(start, values[""] | values[WAS])
    own = {(name, each): value for (name, each), value in own.items() if link.has_its_own(start, name, each)}
    try:
        firms = apply(start, own).enterprises
    except AssumptionError as error:
        notices += [f"The link's {what} cannot stand: {mistake.message}." for mistake in error.mistakes]
        return start
    return replace(start, scenario=replace(start.scenario, enterprises=firms))


def _file(anchor: Base, layout: Layout, title: str, query: Query, values: dict[str, Values], notices: list[str]) -> Base:
    """The opened file that a link tells of: its own values are those before they were changed."""
    sources = {} if query.get("sources") == OWN else dict(anchor.scenario.sources)
    for full, text in query.items():
        if full.startswith(SOURCE):
            name = full.removeprefix(SOURCE)
            if name in ASSUMPTIONS:
                sources[name] = text
            else:
                notices.append(f"The link's source of “{shown(name)}” was left out.")
    opened = presets.opened(Scenario(link.standard(anchor, layout), sources), title)
    columns = tuple(layout.values()) if "columns" in query else ()
    return _with_its_own(replace(opened, columns=columns), values, notices, "file")


def _differing(base: Base, values: Values) -> Changes:
    return {
        (name, each): value
        for name, told in values.items()
        for each, value in zip(base.enterprises, told, strict=True)
        if value != base.value(name, each)
    }

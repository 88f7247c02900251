"""The address: a link holds a preset, its version and every value that differs from it.

``?preset=ride-hailing&version=1a2b3c4d&take_rate=0.25,0.15``: one value for a shared assumption, otherwise one per
enterprise in order. An opened file is told as differences from the preset nearest to it, with its ``title``, its
``enterprises`` and ``source.`` for each source of its own; ``was.`` is the file's own value of what was changed since,
``pinned.`` a value of the baseline. ``note.take_rate.1`` is a note on an assumption of the second enterprise; either
may be left out. ``columns=0,1,1p2`` says what each column is, where they are not those of the preset in their order: which
of the preset's it is, and for a plan the number of its colour; the values of a plan are its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from coopfin.comparison.notes import ordered
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.units import number
from coopfin.ui.session import presets
from coopfin.ui.session.base import Base, Column
from coopfin.ui.session.record import Choice, Query

LONGEST = 8_000  # characters of an address that mails, chats and servers carry
ASIDE = ("explain", "ledger", "stage")  # how a page was asked to show itself: names of a record, no part of a choice
SOURCE, WAS, PINNED, NOTE = "source.", "was.", "pinned.", "note."
OWN = "own"
NO_LAW = "none"


@dataclass(frozen=True)
class Address:
    """The parameters that bring a choice back; ``note`` says in words what they could not carry."""

    query: Query
    note: str = ""


@lru_cache(maxsize=64)
def whole(choice: Choice) -> Query:
    """All parameters that bring a choice back, however long they are."""
    return _values(choice) | _notes(choice) | _sources(choice.base)


def write(choice: Choice) -> Address:
    """The address of a choice. Where it is too long, the sources stay behind; where that is not enough, all does."""
    query = whole(choice)
    length = len(urlencode(query))
    if length <= LONGEST:
        return Address(query)
    without = {name: value for name, value in query.items() if not name.startswith(SOURCE) and name != "sources"}
    if len(urlencode(without)) <= LONGEST:
        note = "The link brings back every value, but not the sources: they are too long for an address. The file holds them."
        return Address(without, note)
    note = (
        f"This scenario is too long for a link: {length:,} characters, where addresses carry about {LONGEST:,}. "
        "Take the file instead; it brings everything back."
    )
    return Address({"file": hashlib.sha256(urlencode(query).encode()).hexdigest()[:12]}, note)


def standard(anchor: Base, layout: Mapping[str, Column]) -> dict[str, Assumptions]:
    """The anchor's assumptions for these columns: each as the one it comes from; there is none beyond the last."""
    values = list(anchor.scenario.enterprises.values())
    return {name: values[min(each.of, len(values) - 1)] for name, each in layout.items()}


def has_its_own(base: Base, name: str, enterprise: str) -> bool:
    """Whether a column starts from a value of its own, that the link tells: every one of a file, and what is a plan's."""
    return base.is_file or (base.layout[enterprise].plan and not ASSUMPTIONS[name].shared)


def _values(choice: Choice) -> dict[str, str]:
    base = choice.base
    anchor = _anchor(base)
    query = {"preset": anchor.key, "version": anchor.version}
    if base.is_file:
        query["title"] = base.words.title
    if base.enterprises != anchor.enterprises:
        query["enterprises"] = ",".join(base.enterprises)
    if base.columns and base.columns != tuple(Column(i, i) for i in range(len(base.columns))):
        query["columns"] = ",".join(f"{each.of}p{each.mark}" if each.plan else str(each.of) for each in base.columns)
    start, moved = _start(base), {name for name, _ in (*choice.changes, *choice.pinned)}
    for name, (usual, own) in start.items():
        if name not in moved and own == usual:
            continue
        now = [choice.value(name, each) for each in base.enterprises]
        pinned = [choice.pinned.get((name, each), base.value(name, each)) for each in base.enterprises]
        if now != usual:
            query[name] = _told(name, now)
        told = [n if has_its_own(base, name, each) else u for n, u, each in zip(now, usual, base.enterprises, strict=True)]
        if own != told:
            query[WAS + name] = _told(name, own)
        if pinned != own:
            query[PINNED + name] = _told(name, pinned)
    if choice.law != base.words.law:
        query["law"] = choice.law or NO_LAW
    return query


@lru_cache(maxsize=64)
def _start(base: Base) -> dict[str, tuple[list[float], list[float]]]:
    """The values of every assumption as a link takes them for granted, and as the base has them."""
    firms = standard(_anchor(base), base.layout)
    return {
        name: ([float(getattr(a, name)) for a in firms.values()], [base.value(name, each) for each in base.enterprises])
        for name in ASSUMPTIONS
    }


def _notes(choice: Choice) -> dict[str, str]:
    columns = {"": ""} | {name: str(place) for place, name in enumerate(choice.base.enterprises)}
    return {f"{NOTE}{name}.{columns[each]}": text for (name, each), text in ordered(choice.notes, choice.base.enterprises)}


def _told(name: str, values: list[float]) -> str:
    return ",".join(map(number, values[:1] if ASSUMPTIONS[name].shared else values))


def _sources(base: Base) -> dict[str, str]:
    """The sources that an opened file has of its own: beside those of its anchor, or all where that is shorter."""
    if not base.is_file:
        return {}
    anchor = _anchor(base).scenario.sources
    beside = dict(_differing(anchor, base.scenario.sources))
    own = {"sources": OWN} | dict(_differing({}, base.scenario.sources))
    return min(beside, own, key=lambda query: len(urlencode(query)))


def _differing(usual: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in ASSUMPTIONS:
        if sources.get(name, "") != usual.get(name, ""):
            yield SOURCE + name, sources.get(name, "")


@lru_cache(maxsize=64)
def _anchor(base: Base) -> Base:
    """The preset a link starts from: its own, or for an opened file the one that makes the shortest link."""
    if not base.is_file:
        return presets.load(base.key) if base.columns else base
    return min(map(presets.load, presets.names()), key=lambda anchor: _distance(anchor, base))


def _distance(anchor: Base, base: Base) -> int:
    values = standard(anchor, base.layout)
    differing = sum(
        8 * any(float(getattr(values[each], name)) != base.value(name, each) for each in base.enterprises) for name in ASSUMPTIONS
    )
    return differing + sum(len(text) for _, text in _differing(anchor.scenario.sources, base.scenario.sources))

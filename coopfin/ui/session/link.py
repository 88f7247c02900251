"""The address bar: a link holds the preset, its version and every value that differs from it.

``?preset=ride-hailing&version=1a2b3c4d&take_rate=0.25,0.15``: one value for a shared assumption, otherwise one per
enterprise in order. An opened file has no preset of its own: its values are told as differences from the blank start.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.engine.units import number
from coopfin.evidence.law import jurisdictions
from coopfin.export import to_csv
from coopfin.reading.files import FileError, Scenario, name_mistake
from coopfin.ui.session import presets
from coopfin.ui.session.presets import Base

BLANK = "blank"
ASIDE = ("law", "explain", "ledger")  # what a page was asked to show; no value of the scenario
RESERVED = ("preset", "version", "enterprises", *ASIDE)


def write(base: Base, changes: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """The query parameters that bring this state back."""
    enterprises = list(base.scenario.enterprises)
    values = {
        name: [changes.get((name, each), float(getattr(a, name))) for each, a in base.scenario.enterprises.items()]
        for name in ASSUMPTIONS
    }
    anchor = _anchor(base)
    standard = {name: [float(getattr(a, name)) for a in _columns(anchor, enterprises).values()] for name in ASSUMPTIONS}
    query = {"preset": anchor.key, "version": anchor.version}
    if enterprises != list(anchor.scenario.enterprises):
        query["enterprises"] = to_csv([enterprises]).strip()
    for name, each in ASSUMPTIONS.items():
        if values[name] != standard[name]:
            told = values[name][:1] if each.shared else values[name]
            query[name] = ",".join(number(value) for value in told)
    return query


def read(query: Mapping[str, str]) -> tuple[Base, dict[tuple[str, str], float], list[str]]:
    """The base and changes of a link, and in words what could not be followed to the letter."""
    if not query:
        return first_base(), {}, []
    notices = []
    key = query.get("preset", first_base().key)
    if key not in presets.names():
        return first_base(), {}, [f"The link names a preset that is not here ({key or 'none'}); this is the first one instead."]
    base = presets.load(key)
    if query.get("version", base.version) != base.version:
        notices.append(
            f"The link was made with another version of “{base.words.title}”. "
            "The values it changed are kept; all others are those of today."
        )
    if "enterprises" in query:
        names = next(csv.reader([query["enterprises"]]), [])
        mistake = name_mistake(names) if names else "it is empty"
        if mistake:
            notices.append(f"The link's list of enterprises cannot be read: {mistake}. Those of the preset stand instead.")
        else:
            base = Base(base.key, Scenario(_columns(base, names), base.scenario.sources), base.words)
    if query.get("law") and query["law"] not in jurisdictions():
        notices.append(f"The link names a law that is not here ({query['law'][:60]}); none is chosen.")
    changes: dict[tuple[str, str], float] = {}
    for name, text in query.items():
        if name not in RESERVED:
            notices += _take(base, name, text, changes)
    return base, changes, notices


def first_base() -> Base:
    """The preset that opens when no link says otherwise."""
    return presets.load(presets.names()[0])


def _take(base: Base, name: str, text: str, changes: dict[tuple[str, str], float]) -> list[str]:
    assumption = ASSUMPTIONS.get(name)
    if assumption is None:
        return [f"The link sets “{name[:60]}”, which is not an assumption; it was left out."]
    enterprises = list(base.scenario.enterprises)
    parts = text.split(",") * (len(enterprises) if assumption.shared else 1)
    try:
        values = [float(part) for part in parts]
    except ValueError:
        values = []
    if len(values) != len(enterprises):
        return [f"The link's value of {name} ({assumption.label}) cannot be read: {text[:60]}; that of the preset stands."]
    refused = next((message for message in map(assumption.refuse, values) if message), None)
    if refused:
        return [f"The link is refused where {refused}; the value of the preset stands."]
    for enterprise, value in zip(enterprises, values, strict=True):
        if value != float(getattr(base.scenario.enterprises[enterprise], name)):
            changes[name, enterprise] = value
    return []


def _anchor(base: Base) -> Base:
    """The preset a link starts from: its own, or the blank one for an opened file."""
    if base.key in presets.names():
        return presets.load(base.key)
    try:
        return presets.load(BLANK)
    except (FileError, OSError):
        return first_base()


def _columns(anchor: Base, enterprises: list[str]) -> dict[str, Assumptions]:
    """The anchor's assumptions for enterprises of any name, column by column; further ones start as the last."""
    columns = list(anchor.scenario.enterprises.values())
    return {name: columns[min(i, len(columns) - 1)] for i, name in enumerate(enterprises)}

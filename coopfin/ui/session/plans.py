"""Plans are columns: what may be done to the columns of a choice, and why it may not. Nothing here is kept or drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from coopfin.comparison.enterprises import look, name_mistake
from coopfin.comparison.notes import Notes
from coopfin.comparison.scenario import Scenario
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS, Assumptions
from coopfin.reading.mistakes import quoted
from coopfin.ui.session.base import Base, Column, unlinkable
from coopfin.ui.session.record import Choice

MOST = 6  # columns: beside the two firms of a preset four plans
Firms = Mapping[str, Assumptions]


def refused(choice: Choice, name: str, *, instead_of: str = "") -> str | None:
    """Why a column cannot have this name beside the others, in words, or None. ``instead_of`` is what it was called."""
    others = [each for each in choice.base.enterprises if each != instead_of]
    if ";" in name:  # it separates what moves with what on the page of doubts
        return f"a plan needs a name without semicolons, not {quoted(name)}"
    shown = next((words.firm(each) for each in others if words.firm(each) != each and look(words.firm(each)) == look(name)), None)
    if shown:
        return f"there is a {shown} already; give each firm its own name"
    return name_mistake([*others, name]) or unlinkable([name])


def full(choice: Choice) -> str | None:
    """Why there is no room for a further column, in words, or None."""
    there = len(choice.base.enterprises)
    return f"there are {there} firms; permitted: up to {MOST} side by side; drop one first" if there >= MOST else None


def copied(
    choice: Choice, source: str, name: str, values: Mapping[str, float] | None = None, notes: Mapping[str, str] | None = None
) -> Choice:
    """A further column at the end: ``source`` as it is now, with these ``values`` and ``notes`` by assumption.

    What it holds now is what it started from. Raises ``AssumptionError`` where values cannot stand together.
    """
    base = choice.base
    now = {each: choice.value(each, source) for each, declared in ASSUMPTIONS.items() if not declared.shared}
    firms = dict(base.scenario.enterprises)
    firms[name] = replace(firms[source], **(now | dict(values or {})))
    column = Column(base.layout[source].of, _free_mark(base), plan=True)
    shared = [
        {**changes, **{(each, name): value for (each, holder), value in changes.items() if holder == source and _shared(each)}}
        for changes in (choice.changes, choice.pinned)
    ]
    its_own = {(each, name): text for (each, holder), text in choice.notes.items() if each and holder == source}
    its_own |= {(each, name): text for each, text in (notes or {}).items()}
    return replace(
        choice, base=_arranged(base, firms, {**base.layout, name: column}), changes=shared[0], pinned=shared[1],
        notes={**choice.notes, **its_own},
    )  # fmt: skip


def renamed(choice: Choice, old: str, new: str) -> Choice:
    """A column by another name, at its place."""
    called = {each: new if each == old else each for each in choice.base.enterprises}
    base = choice.base
    firms = {called[each]: a for each, a in base.scenario.enterprises.items()}
    layout = {called[each]: column for each, column in base.layout.items()}
    return _with(choice, _arranged(base, firms, layout), called)


def placed(choice: Choice, name: str, place: int) -> Choice:
    """A column at this place, the others after each other around it."""
    names = [each for each in choice.base.enterprises if each != name]
    names.insert(max(0, min(place, len(names))), name)
    return _ordered(choice, names)


def dropped(choice: Choice, name: str) -> Choice:
    """Without a column; the last one stays."""
    names = [each for each in choice.base.enterprises if each != name]
    return _ordered(choice, names) if names else choice


def _ordered(choice: Choice, names: list[str]) -> Choice:
    base = choice.base
    if names == list(base.enterprises):
        return choice
    firms = {each: base.scenario.enterprises[each] for each in names}
    return _with(choice, _arranged(base, firms, {each: base.layout[each] for each in names}), {each: each for each in names})


def _with(choice: Choice, base: Base, called: Mapping[str, str]) -> Choice:
    """The choice on another base: what belongs to a column goes with it, by the name it is ``called`` now."""

    def kept(values: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
        return {(each, called[holder]): value for (each, holder), value in values.items() if holder in called}

    notes: Notes = {
        (each, called.get(holder, "")): text for (each, holder), text in choice.notes.items() if not holder or holder in called
    }
    return replace(choice, base=base, changes=kept(choice.changes), pinned=kept(choice.pinned), notes=notes)


def _arranged(base: Base, firms: Firms, layout: Mapping[str, Column]) -> Base:
    return Base(base.key, Scenario(firms, base.scenario.sources, base.scenario.notes), base.words, tuple(layout.values()))


def _free_mark(base: Base) -> int:
    """The first colour and shape that no column has; those of the preset's own firms stay theirs."""
    own = 1 + max((each.of for each in base.layout.values()), default=0)
    return next(mark for mark in count(max(own, 2)) if mark not in base.marks)


def _shared(name: str) -> bool:
    return ASSUMPTIONS[name].shared

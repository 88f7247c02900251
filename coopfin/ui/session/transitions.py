"""What may happen in a session: each function takes the record and an event, and gives the record after it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coopfin.comparison.scenario import Scenario
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT
from coopfin.reading.mistakes import FileError
from coopfin.ui.parts import words
from coopfin.ui.session import follow, link, presets
from coopfin.ui.session.base import Base, refuse, unlinkable
from coopfin.ui.session.outcome import outcome
from coopfin.ui.session.record import STEPS, WRITTEN, Changes, Choice, Query, Record, Written, limited

LONGEST_ASIDE = 100
ECHO = 0.5  # seconds in which a browser may still report an address or a value from before


def start(query: Query) -> Record:
    """The record of a new session, opened with this address."""
    now = follow.new(presets.first())
    record = Record(now, outcome(now.base, {}, {}))
    return replace(followed(record, query), past=()) if query else record


# ---- values ----------------------------------------------------------------------------------------------------------


def moved(record: Record, name: str, enterprise: str, value: float, *, lever: str = "", sent: int = 0) -> Record:
    """A lever or a field was moved. A lever that counts its moves tells how many it ``sent``: an older one is an echo."""
    if sent:
        if sent <= record.seen.get(lever, 0):
            return record
        record = replace(record, seen={**record.seen, lever: sent})
    base = record.now.base
    if name not in ASSUMPTIONS or enterprise not in base.enterprises:
        return record  # the lever of a page that is no longer there
    refused = refuse(name, value)
    if refused:
        return replace(record, refused={(name, enterprise): refused}, taken="", acted=True)
    changes, taken = _set(base, record.now.changes, name, enterprise, value), ""
    if name in SPLIT:
        changes, taken = _make_room(base, changes, name, enterprise)
    return replace(_to(record, replace(record.now, changes=changes)), taken=taken)


def with_room(choice: Choice, name: str, enterprise: str, value: float) -> Choice:
    """The choice with one part of the split set, and the others as a move to it would leave them."""
    changes, _ = _make_room(choice.base, _set(choice.base, choice.changes, name, enterprise, value), name, enterprise)
    return replace(choice, changes=changes)


def set_all(record: Record, values: Mapping[tuple[str, str], float]) -> Record:
    """Several values at once, as one step: those that a law or a search sets."""
    changes, refused = record.now.changes, {}
    for (name, enterprise), value in values.items():
        if message := refuse(name, value):
            refused[name, enterprise] = message
        else:
            changes = _set(record.now.base, changes, name, enterprise, value)
    return replace(_to(record, replace(record.now, changes=changes)), refused=refused)


def taken_back(record: Record, name: str, enterprise: str) -> Record:
    """One value goes back to that of the preset."""
    base = record.now.base
    return _to(
        record, replace(record.now, changes=_set(base, record.now.changes, name, enterprise, base.value(name, enterprise)))
    )


def reset(record: Record) -> Record:
    """Every value goes back to that of the preset, the baseline too."""
    return _to(record, Choice(record.now.base, law=record.now.law))


def pinned(record: Record) -> Record:
    """What is chosen now becomes the baseline."""
    return _to(record, replace(record.now, pinned=record.now.changes)) if not record.state.mistakes else record


def unpinned(record: Record) -> Record:
    """The preset is the baseline again."""
    return _to(record, replace(record.now, pinned={}))


def _set(base: Base, changes: Changes, name: str, enterprise: str, value: float) -> Changes:
    after = dict(changes)
    for holder in base.holders(name, enterprise):
        if value == base.value(name, holder):
            after.pop((name, holder), None)
        else:
            after[name, holder] = value
    return after


def _make_room(base: Base, changes: Changes, name: str, enterprise: str) -> tuple[Changes, str]:
    """The split after one part was set: what the rest cannot give comes from the other parts, in proportion, and is said."""
    choice = Choice(base, changes)
    others = {each: choice.value(each, enterprise) for each in SPLIT if each != name}
    total, value = sum(others.values()), choice.value(name, enterprise)
    missing = round(value + total - 1, 12)
    if missing <= 0:
        return changes, ""
    for each, share in others.items():
        changes = _set(base, changes, each, enterprise, round(share / total * (1 - value), 12))
    taken = " and ".join(ASSUMPTIONS[each].label.lower() for each, share in others.items() if share > 0)
    return changes, f"{words.percent(missing)} came out of: {taken}."


# ---- presets and files -----------------------------------------------------------------------------------------------


def chosen(record: Record, base: Base) -> Record:
    """Another preset is chosen, or one that was left: what was changed there is still there. It opens with its law."""
    before = record.left.get(base.key)
    fits = before is not None and before.base.enterprises == base.enterprises
    return _to(record, replace(before, base=base) if before is not None and fits else follow.new(base))


def opened(record: Record, scenario: Scenario, title: str) -> Record:
    """A file is opened: it becomes the base. Names that a link cannot carry are refused."""
    if mistake := unlinkable(scenario.enterprises):
        return file_refused(record, [f"{title}: {mistake}"])
    return _to(record, replace(follow.new(presets.opened(scenario, title)), law=record.now.law))


def file_refused(record: Record, mistakes: list[str]) -> Record:
    """A file cannot be used: what was chosen stays, and every mistake is told."""
    return replace(record, file_mistakes=limited(mistakes), acted=True)


# ---- steps back and forth --------------------------------------------------------------------------------------------


def undone(record: Record) -> Record:
    """The last step is taken back: a lever, a preset, a file, a link."""
    if not record.past:
        return record
    *past, last = record.past
    return _settled(record, last, tuple(past), (record.now, *record.future))


def redone(record: Record) -> Record:
    """The step that was taken back is done again."""
    if not record.future:
        return record
    first, *future = record.future
    return _settled(record, first, (*record.past, record.now), tuple(future))


def stepped(record: Record, step: str, token: str, number: int) -> Record:
    """A step back or forth that was counted by the buttons known as ``token``."""
    after = {"undo": undone, "redo": redone}[step](record)
    return replace(after, seen={**after.seen, token: number})


def _to(record: Record, choice: Choice) -> Record:
    if choice.same(record.now):
        return _settled(record, record.now, record.past, record.future)
    return _settled(record, choice, (*record.past, record.now)[-STEPS:], ())


def _settled(record: Record, choice: Choice, past: tuple[Choice, ...], future: tuple[Choice, ...]) -> Record:
    """The record with this choice, and what it makes; what was told of the step before is told no more."""
    same = choice.same(record.now)
    left = record.left if same else {**record.left, record.now.base.key: record.now}
    state = record.state if same else outcome(choice.base, choice.changes, choice.pinned, record.state)
    return replace(
        record, now=choice, state=state, past=past, future=future, left=left, acted=True,
        notices=(), refused={}, taken="", file_mistakes=(),
    )  # fmt: skip


# ---- the address -----------------------------------------------------------------------------------------------------


def arrived(record: Record, query: Query, moment: float) -> Record:
    """A run begins, and the browser tells its address: its own, an older one, or that of a link to follow.

    A page that is turned empties the address. Who moves two levers in quick succession sends the address of before the
    first: what was just done here counts, not that.
    """
    acted, record = record.acted, replace(record, acted=False)
    if not query:
        return replace(record, explain="")
    if dict(query) == dict(record.address):
        return record
    written = record.written[-1] if record.written else None
    late = written is not None and moment - written.moment < ECHO and any(dict(query) == dict(w.query) for w in record.written)
    return record if acted or late else followed(record, query, moment)


def followed(record: Record, query: Query, moment: float = 0.0) -> Record:
    """A link is followed. Where it is one step back or forth, as the browser's own buttons go, so does the history."""
    notices: list[str] = []
    scenario = _without_aside(query)
    known = (*record.links, *record.written)
    choice = next((each.choice for each in reversed(known) if _without_aside(each.query) == scenario), None)
    if choice is None and scenario:
        try:
            choice, told = follow.read(query)
        except FileError as error:
            choice, told = follow.new(presets.first()), list(error.lines)
        notices += told
        record = replace(record, links=(*record.links, Written(query, choice, moment))[-WRITTEN:])
    if choice is None or choice.same(record.now):
        after = record
    elif record.past and choice.same(record.past[-1]):
        after = undone(record)
    elif record.future and choice.same(record.future[0]):
        after = redone(record)
    else:
        after = _to(record, choice)
    explain, ledger = (query.get(name, "")[:LONGEST_ASIDE] for name in link.ASIDE)
    return replace(after, explain=explain, ledger=ledger, notices=limited(notices), acted=False, address=dict(query))


def addressed(record: Record, moment: float) -> Record:
    """The address that belongs to the record, ready to be written where the browser has another."""
    last = record.written[-1] if record.written else None
    if last is not None and last.choice is record.now:
        scenario, note = _without_aside(last.query), record.too_long
    else:
        told = link.write(record.now)
        scenario, note = dict(told.query), told.note
    aside = {name: text for name, text in (("explain", record.explain), ("ledger", record.ledger)) if text}
    query = scenario | aside
    if last is not None and dict(last.query) == query and last.choice is record.now:
        return replace(record, address=query)
    known = query == dict(record.address)  # the browser came with it: nothing older can be on its way
    written = (*record.written, Written(query, record.now, -math.inf if known else moment))[-WRITTEN:]
    return replace(record, address=query, too_long=note, written=written)


def _without_aside(query: Query) -> dict[str, str]:
    return {name: text for name, text in query.items() if name not in link.ASIDE}


# ---- what stands beside the scenario ---------------------------------------------------------------------------------


def law_chosen(record: Record, key: str) -> Record:
    """A law is held against the cooperative; empty for none."""
    return _to(record, replace(record.now, law=key))


def ledger_opened(record: Record, mark: str) -> Record:
    """An own ledger is open, or none any more (empty)."""
    return replace(record, ledger=mark, acted=True)


def explained(record: Record, anchor: str) -> Record:
    """The page is asked to explain something; empty when it is closed."""
    return replace(record, explain=anchor, acted=True)


def turned(record: Record, page: str) -> Record:
    """A page is drawn; on another than before, every widget is made anew and knows no earlier value."""
    if page == record.page:
        return record
    return replace(record, page=page, echoes={}, seen={}, refused={}, taken="")


# ---- widgets that hold a value of the record -------------------------------------------------------------------------


def held(record: Record, key: str, showing: Any, value: Any) -> Record:
    """A widget is about to be drawn with ``value``. Until the browser shows it, it may report each value of before."""
    if showing is None or showing == value:
        return replace(record, echoes=_without(record.echoes, key)) if key in record.echoes else record
    late = tuple(dict.fromkeys((*record.echoes.get(key, ()), showing, value)))
    return replace(record, echoes={**record.echoes, key: late})


def reported(record: Record, key: str, value: Any) -> tuple[Record, bool]:
    """A widget reports a value; False if it is the echo of one that was replaced meanwhile."""
    late = record.echoes.get(key, ())
    if value in late:
        return record, False
    return replace(record, echoes=_without(record.echoes, key)) if late else record, True


def _without(echoes: Mapping[str, tuple[Any, ...]], key: str) -> dict[str, tuple[Any, ...]]:
    return {each: late for each, late in echoes.items() if each != key}


# ---- pages that fail -------------------------------------------------------------------------------------------------


def drawn(record: Record) -> Record:
    """A page was drawn to its end with what is chosen now."""
    return record if record.drawn is record.now else replace(record, drawn=record.now)


def trouble(number: str) -> str:
    """What is said when a page could not be drawn."""
    return f"Something went wrong (id {number}). Nothing you entered is lost."


def failed(record: Record, number: str) -> Record:
    """A page could not be drawn: the last choice with which one could comes back; redo leads to the other."""
    told = trouble(number)
    if record.drawn is None or record.drawn.same(record.now):
        return replace(record, notices=(told,))
    after = _settled(record, record.drawn, tuple(each for each in record.past if each is not record.drawn), (record.now,))
    return replace(after, notices=(f"{told} You are back to where you were; “Redo” tries the last step again.",))

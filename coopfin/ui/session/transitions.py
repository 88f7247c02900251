"""What may happen in a session: each function takes the record and an event, and gives the record after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coopfin.comparison import notes as noting
from coopfin.comparison.notes import Place
from coopfin.comparison.scenario import Scenario
from coopfin.display import words
from coopfin.engine.assumptions import ASSUMPTIONS, SPLIT
from coopfin.engine.declaration import AssumptionError
from coopfin.ui.session import follow, history, plans, presets
from coopfin.ui.session.base import Base, refuse, unlinkable
from coopfin.ui.session.record import Changes, Choice, Record, limited

# ---- values ----------------------------------------------------------------------------------------------------------


def moved(record: Record, name: str, enterprise: str, value: float) -> Record:
    """A lever or a field was moved."""
    base = record.now.base
    if name not in ASSUMPTIONS or enterprise not in base.enterprises:
        return record  # the lever of a page that is no longer there
    refused = refuse(name, value)
    if refused:
        return replace(record, refused={(name, enterprise): refused}, taken="", acted=True)
    changes, taken = _set(base, record.now.changes, name, enterprise, value), ""
    if name in SPLIT:
        changes, taken = _make_room(base, changes, name, enterprise)
    return replace(history.to(record, replace(record.now, changes=changes)), taken=taken)


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
    return replace(history.to(record, replace(record.now, changes=changes)), refused=refused)


def decided(record: Record, values: Mapping[tuple[str, str], float], words: str) -> Record:
    """Several values at once, as one step that others decided; ``words`` say who and how."""
    return replace(set_all(record, values), decided=words)


def taken_back(record: Record, name: str, enterprise: str) -> Record:
    """One value goes back to that of the preset."""
    base = record.now.base
    return history.to(
        record, replace(record.now, changes=_set(base, record.now.changes, name, enterprise, base.value(name, enterprise)))
    )


def reset(record: Record) -> Record:
    """Every value goes back to that of the preset, the baseline too."""
    return history.to(record, replace(record.now, changes={}, pinned={}))


def pinned(record: Record) -> Record:
    """What is chosen now becomes the baseline."""
    return history.to(record, replace(record.now, pinned=record.now.changes)) if not record.state.mistakes else record


def unpinned(record: Record) -> Record:
    """The preset is the baseline again."""
    return history.to(record, replace(record.now, pinned={}))


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


# ---- plans -----------------------------------------------------------------------------------------------------------


def kept(
    record: Record, source: str, name: str, values: Mapping[str, float] | None = None, notes: Mapping[str, str] | None = None
) -> Record:
    """A firm as it is now stands beside the others under a name of its own: a plan, or a further firm to change."""
    name = " ".join(name.split())
    if source not in record.now.base.enterprises:
        return record
    if told := plans.full(record.now) or plans.refused(record.now, name):
        return _not_kept(record, name, told)
    try:
        return history.to(record, plans.copied(record.now, source, name, values, notes))
    except AssumptionError as error:
        return _not_kept(record, name, "; ".join(mistake.message for mistake in error.mistakes))


def renamed(record: Record, old: str, new: str) -> Record:
    """A firm is called otherwise from now on."""
    new = " ".join(new.split())
    if old not in record.now.base.enterprises or new == old:
        return record
    if told := plans.refused(record.now, new, instead_of=old):
        return _not_kept(record, new, told)
    return history.to(record, plans.renamed(record.now, old, new))


def placed(record: Record, name: str, place: int) -> Record:
    """A firm stands at another place; what stands first is what the others are compared with."""
    return history.to(record, plans.placed(record.now, name, place)) if name in record.now.base.enterprises else record


def dropped(record: Record, name: str) -> Record:
    """A firm goes, with everything that was set and noted there; the last one stays."""
    return history.to(record, plans.dropped(record.now, name))


def _not_kept(record: Record, name: str, told: str) -> Record:
    return replace(record, notices=(f"“{name[:60]}” was not kept: {told}. Nothing was changed.",), acted=True)


# ---- notes -----------------------------------------------------------------------------------------------------------


def noted(record: Record, place: Place, text: str) -> Record:
    """A sentence stands beside an assumption, an enterprise, or both; empty: none does any more."""
    notes = {each: told for each, told in record.now.notes.items() if each != place}
    if text := " ".join(text.split()):
        told = noting.misplaced(place, record.now.base.enterprises) or noting.mistake(text)
        if told is None and len(notes) >= noting.MOST:
            told = f"there are {noting.MOST} notes already; remove one"
        if told:
            return replace(record, notices=(f"The note was not kept: {told}.",), acted=True)
        notes[place] = text
    return history.to(record, replace(record.now, notes=notes))


# ---- presets and files -----------------------------------------------------------------------------------------------


def chosen(record: Record, base: Base) -> Record:
    """Another preset is chosen, or one that was left: what was changed there is still there. It opens with its law."""
    before = record.left.get(base.key)
    if before is None:
        return history.to(record, follow.new(base))
    if before.base.columns:  # with plans of the reader's own beside it
        return history.to(record, before)
    fits = before.base.enterprises == base.enterprises
    return history.to(record, replace(before, base=base) if fits else follow.new(base))


def opened(record: Record, scenario: Scenario, title: str) -> Record:
    """A file is opened: it becomes the base. Names that a link cannot carry are refused."""
    if mistake := unlinkable(scenario.enterprises):
        return file_refused(record, [f"{title}: {mistake}"])
    return history.to(record, replace(follow.new(presets.opened(scenario, title)), law=record.now.law))


def file_refused(record: Record, mistakes: list[str]) -> Record:
    """A file cannot be used: what was chosen stays, and every mistake is told."""
    return replace(record, file_mistakes=limited(mistakes), acted=True)


def resumed(record: Record, choice: Choice, notices: Sequence[str]) -> Record:
    """What an earlier visit had chosen is chosen again, as a step; what of it could not be read is told."""
    return replace(history.to(record, choice), notices=limited(list(notices)))


# ---- what stands beside the scenario ---------------------------------------------------------------------------------


def law_chosen(record: Record, key: str) -> Record:
    """A law is held against the cooperative; empty for none."""
    return history.to(record, replace(record.now, law=key))


def ledger_opened(record: Record, mark: str) -> Record:
    """An own ledger is open, or none any more (empty)."""
    return replace(record, ledger=mark, acted=True)


def staged(record: Record, mark: str) -> Record:
    """The comparison goes on a stage, or leaves it (empty)."""
    return replace(record, stage=mark, acted=True)


def explained(record: Record, anchor: str) -> Record:
    """The page is asked to explain something; empty when it is closed."""
    return replace(record, explain=anchor, acted=True)


def turned(record: Record, page: str) -> Record:
    """A page is drawn; on another than before, every widget is made anew and knows no earlier value."""
    if page == record.page:
        return record
    return replace(record, page=page, echoes={}, seen={}, refused={}, taken="")


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
    after = history.settled(record, record.drawn, tuple(each for each in record.past if each is not record.drawn), (record.now,))
    return replace(after, notices=(f"{told} You are back to where you were; “Redo” tries the last step again.",))

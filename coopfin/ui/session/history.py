"""The steps of a session, back and forth: every one of them can be taken back."""

from __future__ import annotations

from dataclasses import replace

from coopfin.ui.session.outcome import outcome
from coopfin.ui.session.record import STEPS, Choice, Record


def undone(record: Record) -> Record:
    """The last step is taken back: a lever, a preset, a file, a link."""
    if not record.past:
        return record
    *past, last = record.past
    return settled(record, last, tuple(past), (record.now, *record.future))


def redone(record: Record) -> Record:
    """The step that was taken back is done again."""
    if not record.future:
        return record
    first, *future = record.future
    return settled(record, first, (*record.past, record.now), tuple(future))


def stepped(record: Record, step: str, token: str, number: int) -> Record:
    """A step back or forth that was counted by the buttons known as ``token``."""
    after = {"undo": undone, "redo": redone}[step](record)
    return replace(after, seen={**after.seen, token: number})


def to(record: Record, choice: Choice) -> Record:
    """A step to this choice, which can be taken back."""
    if choice.same(record.now):
        return settled(record, record.now, record.past, record.future)
    return settled(record, choice, (*record.past, record.now)[-STEPS:], ())


def settled(record: Record, choice: Choice, past: tuple[Choice, ...], future: tuple[Choice, ...]) -> Record:
    """The record with this choice, and what it makes; what was told of the step before is told no more."""
    same = choice.same(record.now)
    left = record.left if same else {**record.left, record.now.base.key: record.now}
    state = record.state if same else outcome(choice.base, choice.changes, choice.pinned, record.state, choice.notes)
    return replace(
        record, now=choice, state=state, past=past, future=future, left=left, acted=True,
        notices=(), decided="", refused={}, taken="", file_mistakes=(),
    )  # fmt: skip

"""What must hold of the values: of each by itself, and between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coopfin.engine.assumptions.declared import ASSUMPTIONS, SPLIT, SPLIT_TOLERANCE
from coopfin.engine.declaration import Mistake
from coopfin.engine.events import Conversion, anywhere, conversions, larger, papers, quotient, unconverted, used_rounds
from coopfin.engine.units import figure_text

Conflict = tuple[NDArray[np.bool_], Mistake]

_ENDS = [(name, *each.unit.ends, each.unit.whole, each) for name, each in ASSUMPTIONS.items()]


def find_mistakes(values: Any) -> list[Mistake]:
    """Everything wrong with ``values`` (an attribute per assumption): each alone first, then what holds between them."""
    mistakes = []
    shapes = set()
    for name, lowest, highest, whole, assumption in _ENDS:
        value = getattr(values, name)
        if value.__class__ is float and lowest <= value <= highest and (not whole or value % 1 == 0):
            continue  # nearly all values of nearly all scenarios
        refused = assumption.refuse(value)
        if refused:
            mistakes.append(Mistake(refused, (name,)))
        elif isinstance(value, np.ndarray):
            shapes.add(value.shape)
    if not mistakes and len(shapes) > 1 and not _fit(shapes):
        found = " and ".join(" × ".join(map(str, shape)) for shape in sorted(shapes) if shape)
        mistakes.append(Mistake(f"some assumptions hold {found} scenarios; permitted: one number, or arrays of one length"))
    return mistakes or [mistake for _, mistake in conflicts(values)]


def conflicts(values: Any) -> list[Conflict]:
    """What does not hold between values that are possible each alone: where, by scenario, and in words.

    Only what is broken in some scenario is told; the numbers in its words are those of the first such scenario.
    """
    with np.errstate(over="ignore"):  # amounts have no upper end
        return [conflict for rule in _RULES for conflict in rule(values)]


def _split(values: Any) -> Iterator[Conflict]:
    total = sum(getattr(values, name) for name in SPLIT)
    broken = total > 1 + SPLIT_TOLERANCE
    if anywhere(broken):
        found = _first(broken, total)
        yield _conflict(
            broken, SPLIT, f"{' + '.join(SPLIT)} is {figure_text(found)}", "together 0 to 1",
            f"lower one of them by {figure_text(found - 1)}",
        )  # fmt: skip


def _take(values: Any) -> Iterator[Conflict]:
    last = values.take_rate + values.take_rate_step * (values.years - 1)
    broken = (last < -SPLIT_TOLERANCE) | (last > 1 + SPLIT_TOLERANCE)
    if anywhere(broken):
        yield _conflict(
            broken, ("take_rate", "take_rate_step"),
            f"{_called('take_rate')} is {_text(broken, values.take_rate)} in year 1 and, with take_rate_step "
            f"{_text(broken, values.take_rate_step)}, {_text(broken, last)} in year {int(values.years)}",
            "0 to 1 in every year", "give a take_rate_step nearer to 0",
        )  # fmt: skip


def _needs(values: Any, used: str, needed: str, advice: str) -> Iterator[Conflict]:
    """Where ``used`` is above 0, ``needed`` must be so too."""
    broken = (getattr(values, used) > 0) & (getattr(values, needed) <= 0)
    if anywhere(broken):
        yield _conflict(
            broken, (needed, used), f"{_called(needed)} is 0",
            f"above 0 where {_called(used)} is above 0, here {_text(broken, getattr(values, used))}",
            f"{advice}, or set {used} to 0",
        )  # fmt: skip


def _needed(values: Any) -> Iterator[Conflict]:
    yield from _needs(values, "order_fee", "order_value", "say what an order costs")
    yield from _needs(values, "payment_fee", "order_value", "say what an order costs")
    yield from _needs(values, "spend_response", "spend_needed", "say how much spending keeps demand in step")
    yield from _needs(values, "pay_response", "crowding", "without it good pay brings ever more people: give some")
    broken = (values.pay_response > 0) & (values.outside_keep <= values.provider_cost_rate)
    if anywhere(broken):
        yield _conflict(
            broken, ("outside_keep", "provider_cost_rate", "pay_response"),
            f"{_called('outside_keep')} is {_text(broken, values.outside_keep)}",
            f"above {_called('provider_cost_rate')}, {_text(broken, values.provider_cost_rate)}, where pay_response is above 0",
            "nothing is earned elsewhere to compare with: raise the one, lower the other, or set pay_response to 0",
        )  # fmt: skip


def _loan(values: Any) -> Iterator[Conflict]:
    months = 12 * int(values.loan_years)
    if values.loan_grace >= months:
        yield _conflict(
            True, ("loan_grace", "loan_years"), f"{_called('loan_grace')} is {int(values.loan_grace)}",
            f"below {months}, the months of {_called('loan_years')}", "shorten the one, or lengthen the other",
        )  # fmt: skip


def _rounds(values: Any) -> Iterator[Conflict]:
    entries = used_rounds(values)
    for place, entry in enumerate(entries):
        month, amount, pre_money, pool = (f"equity_{entry.number}_{part}" for part in ("month", "amount", "pre_money", "pool"))
        yield from _needs(values, amount, pre_money, "give the value before the round")
        # A sum that is 1 on paper leaves nothing to those who were there before.
        broken = (entry.amount > 0) & (entry.pre_money > 0) & (entry.sold + entry.pool >= 1 - SPLIT_TOLERANCE)
        if anywhere(broken):
            yield _conflict(
                broken, (pool, amount, pre_money), f"{_called(pool)} is {_text(broken, entry.pool)}",
                f"below {_text(broken, 1 - entry.sold)}, what the investors of round {entry.number} leave to others",
                f"lower {pool} or {amount}, or raise {pre_money}",
            )  # fmt: skip
        for earlier in entries[:place]:
            broken = (entry.amount > 0) & (earlier.amount > 0) & (entry.month < earlier.month)
            if anywhere(broken):
                yield _conflict(
                    broken, (month, f"equity_{earlier.number}_month"), f"{_called(month)} is {entry.month}",
                    f"{earlier.month} or later, the month of round {earlier.number}", "put the used rounds in month order",
                )  # fmt: skip


def _papers(values: Any) -> Iterator[Conflict]:
    if not papers(values):
        return
    for entry, converting in conversions(values):
        price = entry.pre_money * (1 - entry.pool_before)  # of the company without the new options
        owned = sum(
            larger(quotient(amount, paper.cap), quotient(amount, (1 - paper.discount) * price)) for paper, amount in converting
        )
        yield from _owned(owned, converting, f"at round {entry.number}", f"equity_{entry.number}_pre_money")
    waiting = unconverted(values)
    owned = sum(quotient(amount, paper.cap) for paper, amount in waiting)
    yield from _owned(owned, waiting, "at the horizon")


def _owned(owned: Any, left: tuple[Conversion, ...], when: str, *further: str) -> Iterator[Conflict]:
    broken = owned >= 1 - SPLIT_TOLERANCE
    if anywhere(broken):
        amounts, caps = ([f"safe_{paper.number}_{part}" for paper, _ in left] for part in ("amount", "cap"))
        yield _conflict(
            broken, (*amounts, *caps, *further),
            f"{' + '.join(amounts)}, with interest, would own {_text(broken, owned)} of the company {when}", "below 1",
            f"lower an amount, or raise {' or '.join((*caps, *further))}", unit=ASSUMPTIONS["option_pool"].unit.told,
        )  # fmt: skip


_RULES = (_split, _take, _needed, _loan, _rounds, _papers)


def _conflict(broken: Any, names: tuple[str, ...], found: str, permitted: str, advice: str, unit: str = "") -> Conflict:
    unit = unit or ASSUMPTIONS[names[0]].unit.told
    return np.asarray(broken), Mistake(f"{found}; permitted: {permitted}; unit: {unit}; {advice}", names)


def _fit(shapes: set[tuple[int, ...]]) -> bool:
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        return False
    return True


def _called(name: str) -> str:
    return f"{name} ({ASSUMPTIONS[name].label})"


def _first(broken: Any, value: Any) -> float:
    """The value in the first scenario where it is broken."""
    return float(np.broadcast_to(value, np.shape(broken)).flat[int(np.argmax(broken))])


def _text(broken: Any, value: Any) -> str:
    return figure_text(_first(broken, value))

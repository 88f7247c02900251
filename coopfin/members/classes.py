"""A cooperative's members and their classes, as the allocation of a refund and the count of votes need them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from coopfin.members.cents import Number, ratio

EQUALLY, BY_PATRONAGE, BY_YEARS = BASES = ("equally", "patronage", "years")


class PatronageError(ValueError):
    """Members, classes or amounts that cannot be used as asked. ``mistakes`` holds every reason, in words."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True)
class MemberClass:
    """A class of members: its share of the pool (0 to 1), the basis on which its members share it, its votes.

    ``votes`` is a whole number if each member has that many, or a share between 0 and 1 if the class votes as a
    college that holds this share of all votes, however many members it has.
    """

    name: str
    share: Number
    basis: str
    votes: Number = 1

    @property
    def is_college(self) -> bool:
        """Whether the class votes as one block with a share of all votes."""
        return 0 < self.votes < 1

    def mistakes(self) -> Iterator[str]:
        """Everything wrong with this class by itself, in words."""
        if not (math.isfinite(self.share) and 0 <= self.share <= 1):
            yield f"share is {self.share}; permitted: 0 to 1 (20 % is written 0.2)"
        if self.basis not in BASES:
            yield f"basis is {self.basis!r}; permitted: {', '.join(BASES)}"
        if not (math.isfinite(self.votes) and self.votes >= 0 and (self.votes < 1 or self.votes % 1 == 0)):
            yield f"votes is {self.votes}; permitted: a whole number for each member, or the class's share of all votes, 0 to 1"


EVERYONE = MemberClass("", 1, BY_PATRONAGE)  # the one class of a ledger without a table of classes


@dataclass(frozen=True)
class Members:
    """A ledger: who used the platform how much in the year, one entry per member and class, in any order.

    Who stands in several classes has an entry in each, under one name. ``classes`` are all empty where there are none.
    ``patronage`` in any unit (sales, hours, rides), the same for all members of a class; ``years`` of membership may
    be None where no class shares by years. Decimal and Fraction count exactly, a float as the number it prints as.
    Raises ``PatronageError`` where a member stands twice in a class or a number is below 0.
    """

    names: tuple[str, ...]
    classes: tuple[str, ...]
    patronage: tuple[Number, ...]
    years: tuple[Number | None, ...] | None = None

    def __post_init__(self) -> None:
        columns = [self.names, self.classes, self.patronage, *([] if self.years is None else [self.years])]
        entries = Counter(zip(self.names, self.classes, strict=False))
        mistakes = [f"{name} stands in the ledger {n} times; keep one" for (name, _), n in entries.items() if n > 1]
        if len({len(column) for column in columns}) > 1:
            mistakes.append(f"the columns of the ledger have {[len(column) for column in columns]} entries; give one a member")
        for label, values in (("patronage", self.patronage), ("years", self.years or ())):
            mistakes += [
                f"{name}: {label} is {value}; permitted: 0 or more"
                for name, value in zip(self.names, values, strict=False)
                if value is not None and not (math.isfinite(value) and value >= 0)
            ]
        if mistakes:
            raise PatronageError(mistakes)

    def __len__(self) -> int:
        return len(self.names)


def people(members: Members) -> dict[str, list[int]]:
    """The rows of each member by name, in the order of the ledger: one for each class."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(members.names):
        rows.setdefault(name, []).append(row)
    return rows


def in_one_class(members: Members, name: str) -> Members:
    """The same members, all of the class ``name``, where the ledger names no classes."""
    return replace(members, classes=(name,) * len(members)) if set(members.classes) == {""} else members


def find_class_mistakes(classes: Sequence[MemberClass]) -> Iterator[str]:
    """Everything wrong with a table of classes, in words, before any ledger is looked at."""
    for name, n in Counter(each.name for each in classes).items():
        if n > 1:
            yield f"class {name!r} stands in the table {n} times; keep one"
    alone = [f"class {each.name!r}: {mistake}" for each in classes for mistake in each.mistakes()]
    yield from alone or _mistaken_totals(classes)


def _mistaken_totals(classes: Sequence[MemberClass]) -> Iterator[str]:
    if (total := sum(Fraction(*ratio(each.share)) for each in classes)) != 1:
        yield f"the shares of the classes add up to {float(total):.12g}; permitted: exactly 1; change one of them"
    colleges = [each for each in classes if each.is_college]
    if colleges and len(colleges) < sum(each.votes > 0 for each in classes):
        yield "some classes have votes for each member and others a share of all votes; write all of them in one way"
    elif colleges and (total := sum(Fraction(*ratio(each.votes)) for each in colleges)) != 1:
        yield f"the classes' shares of the votes add up to {float(total):.12g}; permitted: exactly 1; change one of them"

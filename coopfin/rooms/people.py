"""Who answers: for whom one speaks, and the shares and the use of the platform that one holds, given or drawn."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

NOBODY = ""  # the role of a room in which all answer for themselves
ALONE, CHOSEN, DRAWN = ASSIGNED = ("none", "chosen", "drawn")
BY_ROLE, RANDOM = HELD = ("by role", "drawn")
MOST_HELD = 1e9
LARGEST_DRAW = 100


@dataclass(frozen=True)
class Role:
    """For whom one may speak: the name as the room says it, what each one holds, and the class's share of the council."""

    name: str
    shares: float = 1.0
    patronage: float = 1.0
    council: float = 0.0


@dataclass(frozen=True)
class Member:
    """One who answers, without a name."""

    role: str = NOBODY
    shares: float = 1.0
    patronage: float = 1.0


@dataclass(frozen=True)
class Setup:
    """How a room is set up: its roles, how one comes to a role (``ASSIGNED``) and to what one holds (``HELD``)."""

    roles: tuple[Role, ...] = ()
    assigned: str = ALONE
    held: str = BY_ROLE
    title: str = ""

    @property
    def council(self) -> dict[str, float]:
        """The share of each class in the council, by role."""
        return {role.name: role.council for role in self.roles}

    def written(self) -> str:
        """The set-up as it is kept."""
        return json.dumps(asdict(self))


def read_setup(text: str) -> Setup:
    """What ``written`` made, as it was."""
    told = json.loads(text)
    return Setup(tuple(Role(**role) for role in told.pop("roles")), **told)


def newcomer(setup: Setup, chosen: str, there: Mapping[str, int], chance: random.Random | None = None) -> Member:
    """Who comes in next. ``there``: how many of each role are in already; a drawn role is one of those with fewest."""
    dice = chance or random.SystemRandom()
    roles = {role.name: role for role in setup.roles}
    if setup.assigned == DRAWN and roles:
        fewest = min(there.get(name, 0) for name in roles)
        chosen = dice.choice([name for name in roles if there.get(name, 0) == fewest])
    role = roles.get(chosen) if setup.assigned != ALONE else None
    member = Member(role.name, role.shares, role.patronage) if role else Member()
    return replace(member, shares=drawn(dice), patronage=drawn(dice)) if setup.held == RANDOM else member


def drawn(dice: random.Random) -> float:
    """A holding of 1 to 100, as unequal as holdings are: most hold little, a few hold much."""
    return float(min(LARGEST_DRAW, int(dice.paretovariate(1.0))))

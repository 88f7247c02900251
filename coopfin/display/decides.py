"""What decides, beside the answer: whether everyone may join, and how much spending wins buyers."""

from __future__ import annotations

from coopfin.display import words
from coopfin.display.nouns import Words
from coopfin.display.view import View


def decides(view: View, wording: Words) -> str:
    """In one line, of the first two firms."""
    doors = [_doors(firm.settings["open_doors"], wording) for firm in view[:2]]
    if len(set(doors)) == 1:
        joined = f"{doors[0]} may join {'either firm' if len(doors) > 1 else 'it'}{_meaning(view[0].settings['open_doors'])}"
    else:
        joined = " and ".join(f"{door} {words.the(firm.name)}" for door, firm in zip(doors, view, strict=False))
        joined = joined.replace(" the ", " may join the ", 1)
    won = view[-1].settings["spend_response"]
    spent = f"spending wins up to {words.percent(won)} more demand a year" if won > 0 else "spending wins no demand"
    return f"What decides: {joined}; {spent}."


def _doors(share: float, wording: Words) -> str:
    if share == 1:
        return "everyone"
    if share == 0:
        return f"only as many {wording.providers} as there is work for"
    return f"{words.percent(share)} of those who want to"


def _meaning(share: float) -> str:
    if share == 1:
        return ", so that a lower take brings more people, not more pay"
    return ", so that a lower take is more pay" if share == 0 else ""

"""The view of votes: one member one vote beside one share one vote, classes, colleges and caps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from html import escape

import streamlit as st

from coopfin.display import colours, words
from coopfin.members.classes import PatronageError, people
from coopfin.members.votes import cap_votes, deciding_group, fewest_people, votes_by_class, votes_by_heads, votes_by_shares
from coopfin.ui.members.scenario import Figures
from coopfin.ui.members.setup import Setup

Votes = Mapping[str, float]
MEMBERS, SHARES = "One member, one vote", "One share, one vote"
PROVIDERS = "providers"


def view(made: Setup) -> None:
    """Draw the votes."""
    heads = _heads(made)
    if made.figures is not None:
        shares = _by_shares(made.figures)
        st.html(_picture({SHARES: shares, MEMBERS: votes_by_heads(heads)}, heads))
        holders = [name for name in shares if name != PROVIDERS]
        everyone = sum(heads.values()) + len(holders)
        st.caption(
            words.markdown(
                f"By shares: those of the {made.figures.other_firm or made.figures.firm} in the last year, each round counted as "
                f"one holder. By members: the sample ledger. If these {len(holders)} holders joined with one vote each, they "
                f"would have {len(holders)} of {everyone:,} votes. More than half decides."
            )
        )
        st.subheader("What classes, colleges and caps change", anchor=False)
    _classes(made)


def sentence(made: Setup) -> str:
    """How many people must agree, by the rules in force: the one majority of the page."""
    heads = _heads(made)
    return f"At least {fewest_people(_in_force(made), heads):,} of {made.people:,} must agree to decide."


def _in_force(made: Setup) -> Votes:
    """The votes as the table of classes says; one each where it knows none."""
    heads, table = _heads(made), made.allocation.classes
    if {each.name for each in table} >= set(heads):
        with suppress(PatronageError):  # nobody has a vote by it: the view says so
            return votes_by_class(table, heads)
    return votes_by_heads(heads)


def _heads(made: Setup) -> dict[str, int]:
    """How many members each class of the ledger has, the largest first; who is in several counts in the first of them."""
    members = made.ledger.members
    label = set(members.classes) == {""} and len(made.allocation.classes) == 1 and made.allocation.classes[0].name
    first = [label or members.classes[rows[0]] for rows in people(members).values()]
    return dict(Counter(first).most_common())


def _by_shares(found: Figures) -> dict[str, float]:
    firm = found.elsewhere or found.cooperative
    return {name: votes for name, votes in votes_by_shares(firm.assumptions).items() if votes > 0}


def _classes(made: Setup) -> None:
    counted = _heads(made)
    table = made.allocation.classes
    cap = st.number_input(
        "No class above this share of the votes (%)", 1.0, 100.0, 100.0, 5.0, key="members-cap", persist_state="session",
        width=320,
        help="A cap on what one class or college may hold; what is cut off goes to the others in proportion. 100 is no cap.",
    )  # fmt: skip
    try:
        known = {each.name for each in table} >= set(counted)
        votes = votes_by_class(table, counted) if known else votes_by_heads(counted)
        capped = cap_votes(votes, cap / 100)
    except PatronageError as error:
        for mistake in error.mistakes:
            st.error(words.markdown(f"{mistake[:1].upper()}{mistake[1:]}."))
        return
    bars = {"Each member one vote": votes_by_heads(counted), "As the table of classes says": votes}
    if cap < 100:
        bars["With the cap"] = capped
    st.html(_picture(bars, counted))
    if len(counted) == 1:
        st.caption("The ledger has one class: no class can outvote another. Try the samples of photography or freelancers.")


def _title(name: str) -> str:
    if name.startswith("round "):
        return f"investors of {name}"
    return name if name in colours.HOLDERS else f"class {name}" if name else "members"


def _shades(names: list[str]) -> dict[str, str]:
    others = [name for name in names if name not in colours.HOLDERS]
    return {name: colours.HOLDERS[name] for name in names if name in colours.HOLDERS} | {
        name: colours.CLASSES[i % len(colours.CLASSES)] for i, name in enumerate(others)
    }


def _picture(bars: Mapping[str, Votes], heads: Mapping[str, int]) -> str:
    names = list(dict.fromkeys(name for votes in bars.values() for name in votes))
    shades = _shades(names)
    drawn = "".join(_bar(rule, votes, shades, heads) for rule, votes in bars.items())
    return f'<figure class="sales votes">{drawn}{_key(bars, names, shades)}</figure>'


def _bar(rule: str, votes: Votes, shades: Mapping[str, str], heads: Mapping[str, int]) -> str:
    held = {name: share for name, share in votes.items() if share > 0}
    segments = "".join(
        f'<span class="use" title="{escape(_title(name))}: {_percent(share)}" style="width:{share * 100:.4f}%;'
        f'background:{shades[name]};color:{colours.text_on(shades[name])}"><i>{words.percent(share)}</i></span>'
        for name, share in held.items()
    )
    spoken = escape(", ".join(f"{_title(name)} {_percent(share)}" for name, share in held.items()))
    return (
        f'<div class="firm"><b>{rule}</b> <small>{escape(_decides(votes, heads))}</small></div>'
        f'<div class="bar" role="img" aria-label="{rule}: {spoken}.">{segments}</div>'
    )


def _decides(votes: Votes, heads: Mapping[str, int]) -> str:
    group, people = deciding_group(votes), fewest_people(votes, heads)
    if sum(held > 0 for held in votes.values()) == 1:
        return f"it takes at least {people:,} people to decide"
    groups = " and ".join(_title(name) for name in group)
    verb = "has" if len(group) == 1 and group[0] not in colours.HOLDERS else "have"
    fewest = "one holder is enough to decide" if people == 1 else f"it takes at least {people:,} people to decide"
    return f"{groups} {verb} more than half; {fewest}"


def _percent(share: float) -> str:
    return words.percent(share) if share >= 0.0005 or share == 0 else f"under 0.1{words.THIN}%"


def _key(bars: Mapping[str, Votes], names: list[str], shades: Mapping[str, str]) -> str:
    heads = "".join(f'<th scope="col" class="number">{rule}</th>' for rule in bars)
    rows = "".join(
        f'<tr><th scope="row"><span class="chip" style="background:{shades[name]}"></span>{escape(_title(name))}</th>'
        + "".join(f'<td class="number">{_percent(votes.get(name, 0))}</td>' for votes in bars.values())
        + "</tr>"
        for name in names
    )
    return (
        f'<table class="key"><thead><tr><th scope="col">Share of all votes</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )

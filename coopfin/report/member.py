"""The member's page: what I earn, what I own, what I decide; every column beside the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import numpy as np

from coopfin.comparison.measures import MEASURES
from coopfin.display import colours, lines, words
from coopfin.display.sentence import sentence
from coopfin.engine.assumptions import ASSUMPTIONS
from coopfin.engine.projection import Projection
from coopfin.report import parts, risk
from coopfin.report.material import Material

KICKER = "For members"
EARN = ("provider_month", "provider_month_first", "provider_month_final", "provider_keeps")
DECIDE = (
    "take_rate", "price", "open_doors", "member_share", "dues", "patronage_share", "patronage_cash_share",
    "redemption_years", "community_share", "reinvestment_share", "reserve_share", "dividend_share",
)  # fmt: skip
Cells = tuple[str, str, Sequence[str]]  # a label, what it means, and a cell for each firm


def member(material: Material, paper: str) -> str:
    """The page between head and foot."""
    projections = {firm: material.comparison.projections[firm] for firm in material.firms}
    income = lines.picture(lines.INCOME, material.view, projections, projections, material.wording.currency, lines.FLAT)
    groups = {"What I earn": earned(material), "What I own": owned(material), "What I decide": decided(material)}
    return (
        parts.answer(sentence(material.view, material.wording))
        + f'<div class="{"few" if len(material.firms) <= risk.FEW else "many"}">'
        + f"<section>{compared(material, groups)}<p>{_votes(material)}</p></section>"
        + '<div class="columns">'
        + parts.section("What I have a month after own costs, year by year", income, "picture")
        + parts.section("What could go wrong", risk.lowest(material, material.firms) + risk.likely(material))
        + "</div></div>"
    )


def _votes(material: Material) -> str:
    share = words.percent(float(material.scenario.enterprises[material.asked].provider_votes))
    return (
        f"Providers hold {share} of the votes in {escape(words.the(material.asked))}: "
        "what stands above is what this plan assumes, until those who vote decide otherwise."
    )


def _measures(material: Material, names: Sequence[str]) -> list[Cells]:
    found: list[Cells] = []
    for name in names:
        measure = MEASURES[name]
        told = [words.measured(float(measure(material.comparison.projections[firm])), measure) for firm in material.firms]
        found.append((measure.label, "", told))
    return found


def _each(material: Material, of: Callable[[Projection], float]) -> list[str]:
    return [words.value(of(material.comparison.projections[firm]), "money") for firm in material.firms]


def earned(material: Material) -> list[Cells]:
    """What is left a month, how much of it are refunds, and when it is paid."""
    refunds = ("Refunds in cash, a year", "of it, to an active provider", _each(material, refunds_in_cash))
    return [*_measures(material, EARN), refunds, *_measures(material, ("payout_days",))]


def refunds_in_cash(x: Projection) -> float:
    """Refunds paid in cash, and paid back later, of one active provider a year."""
    active = float(x.total("active_providers"))
    return float(x.total("patronage_cash") + x.total("redemption")) / active if active > 0 else np.nan


def owned(material: Material) -> list[Cells]:
    """What a member puts in, what stands on the account, and whose the firm is."""
    shares = [
        words.setting(float(material.scenario.enterprises[firm].member_share), ASSUMPTIONS["member_share"])
        for firm in material.firms
    ]
    return [
        ("My share, paid in once", "comes back to whoever leaves, as bylaws and cash allow", shares),
        ("On my account at the horizon", "credited refunds of one member, not yet paid back", _each(material, account)),
        *_measures(material, ("reserve_final", "outside_ownership")),
    ]


def account(x: Projection) -> float:
    """Credited refunds of one provider at the horizon."""
    providers = float(x.final.providers)
    return float(x.final.allocated_equity) / providers if providers > 0 else np.nan


def decided(material: Material) -> list[Cells]:
    """The votes, and what is set of what members may vote on, where any firm has set it."""
    rows = _measures(material, ("provider_votes",))
    for name in DECIDE:
        values = [float(getattr(material.scenario.enterprises[firm], name)) for firm in material.firms]
        if any(values):
            rows.append((ASSUMPTIONS[name].label, "", [words.setting(value, ASSUMPTIONS[name]) for value in values]))
    return rows


def compared(material: Material, groups: Mapping[str, Sequence[Cells]]) -> str:
    """Groups of rows with a cell for each firm."""
    heads = "".join(
        f'<th scope="col" class="{colours.firm_class(column)}"><span>{escape(words.firm(firm))}</span></th>'
        for column, firm in enumerate(material.firms)
    )
    bodies = "".join(
        f'<tbody><tr class="group"><th scope="rowgroup" colspan="{len(material.firms) + 1}">{escape(title)}</th></tr>'
        f"{''.join(_row(*each) for each in rows)}</tbody>"
        for title, rows in groups.items()
    )
    return f'<table class="small compared"><thead><tr><td></td>{heads}</tr></thead>{bodies}</table>'


def _row(label: str, meaning: str, cells: Sequence[str]) -> str:
    beside = f"<small>{escape(meaning)}</small>" if meaning else ""
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(label)}{beside}</th>{told}</tr>'

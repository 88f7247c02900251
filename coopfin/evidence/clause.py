"""How a scenario shares a surplus out, written as plain-language clauses to take to a lawyer."""

from __future__ import annotations

from collections.abc import Iterator

from coopfin.engine.assumptions import SPLIT, Assumptions
from coopfin.evidence.law import ADVICE, check
from coopfin.evidence.rules import Jurisdiction

TITLE = "How the cooperative uses a surplus"

PARTS = {
    "patronage_share": "{share} to the members, by how much they used the platform",
    "reinvestment_share": "{share} to development, spent in the following year on what the members' platform needs",
    "community_share": "{share} to the community",
    "dividend_share": "{share} to the holders of shares, by what they own",
}


def clause(a: Assumptions, *, of: str, member: str = "member", currency: str = "", law: Jurisdiction | None = None) -> str:
    """The clauses as plain text, and how they stand to ``law``.

    ``a`` is one scenario; ``of`` names it, ``member`` is who works or sells through the platform.
    """
    articles = (_article(number, *each) for number, each in enumerate(_articles(a, member, currency), start=1))
    return (
        "\n\n".join([TITLE, f"A draft in plain words, made from the numbers of {of}. {ADVICE}", *articles, *_points(a, law)])
        + "\n"
    )


def _article(number: int, heading: str, *sentences: str) -> str:
    return f"{number}. {heading}\n   {' '.join(sentences)}"


def _articles(a: Assumptions, member: str, currency: str) -> Iterator[tuple[str, ...]]:
    yield (
        "Losses first",
        "A surplus, after tax, first makes good the losses of earlier years. Without a surplus nothing is shared out.",
    )
    if a.reserve_share > 0:
        yield (
            "The reserve",
            f"Of what is left, {_percent(a.reserve_share)} goes to a reserve that belongs to no {member} and no investor.",
            "It is never shared out, neither while the cooperative lives nor when it is sold or ends.",
        )
    else:
        yield "The reserve", "Nothing is set aside to a reserve that can never be shared out."
    if a.preferred > 0:
        yield (
            "Preferred or community shares",
            f"Who paid in these {_money(a.preferred, currency)} then gets up to {_percent(a.preferred_rate)} a year.",
            "A dividend that was missed is not made up for. These shares have no vote and are worth what was paid for them.",
        )
    if a.share_interest_rate > 0:
        rate = _percent(a.share_interest_rate)
        yield (
            "Interest on members' capital",
            f"Member shares and refunds kept in members' accounts then earn {rate} a year, if there is enough.",
        )
    yield "What is left is divided", f"Of what is left after that: {'; '.join(_parts(a))}."
    if a.patronage_share > 0:
        yield "Refunds by use", *_refunds(a, member)
    if a.member_share > 0:
        share = _money(a.member_share, currency)
        yield "The member share", f"Each {member} buys one share of {share} on joining and gets {share} back on leaving."
    yield (
        "Votes",
        f"Together the members who work or sell through the platform hold {_percent(a.provider_votes)} of the votes.",
    )


def _parts(a: Assumptions) -> Iterator[str]:
    shares = {name: round(float(getattr(a, name)), 12) for name in SPLIT}
    for name, words in PARTS.items():
        if shares[name] > 0:
            yield words.format(share=_percent(shares[name]))
    rest = round(1 - sum(shares.values()), 12)
    if rest > 0:
        yield f"{_percent(rest)} stays in the cooperative"


def _refunds(a: Assumptions, member: str) -> Iterator[str]:
    cash = float(a.patronage_cash_share)
    yield f"Each {member}'s part of the refund is that {member}'s part of all use of the platform in the year."
    if cash >= 1:
        yield "It is paid in cash at once."
        return
    yield f"{_percent(cash)} of it is paid in cash at once; the rest is credited to the {member}'s account."
    if a.redemption_years:
        yield f"What is credited is paid out at face value {a.redemption_years} years later, the oldest first."
    else:
        yield "When what is credited is paid out is left open: set a date or say who decides."


def _points(a: Assumptions, law: Jurisdiction | None) -> Iterator[str]:
    if law is None:
        return
    findings = check(a, law)
    yield f"To go through with the lawyer: {law.name}"
    for each in findings:
        if each.cell.verified:
            source = f"{each.cell.statute}, {each.cell.year}"
            yield f"- {each.rule.label}: {each.cell.value} ({source}). Here: {each.status}. {each.words}."
    unknown = [each.rule.label.lower() for each in findings if not each.cell.verified]
    if unknown:
        yield f"- Nobody has verified for us, so ask: {', '.join(unknown)}."


def _percent(ratio: float) -> str:
    return f"{round(float(ratio) * 100, 4):g} %"


def _money(value: float, currency: str) -> str:
    return f"{float(value):,.2f}".removesuffix(".00") + (f" {currency}" if currency else "")

"""The whole page as one file of HTML: nothing in it is loaded from anywhere, and every text of a user stands in it as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from coopfin.display import colours, moving
from coopfin.report import general, lender, member, parts
from coopfin.report.assumptions import assumptions, in_full
from coopfin.report.material import Material
from coopfin.report.paper import PAPERS

GENERAL, LENDER, MEMBER = "general", "lender", "member"
VARIANTS: Mapping[str, tuple[str, Callable[[Material, str], str]]] = {
    GENERAL: (general.KICKER, general.general),
    LENDER: (lender.KICKER, lender.lender),
    MEMBER: (member.KICKER, member.member),
}
STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report(material: Material, variant: str = GENERAL, paper: str = "a4", *, with_assumptions: bool = False) -> str:
    """The page for one of ``VARIANTS``, on one of ``PAPERS``; ``with_assumptions`` adds the second sheet."""
    kicker, body = VARIANTS[variant]
    sheets = [_sheet(material, kicker, body(material, paper), variant, parts.foot(material))]
    if with_assumptions:
        foot = f"<footer><p>{parts.version(material)}</p></footer>"
        sheets.append(_sheet(material, "What was assumed and changed", assumptions(material, paper), "assumptions", foot))
    style = "\n".join((colours.rules(), moving.STYLE, STYLE, PAPERS[paper].size))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=830"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(material.wording.title)} · {escape(kicker)}</title><style>{style}</style></head>"
        f"<body>{''.join(sheets)}{in_full(material)}</body></html>\n"
    )


def _sheet(material: Material, kicker: str, body: str, kind: str, foot: str) -> str:
    return f'<article class="sheet {kind}">{parts.head(material, kicker)}<main>{body}</main>{foot}</article>'

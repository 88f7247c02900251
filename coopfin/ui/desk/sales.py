"""Where every 100 of sales goes: one bar for what it is used for, one below for where it comes from; equal lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from coopfin.capital.returns import total
from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words


@dataclass(frozen=True)
class Use:
    """One group of statement lines that goes to the same people."""

    name: str
    label: str
    lines: tuple[str, ...]


USES = (
    Use("pay", "{providers}, as pay", ("provider_pay",)),
    Use("members", "{providers}, as members", ("patronage", "share_interest")),
    Use("service", "payments, insurance and service", ("payment_processing", "service_costs")),
    Use("running", "staff who run it", ("operations", "overhead_costs", "governance")),
    Use("building", "product, marketing, recruiting", ("product", "marketing", "acquisition")),
    Use("investors", "lenders and investors", ("loan_interest", "note_cost", "preferred_dividend", "dividends")),
    Use("state", "the state, as tax", ("tax",)),
    Use("community", "the community", ("community",)),
    Use("common", "reserve and development", ("reserve", "reinvestment")),
    Use("retained", "kept by the firm", ("retained",)),
)


@dataclass(frozen=True)
class Split:
    """Of every 100 of sales, in tenths: what goes where, and what pays for more than 100. Both sides add up alike."""

    uses: Mapping[str, int]
    ancillary: int
    loss: int

    @property
    def length(self) -> int:
        """All uses together; 1000 is what buyers pay."""
        return sum(self.uses.values())


def split(x: Projection) -> Split:
    """The split over all years. Tenths are rounded so that they add up exactly (largest remainder)."""
    sales = float(total(x.gross_sales))
    uses = [sum(float(total(getattr(x, line))) for line in use.lines) / sales * 1000 for use in USES]
    loss = round(float(x.accumulated_deficit[-1]) / sales * 1000)
    ancillary = round(float(total(x.ancillary_revenue)) / sales * 1000)
    whole = [int(part // 1) for part in uses]
    by_remainder = sorted(range(len(uses)), key=lambda i: whole[i] - uses[i])
    for i in by_remainder[: 1000 + ancillary + loss - sum(whole)]:
        whole[i] += 1
    return Split({use.name: part for use, part in zip(USES, whole, strict=True)}, ancillary, loss)


def tenths(value: int) -> str:
    """Tenths as a number with one decimal."""
    return f"{value / 10:.1f}"


def bars(projections: Mapping[str, Projection], providers: str) -> str:
    """The picture and its table as HTML, all firms on one axis."""
    splits = {each: split(x) for each, x in projections.items() if float(total(x.gross_sales)) > 0}
    if not splits:
        return "<p>There are no sales to share out.</p>"
    axis = max(each.length for each in splits.values())
    labels = {use.name: use.label.format(providers=providers).capitalize() for use in USES}
    rows = "".join(_bar(each, column, splits[each], axis, labels) for column, each in enumerate(projections) if each in splits)
    return f'<figure class="sales">{rows}{_key(splits, labels)}</figure>'


def _bar(enterprise: str, column: int, parts: Split, axis: int, labels: Mapping[str, str]) -> str:
    segments = "".join(
        f'<span class="use {name}" style="width:{part / axis * 100:.4f}%" title="{escape(labels[name])}: {tenths(part)}">'
        f"<i>{tenths(part)}</i></span>"
        for name, part in parts.uses.items()
        if part > 0
    )
    sources = [("buyers", 1000, "100 from buyers")]
    sources += [("ancillary", parts.ancillary, f"{tenths(parts.ancillary)} from advertising and data")] if parts.ancillary else []
    sources += [("loss", parts.loss, f"{tenths(parts.loss)} lost: paid out of capital and debt")] if parts.loss else []
    paid_by = "".join(f'<span class="{name}" style="width:{part / axis * 100:.4f}%"></span>' for name, part, _ in sources)
    told = " + ".join(text for _, _, text in sources)
    name = escape(words.firm(enterprise))
    spoken = escape(", ".join(f"{labels[use]} {tenths(part)}" for use, part in parts.uses.items() if part))
    return (
        f'<div class="{colours.firm_class(column)}"><span>{name}</span> <small>{told}</small></div>'
        f'<div class="bar" role="img" aria-label="{name}, of every 100 of sales: {spoken}. {told}.">'
        f"{segments}</div>"
        f'<div class="paid-by" aria-hidden="true">{paid_by}</div>'
    )


def _key(splits: Mapping[str, Split], labels: Mapping[str, str]) -> str:
    def row(head: str, cells: list[int], kind: str = "") -> str:
        numbers = "".join(f'<td class="number">{tenths(cell)}</td>' for cell in cells)
        return f'<tr class="{kind}"><th scope="row">{head}</th>{numbers}</tr>'

    heads = "".join(f'<th scope="col" class="number">{escape(words.firm(each))}</th>' for each in splits)
    rows = "".join(
        row(f'<span class="chip {name}"></span>{escape(label)}', [each.uses[name] for each in splits.values()])
        for name, label in labels.items()
        if any(each.uses[name] for each in splits.values())
    )
    together = row("Together", [each.length for each in splits.values()], "sum")
    return (
        f'<table class="key"><thead><tr><th scope="col">Of every 100 of sales, all years</th>{heads}</tr></thead>'
        f"<tbody>{rows}{together}</tbody></table>"
    )

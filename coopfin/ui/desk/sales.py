"""Where every 100 of sales goes: one bar for what it is used for, one below for where it comes from; equal lengths."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from coopfin.engine.projection import Projection
from coopfin.ui.parts import colours, words
from coopfin.ui.parts.hundred import USES, Hundred, hundred, tenths


def bars(projections: Mapping[str, Projection], providers: str) -> str:
    """The picture and its table as HTML, all firms on one axis."""
    splits = {each: split for each, x in projections.items() if (split := hundred(x))}
    if not splits:
        return "<p>There are no sales to share out.</p>"
    axis = max(each.length for each in splits.values())
    labels = {use: label.format(providers=providers).capitalize() for use, label in USES.items()}
    rows = "".join(_bar(each, column, splits[each], axis, labels) for column, each in enumerate(projections) if each in splits)
    return f'<figure class="sales">{rows}{_key(splits, labels)}</figure>'


def _bar(enterprise: str, column: int, parts: Hundred, axis: int, labels: Mapping[str, str]) -> str:
    segments = "".join(
        f'<span class="use use-{name}" style="width:{part / axis * 100:.4f}%" title="{escape(labels[name])}: {tenths(part)}">'
        f"<i>{tenths(part)}</i></span>"
        for name, part in parts.uses.items()
        if part > 0
    )
    sources = [(f"source-{i}", part, f"{tenths(part)} {text}") for i, (text, part) in enumerate(parts.sources.items()) if part]
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


def _key(splits: Mapping[str, Hundred], labels: Mapping[str, str]) -> str:
    def row(head: str, cells: list[int], kind: str = "") -> str:
        numbers = "".join(f'<td class="number">{tenths(cell)}</td>' for cell in cells)
        return f'<tr class="{kind}"><th scope="row">{head}</th>{numbers}</tr>'

    heads = "".join(f'<th scope="col" class="number">{escape(words.firm(each))}</th>' for each in splits)
    rows = "".join(
        row(f'<span class="chip use-{name}"></span>{escape(label)}', [each.uses[name] for each in splits.values()])
        for name, label in labels.items()
        if any(each.uses[name] for each in splits.values())
    )
    together = row("Together", [each.length for each in splits.values()], "sum")
    return (
        f'<table class="key"><thead><tr><th scope="col">Of every 100 of sales, all years</th>{heads}</tr></thead>'
        f"<tbody>{rows}{together}</tbody></table>"
    )

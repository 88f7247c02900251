"""The comparison table as HTML: sections, a column per enterprise, the difference, and a plain word for every row."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape
from itertools import groupby

from coopfin.comparison.compare import Comparison, Row
from coopfin.display import colours, words

Explain = Callable[[str], str]  # the address that explains an anchor


def comparison_table(comparison: Comparison, currency: str, *, all_rows: bool, explain: Explain | None = None) -> str:
    """The table; ``all_rows`` or the headline rows only. With ``explain`` each measure links to its explanation."""
    rows = [row for row in comparison.rows.values() if all_rows or row.measure.headline]
    enterprises = list(comparison.projections)
    firms = "".join(
        f'<th scope="col" class="number {colours.firm_class(column)}"><span>{escape(words.firm(each))}</span></th>'
        for column, each in enumerate(enterprises)
    )
    bodies = "".join(
        f'<tbody><tr class="section"><th colspan="{len(enterprises) + 2}" scope="rowgroup">{section}</th></tr>'
        f"{''.join(_row(row, explain) for row in group)}</tbody>"
        for section, group in groupby(rows, key=lambda row: row.measure.section)
    )
    money = f"Money in {escape(currency)}, nominal." if currency else "Money in the scenario's currency, nominal."
    gap = " Difference: the second less the first." if len(enterprises) > 1 else ""
    return (
        f'<div class="scroll"><table class="comparison"><caption>{money}{gap}</caption>'
        f'<thead><tr><th scope="col">Measure</th>{firms}'
        f'<th scope="col" class="number">Difference</th></tr></thead>{bodies}</table></div>'
    )


def _row(row: Row, explain: Explain | None) -> str:
    measure = row.measure
    label = escape(measure.label)
    if explain:
        address = escape(explain(f"measure-{measure.name}"))
        # In a tab of its own: this one keeps what no link holds, such as an opened file.
        label = f'<a class="explain" href="{address}" target="_blank" rel="noopener" title="How it is worked out">{label}</a>'
    cells = "".join(f'<td class="number">{words.measured(value, measure)}</td>' for value in row.values.values())
    gap = f'<td class="number">{words.gap(row.values, measure)}</td>'
    why = f'<small class="remark">Empty: {escape(row.remark)}.</small>' if any(map(math.isnan, row.values.values())) else ""
    return f'<tr><th scope="row">{label}<small>{escape(measure.words)}</small>{why}</th>{cells}{gap}</tr>'

"""A ledger to fill in, as CSV and as a workbook."""

from __future__ import annotations

import io

COLUMNS = ("member", "class", "patronage", "years", "shares")
ROWS: tuple[tuple[str | float, ...], ...] = (
    ("Ana Example (replace this line)", "driver", 1234.5, 3, 100),
    ("Bo Example (replace this line)", "driver", 250, 1, 100),
)


def template_csv() -> bytes:
    """The template as a spreadsheet opens it everywhere: UTF-8 with a byte order mark."""
    lines = [",".join(map(str, row)) for row in (COLUMNS, *ROWS)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def template_xlsx() -> bytes:
    """The template as a workbook, the column of members as text, so that no id is shortened."""
    import xlsxwriter  # heavy, and only needed here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, text = book.add_worksheet("ledger"), book.add_format({"num_format": "@"})
        sheet.set_column(0, 0, 32, text)
        for number, row in enumerate((COLUMNS, *ROWS)):
            sheet.write_row(number, 0, row)
    return out.getvalue()

"""What was understood of a file, shown before anything is computed, and the way to correct it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from coopfin.display import words
from coopfin.members.cents import grouped
from coopfin.members.classes import people
from coopfin.members.columns import COLUMNS, proposed
from coopfin.members.ledger import REQUIRED, Ledger, understand_ledger
from coopfin.reading.decoding import CODECS
from coopfin.reading.mistakes import AlikeError, EncodingError, FileError, HeaderError
from coopfin.ui.members.ledger import told
from coopfin.ui.members.memory import Upload, kept

NONE = "–"
FIRST = 5
CLASSES = 8
LABELS = {
    "member": "Member", "patronage": "Patronage", "class": "Class", "years": "Years of membership",
    "shares": "Share capital (money)", "id": "Member number, where two have one name",
}  # fmt: skip
SEPARATED = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
WRITTEN = {".": "decimal points", ",": "decimal commas"}


def draw(upload: Upload) -> Ledger | None:
    """Draw what was understood of the file, and how to correct it; None where it cannot be read yet."""
    try:
        read = read_upload(upload)
    except FileError as error:
        told(error.lines)
        headers = error.headers if isinstance(error, HeaderError) else ()
        _correct(upload, headers, {}, encoding=isinstance(error, EncodingError), alike=isinstance(error, AlikeError))
        return None
    st.html(_summary(upload, read))
    with st.expander("Read as: correct which column is which"):
        _correct(upload, read.headers, read.read_as, encoding=upload.encoding is not None, alike=upload.alike)
    return read


def read_upload(upload: Upload) -> Ledger:
    """The ledger in a file; raises ``FileError``. Columns that were told once are remembered for files of these headers."""
    record = kept()
    key = (upload.data, upload.name, repr(upload.read_as), upload.encoding, upload.alike)
    if "understood" in record.results and record.results["understood"][0] == key:
        read: Ledger | FileError = record.results["understood"][1]
    else:
        read = _read(upload)
        record.results["understood"] = key, read
    if isinstance(read, FileError):
        raise read
    return read


def _read(upload: Upload) -> Ledger | FileError:
    """What the file holds, or why it cannot be read."""

    def attempt(read_as: dict[str, str]) -> Ledger:
        return understand_ledger(upload.data, upload.name, read_as=read_as, encoding=upload.encoding, alike=upload.alike)

    try:
        return attempt(upload.read_as)
    except HeaderError as error:
        known = kept().read_as.get(error.headers)
        if known is None or upload.read_as:
            return error
        try:
            return attempt(known)
        except FileError as other:
            return other
    except FileError as error:
        return error


def _correct(upload: Upload, headers: Sequence[str], now: object, *, encoding: bool, alike: bool) -> None:
    """Draw the form in which a person says how the file is to be read."""
    there = dict(now) if isinstance(now, dict) else {}
    if not (headers or encoding or alike):
        return
    with st.form("read-as", border=False):
        if headers:
            st.caption("Which column is which? The names are those of your file; what is not chosen is never read.")
            guesses = upload.read_as or there or proposed(headers)
            columns = st.columns(3)
            for place, column in enumerate(COLUMNS):
                options = [NONE, *dict.fromkeys(headers)]
                guess = guesses.get(column, NONE)
                columns[place % 3].selectbox(
                    LABELS[column], options, index=options.index(guess) if guess in options else 0, key=f"read-as-{column}"
                )
        if encoding:
            options = [*CODECS]
            st.selectbox(
                "Encoding of the text", options, key="read-as-encoding",
                index=options.index(upload.encoding) if upload.encoding in options else options.index("Windows-1252"),
                help="Pick the one in which the names look right.",
            )  # fmt: skip
        if alike:
            st.checkbox("Names that look alike are one member: add their lines up", upload.alike, key="read-as-alike")
        st.form_submit_button(
            "Read it so", key="read-it-so", on_click=_again, args=(upload, tuple(headers), encoding, alike), type="primary"
        )


def _again(upload: Upload, headers: tuple[str, ...], encoding: bool, alike: bool) -> None:
    session, record = st.session_state, kept()
    read_as = dict(upload.read_as)
    if headers:
        read_as = {column: title for column in COLUMNS if (title := session.get(f"read-as-{column}", NONE)) != NONE}
        record.read_as[headers] = read_as
    record.upload = replace(
        upload, read_as=read_as,
        encoding=session["read-as-encoding"] if encoding else upload.encoding,
        alike=session["read-as-alike"] if alike else upload.alike,
    )  # fmt: skip


def _summary(upload: Upload, read: Ledger) -> str:
    """Members, classes, sum, first rows, lines added up, encoding, and what was skipped."""
    members = read.members
    heads = Counter(members.classes)
    classes = ", ".join(f"{name} ({count:,})" for name, count in heads.most_common(CLASSES)) if set(heads) != {""} else "none"
    if len(heads) > CLASSES:
        classes += f" and {len(heads) - CLASSES} more"
    how = [read.encoding, SEPARATED.get(read.separator, ""), WRITTEN.get(read.decimal_sign, ""), read.currency]
    columns = ", ".join(f"{title} = {column}" if title != column else column for column, title in read.read_as.items())
    left = len(read.headers) - len(read.read_as)
    facts = [
        ("Members", f"{len(people(members)):,}"),
        ("Classes", classes),
        ("Sum of patronage", f"{grouped(sum(members.patronage))} {read.currency}".strip()),
        ("Lines", f"{read.lines:,}" + (f", {read.merged:,} of them added to an earlier one" if read.merged else "")),
        ("Columns", columns + (f"; {left} not read" if left else "")),
        ("Read as", ", ".join(filter(None, how))),
    ]
    if read.shares:
        facts.append(("Share capital", f"of {len(read.shares):,} members"))
    if read.skipped:
        facts.append(("Skipped", "; ".join(f"line {line}: {text[:60]}" for line, text in read.skipped[:FIRST])))
    about = "".join(f'<tr><th scope="row">{what}</th><td>{escape(much)}</td></tr>' for what, much in facts)
    return (
        f'<div class="understood"><div class="scroll"><table class="key">'
        f"<caption>What was understood of {escape(upload.name)}</caption>"
        f"<tbody>{about}</tbody></table></div>{_first_rows(read)}</div>"
    )


def _first_rows(read: Ledger) -> str:
    members = read.members
    classed = set(members.classes) != {""}
    rows = "".join(
        f"<tr><td>{escape(members.names[row])}</td>{f'<td>{escape(members.classes[row])}</td>' if classed else ''}"
        f'<td class="number">{grouped(members.patronage[row])}</td></tr>'
        for row in range(min(FIRST, len(members)))
    )
    return (
        '<div class="scroll"><table class="key"><caption>The first members</caption><thead><tr><th scope="col">Member</th>'
        f"{'<th scope=col>Class</th>' if classed else ''}"
        f'<th scope="col" class="number">Patronage</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def missing(read: Ledger) -> str:
    """What two members of one name need, where lines were added up."""
    if not read.merged:
        return ""
    lines = "1 line was" if read.merged == 1 else f"{read.merged:,} lines were"
    return words.markdown(
        f"{lines} added to an earlier line of the same member. Two people who really have one name would "
        f"be one here: give each a number, in the column {REQUIRED[0]} or in one of its own."
    )

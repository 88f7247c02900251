"""Whatever stands in a file or after a command: one line for each mistake, or figures, and nothing else.

A longer run: ``make fuzz``, or ``FUZZ=5000`` in the environment for so many examples of each.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings, strategies as st

from coopfin import ASSUMPTIONS
from coopfin.__main__ import main
from coopfin.engine.replaced import REPLACED
from coopfin.reading.mistakes import MAX_LISTED

EXAMPLES = int(os.environ.get("FUZZ", "100"))
fuzz = settings(max_examples=EXAMPLES, derandomize="FUZZ" not in os.environ)  # a longer run finds other examples each time
ROOT = Path(__file__).parents[2]
PRESET = (ROOT / "sample_data/presets/ride-hailing.csv").read_bytes()
LEDGER = (ROOT / "sample_data/ledgers/photography.csv").read_bytes()

ODD = """
    1e300 1e308 -1e308 5e-324 1e-320 1e22 9999999999999999999999 nan inf -inf -0 1_000 ١٢ １２ 0x10 1.234 1,234 1.234,5 0,5 20% €
    '5 =1 12.5 1200 40 41 1e5 1e9 1e15 0.999999999 -0.999999 10 -1 .5 5. +1 1e 1e5000
""".split()  # noqa: SIM905 - a list of so many quotation marks cannot be read
NUMBERS = st.one_of(
    st.sampled_from(["0", "0.1", "0.5", "1", "2", "10", "24", "1000", "1000000", *ODD, ""]),
    st.floats().map(repr),
    st.text(max_size=6),
)
NAMES = st.one_of(st.sampled_from([*ASSUMPTIONS]), st.sampled_from([*ASSUMPTIONS, *REPLACED, "x", "", "#", "=1"]))
FIRMS = st.one_of(
    st.sampled_from(["marketplace", "cooperative", "hybrid", "-Alt-", "@h", "difference", "unit", "a\nb", "Ａ", "a"]),
    st.text(max_size=8),
)


def outcome(arguments: Sequence[str]) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(list(arguments))
        except SystemExit as ended:  # from the options
            status = int(ended.code or 0)
    out.flush()
    return status, out.buffer.getvalue().decode(), err.getvalue()  # type: ignore[attr-defined]


def check(arguments: Sequence[str]) -> None:
    """Either figures and silence, or nothing and one line for each mistake, of a length that can be read."""
    status, out, err = outcome(arguments)
    assert status in (0, 2), (status, err)
    if status == 2:
        lines = err.split("\n")
        assert lines.pop() == ""
        assert out == ""
        assert 1 <= len(lines) <= MAX_LISTED + 1
        assert all(line.strip() and len(line) < 1500 for line in lines), lines
    elif "--help" not in arguments and "-h" not in arguments:
        header, *rows = csv.reader(io.StringIO(out, newline=""))
        figures = [cell for row in rows for cell in row]
        assert not {"nan", "inf", "-inf", "NaN", "Infinity", "-0"} & set(figures)
        assert all(len(row) == len(header) for row in rows)
        assert not Path("out.csv").exists()


def cell(text: str, separator: str) -> str:
    """A cell as a careful program writes it."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in f'{separator}"\r\n') else text


@st.composite
def scenarios(draw: st.DrawFn) -> bytes:
    """A scenario file: a good one with odd cells, rows and columns."""
    separator = draw(st.sampled_from([",", ",", ";", "\t"]))
    firms = draw(st.lists(FIRMS, min_size=1, max_size=4))
    rows = [["assumption", "unit", *firms, "source"]]
    for name in draw(st.lists(NAMES, max_size=12, unique=True)):
        each = ASSUMPTIONS.get(name)
        unit = each.unit.name if each and draw(st.integers(0, 9)) else draw(st.sampled_from(["share", "money", "percent", ""]))
        value = draw(st.one_of(NUMBERS, st.floats(*each.plausible).map(repr) if each else NUMBERS))
        same = draw(st.booleans()) or (each is not None and each.shared)
        cells = [value if same else draw(NUMBERS) for _ in firms]
        rows.append([name, unit, *cells, draw(st.text(max_size=5))])
    if not draw(st.integers(0, 9)):
        rows[draw(st.integers(0, len(rows) - 1))].append("x")
    text = "\n".join(separator.join(cell(each, separator) for each in row) for row in rows)
    prefix = draw(st.sampled_from(["", "", "sep=;\n", "# a comment\n", "\ufeff"]))
    return (prefix + text).encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-16"])), "surrogatepass")


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """A good file in which some bytes are other ones."""
    spoilt = bytearray(data)
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(spoilt)))
        spoilt[start : start + draw(st.integers(0, 6))] = draw(st.one_of(st.binary(max_size=6), NUMBERS.map(str.encode)))
    return bytes(spoilt)


@given(
    st.one_of(scenarios(), spoilt(PRESET), st.binary(max_size=300)), st.sampled_from(["compare", "project", "project --by month"])
)
@fuzz
def test_whatever_stands_in_a_scenario_file(data: bytes, command: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.csv"
        path.write_bytes(data)
        check([*command.split()[:1], str(path), *command.split()[1:]])


@given(spoilt(LEDGER[:3000]))
@fuzz
def test_whatever_stands_in_a_ledger(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        path.write_bytes(data)
        status, out, err = outcome(["allocate", str(path), "--pool", "1000"])
        assert status in (0, 2)
        assert (out == "") == (status == 2)
        assert all(len(line) < 1500 for line in err.split("\n"))


OPTIONS = st.sampled_from(
    """
    --by --output --pool --classes --cash-share --minimum-payout --uncertain --draws --sampling --seed --decimals --read-as
    --encoding --alike-are-one --help -h -x -- --=1 --by=year --draws=10 --no-such
    """.split()  # noqa: SIM905
)
WORDS = st.one_of(
    st.sampled_from(
        ["compare", "project", "allocate", "simulate", "s.csv", "l.csv", "u.csv", "year", "month", "nowhere/x", ".", *ODD]
    ),
    st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), max_size=10),
)


@given(
    st.sampled_from(["compare s.csv", "project s.csv", "allocate l.csv", "simulate s.csv --uncertain u.csv --draws 5", ""]),
    st.data(),
)
@fuzz
def test_whatever_is_typed_after_a_command(command: str, data: st.DataObject) -> None:
    further = data.draw(st.lists(st.one_of(OPTIONS, WORDS), max_size=4))
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("s.csv").write_bytes(b"assumption,unit,a,b,source\nyears,years,1,1,\n")
        Path("l.csv").write_bytes(b"member,patronage\nAda,3\nBo,1\n")
        Path("u.csv").write_bytes(b"assumption,enterprise,distribution,low,likely,high\noverhead,,uniform,1,,2\n")
        status, out, err = outcome([*command.split(), *further])
        assert status in (0, 2), err
        assert status == 0 or (out == "" and err.endswith("\n"))
        assert max(map(len, err.split("\n"))) < 700
        assert Path("s.csv").read_bytes().startswith(b"assumption,unit,a,b")
        if not any(each.startswith(("--output", "--o")) for each in further):
            assert sorted(path.name for path in Path().iterdir()) == ["l.csv", "s.csv", "u.csv"]

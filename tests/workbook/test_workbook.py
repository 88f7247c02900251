"""The workbook: its cached values, and that LibreOffice computes the engine's numbers after assumptions were changed.

All workbooks are recalculated in one start of LibreOffice. They are written with default values, then given those of
the case in their input cells only, and lose every cached value. Only months stay as exported.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from strategies import random_values
from workbook.setup.libreoffice import convert

from coopfin import ASSUMPTIONS, LINES, MEASURES, AssumptionError, Assumptions, Scenario, compare, read_scenario
from coopfin.capital import returns
from coopfin.engine.lines import PER_PROVIDER
from coopfin.engine.projection import Projection
from coopfin.workbook import assumption_sheet, comparison_sheet, workings, write_workbook
from coopfin.workbook.cells import FIRST, Places, sheet_names
from coopfin.workbook.enterprise import FAILED, PASSED, STATUS_ROW
from coopfin.workbook.formulas import MONTHS, YEARS
from coopfin.workbook.layout import LAUNCH_FORMULAS, place
from coopfin.workbook.symbols import NONE

pytestmark = pytest.mark.xdist_group("workbook")  # recalculated once, by one worker

PRESETS = Path(__file__).parents[2] / "sample_data" / "presets"
SHEETS = ("Read me", "Comparison", "Assumptions", "Workings", "Formulas")
MARKETPLACE = {
    "overhead": 250_000, "demand_first": 0.5, "equity_1_amount": 1_000_000, "equity_1_pre_money": 4_000_000,
    "equity_2_month": 17, "equity_2_amount": 1_500_000, "equity_2_pre_money": 9_000_000, "equity_2_participating": 1,
    "equity_2_pool": 0.12, "option_pool": 0.1, "exit_multiple": 1.5, "exit_probability": 0.6, "failure_value": 0.3,
    "product_rate": 0.15, "dividend_share": 0.1, "safe_1_month": 5, "safe_1_amount": 200_000, "safe_1_cap": 3_000_000,
    "safe_1_interest": 0.04, "safe_2_month": 20, "safe_2_amount": 90_000, "safe_2_discount": 0.2, "safe_2_cap": 8_000_000,
    "participation_cap": 2, "later_rounds_first": 1, "collection_days": 45, "payout_days": 10,
}  # fmt: skip
COOPERATIVE = {
    "take_rate": 0.18, "overhead": 60_000, "loan": 200_000, "loan_grace": 7, "loan_rate": 0.06, "note": 300_000,
    "note_month": 3, "note_rate": 0.08, "note_cap": 1.4, "preferred": 100_000, "preferred_rate": 0.04, "member_share": 50,
    "grants": 50_000, "reserve_share": 0.1, "patronage_share": 0.5, "patronage_cash_share": 0.4, "redemption_years": 3,
    "share_interest_rate": 0.02, "reinvestment_share": 0.3, "community_share": 0.05, "governance_cost": 20,
    "payout_days": 40,
}  # fmt: skip
MARKET = {"demand_first": 0.4, "demand_last": 0.05, "tax_rate": 0.25, "loss_offset_limit": 0.8, "pay_response": 0.6,
          "spend_response": 0.05, "spend_needed": 0.05, "season_swing": 0.3, "season_peak": 7, "inflation": 0.02,
          "price_elasticity": 0.8}  # fmt: skip


def scenario(**enterprises: dict[str, float]) -> Scenario:
    return Scenario({name: Assumptions(**values) for name, values in enterprises.items()}, {})


def plain_cases() -> Iterator[tuple[str, Scenario]]:
    yield "two firms", scenario(marketplace=MARKETPLACE | MARKET, cooperative=COOPERATIVE | MARKET)
    both = MARKETPLACE | COOPERATIVE | MARKET
    yield "a hybrid", scenario(marketplace=MARKETPLACE | MARKET, cooperative=COOPERATIVE | MARKET, hybrid=both)
    for deductible in (0, 1):
        law = MARKET | {"patronage_deductible": deductible, "deduct_when_redeemed": deductible, "share_interest_deductible": 1}
        yield f"refunds deductible: {deductible}", scenario(marketplace=MARKETPLACE | law, cooperative=COOPERATIVE | law)
    taxed = {"years": 4, "patronage_deductible": 0, "tax_rate": 0.25, "patronage_share": 0.6, "overhead": 20_000}
    yield "refunds taxed", scenario(**{f"take {take}": taxed | {"take_rate": take} for take in (0.2, 0.25, 0.3)})
    yield "one year", scenario(one={**both, "years": 1, "equity_2_month": 9, "safe_2_month": 11})
    yield "many years", scenario(one={**both, "years": 14, "redemption_years": 7, "loan_years": 12})
    yield "no providers", scenario(one={"providers": 0}, other={"providers": 0, "loan": 1000})
    loans = {"free": 0, "nearly": 1e-6, "small": 1e-4, "dear": 10}
    yield "loans", scenario(**{name: {"loan": 1e6, "loan_rate": rate, "loan_years": 9} for name, rate in loans.items()})
    # The flows change sign more than once; with one rate, and with two.
    late = {"overhead": 10_000, "equity_1_month": 60, "equity_1_amount": 1e6, "equity_1_pre_money": 1e6}
    yield "sign changes", scenario(one=late | {"loan": 1e5, "exit_multiple": 3}, two=late | {"loan": 1e5, "loan_rate": 1.5})


ODD_NAMES = (
    "=1+1", "@SUM(1)", "-2+3", "+cmd|' /C calc'!A0", "Assumptions", "history", "2024", "'", "a/b", "a\\b", "a b", "[x]: *?",
    "Fahrer & Söhne's \"Genossenschaft\"", "协作平台", "🚕" * 20, "take_rate", "A1", "a very long name of an enterprise, one",
    "a very long name of an enterprise, two", "workings", "A1 months",
)  # fmt: skip


def odd_names() -> Scenario:
    enterprises = {name: Assumptions(years=1, overhead=1000 * number) for number, name in enumerate(ODD_NAMES)}
    return Scenario(enterprises, dict.fromkeys(ASSUMPTIONS, "=HYPERLINK(1)"))


def preset_cases() -> Iterator[tuple[str, Scenario]]:
    for path in sorted(PRESETS.glob("*.csv")):
        yield path.stem, read_scenario(path.read_bytes(), path.name)


def random_cases(groups: int = 7, enterprises: int = 2) -> Iterator[tuple[str, Scenario]]:
    """Possible enterprises of every kind; those of one scenario share market and tax."""
    rng = np.random.default_rng(5)
    shared = [name for name, each in ASSUMPTIONS.items() if each.shared]
    for group in range(groups):
        market = random_values(rng)
        drawn: dict[str, Assumptions] = {}
        while len(drawn) < enterprises:
            values = random_values(rng) | {name: market[name] for name in shared}
            try:
                a = Assumptions(**values)
                compare({"": a})
            except AssumptionError:  # does not go together with this market
                market = random_values(rng) if len(drawn) == 0 else market
                continue
            drawn[f"random {group}-{len(drawn)}"] = a
        yield f"random {group}", Scenario(drawn, {})


CASES = dict([*plain_cases(), *preset_cases(), *random_cases(), ("odd names", odd_names())])

Values = dict[str, list[tuple[object, ...]]]  # by sheet, then row and column from 0


def values_of(file: Path | io.BytesIO) -> Values:
    book = openpyxl.load_workbook(file, data_only=True, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def fixed(name: str) -> bool:
    """Whether an assumption belongs to the order of events, which stays as it was exported."""
    return name == "years" or name.endswith("_month")


def start(target: Scenario) -> Scenario:
    """A scenario with the same enterprises, horizon and months, but with default values."""
    kept = {name: {each: getattr(a, each) for each in ASSUMPTIONS if fixed(each)} for name, a in target.enterprises.items()}
    return Scenario({name: Assumptions(**months) for name, months in kept.items()}, {})


def input_cell(name: str, enterprise: int) -> str:
    return assumption_sheet.cells_of(enterprise)[name].split("!")[1].replace("$", "")


CELL = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*?)(?: t="[a-z]+")?>(<f>.*?</f>)?<v>.*?</v></c>')


def changed(written: Path, typed: Path, values: dict[str, float]) -> None:
    """A copy of a workbook with these values in its cells of assumptions, and no cached value beside any formula."""
    sheet = f"xl/worksheets/sheet{SHEETS.index('Assumptions') + 1}.xml"
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(typed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                given = values if part.filename == sheet else {}
                data = CELL.sub(lambda found, given=given: _cell(found, given), data)
            new.writestr(part.filename, data)


def _cell(found: re.Match[bytes], given: dict[str, float]) -> bytes:
    if found[3]:
        return found[1] + b">" + found[3] + b"</c>"
    value = given.get(found[2].decode())
    return found[0] if value is None else found[1] + b"><v>" + repr(value).encode() + b"</v></c>"


def typed_in(target: Scenario) -> dict[str, float]:
    """The target's values by input cell; a shared one only once, as the sheet says."""
    return {
        input_cell(name, number): float(getattr(a, name))
        for name, each in ASSUMPTIONS.items()
        for number, a in enumerate(target.enterprises.values())
        if number == 0 or not each.shared
    }


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Values]:
    written, typed, computed = (tmp_path_factory.mktemp(name) for name in ("written", "typed", "computed"))
    for number, target in enumerate(CASES.values()):
        write_workbook(start(target), written / f"{number}.xlsx")
        changed(written / f"{number}.xlsx", typed / f"{number}.xlsx", typed_in(target))
    emptied = openpyxl.load_workbook(typed / "0.xlsx", data_only=True)
    assert all(cell.value is None for cell in emptied["Comparison"]["C"][5:])
    write_workbook(CASES["two firms"], typed / "as written.xlsx")
    changed(typed / "as written.xlsx", typed / "mistaken.xlsx", {input_cell("patronage_share", 1): 0.9})
    convert(sorted(typed.glob("*.xlsx")), computed)
    names = [*CASES, "as written", "mistaken"]
    files = [*map(str, range(len(CASES))), "as written", "mistaken"]
    return {name: values_of(computed / f"{file}.xlsx") for name, file in zip(names, files, strict=True)}


def projections(case: str) -> dict[str, Projection]:
    return dict(compare(CASES[case].enterprises).projections)


def places_of(case: str) -> dict[str, Places]:
    names = sheet_names(CASES[case].enterprises, SHEETS)
    return {name: place(names[name], x.years) for name, x in projections(case).items()}


def allowed(x: Projection, year: int, name: str, value: float) -> float:
    """How far a line may be off: a billionth of the largest of it and what it is worked out of in that year."""
    size = max(abs(float(getattr(x, each)[year])) for each in ("gross_sales", "costs", "cash"))
    if LINES[name].statement == PER_PROVIDER:
        size /= max(float(x.active_providers[year]), 1e-9)
    if LINES[name].unit != "money":
        size = 1.0
    return 1e-9 * max(abs(value), size)


@pytest.mark.parametrize("case", CASES)
def test_every_line_follows_changed_assumptions(case: str, recalculated: dict[str, Values]) -> None:
    book = recalculated[case]
    for enterprise, x in projections(case).items():
        there = places_of(case)[enterprise]
        for name, line in LINES.items():
            by_year = book[there.years_sheet][there.years[name]][FIRST : FIRST + x.years + 1]
            compared = [(year, value, getattr(x, name)[year]) for year, value in enumerate(by_year)]
            if line.by_month:
                by_month = book[there.months_sheet][there.months[name]][FIRST : FIRST + 12 * x.years + 1]
                compared += [(-(-m // 12), value, getattr(x.months, name)[m]) for m, value in enumerate(by_month)]
            assert len(compared) >= x.years + 1
            for year, value, ours in compared:
                if math.isnan(ours):
                    assert value == NONE
                elif name != "cash_low_month":  # hangs on a comparison; what it hangs on is compared
                    assert isinstance(value, int | float), f"{enterprise}: {name} in year {year} is {value!r}"
                    assert abs(value - ours) <= allowed(x, year, name, float(ours)), (
                        f"{enterprise}: {name}, {year}: {value}, {ours}"
                    )
        assert book[there.years_sheet][STATUS_ROW][0] == PASSED


IRR = {"capital_irr": returns.capital_rate, "equity_irr": returns.equity_rate}
HANG_ON_A_COMPARISON = {"first_short_month", "lowest_cash_month", "break_even_year"}


@pytest.mark.parametrize("case", CASES)
def test_every_measure_follows_changed_assumptions(case: str, recalculated: dict[str, Values]) -> None:
    sheet, comparison = recalculated[case]["Comparison"], compare(CASES[case].enterprises)
    rows = comparison_sheet.place_measures(comparison)
    for number, (enterprise, x) in enumerate(comparison.projections.items()):
        size = float(x.total("gross_sales") + x.total("costs") + np.max(np.abs(x.cash)) + x.total("capital_received"))
        per_provider = size / max(1e-9, float(x.active_providers[1:].min()))
        for name, row in comparison.rows.items():
            value, ours = sheet[rows[name]][comparison_sheet.FIRST + number], row.values[enterprise]
            told = f"{enterprise}: {name}: {value!r} against {ours}"
            if name in HANG_ON_A_COMPARISON:
                continue
            if name in IRR:
                # Two rates between neighbouring steps of the search are not told apart from none, nor is one beyond them.
                assert (value == NONE) == math.isnan(ours) or IRR[name](x).count > 1 or ours > workings.RATES[-1], told
                assert value == NONE or math.isnan(ours) or abs(float(value) - ours) < 1e-6 * (1 + abs(ours)), told
            elif math.isnan(ours):
                assert value == NONE, told
            else:
                earns = row.measure.section == "What a provider earns"
                money = row.measure.unit == "money"
                off = 1e-9 * max(abs(ours), (per_provider if earns else size) if money else 1.0)
                if name in ("surplus_margin", "equity_multiple"):
                    off = 1e-9 * max(abs(ours), size / max(1e-9, float(x.total("revenue"))), 1.0)
                assert isinstance(value, int | float), told
                assert abs(float(value) - ours) <= 10 * off, told


@pytest.mark.parametrize("case", CASES)
def test_no_cell_is_an_error(case: str, recalculated: dict[str, Values]) -> None:
    for sheet, rows in recalculated[case].items():
        if sheet != workings.SHEET:  # a step of a branch that is not taken may be one
            errors = [value for row in rows for value in row if str(value).startswith(("Err:", "#"))]
            assert not errors, sheet


def test_what_libreoffice_opens_is_what_was_written(recalculated: dict[str, Values]) -> None:
    ours, theirs = cached_values(CASES["two firms"]), recalculated["as written"]
    assert list(ours) == list(theirs)
    for sheet in (*SHEETS[:3], *(name for pair in sheet_names(CASES["two firms"].enterprises, SHEETS).values() for name in pair)):
        for row, (cells, opened) in enumerate(zip(ours[sheet], theirs[sheet], strict=False)):
            for value, read in zip(cells, opened, strict=False):
                expected = pytest.approx(value, rel=1e-9, abs=1e-6) if isinstance(value, float) else value
                assert read == expected or (value == "" and read is None), f"{sheet}, row {row + 1}"


def test_a_check_says_when_assumptions_do_not_go_together(recalculated: dict[str, Values]) -> None:
    book, there = recalculated["mistaken"], places_of("two firms")
    assert [book[name][STATUS_ROW][0] for name in ("marketplace", "cooperative")] == [PASSED, FAILED]
    assert list(book["Comparison"][1][2:4]) == [PASSED, FAILED]
    assert book["cooperative"][there["cooperative"].launch["split_check"]][FIRST] == pytest.approx(0.25)


def what_is_hard(x: Projection) -> dict[str, bool]:
    a = x.assumptions
    refund_and_tax = bool(np.any((x.patronage > 0) & (x.tax > 0)))
    return {
        "a loss year": bool(np.any(x.surplus < 0)),
        "earlier losses used": bool(np.any(x.losses_used > 0)),
        "a deficit covered": bool(np.any((x.deficit_covered > 0) & (x.allocatable > 0))),
        "refund deducted from a tax": refund_and_tax and a.patronage_deductible == 1,
        "refund not deducted": refund_and_tax and a.patronage_deductible == 0,
        "redemption": bool(np.any(x.redemption > 0)),
        "programme": bool(np.any(x.programme > 0)),
        "several rounds": sum(getattr(a, f"equity_{n}_amount") > 0 for n in range(1, 5)) > 1,
        "a paper": a.safe_1_amount > 0 or a.safe_2_amount > 0,
        "a sale": a.exit_multiple > 0,
        "a funding gap": not x.lows.lives,
    }


def test_the_cases_hold_what_is_hard() -> None:
    """Else the tests above would pass without having seen it."""
    seen = [what_is_hard(x) for case in CASES for x in projections(case).values()]
    assert {what: count for what in seen[0] if (count := sum(each[what] for each in seen)) < 4} == {}


def written(target: Scenario) -> Workbook:
    file = io.BytesIO()
    write_workbook(target, file)
    return openpyxl.load_workbook(file)


def cached_values(target: Scenario) -> Values:
    file = io.BytesIO()
    write_workbook(target, file)
    return values_of(file)


@pytest.mark.parametrize("case", ["two firms", "no providers", "random 0"])
def test_cached_values_are_the_engines_own(case: str) -> None:
    book, comparison = cached_values(CASES[case]), compare(CASES[case].enterprises)
    for number, (enterprise, x) in enumerate(comparison.projections.items()):
        there = places_of(case)[enterprise]
        for name in LINES:
            ours = [NONE if math.isnan(value) else float(value) for value in getattr(x, name)]
            assert list(book[there.years_sheet][there.years[name]][FIRST : FIRST + x.years + 1]) == ours, name
        for name, row in comparison_sheet.place_measures(comparison).items():
            value, ours = book["Comparison"][row][comparison_sheet.FIRST + number], comparison[name].values[enterprise]
            assert value == (NONE if math.isnan(ours) else ours), name


def test_every_figure_is_a_formula_of_plain_functions() -> None:
    book, there = written(CASES["two firms"]), places_of("two firms")["marketplace"]
    plain = {"ABS", "AND", "COS", "COUNT", "COUNTIF", "IF", "IFERROR", "INDEX", "IRR", "MAX", "MIN", "MOD", "NPV", "OR", "PI",
             "SUM"}  # fmt: skip
    for sheet, rows, names in ((there.years_sheet, there.years, YEARS), (there.months_sheet, there.months, MONTHS)):
        for name in names:
            assert all(cell.data_type == "f" for cell in book[sheet][rows[name] + 1][FIRST:]), name
    for sheet in book:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    assert set(re.findall(r"[A-Z.]+(?=\()", cell.value)) <= plain, cell.value
                    assert len(cell.value) <= 8192


def test_every_line_has_a_formula_that_the_model_gave() -> None:
    assert set(LINES) <= set(YEARS)
    assert {name for name, line in LINES.items() if line.by_month} <= set(MONTHS)
    assert YEARS["reserve"] == "reserve_share * [allocatable]"
    assert MONTHS["governance"] == "governance_cost * [price_level year] * [provider_years]"
    assert "first_principal" in LAUNCH_FORMULAS


def test_labels_units_and_sources_stand_beside_the_figures() -> None:
    target = scenario(one={"take_rate": 0.2}, two={"take_rate": 0.15})
    target = replace(target, sources={"churn": "our own count, 2024"})
    book, rows = cached_values(target), place(("one", "one months"), 10).years
    for name, line in LINES.items():
        assert book["one"][rows[name]][:2] == (line.label, line.unit)
    texts = {row[1]: row for row in book["Assumptions"]}
    for name, each in ASSUMPTIONS.items():
        assert texts[name][0] == each.label
        assert texts[name][2] == each.unit.name
        assert each.help in texts[name]
    assert texts["churn"][-1] == "our own count, 2024"
    assert texts["take_rate"][-1] == "no source given"
    assert texts["note_cap"][-1].startswith("Default. ")


def test_assumptions_are_named_on_each_enterprises_sheets_and_headers_stay() -> None:
    book = written(CASES["two firms"])
    for number, name in enumerate(("marketplace", "cooperative")):
        for sheet in (name, f"{name} months"):
            assert {each: cell.attr_text for each, cell in book[sheet].defined_names.items()} == assumption_sheet.cells_of(number)
            assert book[sheet].freeze_panes == "C5"
    assert [book[name].freeze_panes for name in ("Comparison", "Assumptions", "Formulas")] == ["C5", "D4", "C4"]


def test_only_possible_values_can_be_typed() -> None:
    rules = {}
    for rule in written(CASES["two firms"])["Assumptions"].data_validations.dataValidation:
        rules[str(rule.sqref)] = rule
    assert (rules["D5"].type, rules["D5"].operator, rules["D5"].formula1) == ("whole", "equal", "10")  # the horizon
    take_rate = rules[f"{input_cell('take_rate', 0)}:{input_cell('take_rate', 1)}"]
    assert (take_rate.type, float(take_rate.formula1), float(take_rate.formula2)) == ("decimal", 0, 1)
    assert rules[input_cell("tax_rate", 0)].errorTitle == ASSUMPTIONS["tax_rate"].label


def test_no_name_or_source_becomes_a_formula_or_breaks_a_sheet() -> None:
    target = odd_names()
    book = written(target)
    sheets = sheet_names(target.enterprises, SHEETS)
    all_names = [name for pair in sheets.values() for name in pair]
    assert len({name.casefold() for name in all_names}) == 2 * len(ODD_NAMES)
    for enterprise, pair in sheets.items():
        for name in pair:
            assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
            assert not set(name) & set("[]:*?/\\'!\"&")
            assert name.casefold() not in {"history", *(each.casefold() for each in SHEETS)}
        title = book[pair[0]]["A1"]
        assert (title.value, title.data_type, title.quotePrefix) == (enterprise, "s", True)
    links = sum(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for row in book["Assumptions"] for cell in row)
    assert links == len(ASSUMPTIONS)


def test_nothing_is_written_where_the_assumptions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AssumptionError):
        write_workbook(scenario(one={"years": 5}, two={"years": 6}), tmp_path / "refused.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("[cash]", "=E8"), ("[cash last]", "=D8"), ("[cash before]", "=$C$8:$D$8"), ("[cash all]", "=$C$8:$F$8"),
        ("[fill launch]", "=$C$21"), ("SUM([sales months])", "=SUM('m'!$P$10:$AA$10)"), ("[sales december]", "='m'!AA10"),
        ("MAX(take_rate, [cash])", "=MAX(take_rate, E8)"),
    ],
)  # fmt: skip
def test_the_notation_in_a_year(formula: str, cells: str) -> None:
    there = Places("y", "m", {"cash": 7}, {"sales": 9}, {"fill": 20}, 3)
    assert there.in_year(formula, 2) == cells


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("[sales]", "=E10"),
        ("[sales last]", "=D10"),
        ("[sales back 5]", "=0"),
        ("[cash year]", "='y'!D8"),
        ("[fill launch]", "='y'!$C$21"),
    ],
)
def test_the_notation_in_a_month(formula: str, cells: str) -> None:
    there = Places("y", "m", {"cash": 7}, {"sales": 9}, {"fill": 20}, 3)
    assert there.in_month(formula, 2) == cells


def test_measures_that_a_user_of_the_workbook_may_miss_are_all_there() -> None:
    comparison = compare(CASES["two firms"].enterprises)
    assert set(MEASURES) <= set(comparison_sheet.place_measures(comparison))

"""The workbook: its cached values, and that LibreOffice computes the engine's numbers after assumptions were changed.

All workbooks are recalculated in one start of LibreOffice. They are written with default values, then given those of
the case in their input cells only, by openpyxl, which drops every cached value.
"""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from coopfin.workbook.steps import RATES, steps
from openpyxl.workbook import Workbook
from strategies import random_values
from workbook.setup.libreoffice import convert

from coopfin import ASSUMPTIONS, LINES, MEASURES, AssumptionError, Assumptions, Scenario, project, read_scenario
from coopfin.capital.irr import irr
from coopfin.capital.returns import capital_flows, equity_flows
from coopfin.comparison.compare import project_all
from coopfin.engine.projection import Projection
from coopfin.workbook import assumption_sheet, comparison_sheet, write_workbook
from coopfin.workbook.cells import Row, sheet_names, to_cells
from coopfin.workbook.enterprise import FAILED, PASSED, STATUS_ROW, place
from coopfin.workbook.formulas import (
    CHECKS,
    FLOWS,
    INPUT_CHECKS,
    LINE_FORMULAS,
    MEASURE_FORMULAS,
    NONE,
    ROUNDS,
    SALE,
    SINGLE,
    YEARLY,
)

PRESETS = Path(__file__).parents[2] / "sample_data" / "presets"
SHEETS = ("Read me", "Comparison", "Assumptions", "Formulas")
MARKETPLACE = {
    "overhead": 700_000, "growth_first": 0.5, "equity_1_amount": 1_000_000, "equity_1_pre_money": 4_000_000,
    "equity_2_year": 2, "equity_2_amount": 1_500_000, "equity_2_pre_money": 9_000_000, "option_pool": 0.1,
    "exit_multiple": 1.5, "product_rate": 0.15, "dividend_share": 0.1,
}  # fmt: skip
COOPERATIVE = {
    "take_rate": 0.12, "overhead": 350_000, "loan": 200_000, "note": 300_000, "note_rate": 0.08, "preferred": 100_000,
    "member_share": 50, "grants": 50_000, "reserve_share": 0.1, "patronage_share": 0.5, "patronage_cash_share": 0.4,
    "redemption_years": 3, "share_interest_rate": 0.02, "reinvestment_share": 0.3, "community_share": 0.05,
    "governance_cost": 20,
}  # fmt: skip

COSTS = ("processing_rate", "service_rate", "operations_rate", "product_rate", "marketing_rate", "acquisition_cost",
         "governance_cost", "note_rate", "loan_rate", "preferred_rate")  # fmt: skip


def scenario(**enterprises: dict[str, float]) -> Scenario:
    return Scenario({name: Assumptions(**values) for name, values in enterprises.items()}, {})


def plain_cases() -> Iterator[tuple[str, Scenario]]:
    yield "two firms", scenario(marketplace=MARKETPLACE, cooperative=COOPERATIVE)
    both = MARKETPLACE | COOPERATIVE
    yield "a hybrid", scenario(marketplace=MARKETPLACE, cooperative=COOPERATIVE, hybrid=both)
    for deductible in (0, 1):
        law = {"tax_rate": 0.3, "loss_offset_limit": 0.5, "patronage_deductible": deductible}
        yield f"refunds deductible: {deductible}", scenario(marketplace=MARKETPLACE | law, cooperative=COOPERATIVE | law)
    yield "one year", scenario(one={**both, "years": 1, "equity_2_year": 1})
    yield "forty years", scenario(one={**both, "years": 40, "redemption_years": 7, "loan_years": 45})
    yield "no providers", scenario(one={"providers": 0}, other={"providers": 0, "loan": 1000})
    whole = {"tax_rate": 1, "overhead": 1000}
    yield "a tax of 100 %", scenario(all_refunded=whole | {"patronage_share": 1}, half=whole | {"patronage_share": 0.5})
    loans = {"free": 0, "nearly": 1e-6, "small": 1e-4, "dear": 10, "negative": -0.3}
    yield "loans", scenario(**{name: {"loan": 1e6, "loan_rate": rate, "loan_years": 9} for name, rate in loans.items()})
    late = {"growth_first": 0.7, "overhead": 1_100_000, "years": 9}
    yield "losses first", scenario(marketplace=MARKETPLACE | late, cooperative=COOPERATIVE | late | {"take_rate": 0.2})
    # The flows change sign more than once; with one rate, and with two.
    late = {"overhead": 100_000, "equity_1_year": 5, "equity_1_amount": 1e6, "equity_1_pre_money": 1e6}
    yield "sign changes", scenario(one=late | {"loan": 1e5, "exit_multiple": 3}, two=late | {"loan": 1e5, "loan_rate": 1.5})


ODD_NAMES = (
    "=1+1", "@SUM(1)", "-2+3", "+cmd|' /C calc'!A0", "Assumptions", "history", "2024", "'", "a/b", "a\\b", "a b", "[x]: *?",
    "Fahrer & Söhne's \"Genossenschaft\"", "协作平台", "🚕" * 20, "take_rate", "A1", "a very long name of an enterprise, one",
    "a very long name of an enterprise, two",
)  # fmt: skip


def odd_names() -> Scenario:
    enterprises = {name: Assumptions(years=2, overhead=1000 * number) for number, name in enumerate(ODD_NAMES)}
    return Scenario(enterprises, dict.fromkeys(ASSUMPTIONS, "=HYPERLINK(1)"))


def preset_cases() -> Iterator[tuple[str, Scenario]]:
    for path in sorted(PRESETS.glob("*.csv")):
        yield path.stem, read_scenario(path.read_bytes(), path.name)


def random_cases(groups: int = 12, enterprises: int = 4) -> Iterator[tuple[str, Scenario]]:
    """Possible enterprises of every kind; those of one scenario share market and tax. Most are rather thrifty:

    a random one nearly always makes losses for ever, and then pays no tax and has nothing to share.
    """
    rng = np.random.default_rng(3)
    shared = [name for name, each in ASSUMPTIONS.items() if each.shared]
    for group in range(groups):
        market = random_values(rng)
        market |= {"years": rng.integers(1, 13), "patronage_deductible": group % 2}
        drawn: dict[str, Assumptions] = {}
        while len(drawn) < enterprises:
            values = random_values(rng) | {name: market[name] for name in shared}
            if len(drawn) > 0:
                values["take_rate"] = rng.uniform(0.1, 0.4)
                values["overhead"] = (
                    rng.uniform(0, 0.3) * values["take_rate"] * values["providers"] * values["sales_per_provider"]
                )
                values |= {name: 0.1 * values[name] for name in COSTS} | {"redemption_years": rng.integers(0, 6)}
            try:
                project_all({"": (a := Assumptions(**values))})
            except AssumptionError:  # so large that it overflows
                continue
            drawn[f"random {group}-{len(drawn)}"] = a
        yield f"random {group}", Scenario(drawn, {})


CASES = dict([*plain_cases(), *preset_cases(), *random_cases(), ("odd names", odd_names())])


Values = dict[str, list[tuple[object, ...]]]  # by sheet, then row and column from 0


def values_of(file: Path | io.BytesIO) -> Values:
    book = openpyxl.load_workbook(file, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def start(target: Scenario) -> Scenario:
    """A scenario with the same enterprises and horizon, but with default values."""
    years = next(iter(target.enterprises.values())).years
    return Scenario({name: Assumptions(years=years) for name in target.enterprises}, {})


def input_cell(name: str, enterprise: int) -> str:
    return assumption_sheet.cells_of(enterprise)[name].split("!")[1].replace("$", "")


def change(book: Workbook, target: Scenario) -> None:
    """Type the target's values into the input cells; a shared one only once, as the sheet says."""
    sheet = book["Assumptions"]
    for name, each in ASSUMPTIONS.items():
        for number, a in enumerate(target.enterprises.values()):
            if number == 0 or not each.shared:
                sheet[input_cell(name, number)].value = float(getattr(a, name))


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Values]:
    typed, computed = tmp_path_factory.mktemp("typed"), tmp_path_factory.mktemp("computed")
    for number, target in enumerate(CASES.values()):
        path = typed / f"{number}.xlsx"
        write_workbook(start(target), path)
        book = openpyxl.load_workbook(path)
        change(book, target)
        book.save(path)
    emptied = openpyxl.load_workbook(typed / "0.xlsx", data_only=True)
    assert all(cell.value is None for cell in emptied["Comparison"]["C"][5:])
    write_workbook(CASES["two firms"], typed / "as written.xlsx")
    mistaken = openpyxl.load_workbook(typed / "as written.xlsx")
    mistaken["Assumptions"][input_cell("patronage_share", 1)].value = 0.9
    mistaken["Assumptions"][input_cell("equity_2_year", 0)].value = 0
    mistaken["Assumptions"][input_cell("equity_1_year", 0)].value = 1
    mistaken.save(typed / "mistaken.xlsx")
    convert(sorted(typed.glob("*.xlsx")), computed)
    names = [*CASES, "as written", "mistaken"]
    files = [*map(str, range(len(CASES))), "as written", "mistaken"]
    return {name: values_of(computed / f"{file}.xlsx") for name, file in zip(names, files, strict=True)}


def sizes(x: Projection) -> dict[str, float]:
    """The size of the amounts a line of each unit is computed from."""
    money = max(float(np.max(np.abs(getattr(x, name)))) for name, line in LINES.items() if line.unit == "money")
    return {"money": money, "count": float(np.max(x.providers)), "rate": 1.0, "multiple": 1.0}


def close(ours: float, theirs: float, size: float) -> bool:
    return abs(ours - theirs) <= 1e-9 * abs(theirs) + 1e-11 * size


def row_of(book: Values, sheet: str, name: str, years: int) -> list[object]:
    row = place(years)[name]
    return list(book[sheet][row.row][row.first : row.last + 1])


@pytest.mark.parametrize("case", CASES)
def test_every_line_follows_changed_assumptions(case: str, recalculated: dict[str, Values]) -> None:
    book = recalculated[case]
    for enterprise, sheet in sheet_names(CASES[case].enterprises, SHEETS).items():
        x = project(CASES[case].enterprises[enterprise])
        size = sizes(x)
        per_provider = size["money"] / max(1e-9, float(np.min(x.providers)))
        for name, line in LINES.items():
            computed = row_of(book, sheet, name, x.years)
            assert len(computed) == x.years + 1
            for year, value in enumerate(computed):
                ours, allowed = float(getattr(x, name)[year]), per_provider if name == "provider_income" else size[line.unit]
                if math.isnan(ours):
                    assert value == NONE
                else:
                    assert isinstance(value, int | float), f"{enterprise}: {name} in year {year} is {value!r}"
                    assert close(float(value), ours, allowed), f"{enterprise}: {name} in year {year}: {value} against {ours}"
        assert book[sheet][STATUS_ROW][0] == PASSED


@pytest.mark.parametrize("case", CASES)
def test_every_measure_follows_changed_assumptions(case: str, recalculated: dict[str, Values]) -> None:
    sheet = recalculated[case]["Comparison"]
    series = {"capital_irr": capital_flows, "equity_irr": equity_flows}
    for number, (enterprise, a) in enumerate(CASES[case].enterprises.items()):
        x = project(a)
        size = sizes(x)["money"] * (x.years + 1)
        for name, row in comparison_sheet.place_measures().items():
            value, ours = sheet[row][comparison_sheet.FIRST + number], float(MEASURES[name](x))
            said = f"{enterprise}: {name}: {value!r} against {ours}"
            if name in {"lowest_cash_year", "break_even_year"}:
                continue  # a year that hangs on a comparison; what it hangs on is compared
            if name in series:
                # Two rates between neighbouring steps of the search are not told apart from none, nor is one beyond them.
                assert (value == NONE) == math.isnan(ours) or irr(series[name](x)).count > 1 or ours > RATES[-1], said
                assert value == NONE or math.isnan(ours) or abs(float(value) - ours) < 1e-6 * (1 + abs(ours)), said
            elif math.isnan(ours):
                assert value == NONE, said
            else:
                whole = {"surplus_margin": "revenue_total", "equity_multiple": "capital_raised"}.get(name)
                weight = float(MEASURES[whole](x)) if whole else 1.0
                per_provider = (
                    1 / max(1e-9, float(np.min(x.providers))) if MEASURES[name].section == "What a provider earns" else 1
                )
                allowed = size * per_provider if MEASURES[name].unit == "money" or whole else 1.0
                assert isinstance(value, int | float), said
                assert close(float(value) * weight, ours * weight, allowed), said


@pytest.mark.parametrize("case", CASES)
def test_no_cell_is_an_error(case: str, recalculated: dict[str, Values]) -> None:
    for sheet, rows in recalculated[case].items():
        errors = [value for row in rows for value in row if str(value).startswith(("Err:", "#"))]
        assert not errors, sheet


@pytest.mark.parametrize("case", CASES)
def test_flows_and_the_sale_follow_changed_assumptions(case: str, recalculated: dict[str, Values]) -> None:
    for enterprise, sheet in sheet_names(CASES[case].enterprises, SHEETS).items():
        x = project(CASES[case].enterprises[enterprise])
        ours = steps(x)
        for name in ("owned", "proceeds", "founders_get", "pool_gets", *(each.name for each in FLOWS)):
            size = 1.0 if name in {"owned", "investors_own"} else sizes(x)["money"]
            for theirs, value in zip(row_of(recalculated[case], sheet, name, x.years), np.atleast_1d(ours[name]), strict=True):
                assert isinstance(theirs, int | float)
                assert close(float(theirs), float(value), size), f"{enterprise}: {name}: {theirs} against {value}"


def test_what_libreoffice_opens_is_what_was_written(recalculated: dict[str, Values]) -> None:
    ours, theirs = cached_values(CASES["two firms"]), recalculated["as written"]
    assert list(ours) == list(theirs)
    for sheet, rows in ours.items():
        for row, (cells, opened) in enumerate(zip(rows, theirs[sheet], strict=False)):
            for value, read in zip(cells, opened, strict=False):
                expected = pytest.approx(value, rel=1e-9, abs=1e-6) if isinstance(value, float) else value
                assert read == expected, f"{sheet}, row {row + 1}"


def test_a_check_says_when_assumptions_do_not_go_together(recalculated: dict[str, Values]) -> None:
    book = recalculated["mistaken"]
    assert [book[name][STATUS_ROW][0] for name in ("marketplace", "cooperative")] == [FAILED, FAILED]
    assert list(book["Comparison"][1][2:4]) == [FAILED, FAILED]
    assert row_of(book, "marketplace", "order_check", 10) == [1]
    assert row_of(book, "cooperative", "split_check", 10) == [pytest.approx(0.25)]


def what_is_hard(x: Projection) -> dict[str, bool]:
    a, sale = x.assumptions, steps(x)
    refund_and_tax = np.any((x.patronage > 0) & (x.tax > 0))
    kept_preference = (sale["owned"] > 0) & (sale["proceeds"] > 0) & (sale["converts"] == 0)
    return {
        "a loss year": bool(np.any(x.surplus < 0)),
        "earlier losses used": bool(np.any(x.losses_used > 0)),
        "a deficit covered": bool(np.any((x.deficit_covered > 0) & (x.allocatable > 0))),
        "refund deducted from a tax": bool(refund_and_tax and a.patronage_deductible),
        "refund not deducted": bool(refund_and_tax and not a.patronage_deductible),
        "note at its cap": bool(a.note > 0 and x.note_balance[-1] == 0),
        "redemption": bool(np.any(x.redemption > 0)),
        "programme": bool(np.any(x.programme > 0)),
        "several rounds": len(a.rounds) > 1,
        "a round keeps its preference": bool(np.any(kept_preference)),
        "a round takes its part": bool(np.any(sale["converts"])),
        "a funding gap": bool(np.any(x.cash < 0)),
    }


def test_the_cases_hold_what_is_hard() -> None:
    """Else the tests above would pass without having seen it."""
    seen = [what_is_hard(project(a)) for case in CASES.values() for a in case.enterprises.values()]
    assert {what: count for what in seen[0] if (count := sum(each[what] for each in seen)) < 5} == {}


def written(target: Scenario) -> Workbook:
    file = io.BytesIO()
    write_workbook(target, file)
    return openpyxl.load_workbook(file)


def cached_values(target: Scenario) -> Values:
    file = io.BytesIO()
    write_workbook(target, file)
    return values_of(file)


@pytest.mark.parametrize("case", ["two firms", "forty years", "no providers", "random 0", "random 1"])
def test_cached_values_are_the_engines_own(case: str) -> None:
    target = CASES[case]
    book = cached_values(target)
    for number, (enterprise, sheet) in enumerate(sheet_names(target.enterprises, SHEETS).items()):
        x = project(target.enterprises[enterprise])
        for name in LINES:
            ours = [NONE if math.isnan(value) else float(value) for value in getattr(x, name)]
            assert row_of(book, sheet, name, x.years) == ours, name
        for name, row in comparison_sheet.place_measures().items():
            value, ours = book["Comparison"][row][comparison_sheet.FIRST + number], float(MEASURES[name](x))
            assert value == (NONE if math.isnan(ours) else ours), name


def test_every_figure_is_a_formula_of_plain_functions() -> None:
    book = written(CASES["two firms"])
    plain = {"ABS", "AND", "COUNT", "IF", "IFERROR", "IRR", "ISNUMBER", "MATCH", "MAX", "MIN", "NPV", "PRODUCT", "SUM", "SUMIF",
             "SUMPRODUCT"}  # fmt: skip
    for sheet in ("marketplace", "cooperative"):
        for name in [*LINES, *CHECKS, *(each.name for each in (*SINGLE, *YEARLY, *FLOWS, *ROUNDS, *SALE))]:
            row = place(10)[name]
            cells = book[sheet][row.row + 1][row.first : row.last + 1]
            assert all(cell.data_type == "f" for cell in cells), name
    for row in comparison_sheet.place_measures().values():
        assert all(str(book["Comparison"].cell(row + 1, column).value).startswith("=") for column in (3, 4, 5))
    for sheet in book:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    assert set(re.findall(r"[A-Z.]+(?=\()", cell.value)) <= plain, cell.value


def test_what_is_declared_is_complete_and_in_order() -> None:
    assert list(LINE_FORMULAS) == list(LINES)
    assert list(MEASURE_FORMULAS) == list(MEASURES)
    figures = {each.name for each in (*SINGLE, *YEARLY, *FLOWS, *ROUNDS, *SALE, *INPUT_CHECKS)} | set(CHECKS)
    assert set(steps(project(Assumptions()))) == figures


def test_labels_units_and_sources_stand_beside_the_figures() -> None:
    target = scenario(one={"take_rate": 0.2}, two={"take_rate": 0.15})
    target = replace(target, sources={"churn": "our own count, 2024"})
    book = cached_values(target)
    for name, line in LINES.items():
        assert book["one"][place(10)[name].row][:2] == (line.label, line.unit)
    texts = {row[1]: row for row in book["Assumptions"]}
    for name, each in ASSUMPTIONS.items():
        assert texts[name][0] == each.label
        assert texts[name][2] == each.unit.name
        assert each.help in texts[name]
    assert texts["churn"][-1] == "our own count, 2024"
    assert texts["take_rate"][-1] == "no source given"
    assert texts["note_cap"][-1].startswith("Default. ")
    assert "http" in texts["note_cap"][-1]


def test_assumptions_are_named_on_each_enterprises_sheet_and_headers_stay() -> None:
    book = written(CASES["two firms"])
    for number, name in enumerate(("marketplace", "cooperative")):
        assert {name: cell.attr_text for name, cell in book[name].defined_names.items()} == assumption_sheet.cells_of(number)
    assert {sheet.title: sheet.freeze_panes for sheet in book if sheet.title != "Read me"} == {
        "Comparison": "C5", "Assumptions": "D4", "marketplace": "C5", "cooperative": "C5", "Formulas": "C4"}  # fmt: skip


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
    assert len({name.casefold() for name in sheets.values()}) == len(ODD_NAMES)
    for enterprise, name in sheets.items():
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'!\"&")
        assert name.casefold() not in {"history", *(fixed.casefold() for fixed in SHEETS)}
        title = book[name]["A1"]
        assert (title.value, title.data_type, title.quotePrefix) == (enterprise, "s", True)
    assert sum(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for row in book["Assumptions"] for cell in row) == len(
        ASSUMPTIONS
    )


def test_a_present_value_too_large_to_compute_is_no_broken_file() -> None:
    huge = {"loan": 1e300, "years": 40, "overhead": 0}
    book = cached_values(scenario(one=huge))
    found = place(40)["capital_rate"]
    assert book["one"][found.row][found.first] == pytest.approx(0.07, rel=1e-6)
    assert any("#NUM!" in row for row in book["one"])


def test_nothing_is_written_where_the_assumptions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AssumptionError):
        write_workbook(scenario(one={"years": 5}, two={"years": 6}), tmp_path / "refused.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("[cash]", "=E8"), ("[cash last year]", "=D8"), ("[cash so far]", "=$C$8:$D$8"), ("[cash up to here]", "=$C$8:$E$8"),
        ("[cash from launch]", "=$C$8:$F$8"), ("[cash all years]", "=$D$8:$F$8"), ("[cash first]", "=$D$8"),
        ("[cash final]", "=$F$8"), ("[part round 2]", "=$D$9"), ("MAX(take_rate, [one])", "=MAX(take_rate, $C$3)"),
    ],
)  # fmt: skip
def test_the_notation_of_formulas(formula: str, cells: str) -> None:
    rows = {"cash": Row(7, 2, 5), "part": Row(8, 2, 5), "one": Row(2, 2, 2)}
    assert to_cells(formula, rows, 4) == cells

"""The members' page through Streamlit's own test runner."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import answered, html, opened, right, text

from coopfin.display import words
from coopfin.ui.members import ledger as members_ledger
from coopfin.ui.parts.downloads import file_name

BAD = sorted((Path(__file__).parents[1] / "members" / "bad_ledgers").glob("*.csv"))
VIEWS = ["One member's statement", "Who gets how much", "Over the years", "Votes", "All members"]
PAGE = "pages/members.py"
REFUNDS = {"preset": "ride-hailing", "take_rate": "0.207,0.2"}  # as it is, old losses leave no year a refund
OWN = "member,class,patronage\nAna <b>,driver,300\n=1+1,driver,100\n$x^2$,driver,0\n"


def see(app: AppTest, view: str) -> AppTest:
    pool = next((each for each in app.selectbox if each.key == "members-year-"), None)
    if pool is not None and pool.value != 0:  # the scenario has no refund: share out a sample pool
        pool.set_value(0)
        right(app.run())
    app.segmented_control(key="members-view").set_value(view)
    return right(app.run())


def drop(app: AppTest, content: str | bytes, name: str = "mine.csv") -> AppTest:
    data = content.encode() if isinstance(content, str) else content
    field = next(each for each in app.file_uploader if each.key.startswith("ledger-upload-"))
    field.set_value((name, data, "text/csv"))
    return right(app.run())


def share_out(app: AppTest, pool: str = "1,000.00", cash: float | None = 50.0, **texts: str) -> AppTest:
    app.text_input(key="own-pool").set_value(pool)
    app.number_input(key="own-cash").set_value(cash)
    for name, value in texts.items():
        app.text_input(key=f"own-{name}").set_value(value)
    app.button(key="share-out").click()
    return right(app.run())


def upload(app: AppTest, content: str | bytes) -> AppTest:
    return share_out(drop(app, content))


def errors(app: AppTest) -> str:
    return " ".join(each.value for each in app.error).replace("\\", "")


def told(app: AppTest) -> str:
    return answered(app).replace("\\", "")


def caption(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption).replace("\\", "")


@pytest.mark.parametrize("preset", ["ride-hailing", "stock-photography", "freelancer-back-office"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_runs(preset: str, view: str) -> None:
    app = see(opened(PAGE, preset=preset), view)
    assert not app.error
    assert app.selectbox(key=f"ledger-{preset}").value == members_ledger.FITTING.get(preset, members_ledger.FIRST_SHOWN)


def test_the_answer_comes_first_and_says_who_gets_and_who_decides() -> None:
    app = opened(PAGE, **REFUNDS)
    assert re.fullmatch(
        r"#### Sample: of [\d,]+\.\d\d USD, half of 10,000 members get [\d,]+\.\d\d USD or less\. "
        r"At least 5,001 of 10,000 must agree to decide\.", told(app),
    )  # fmt: skip
    assert len(told(app).split()) <= 26


def test_a_statement_tells_the_share_step_by_step() -> None:
    app = opened(PAGE, preset="stock-photography")
    app.segmented_control(key="members-whose").set_value("Search")
    right(app.run())
    app.text_input(key="members-sought").set_value("staff 07")
    right(app.run())
    shown = text(html(app))
    assert "Staff 07" in shown and "÷ those of your whole class" in shown and f"5{words.THIN}%" in shown
    assert "than the same sales leave you" not in shown and "Sample: an invented member" in shown
    app.segmented_control(key="members-whose").set_value("Much use")
    shown = text(html(right(app.run())))
    assert "× your use ÷ that of your whole class" in shown
    assert re.search(r"That is [\d,.]+ USD (more|less) than the same sales leave you on the marketplace", shown)


def test_a_search_that_finds_nobody_says_so() -> None:
    app = opened(PAGE, **REFUNDS)
    app.segmented_control(key="members-whose").set_value("Search")
    right(app.run())
    app.text_input(key="members-sought").set_value("nobody of that name")
    assert any("No member of the ledger has" in each.value for each in right(app.run()).info)


def test_the_year_or_an_amount_can_be_shared_out() -> None:
    app = opened(PAGE, **REFUNDS)
    year = next(each for each in app.selectbox if each.key.startswith("members-year"))
    assert year.value == 10 and re.search(r"Sample: of [\d,]+\.\d\d USD", told(app))
    year.set_value(0)
    right(app.run())
    app.number_input(key="members-pool").set_value(1234.56)
    assert "Sample: of 1,234.56 USD" in told(right(app.run()))
    app.number_input(key="members-pool").set_value(0.0)
    assert "nothing to share out" in told(right(app.run()))
    for view in VIEWS:
        see(app, view)


def test_the_smallest_payout_credits_what_is_below_it() -> None:
    app = opened(PAGE, **REFUNDS)
    app.number_input(key="members-minimum").set_value(10_000.0)
    right(app.run())
    assert "all of it is credited" in text(html(app))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_ledger_is_refused_with_its_mistakes_and_nothing_is_computed(path: Path) -> None:
    app = drop(opened(PAGE, preset="ride-hailing"), path.read_bytes(), path.name)
    if path.stem in ("unknown_class", "missing_years", "no_years_column"):  # right by themselves, wrong for some classes
        assert not app.error
    else:
        assert app.error and all(path.name in each.value.replace("\\", "") for each in app.error)
    assert "Nothing is computed" in told(app)
    assert 'class="statement"' not in html(app)


def test_before_anything_is_computed_the_page_shows_what_was_understood() -> None:
    export = "Report;;\nMember;Patronage;Note\nAna;1.200,50 €;x\nBo;300,25 €;x\nAna;(200,50 €);x\n"
    app = drop(opened(PAGE, preset="ride-hailing"), export)
    shown = text(html(app))
    for said in ("mine.csv", "1,300.25 EUR", "3, 1 of them added to an earlier one", "1 not read", "line 1: Report", "1,000.00"):
        assert said in shown, said
    assert app.text_input(key="own-currency").value == "EUR"


def test_a_column_is_corrected_and_remembered_for_files_of_the_same_headers() -> None:
    export = "Name,Nr,Sales\nAna,1,10\nAna,2,5\n"
    app = drop(opened(PAGE, preset="ride-hailing"), export)
    assert "column member and patronage is missing" in errors(app)
    assert [app.selectbox(key=f"read-as-{each}").value for each in ("member", "patronage", "id")] == ["Name", "Sales", "–"]
    app.selectbox(key="read-as-id").set_value("Nr")
    app.button(key="read-it-so").click()
    assert "Ana (2)" in html(right(app.run()))
    app = drop(app, export.replace("10", "11"), "next.csv")
    assert not app.error and "Ana (2)" in html(app) and "11" in text(html(app))


def test_who_looks_alike_is_asked_about() -> None:
    app = drop(opened(PAGE, preset="ride-hailing"), "member,patronage\nAna,3\nANA,4\n")
    assert "'ANA' looks like 'Ana' in line 2" in errors(app)
    app.checkbox(key="read-as-alike").check()
    app.button(key="read-it-so").click()
    assert not right(app.run()).error and "2, 1 of them added" in text(html(app))


def test_an_encoding_is_asked_about() -> None:
    app = drop(opened(PAGE, preset="ride-hailing"), "member,patronage\nJosé,3\nBo,5\n".encode("mac-roman"))
    app.selectbox(key="read-as-encoding").set_value("Mac Roman")
    app.button(key="read-it-so").click()
    assert "José" in html(right(app.run()))


def test_pool_and_cash_share_are_asked_for_and_mistakes_keep_what_was_typed() -> None:
    app = drop(opened(PAGE, preset="ride-hailing"), OWN)
    share_out(app, "1.000", None, cooperative="Own eG")
    assert "The pool is '1.000', which may be 1000 or 1.000" in errors(app)
    assert "What part is paid in cash now is missing" in errors(app)
    assert app.text_input(key="own-cooperative").value == "Own eG"
    assert "Of 1,000.00, half of 3 members" in told(share_out(app))


def test_nothing_of_a_strangers_firm_stands_in_the_letters() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), OWN)
    letter = text(html(app).split('class="statement"')[1])
    for stranger in ("USD", "arketplace", "year 10", "scenario", "Sample", "member share", "drivers"):
        assert stranger not in letter, stranger
    views = next(each for each in app.segmented_control if each.key == "members-view").options
    assert "Over the years" not in views
    see(app, "Votes")
    assert "One share, one vote" not in html(app)


def test_a_currency_without_cents() -> None:
    app = drop(opened(PAGE, preset="ride-hailing"), "member,patronage\nAna,JPY 300\nBo,JPY 100\n")
    assert app.selectbox(key="own-decimals").value == 0
    share_out(app, "1000.5")
    assert "permitted: up to 100000000000000, with no decimals" in errors(app)
    assert "Of 1,001 JPY, half of 2 members get 250 JPY or less" in told(share_out(app, "1001 JPY"))


def test_share_capital_comes_from_the_ledger() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), "member,patronage,shares\nAna,3,250.50\nBo,1,\n")
    app.segmented_control(key="members-whose").set_value("Much use")
    assert "250.50" in text(html(right(app.run())))
    see(app, "Who gets how much")
    assert "Share capital as the ledger has it" in caption(app)


def test_an_own_ledger_is_shown_as_text_and_can_be_forgotten() -> None:
    app = upload(opened(PAGE, **REFUNDS), OWN)
    assert "half of 3 members" in told(app) and "Ana <b>" in repr(app.session_state)
    app.segmented_control(key="members-whose").set_value("Much use")
    right(app.run())
    assert "Ana &lt;b&gt;" in html(app) and "Ana <b>" not in html(app)
    app.button(key="forget-ledger").click()
    assert "Sample: of" in told(right(app.run())) and "10,000 members" in told(app)
    assert "Ana <b>" not in repr(app.session_state)
    assert "ledger" not in app.query_params


def test_what_was_read_or_told_can_be_changed_or_left() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), OWN)
    app.button(key="change-ledger").click()
    assert right(app.run()).text_input(key="own-pool").value == "1,000.00"
    app.button(key="leave-upload").click()
    assert "Of 1,000.00" in told(right(app.run()))
    app.button(key="change-ledger").click()
    right(app.run())
    assert "Of 500.00" in told(share_out(app, "500"))


def test_a_ledger_that_is_gone_is_told_and_no_sample_takes_its_place() -> None:
    app = opened(PAGE, **REFUNDS, ledger="own")
    assert "no longer here" in told(app) and app.warning
    assert 'class="statement"' not in html(app) and "Sample" not in text(html(app)).split("}")[-1]
    assert "half of 3 members" in told(upload(app, OWN))
    app = opened(PAGE, **REFUNDS, ledger="own")
    app.button(key="leave-own-ledger").click()
    assert "Sample: of" in told(right(app.run()))


def test_a_firm_without_a_surplus_has_nothing_to_share_out_before_a_sample_pool_is_offered() -> None:
    app = opened(PAGE, preset="ride-hailing", patronage_share="0,0")
    assert "There is nothing to share out in this scenario" in told(app)
    assert 'class="statement"' not in html(app)
    year = next(each for each in app.selectbox if each.key.startswith("members-year"))
    year.set_value(0)
    assert "Sample: of 200,000.00 USD" in told(right(app.run()))


def test_semicolons_and_decimal_commas_are_understood() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), "\ufeffmember;class;patronage\nAna;d;1.234,50\nBo;d;2.000,25\n")
    assert not app.error
    assert "1,234.50" in text(html(app))


def test_a_table_of_classes_can_be_opened_and_a_wrong_one_is_told() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), "member,class,patronage\nAna,driver,3\nBo,rider,1\n")

    def classes(content: str) -> AppTest:
        field = next(each for each in app.file_uploader if each.key.startswith("classes-upload-"))
        field.set_value(("classes.csv", content.encode(), "text/csv"))
        return right(app.run())

    classes("class,share,basis,votes\ndriver,5,equally,1\nrider,0.5,equally,1\n")
    assert "classes.csv, line 2: share is 5; permitted: 0 to 1" in errors(app)
    classes("class;share;basis;votes\ndriver;0,9;equally;1\nrider;0,1;equally;1\n")
    assert not app.error and app.data_editor[0].value["share"].tolist() == [90, 10]
    assert "half of 2 members get 100.00 or less" in told(app)


def test_a_class_that_looks_like_a_formula_leaves_no_table_as_one() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), "member,class,patronage\nAna,=1+1,3\nBo,@x,1\n")
    next(each for each in app.selectbox if each.key.startswith("classes-")).set_value("classes of this ledger")
    assert not right(app.run()).error
    assert app.data_editor[0].value["class"].tolist() == ["'=1+1", "'@x"]  # what the table's own download would hold


def test_classes_that_do_not_fit_are_told_and_mended_by_the_ledgers_own() -> None:
    app = upload(opened(PAGE, preset="stock-photography"), "member,class,patronage\nAna,driver,3\nBo,rider,1\n")
    assert not app.error  # a ledger of unknown classes shares by use at first
    classes = next(each for each in app.selectbox if each.key.startswith("classes-"))
    classes.set_value("stocksy")
    right(app.run())
    assert {"Class 'driver' is not in the table of classes; permitted: A, B, C."} <= {
        each.value.replace("\\", "") for each in app.error
    }
    assert "the allocation from before" in caption(app)
    next(each for each in app.selectbox if each.key.startswith("classes-")).set_value("classes of this ledger")
    assert not right(app.run()).error
    assert app.data_editor[0].value["share"].tolist() == [50, 50]


def test_an_edited_class_moves_the_refunds_and_a_wrong_one_is_told() -> None:
    app = opened(PAGE, preset="stock-photography")
    app.segmented_control(key="members-whose").set_value("Little use")
    before = html(right(app.run()))
    key = app.data_editor[0].key
    app.session_state[key] = {"edited_rows": {0: {"share": 15}, 2: {"share": 80}}, "added_rows": [], "deleted_rows": []}
    assert not right(app.run()).error
    assert html(app) != before and f"× share of your class: 80{words.THIN}%" in text(html(app))
    app.session_state[key] = {"edited_rows": {0: {"share": 15}}, "added_rows": [], "deleted_rows": []}
    assert any("add up to 1.1" in each.value.replace("\\", "") for each in right(app.run()).error)


def test_no_earning_class_means_no_comparison() -> None:
    app = opened(PAGE, **REFUNDS)
    assert "than the same sales leave you on the marketplace" in text(html(app))
    app.multiselect[0].set_value([])
    assert "than the same sales leave you" not in text(html(right(app.run())))


def test_the_same_pool_is_compared_with_other_ways() -> None:
    app = see(opened(PAGE, preset="stock-photography"), "Who gets how much")
    table = text(html(app).split('class="key"')[-1])
    for way in ("By these rules", "Equally", "By use", "By share capital"):
        assert way in table
    assert "Gini" in table and "as Smart in Belgium asks" in caption(app)


def test_an_account_over_the_years_follows_joining_and_leaving() -> None:
    app = see(opened(PAGE, **REFUNDS), "Over the years")
    app.selectbox(key="members-joins-10").set_value(8)
    right(app.run())
    app.selectbox(key="members-leaves-10-8").set_value(10)
    right(app.run())
    rows = re.findall(r'<tr><th scope="row">(\d+)</th>(.*?)</tr>', html(app))
    bought = {int(year): re.findall(r">([^<]+)</td>", cells)[0] for year, cells in rows}
    assert [year for year, cell in bought.items() if cell != "0"] == [8]


def test_the_tax_heads_up_comes_when_the_cash_does_not_reach_and_is_no_advice() -> None:
    app = opened(PAGE, **REFUNDS)
    assert not any("more than the" in each.value for each in app.warning)
    app.number_input(key="members-tax").set_value(60.0)
    right(app.run())
    assert any("paid in cash" in each.value for each in app.warning)
    assert "No tax advice" in caption(app) and "26 U.S.C. 1388(c)(1)" in caption(app)


def test_votes_change_with_colleges_and_caps() -> None:
    app = see(opened(PAGE, preset="freelancer-back-office"), "Votes")
    shown = text(html(app))
    assert f"50{words.THIN}%" in shown and "class freelancer and class client have more than half" in shown
    app.number_input(key="members-cap").set_value(40.0)
    right(app.run())
    assert "With the cap" in text(html(app)) and f"40{words.THIN}%" in text(html(app))
    app.number_input(key="members-cap").set_value(20.0)
    assert any("cap is 0.2" in each.value.replace("\\", "") for each in right(app.run()).error)


def test_bars_of_votes_have_one_length() -> None:
    app = see(opened(PAGE, preset="stock-photography"), "Votes")
    for bar in re.findall(r'<div class="bar".*?</div>', html(app)):
        assert sum(float(width) for width in re.findall(r"width:([\d.]+)%", bar)) == pytest.approx(100, abs=1e-3)


def test_all_members_come_page_by_page() -> None:
    app = see(opened(PAGE, preset="ride-hailing"), "All members")

    def refunds() -> list[float]:
        rows = html(app).split("scroll members-all")[-1].split("<tbody>")[1].split("<tr>")[1:]
        return [float(re.findall(r'class="number">([\d,.]+)<', row)[1].replace(",", "")) for row in rows]

    assert len(refunds()) == 200
    app.selectbox(key="all-order").set_value("Largest refund first")
    right(app.run())
    assert refunds() == sorted(refunds(), reverse=True)
    app.text_input(key="all-sought").set_value("driver 0999")
    right(app.run())
    assert len(refunds()) == 10
    assert "10 of 10,000 members" in caption(app)


def test_the_page_has_one_majority() -> None:
    app = see(opened(PAGE, preset="freelancer-back-office"), "Votes")
    (people,) = re.findall(r"At least ([\d,]+) of", told(app))
    in_force = text(html(app)).split("As the table of classes says")[1]
    assert f"it takes at least {people} people to decide" in in_force.split("Share of all votes")[0]


def test_who_is_in_two_classes_is_one_member() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), "member,class,patronage\nAna,a,3\nBo,a,1\nAna,b,5\nCleo,b,1\n")
    assert "half of 3 members get 100.00 or less. At least 2 of 3" in told(app)


def test_a_file_is_named_after_ledger_and_time() -> None:
    assert file_name("letters", "mine", "", datetime(2026, 1, 31, 14, 5), "zip") == "mine_letters_2026-01-31-1405.zip"


def test_where_nothing_can_be_shared_one_click_shows_a_sample() -> None:
    app = opened(PAGE, preset="ride-hailing")
    assert "There is nothing to share out" in told(app)
    app.button(key="members-try").click()
    assert "Sample: of 200,000.00 USD" in told(right(app.run()))

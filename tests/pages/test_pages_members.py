"""The members' page through Streamlit's own test runner."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import html, opened, right, text

from coopfin import Members, Terms, allocate, project, write_allocation
from coopfin.engine.assumptions import Assumptions
from coopfin.ui.members import files as members_files, ledger as members_ledger, paper as members_paper
from coopfin.ui.members.setup import Setup
from coopfin.ui.members.votes import sentence
from coopfin.ui.parts import words
from coopfin.ui.parts.downloads import file_name

BAD = sorted((Path(__file__).parents[1] / "members" / "bad_ledgers").glob("*.csv"))
VIEWS = ["One member's statement", "Who gets how much", "Over the years", "Votes", "All members"]
PAGE = "pages/members.py"
OWN = "member,class,patronage\nAna <b>,driver,300\n=1+1,driver,100\n$x^2$,driver,0\n"


def see(app: AppTest, view: str) -> AppTest:
    app.segmented_control(key="members-view").set_value(view)
    return right(app.run())


def upload(app: AppTest, content: str | bytes, name: str = "mine.csv") -> AppTest:
    data = content.encode() if isinstance(content, str) else content
    app.file_uploader(key="ledger-upload-0").set_value((name, data, "text/csv"))
    return right(app.run())


def told(app: AppTest) -> str:
    return app.markdown[0].value.replace("\\", "")


def caption(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption).replace("\\", "")


@pytest.mark.parametrize("preset", ["ride-hailing", "stock-photography", "freelancer-back-office"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_runs(preset: str, view: str) -> None:
    app = see(opened(PAGE, preset=preset), view)
    assert not app.error
    assert app.selectbox(key=f"ledger-{preset}").value == members_ledger.FITTING.get(preset, members_ledger.FIRST_SHOWN)


def test_the_answer_comes_first_and_says_who_gets_and_who_decides() -> None:
    app = opened(PAGE, preset="ride-hailing")
    assert re.match(r"#### Of [\d,]+\.\d\d USD, half of the 10,000 members get [\d,]+\.\d\d USD or less", told(app))
    assert "5,001 of 10,000 to decide; by shares of the marketplace, founders and investors of round 2 decide" in told(app)


def test_a_statement_tells_the_share_step_by_step() -> None:
    app = opened(PAGE, preset="stock-photography")
    app.segmented_control(key="members-whose").set_value("Search")
    right(app.run())
    app.text_input(key="members-sought").set_value("staff 07")
    right(app.run())
    shown = text(html(app))
    assert "Staff 07" in shown and "÷ those of your whole class" in shown and f"5{words.THIN}%" in shown
    assert "No comparison with a marketplace" in shown
    app.segmented_control(key="members-whose").set_value("Much use")
    shown = text(html(right(app.run())))
    assert "× your use ÷ that of your whole class" in shown
    assert re.search(r"That is [\d,.]+ USD (more|less) than the same sales leave you on the marketplace", shown)


def test_a_search_that_finds_nobody_says_so() -> None:
    app = opened(PAGE, preset="ride-hailing")
    app.segmented_control(key="members-whose").set_value("Search")
    right(app.run())
    app.text_input(key="members-sought").set_value("nobody of that name")
    assert any("No member of the ledger has" in each.value for each in right(app.run()).info)


def test_the_year_or_an_amount_can_be_shared_out() -> None:
    app = opened(PAGE, preset="ride-hailing")
    year = next(each for each in app.selectbox if each.key.startswith("members-year"))
    year.set_value(0)
    right(app.run())
    app.number_input(key="members-pool").set_value(1234.56)
    assert "Of 1,234.56 USD" in told(right(app.run()))
    app.number_input(key="members-pool").set_value(0.0)
    assert "nothing to share out" in told(right(app.run()))
    for view in VIEWS:
        see(app, view)


def test_the_smallest_payout_credits_what_is_below_it() -> None:
    app = opened(PAGE, preset="ride-hailing")
    app.number_input(key="members-minimum").set_value(10_000.0)
    right(app.run())
    assert "all of it is credited" in text(html(app))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_ledger_is_refused_with_every_mistake_and_the_ledger_stays(path: Path) -> None:
    app = opened(PAGE, preset="ride-hailing")
    before = told(app)
    upload(app, path.read_bytes(), path.name)
    if path.stem in ("unknown_class", "missing_years", "no_years_column"):  # right by themselves, wrong for some classes
        assert not app.error
        return
    assert app.error and all(path.name in each.value.replace("\\", "") for each in app.error)
    assert told(app) == before
    assert "Nothing was changed" in caption(app)


def test_an_own_ledger_is_shown_as_text_and_can_be_forgotten() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), OWN)
    assert "half of the 3 members" in told(app) and "Ana <b>" in repr(app.session_state)
    assert app.selectbox(key="ledger-ride-hailing").value == members_ledger.OWN
    app.segmented_control(key="members-whose").set_value("Much use")
    right(app.run())
    assert "Ana &lt;b&gt;" in html(app) and "Ana <b>" not in html(app)
    app.button(key="forget-ledger").click()
    assert "10,000 members" in told(right(app.run()))
    assert "Ana <b>" not in repr(app.session_state)


def test_semicolons_and_decimal_commas_are_understood() -> None:
    app = upload(opened(PAGE, preset="ride-hailing"), "\ufeffmember;class;patronage\nAna;d;1.234,50\nBo;d;2.000,25\n")
    assert not app.error
    assert "1,234.50" in text(html(app))


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
    app = opened(PAGE, preset="ride-hailing")
    assert "Traditional marketplace" in text(html(app))
    app.multiselect[0].set_value([])
    assert "No comparison with a marketplace" in text(html(right(app.run())))


def test_the_same_pool_is_compared_with_other_ways() -> None:
    app = see(opened(PAGE, preset="stock-photography"), "Who gets how much")
    table = text(html(app).split('class="key"')[-1])
    for way in ("By these rules", "Equally", "By use", "By share capital"):
        assert way in table
    assert "Gini" in table and "as Smart in Belgium asks" in caption(app)


def test_an_account_over_the_years_follows_joining_and_leaving() -> None:
    app = see(opened(PAGE, preset="ride-hailing"), "Over the years")
    app.selectbox(key="members-joins-10").set_value(8)
    right(app.run())
    app.selectbox(key="members-leaves-10-8").set_value(10)
    right(app.run())
    rows = re.findall(r'<tr><th scope="row">(\d+)</th>(.*?)</tr>', html(app))
    bought = {int(year): re.findall(r">([^<]+)</td>", cells)[0] for year, cells in rows}
    assert [year for year, cell in bought.items() if cell != "0"] == [8]


def test_the_tax_heads_up_comes_when_the_cash_does_not_reach_and_is_no_advice() -> None:
    app = opened(PAGE, preset="ride-hailing")
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
    assert len(app.dataframe[-1].value) == 500
    app.selectbox(key="all-order").set_value("Largest refund first")
    refunds = right(app.run()).dataframe[-1].value["Refund"].tolist()
    assert refunds == sorted(refunds, reverse=True)
    app.text_input(key="all-sought").set_value("driver 0999")
    assert len(right(app.run()).dataframe[-1].value) == 10
    assert "10 of 10,000 members" in caption(app)


def made_of(members: Members) -> Setup:
    x = project(Assumptions())
    given = Terms(0.1, 0.2, 1000, 0.0, 5, 0.05, frozenset(members.classes))
    ledger = members_ledger.Ledger("key", "mine.csv", members)
    return Setup("key", ledger, allocate(10_001, members, cash_share=0.5), 1, given, "cooperative", x, "marketplace", x, "EUR")


def test_the_zip_has_one_harmless_page_a_member() -> None:
    names = ("../../etc/<script>alert(1)</script>", "Ana", "Ana ", "\u00c9lodie & Co")
    made = made_of(Members(names, ("d",) * 4, (4, 3, 2, 1)))
    data = members_files.letters(made)
    assert data == members_files.letters(made)
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert len(set(files.namelist())) == 4
        assert not any("/" in name or ".." in name for name in files.namelist())
        for name, member in zip(files.namelist(), names, strict=True):
            page = files.read(name).decode()
            assert page.startswith("<!doctype html>") and "<script" not in page
            assert members_paper.escape(member) in page
            assert "http" not in page  # needs nothing from anywhere


def test_two_names_that_look_alike_keep_their_own_refund() -> None:
    made = made_of(Members(("a b", "a-b"), ("d", "d"), (1, 2)))
    with zipfile.ZipFile(io.BytesIO(members_files.letters(made))) as files:
        assert files.namelist() == ["000001_a-b.html", "000002_a-b.html"]
    assert "'=1" in write_allocation(allocate(1, Members(("=1",), ("d",), (1,))))


def test_one_holder_who_decides_alone_is_named() -> None:
    assert sentence(made_of(Members(("a",), ("d",), (1,)))).endswith("by shares of the marketplace, founders decide alone.")


def test_a_file_is_named_after_ledger_and_time() -> None:
    assert file_name("letters", "mine", "", datetime(2026, 1, 31, 14, 5), "zip") == "mine_letters_2026-01-31-1405.zip"

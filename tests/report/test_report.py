"""The page to hand over: what stands on it, that nothing in it comes from outside, and that user texts stay texts."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from report_samples import DAY, LINK, of_preset, too_much
from strategies import random_values

from coopfin import ASSUMPTIONS, MEASURES, Assumptions, compare, project
from coopfin.comparison.scenario import Scenario
from coopfin.display import board, words
from coopfin.display.nouns import Words
from coopfin.display.sentence import sentence
from coopfin.report import lender, member, parts
from coopfin.report.material import MOST_FIRMS, Material
from coopfin.report.page import GENERAL, LENDER, VARIANTS, report
from coopfin.report.paper import PAPERS, lines, listed
from coopfin.report.rests import rests_on
from coopfin.ui.session import presets

EVIL = ("<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "</style><b>", "&lt;i&gt;", "$\\frac{1}{2}$ {x}")


class Reader(HTMLParser):
    """The tags of a page, what they point at, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[tuple[str, str]] = []
        self.text = ""
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [(tag, value or "") for name, value in attrs if name in ("href", "src", "srcset", "action", "data")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("preset", presets.names())
def test_nothing_is_loaded_from_outside(preset: str, variant: str) -> None:
    html = report(of_preset(preset), variant, with_assumptions=True)
    read = Reader(html)
    assert not read.tags & {"script", "link", "img", "iframe", "object", "embed", "form", "video", "image", "use", "base"}
    assert read.addresses == [("a", LINK)]
    assert not read.handlers
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {"#dry"}
    assert "@import" not in html and "default-src 'none'" in html


@pytest.mark.parametrize("preset", presets.names())
def test_the_general_page_has_the_answer_and_the_figures_of_the_desk(preset: str) -> None:
    material = of_preset(preset)
    text = Reader(report(material)).text
    assert sentence(material.view, material.wording) in text
    for shown in board.places(material.view, material.view).values():
        assert shown in text
    assert material.wording.title in text and "31 January 2026" in text and "coopfin" in text


@pytest.mark.parametrize("variant", VARIANTS)
def test_texts_of_users_stay_texts(variant: str) -> None:
    base = presets.load("blank").scenario
    names = [each[:60] for each in EVIL[:2]]
    firms = dict(zip(names, base.enterprises.values(), strict=True))
    sources = dict.fromkeys(list(ASSUMPTIONS)[:20], EVIL[0]) | {"take_rate": EVIL[1]}
    before = {name: replace(a, take_rate=0.3) for name, a in firms.items()}
    notes = {("take_rate", names[1]): EVIL[2], ("", names[0]): EVIL[1], ("churn", ""): EVIL[3]}
    wording = Words(EVIL[0] + EVIL[2], EVIL[1], EVIL[1], EVIL[0], "<b>$")
    material = Material(Scenario(firms, sources), compare(firms), wording, DAY, Scenario(before, sources), notes=notes, link=LINK)
    read, safe = (
        Reader(report(material, variant, with_assumptions=True)),
        Reader(report(of_preset("blank"), variant, with_assumptions=True)),
    )
    assert read.tags <= safe.tags | {"a", "b", "li", "ul", "aside", "section", "h2"}
    assert not read.handlers and not read.tags & {"script", "img", "i_"}
    assert EVIL[0] in read.text and EVIL[1] in read.text
    if variant == GENERAL:
        assert EVIL[3] in read.text


def test_what_a_room_decided_stands_before_the_notes() -> None:
    decided = "The room decided, one member, one vote: Take rate of the cooperative: 12 %."
    material = replace(of_preset("ride-hailing"), decided=(decided,), notes={("", "cooperative"): "The board agrees."})
    read = Reader(report(material, with_assumptions=True))
    assert 0 < read.text.index(decided) < read.text.index("The board agrees.")
    assert "Decisions and notes" in read.text and "Decisions" not in Reader(report(of_preset("ride-hailing"))).text


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//x", "", "https://", "file:///etc/passwd", "https://a\nb"]
)
def test_a_link_that_is_none_of_the_web_is_left_out(link: str) -> None:
    read = Reader(report(of_preset("blank", link)))
    assert read.addresses == []
    assert "The scenario file brings these figures back." in read.text


def test_a_long_link_has_no_code_but_stays_a_link() -> None:
    html = report(too_much())
    assert len(too_much().link) > parts.LONGEST_CODE
    assert 'class="code"' not in html and "too long for a code" in html
    assert Reader(html).addresses == [("a", too_much().link)]
    assert 'class="code"' in report(of_preset("blank"))


def test_what_does_not_fit_is_counted_and_stands_in_full_for_a_screen() -> None:
    material = too_much()
    assert len(material.changes) >= 100 and len(material.firms) == MOST_FIRMS
    read = Reader(report(material, with_assumptions=True))
    told = [each for each in parts.changed(material) if each in read.text.partition("All that was changed")[0]]
    left = re.search(r"(?:and )?(\d+)(?: more)?, in the scenario file and under the link", read.text)
    assert left and int(left[1]) + len(told) == len(material.changes)
    assert all(each in read.text for each in [*parts.changed(material), *parts.notes(material)])
    assert all(" ".join(source.split()) in " ".join(read.text.split()) for source in material.scenario.sources.values())


def test_a_seventh_column_is_told_not_shown() -> None:
    base = presets.load("blank").scenario.enterprises["cooperative"]
    firms = {f"plan {number}": base for number in range(9)}
    material = Material(Scenario(firms, {}), compare(firms), Words("Nine"), DAY)
    text = Reader(report(material)).text
    assert "And 3 more columns, in the scenario file." in text and "plan 8" not in text


def test_what_was_changed_leads_from_the_base_to_the_scenario() -> None:
    material = too_much()
    assert material.base
    for firm, a in material.base.enterprises.items():
        mine = {each.assumption: each.after for each in material.changes if each.firm in ("", firm)}
        assert replace(a, **mine) == material.scenario.enterprises[firm]


@given(st.lists(st.text(min_size=1, max_size=200), max_size=30), st.integers(1, 40), st.integers(5, 80))
def test_a_list_takes_no_more_room_than_it_has(texts: list[str], space: int, width: int) -> None:
    found, used = listed(texts, space, width, "elsewhere")
    assert used <= max(space, 1) or not texts
    assert list(found.told) == texts[: len(found.told)] and found.left == len(texts) - len(found.told)
    assert used == sum(lines(each, width) for each in found.told) + bool(found.left)


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_the_lenders_figures_are_those_of_the_statements(seed: int) -> None:
    x = project(Assumptions(**random_values(np.random.default_rng(seed))))
    paid, times = lender.service(x), lender.cover(x)
    there = ~np.isnan(times)
    assert np.array_equal(there, paid > 0)
    np.testing.assert_allclose((times * paid)[there], np.asarray(x.operating_surplus - x.tax)[there], rtol=1e-9)
    owed = np.asarray(x.loan_balance + x.note_balance)
    assert owed.shape == paid.shape
    months, cash = lender.runway(x), np.asarray(x.months.cash)
    assert np.all((months == 0) == (cash <= 0))
    for month in np.flatnonzero(np.isfinite(months) & (months > 0)):
        out = (
            cash[max(0, month - lender.BURN)]
            - cash[month]
            + x.months.capital_received[max(1, month - lender.BURN + 1) : month + 1].sum()
        )
        assert months[month] * out / min(lender.BURN, month) == pytest.approx(cash[month], rel=1e-6)


def test_the_members_figures_are_shares_of_the_firms() -> None:
    x = of_preset("stock-photography").comparison.projections["cooperative"]
    assert member.refunds_in_cash(x) * x.total("active_providers") == pytest.approx(
        x.total("patronage_cash") + x.total("redemption")
    )
    assert member.account(x) * x.final.providers == pytest.approx(MEASURES["allocated_equity_final"](x))
    assert member.refunds_in_cash(x) > 0


@pytest.mark.parametrize("years", [1, 3, 12, 13, 20, 40])
def test_a_long_horizon_keeps_its_first_years_and_its_last(years: int) -> None:
    shown = lender.shown_years(years)
    assert shown == sorted(set(shown)) and len(shown) <= lender.MOST_YEARS
    assert shown[0] == 1 and shown[-1] == years
    assert years > lender.MOST_YEARS or shown == list(range(1, years + 1))


def test_the_lender_is_told_of_a_gap_before_any_loan() -> None:
    firms = dict(presets.load("ride-hailing").scenario.enterprises)
    firms["cooperative"] = replace(firms["cooperative"], take_rate=0.1)
    material = replace(of_preset("ride-hailing"), scenario=Scenario(firms, {}), comparison=compare(firms))
    said = lender.sentence(material.comparison.projections["cooperative"], "cooperative", "USD")
    assert "that gap comes before any loan" in said and len(said.split()) <= 25
    read = Reader(report(material, LENDER)).text
    cash = words.whole(float(material.comparison.projections["cooperative"].cash[3]))
    assert said in read and cash in read


def test_every_source_is_told_by_its_strength() -> None:
    for preset in presets.names():
        for source in presets.load(preset).scenario.sources.values():
            told = rests_on(source)
            assert len(told) <= 90 and told.partition(":")[0] in parts.RESTING
    assert rests_on("") == "the model's default"
    assert rests_on("bylaws, section 12") == "its own source: bylaws, section 12"


def test_every_paper_and_variant_is_a_whole_page() -> None:
    for paper in PAPERS:
        for variant in VARIANTS:
            html = report(of_preset("blank"), variant, paper)
            assert html.startswith("<!DOCTYPE html>") and html.endswith("</html>\n")
            assert f"size: {PAPERS[paper].name} portrait" in html and unescape(html).count("</article>") == 1

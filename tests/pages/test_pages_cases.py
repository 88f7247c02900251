"""The pages of real cases and hard questions: every number has its source, and the levers act."""

from __future__ import annotations

import re
from html import unescape

import pytest
from moving import lever_rows, lever_value, move_lever
from streamlit.testing.v1 import AppTest
from test_pages import html, opened, right, text

from coopfin import ASSUMPTIONS
from coopfin.display import words
from coopfin.evidence.cases import CASES, CHECKS
from coopfin.evidence.facts import read_facts
from coopfin.evidence.outcome_words import paragraph
from coopfin.evidence.outcomes import Outcome
from coopfin.evidence.panel import base_rates, panel, scores
from coopfin.evidence.predictions import predictions
from coopfin.evidence.questions import READINGS
from coopfin.evidence.three_cases import FAILED, NOT_PUBLISHED, columns
from coopfin.ui.evidence.page import TEXTS
from coopfin.ui.parts import figures
from coopfin.ui.session import presets

FACTS = read_facts()


def outcome(key: str) -> Outcome:
    return Outcome(presets.load(key).scenario.enterprises, presets.ranges(key))


FACT = re.compile(r'<a class="fact" data-fact="([^"]+)" href="([^"]+)"[^>]*>.*?</a>')
MODEL = re.compile(r'<span class="model">.*?</span>')


def stray(markup: str) -> list[str]:
    """Numbers in ``markup`` that are neither a fact with its link nor a value of the model."""
    without = MODEL.sub(" ", FACT.sub(" ", re.sub(r"<style>.*?</style>", " ", markup, flags=re.DOTALL)))
    plain = unescape(text(without))
    for each in ASSUMPTIONS.values():
        plain = plain.replace(each.label, "")  # declared once: "Growth, year 1" is a name
    return re.findall(r"\S*\d\S*", plain)


def main_text(app: AppTest) -> str:
    """Everything that the page itself says, the left side left out."""
    page = next(each for each in app.main.children.values() if getattr(each.proto, "id", "").endswith("-page"))
    main = page.children[1]
    kinds = (main.title, main.header, main.subheader, main.markdown, main.caption, main.get("html"))
    labels = [each.label for each in (*main.button, *main.expander)]
    return "\n".join([*(each.value for kind in kinds for each in kind), *labels])


def check_figures(app: AppTest) -> None:
    shown = main_text(app)
    assert stray(shown) == []
    cited = FACT.findall(shown)
    assert cited
    for fact, address in cited:
        assert FACTS[fact].strength in ("primary", "secondary")
        assert unescape(address) == figures.address(FACTS[fact]) and address.startswith("http")


def test_a_stray_number_would_be_found() -> None:
    assert stray('<p>about 40 %, <a class="fact" data-fact="x" href="y" title="9">5</a> <span class="model">3</span></p>') == [
        "40"
    ]


@pytest.mark.parametrize("case", CASES["main"])
def test_every_number_of_a_case_is_a_fact_or_the_models(case: str) -> None:
    app = opened("pages/cases.py")
    app.segmented_control(key="case").set_value(case)
    right(app.run())
    check_figures(app)
    rows = html(app).split('class="comparison cases"')[1:]
    assert sum(part.split("</table>")[0].count('<th scope="row">') for part in rows) == sum(
        check.case in CASES["main"][case]["checks"] for check in CHECKS
    )


def test_the_page_says_first_what_the_model_is_good_for_then_what_not_then_the_score() -> None:
    app = opened("pages/cases.py")
    shown = unescape(text(html(app)))
    every = scores()[-1]
    assert re.search(rf"{every.hits}\s+of\s+{every.tried}\s+tries at a company's next year were better than a naive guess", shown)
    order = ["What it is good for", "What it is not good for", "What was foreseen", "Figures met, of figures tested"]
    places = [shown.index(each) for each in order]
    assert places == sorted(places)
    for each in base_rates():
        assert re.search(rf"{each.carried} of {each.years} years", shown)


def test_misses_are_shown_as_misses_and_a_false_claim_is_none() -> None:
    app = opened("pages/cases.py")
    tables = "".join(part.split("</table>")[0] for part in html(app).split('class="comparison cases"')[1:])
    cases = CASES["main"]["drivers"]["checks"]
    tested = [check for check in CHECKS if check.case in cases and check.kind not in ("put in", "claim")]
    assert tables.count('class="verdict misses"') == sum(not check.fits for check in tested)
    assert tables.count('class="verdict within"') == sum(check.fits for check in tested)
    claims = [check for check in CHECKS if check.case in cases and check.kind == "claim"]
    assert tables.count("the claim does not hold") == sum(not check.fits for check in claims) > 0


def test_every_try_of_the_panel_and_every_prediction_is_there() -> None:
    shown = html(opened("pages/cases.py"))
    tries = shown.split('class="comparison scores tries"')[1].split("</table>")[0]
    assert tries.count('<th scope="row">') == len(panel()) and tries.count("verdict hit") == scores()[-1].hits
    predicted = shown.split('class="comparison scores predictions"')[1].split("</table>")[0]
    assert predicted.count('<th scope="row">') == len(predictions()) and "2026-11-26" in predicted


def test_the_three_cases_stand_beside_their_peers_with_sources_or_not_published() -> None:
    app = opened("pages/cases.py")
    three, failed = (part.split("</table>")[0] for part in html(app).split('class="comparison side"')[1:3])
    for part, shown in (
        (three, [c for c in columns() if c.kind != FAILED]),
        (failed, [c for c in columns() if c.kind == FAILED]),
    ):
        empty = sum(not cell.parts for column in shown for cell in column.cells.values())
        assert part.count(f">{NOT_PUBLISHED}</td>") == empty
        assert all(column.name in text(part) for column in shown)


def test_the_presets_outcome_is_told_from_its_numbers() -> None:
    app = opened("pages/cases.py", preset="home-cleaning")
    said = paragraph(outcome("home-cleaning"), presets.words("home-cleaning"))
    assert " ".join(said.split()) in " ".join(unescape(text(html(app))).split())


def test_there_is_a_card_for_every_shorter_case_and_a_way_into_the_comparison() -> None:
    app = opened("pages/cases.py")
    assert len(CASES["cards"]) == 8
    assert html(app).count('class="card"') == 8 + len(CASES["reading"])
    opening = [case for case in [*CASES["main"].values(), *CASES["cards"].values()] if "preset" in case]
    assert all(case["preset"] in presets.names() for case in opening)
    assert app.button(key="open-drivers").label.startswith("Open")


@pytest.mark.parametrize("key", presets.names())
def test_every_number_of_the_hard_questions_is_a_fact_or_the_models(key: str) -> None:
    check_figures(opened("pages/evidence.py", preset=key))


def effect(app: AppTest, label: str) -> list[str]:
    rows = re.findall(rf'<tr><th scope="row">{re.escape(label)}(?:<small.*?)?</th>(.*?)</tr>', html(app))
    assert rows, label
    return [text(cell).strip() for cell in re.findall(r'<td class="number">(.*?)</td>', rows[0])]


def test_every_question_has_readings_and_a_lever() -> None:
    assert set(TEXTS["sections"]) == set(READINGS)
    app = opened("pages/evidence.py", preset="ride-hailing")
    for key, section in TEXTS["sections"].items():
        for name in section["levers"]:
            assert name in lever_rows(app, f"evidence-{key}")


@pytest.mark.parametrize(
    ("name", "percent", "label"),
    [
        ("product_rate", 20.0, "Product budget, last year"),
        ("reserve_share", 40.0, "Indivisible reserve"),
        ("churn", 60.0, "Leave in a year where pay is as elsewhere"),
        ("ancillary_rate", 1.0, "Advertising and data income"),
        ("provider_votes", 40.0, "Fewest people with a majority of votes"),
        ("community_share", 30.0, "To the community, of revenue"),
    ],
)
def test_a_lever_beside_a_question_moves_its_table_and_the_link(name: str, percent: float, label: str) -> None:
    app = opened("pages/evidence.py", preset="blank")
    before = effect(app, label)
    (key,) = [key for key, section in TEXTS["sections"].items() if name in section["levers"]]
    firm = lever_rows(app, f"evidence-{key}")[name]["thumbs"][-1]["firm"]
    right(move_lever(app, name, firm, percent / 100, f"evidence-{key}"))
    assert effect(app, label) != before
    assert app.query_params[name].split(",")[1] == f"{percent / 100:g}"


def test_money_moves_the_capital_gap() -> None:
    app = opened("pages/evidence.py", preset="ride-hailing")
    before = effect(app, "Outside capital raised")
    right(move_lever(app, "preferred", "cooperative", 1_000_000.0, "evidence-capital"))
    assert effect(app, "Outside capital raised")[0] == before[0]
    assert effect(app, "Outside capital raised")[1] != before[1]
    assert lever_value(app, "preferred", "cooperative", "evidence-capital") == 1_000_000.0


def test_loyalty_is_shown_at_most_and_called_an_upper_bound() -> None:
    app = opened("pages/evidence.py", preset="ride-hailing")
    as_set, at_most, _ = effect(app, "Leave in a year where pay is as elsewhere")
    assert (as_set, at_most) == ("45\u202f%", "25.3\u202f%")
    assert "upper bound" in html(app)
    assert not effect(app, "How long a provider stays")[2].startswith(words.MINUS)


def test_who_decides_is_left_empty_where_the_model_does_not_know_and_says_so() -> None:
    app = opened("pages/evidence.py", preset="ride-hailing", provider_votes="0,0.4")
    marketplace, cooperative, _ = effect(app, "Fewest people with a majority of votes")
    assert (marketplace, cooperative) == ("2", "–")  # founders and one more
    assert "how many other members hold the other votes is not in the model" in html(app)
    drivers = int(effect(opened("pages/evidence.py", preset="ride-hailing"), "Fewest people with a majority of votes")[1])
    last = outcome("ride-hailing").projections["cooperative"].providers[-1]
    assert drivers == int(last) // 2 + 1  # more than half of those who drive in the last year


def test_one_firm_alone_is_told_why_there_is_nothing_to_see() -> None:
    app = opened("pages/evidence.py", preset="blank", enterprises="alone")
    assert "needs two firms" in app.info[-1].value


def test_hostile_names_stay_text_on_the_new_pages() -> None:
    app = opened("pages/evidence.py", preset="blank", enterprises="<img src=x onerror=alert(1)>,$x^2$")
    assert "<img" not in html(app)

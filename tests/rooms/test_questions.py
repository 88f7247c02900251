"""What may be answered, and questions in files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from coopfin import ASSUMPTIONS, Assumptions
from coopfin.reading.mistakes import FileError
from coopfin.rooms import ready
from coopfin.rooms.answers import read_paper
from coopfin.rooms.questions import (
    POINTS,
    SPLIT,
    USES,
    AnswerError,
    Question,
    choice,
    decided,
    find_mistakes,
    lever,
    points,
    prediction,
    read_question,
)
from coopfin.rooms.run_sheet import read_run_sheet

SHEETS = sorted((Path(__file__).parents[2] / "sample_data/run_sheets").iterdir())
FIRMS = {"marketplace": Assumptions(), "cooperative": Assumptions()}
RATE = lever("take_rate", "cooperative", "What should it take?", 0.15)
YEARS = lever("redemption_years", "cooperative", "After how many years?", 5)
GUESS = prediction("provider_month", "cooperative", "What will one have?", "USD")
SURPLUS = points("cooperative", "What should become of it?")
FIRM = choice("Which?", ["one", "other"])


@pytest.mark.parametrize(
    ("question", "told", "answer"),
    [
        (RATE, 15, 0.15),
        (RATE, "15", 0.15),
        (RATE, "12,5 %", 0.125),
        (RATE, 12.3, 0.123),
        (RATE, 0, 0.0),
        (RATE, "-0", 0.0),
        (YEARS, 3, 3.0),
        (GUESS, "2500.50", 2500.5),
        (GUESS, -100, -100.0),
        (FIRM, 1, 1),
        (SURPLUS, [20, 20, 20, 20, 20], (20, 20, 20, 20, 20)),
        (SURPLUS, ["100", 0, 0, 0, 0], (100, 0, 0, 0, 0)),
    ],
)
def test_an_answer_is_read_as_a_person_writes_it(question: Question, told: object, answer: object) -> None:
    assert question.read(told) == answer


@pytest.mark.parametrize(
    ("question", "told", "says"),
    [
        (RATE, "much", "Write a number, 0 to 75 %."),
        (RATE, 99, "That is 99; permitted: 0 to 75 %."),
        (RATE, -1, "That is -1"),
        (RATE, None, "Write a number"),
        (RATE, True, "Write a number"),
        (RATE, [1], "Write a number"),
        (RATE, "1e3", "Write"),
        (RATE, float("nan"), "Write a number"),
        (RATE, float("inf"), "Write a number"),
        (RATE, "9" * 400, "Write a number"),
        (RATE, "١٢", "Write a number"),
        (RATE, "<b>1</b>", "Write a number"),
        (GUESS, 1e13, "That is 1"),
        (GUESS, 10**400, "Write"),
        (YEARS, 2.5, "whole numbers"),
        (FIRM, 2, "Choose one of the options."),
        (FIRM, -1, "Choose"),
        (FIRM, "one", "Choose"),
        (SURPLUS, [100, 0, 0, 0], "Give points to each of the 5 uses"),
        (SURPLUS, [50, 0, 0, 0, 0], "The points make 50; permitted: 100"),
        (SURPLUS, [150, -50, 0, 0, 0], "whole numbers, 0 to 100"),
        (SURPLUS, "100 0 0 0 0", "Give points"),
        (SURPLUS, [33.3, 66.7, 0, 0, 0], "whole numbers"),
        (SURPLUS, None, "Give points"),
        (SURPLUS, {"a": 1}, "Give points"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(question: Question, told: object, says: str) -> None:
    with pytest.raises(AnswerError) as refused:
        question.read(told)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 200


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_whatever_a_phone_sends_is_an_answer_within_the_bounds_or_refused(told: object) -> None:
    for question in (RATE, YEARS, GUESS, FIRM, SURPLUS):
        try:
            value = question.read(told)
        except AnswerError:
            continue
        if isinstance(value, tuple):
            assert sum(value) == 100
        elif question.is_number:
            assert question.low <= value <= question.high
        else:
            assert value in (0, 1)


@pytest.mark.parametrize("question", [RATE, YEARS, GUESS, SURPLUS, FIRM])
def test_a_question_is_kept_as_it_was(question: Question) -> None:
    assert read_question(question.written()) == question
    assert find_mistakes(question, list(FIRMS)) == []


def test_a_lever_s_range_reaches_to_where_it_stands_now() -> None:
    far = ASSUMPTIONS["take_rate"].plausible[1] + 0.1
    assert lever("take_rate", "cooperative", "?", far).high == far


def test_a_decision_moves_its_levers_and_nothing_else() -> None:
    assert decided(RATE, 0.12) == {("take_rate", "cooperative"): 0.12}
    assert decided(SURPLUS, (10, 20, 30, 40, 0)) == {
        (name, "cooperative"): part for name, part in zip(SPLIT, (0.1, 0.2, 0.3, 0.4), strict=True)
    }
    assert decided(GUESS, 5.0) == decided(FIRM, 1) == {}


@pytest.mark.parametrize("firms", [FIRMS, {"only": Assumptions()}])
def test_the_ready_questions_fit_any_scenario(firms: dict[str, Assumptions]) -> None:
    asked = ready.ready(firms, ready.Wording("driver", "drivers", "riders", "USD"))
    assert {each.kind for each in asked} == {"lever", "points", "prediction", "choice"}
    for each in asked:
        assert find_mistakes(each, list(firms)) == []
        assert each.text.endswith(("?", "."))
        assert "{" not in each.text


TOML = b"""
[[question]]
kind = "lever"
about = "take_rate"
question = "What should it take?"
quorum = 0.5

[[question]]
kind = "choice"
question = "Which?"
options = ["one", "other"]
"""
TABLE = "kind;question;about;firm;options;quorum\nlever;What should it take?;take_rate;;;0,5\nchoice;Which?;;;one | other;\n"


@pytest.mark.parametrize(("data", "name"), [(TOML, "sheet.toml"), (TABLE.encode(), "sheet.csv")])
def test_a_run_sheet_is_read_from_either_kind_of_file(data: bytes, name: str) -> None:
    first, second = read_run_sheet(data, name, FIRMS, "USD")
    assert first == lever("take_rate", "cooperative", "What should it take?", Assumptions().take_rate, "USD", 0.5)
    assert second == choice("Which?", ["one", "other"])


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.csv", "a.csv: the file is empty"),
        (b"kind,question\n", "a.csv", "there is no question in it"),
        (b"kind,question\nlever,What?\n", "a.csv", "a.csv, line 2: '' is not an assumption"),
        (b"kind,question,about\nlever,What?,take\n", "a.csv", "a.csv, line 2: 'take' is not an assumption"),
        (b"kind,question,about\nprediction,What?,open_doors\n", "a.csv", "'open_doors' is not a measure"),
        (
            b"kind,question,about,firm\nlever,What?,take_rate,shop\n",
            "a.csv",
            "the firm is 'shop'; permitted: marketplace, cooperative",
        ),
        (b"kind,question\nvote,What?\n", "a.csv", "kind is 'vote'; permitted: lever, points, prediction, choice"),
        (b"kind,question,options\nchoice,What?,one\n", "a.csv", "there are 1 options; permitted: 2 to 8"),
        (b"kind,question,options\nchoice,What?,one|one\n", "a.csv", "two options are the same"),
        (b"kind,question,quorum\npoints,What?,half\n", "a.csv", "quorum is 'half', not a number; write half of all votes as 0.5"),
        (b"kind,question,quorum\npoints,What?,50\n", "a.csv", "the quorum is 50; permitted: 0 to 1"),
        (b"kind,text\nlever,What?\n", "a.csv", "column question is missing"),
        (b"[[question]]\nkind = 'points'\nquestion = 3\n", "a.toml", "a.toml, question 1: question is '3'; permitted: a text"),
        (b"[[question]]\nkind = 'points'\nquestion = 'What?'\nask = 1\n", "a.toml", "question 1: 'ask' is no field"),
        (b"[[question]]\nkind = 'choice'\nquestion = 'What?'\noptions = 'a'\n", "a.toml", "options must be a list of texts"),
        (b"question = 1\n", "a.toml", "permitted is one [[question]] for each question"),
        (b"[[", "a.toml", "this is not TOML"),
        (b"\xff\xfe\x00", "a.toml", "not text"),
        (b"x" * 200_000, "a.toml", "permitted: up to 100,000"),
        (b"[[question]]\nkind='points'\nquestion='Q'\n" * 51, "a.toml", "there are 51 questions; permitted: up to 50"),
        (b"kind,question\nx,y\n" + b"x,y\n" * 40, "a.csv", "and 21 more mistakes"),
    ],
)
def test_a_mistake_in_a_run_sheet_is_told_with_its_place(data: bytes, name: str, says: str) -> None:
    with pytest.raises(FileError) as refused:
        read_run_sheet(data, name, FIRMS)
    assert says in str(refused.value), str(refused.value)
    assert len(refused.value.lines) <= 21


@given(st.binary(max_size=300), st.sampled_from(["a.toml", "a.csv"]))
def test_no_file_does_more_than_being_refused(data: bytes, name: str) -> None:
    try:
        read_run_sheet(data, name, FIRMS)
    except FileError as refused:
        assert refused.lines


def test_ballots_of_paper_are_read_as_they_are_typed() -> None:
    assert read_paper(RATE, "15\n\n 12,5 % ; Drivers\n", ["drivers"]) == [("", 0.15), ("drivers", 0.125)]
    assert read_paper(SURPLUS, "20 20 20 20 20\n100, 0, 0, 0, 0", []) == [("", (20,) * 5), ("", (100, 0, 0, 0, 0))]
    assert read_paper(FIRM, "2\nOne", []) == [("", 1), ("", 0)]


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        (RATE, "15\nmuch", "Ballot 2, 'much': Write a number"),
        (RATE, "15; thief", "Ballot 1: 'thief' is not a role; permitted: drivers"),
        (FIRM, "3", "Ballot 1, '3': Choose one"),
        (FIRM, "0", "Choose one"),
        (SURPLUS, "50 40", "Give points to each"),
        (RATE, "1\n" * 1001, "There are 1,001 ballots; permitted: up to 1,000."),
    ],
)
def test_a_ballot_that_cannot_be_read_is_told(question: Question, typed: str, says: str) -> None:
    with pytest.raises(AnswerError) as refused:
        read_paper(question, typed, ["drivers"])
    assert says in str(refused.value)


def test_the_uses_are_those_of_the_split_and_the_rest() -> None:
    assert SURPLUS.kind == POINTS
    assert USES[:-1] == tuple(ASSUMPTIONS[name].label for name in SPLIT)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_sample_sheets_can_be_used(path: Path) -> None:
    assert len(read_run_sheet(path.read_bytes(), path.name, FIRMS)) == 3

"""The page of the room: what stands there without the app's server, and a question from its opening to a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import html, opened, right, text

from coopfin.rooms import answers, store, web
from coopfin.rooms.record import decisions
from coopfin.rooms.store import CLOSED, OPEN, REVEALED
from coopfin.ui.room import leader, page
from coopfin.ui.room.address import for_phones
from coopfin.ui.room.leader import Leader
from coopfin.ui.room.opening import SEATS, council

ROOM = "pages/room.py"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(web, "running", lambda: True)
    yield
    store.database().run("DELETE FROM room")


def markdown(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown).replace("\\", "")


def leading(app: AppTest) -> Leader:
    kept: Leader = app.session_state["coopfin"].pages[Leader]
    return kept


def with_room(**query: str) -> AppTest:
    app = opened(ROOM, preset="ride-hailing", **query)
    app.button(key="room-open").click()
    return right(app.run())


def answered(code: str, number: int, told: list[object]) -> None:
    store.move(code, number, OPEN)
    for each in told:
        answers.give(code, number, answers.join(code)[0], each)
    store.move(code, number, CLOSED)
    store.move(code, number, REVEALED)


def test_without_the_server_the_page_says_how_to_get_it() -> None:
    app = opened(ROOM)
    assert page.START_IT in markdown(app)
    assert "make run" in page.START_IT


@pytest.mark.parametrize("words", [page.START_IT, page.INVITATION])
def test_the_answer_is_short(words: str) -> None:
    assert len(words.split()) <= 25


def test_a_room_is_opened_with_a_code_a_qr_and_a_pin(served: None) -> None:
    app = with_room()
    code = leading(app).code
    assert code in html(app)
    assert f"/room/{code}" in text(html(app)).replace(" ", "")
    assert leading(app).pin in markdown(app)
    assert "0 are in. Add a question, and choose it." in markdown(app)


def test_a_question_goes_from_the_list_to_a_decision_that_moves_the_lever(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_room()
    code = leading(app).code
    app.button(key="room-add-0").click()
    right(app.run())
    app.selectbox(key=f"room-question-{code}").set_value(1)
    right(app.run())
    app.button(key=f"room-to-{OPEN}").click()
    right(app.run())
    answers.give(code, 1, answers.join(code)[0], 11)
    app.button(key=f"room-to-{CLOSED}").click()
    right(app.run())
    assert "1 of 1 have answered" in text(html(app)).replace("  ", " ")
    assert "11 %" not in markdown(app)
    app.button(key=f"room-to-{REVEALED}").click()
    right(app.run())
    assert "One member, one vote, the room says: 11 %." in markdown(app)
    assert "All, 1 answer, median 11 %, middle half 11 % to 11 %" in markdown(app)
    app.button(key="room-take").click()
    right(app.run())
    assert app.query_params["take_rate"].endswith(",0.11")
    told = "The room decided, one member, one vote: Take rate of the cooperative: 11 %."
    assert any(told in each.value.replace("\\", "") for each in app.success)
    (noted,) = decisions(code)
    assert noted.told == told
    assert "take_rate=" in noted.link
    for leads, taken in ((Leader(code), (told,)), (Leader(), ())):
        monkeypatch.setattr(leader, "leading", lambda leads=leads: leads)
        assert leader.taken_over() == taken
    assert len(app.session_state["coopfin"].record.past) == 1


def test_every_kind_of_question_can_be_shown_and_counted(served: None) -> None:
    app = with_room()
    code = leading(app).code
    for place in range(4):
        app.button(key=f"room-add-{place}").click()
        right(app.run())
    told = ([[20, 20, 20, 20, 20], [0, 0, 0, 100, 0]], [2000, 9000.5], [0, 0, 2])
    for number, given in enumerate(told, 2):
        answered(code, number, list(given))
    for number, says in ((2, "the room says: 10 to the community"), (3, "The model gives"), (4, "the room says: marketplace")):
        store.show(code, number)
        right(app.run())
        assert says in markdown(app), markdown(app)
        assert (
            app.button(key="room-take").disabled is False if number == 2 else not [b for b in app.button if b.key == "room-take"]
        )


def test_roles_with_what_they_hold_and_their_blocks_are_counted_each_way(served: None) -> None:
    app = opened(ROOM, preset="ride-hailing")
    app.radio(key="room-assigned").set_value("chosen")
    right(app.run())
    app.number_input(key="room-shares-2").set_value(70.0)
    app.selectbox(key="room-blocks").set_value(list(SEATS)[1])
    app.button(key="room-open").click()
    right(app.run())
    code = leading(app).code
    room = store.found(code)
    assert [(role.name, role.shares, role.council) for role in room.setup.roles] == [
        ("drivers", 1, 0.9), ("riders", 1, 0), ("founders", 70, 0.05),
    ]  # fmt: skip
    app.button(key="room-add-0").click()
    right(app.run())
    store.move(code, 1, OPEN)
    for role, value in (("drivers", 5), ("drivers", 6), ("founders", 30), ("riders", 8), ("riders", 9)):
        answers.give(code, 1, answers.join(code, role)[0], value)
    store.move(code, 1, CLOSED)
    store.move(code, 1, REVEALED)
    right(app.run())
    counted = {row[0]: row[1] for row in re.findall(r'<th scope="row">([^<]+)</th><td class="number"><b>([^<]+)</b>', html(app))}
    assert counted == {
        "One member, one vote": "8 %", "One share, one vote": "30 %", "By patronage": "6 %", "Class blocks": "6 %",
    }  # fmt: skip
    app.segmented_control(key="room-rule").set_value("One share, one vote")
    right(app.run())
    app.button(key="room-take").click()
    right(app.run())
    assert app.query_params["take_rate"].endswith(",0.3")


@pytest.mark.parametrize("blocks", SEATS)
def test_the_blocks_of_a_sample_make_the_whole_council(blocks: str) -> None:
    assert sum(council(blocks)) == pytest.approx(1)


def test_large_amounts_of_money_are_told_in_full(served: None) -> None:
    app = with_room()
    code = leading(app).code
    app.button(key="room-add-4").click()  # what it spends on its product team
    right(app.run())
    answered(code, 1, [1_234_567, 1_234_568])
    store.show(code, 1)
    right(app.run())
    assert "median 1,234,567.5 USD" in markdown(app)
    assert "e+0" not in markdown(app) + html(app)


def test_what_a_room_is_asked_in_own_words_is_never_markup(served: None) -> None:
    app = with_room()
    code = leading(app).code
    app.segmented_control(key="room-from").set_value("On the spot")
    right(app.run())
    app.text_input(key="room-text").set_value("<img src=x onerror=alert(1)> $a$ **b**")
    app.text_area(key="room-options").set_value("<b>one</b>\nother")
    app.button(key="room-add-own").click()
    right(app.run())
    answered(code, 1, [0])
    store.show(code, 1)
    right(app.run())
    shown = html(app) + "".join(each.value for each in app.markdown if each.allow_html)
    assert "<img" not in shown
    assert "<b>one</b>" not in shown
    assert "&lt;b&gt;one&lt;/b&gt;" in shown


def test_a_question_that_cannot_be_asked_is_refused_in_words(served: None) -> None:
    app = with_room()
    app.segmented_control(key="room-from").set_value("On the spot")
    right(app.run())
    app.button(key="room-add-own").click()
    right(app.run())
    told = " ".join(each.value.replace("\\", "") for each in app.error)
    assert "The question has 0 signs; permitted: 1 to 200" in told
    assert "There are 0 options; permitted: 2 to 8" in told
    assert store.asked(leading(app).code) == []


def test_a_second_facilitator_comes_in_by_the_pin_and_the_end_deletes_everything(served: None) -> None:
    first = with_room()
    code, pin = leading(first).code, leading(first).pin
    second = opened(ROOM, preset="blank")
    second.text_input(key="room-join-code").set_value(code.lower())
    second.text_input(key="room-join-pin").set_value("0")
    join(second)
    right(second.run())
    assert any("not this room's PIN" in each.value.replace("\\", "") for each in second.info)
    second.text_input(key="room-join-code").set_value(code)
    second.text_input(key="room-join-pin").set_value(pin)
    join(second)
    right(second.run())
    assert leading(second).code == code
    second.button(key="room-end").click()
    right(second.run())
    assert any("Everything in it is deleted" in each.value.replace("\\", "") for each in second.info)
    assert store.database().run("SELECT count(*) FROM question") == [(0,)]
    right(first.run())
    assert page.INVITATION in markdown(first)


def join(app: AppTest) -> None:
    next(each for each in app.button if each.label == "Join as a facilitator").click()


def with_cookie(monkeypatch: pytest.MonkeyPatch, kept: Leader) -> None:
    """A browser that leads a room, as a new session finds it."""

    class Context:
        cookies = {web.HOST_COOKIE: f"{kept.code}.{kept.token}"}  # noqa: RUF012
        url, ip_address = "http://localhost:8501/room", None

    monkeypatch.setattr(leader.st, "context", Context)


def test_the_stage_shows_the_room_that_this_browser_leads(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    app = with_room()
    app.button(key="room-add-0").click()
    right(app.run())
    kept = leading(app)
    assert kept.code not in html(opened(stage="1", preset="ride-hailing"))
    with_cookie(monkeypatch, kept)
    stage = opened(stage="1", preset="ride-hailing")
    assert kept.code in html(stage)
    store.move(kept.code, 1, OPEN)
    answers.give(kept.code, 1, answers.join(kept.code)[0], 11)
    right(stage.run())
    assert "1 of 1 have answered" in text(html(stage)).replace("  ", " ")
    store.move(kept.code, 1, CLOSED)
    store.move(kept.code, 1, REVEALED)
    right(stage.run())
    assert "median 11 %" in markdown(stage)
    assert "One share, one vote" in html(stage)


def test_a_new_session_leads_on_by_the_browser_s_cookie(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    first = with_room()
    kept = leading(first)
    with_cookie(monkeypatch, kept)
    second = opened(ROOM, preset="ride-hailing")
    assert leading(second).code == kept.code
    assert "The PIN is not kept" in markdown(second)
    second.button(key="room-new-pin").click()
    right(second.run())
    assert leading(second).pin != kept.pin
    assert store.admit(kept.code, leading(second).pin)


@pytest.mark.parametrize(
    ("url", "listens", "own", "begin", "warned"),
    [
        ("http://localhost:8501/room?a=b", "localhost", "192.168.1.5", "http://localhost:8501", True),
        ("http://localhost:8501/room", "0.0.0.0", "192.168.1.5", "http://192.168.1.5:8501", False),
        ("http://127.0.0.1:8501/room", "0.0.0.0", "", "http://127.0.0.1:8501", True),
        ("https://coopfin.example/room", "0.0.0.0", "10.0.0.1", "https://coopfin.example", False),
        ("http://192.168.1.5:8501/room", "0.0.0.0", "", "http://192.168.1.5:8501", False),
        ("http://localhost/room", "0.0.0.0", "192.168.1.5", "http://192.168.1.5", False),
    ],
)
def test_phones_get_an_address_they_can_reach_or_a_warning(url: str, listens: str, own: str, begin: str, warned: bool) -> None:
    assert for_phones(url, listens, own)[0] == begin
    assert bool(for_phones(url, listens, own)[1]) == warned

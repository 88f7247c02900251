"""Codes, PINs and tokens."""

from __future__ import annotations

import pytest

from coopfin.rooms import codes
from coopfin.rooms.limits import MOST_KEYS, Limit


def test_a_code_has_six_signs_none_of_which_looks_like_another() -> None:
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(len(code) == 6 for code in made)
    assert not set("".join(made)) & set("ILO01")


@pytest.mark.parametrize("typed", ["kxg7pq", " KXG 7PQ ", "kxg-7pq", "KXG\u00a07PQ"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert codes.normal(typed) == "KXG7PQ"


@pytest.mark.parametrize("typed", ["", "KXG7P", "KXG7PQQ", "KXG7P0", "KXG7P1", "<b>xyz", "../../", "ＫＸＧ７ＰＱ", "K" * 10_000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.normal(typed) == ""


def test_hashes_depend_on_the_room_and_tell_nothing() -> None:
    salt, other = codes.new_salt(), codes.new_salt()
    for hashed in (codes.pin_hash, codes.token_hash):
        assert hashed(salt, "123456") == hashed(salt, "123456") != hashed(other, "123456")
        assert hashed(salt, "123456") != hashed(salt, "123457")
        assert "123456" not in hashed(salt, "123456")


def test_a_limit_counts_each_key_for_itself_and_forgets_in_time() -> None:
    now = [0.0]
    limit = Limit(2, 60, lambda: now[0])
    assert [limit.spend("a") for _ in range(3)] == [True, True, False]
    assert limit.spend("b")
    now[0] = 60.0
    assert limit.spend("a")


def test_a_limit_holds_so_many_keys_and_no_more() -> None:
    limit = Limit(1, 60, lambda: 0.0)
    for number in range(MOST_KEYS + 5):
        limit.spend(str(number))
    assert len(limit._since) <= MOST_KEYS

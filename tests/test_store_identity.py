"""Which stored posting is it? Keys, aliases, requisitions listed twice, and second sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.identity import resolve
from tests.store_house import House, keyed, posting


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with closing(House(tmp_path / "rolecall.db")) as house:
        yield house


# --- identity ------------------------------------------------------------------------------------


def test_any_key_resolves_and_new_aliases_are_kept(house: House) -> None:
    house.night(keyed("slug-1", "_R1-1"))
    counts = house.night(keyed("slug-1", "R1", "_R1-1"))
    assert counts["new"] == 0
    counts = house.night(keyed("other-slug", "R1", "x"))
    assert (counts["new"], house.db["postings"].count) == (0, 1)
    assert {row["key"] for row in house.rows("SELECT key FROM keys")} == {"_R1-1", "R1", "x"}


def test_the_native_id_resolves_when_the_key_is_not_known_yet(house: House) -> None:
    """A key that only the detail states must not make a second posting."""
    house.night(keyed("77", "77", detail_read=False))
    assert house.night(keyed("77", "REQ-9"))["new"] == 0


def test_a_native_id_of_another_platform_is_somebody_else(house: House) -> None:
    """A source that moves to another platform keeps its id, and ids repeat."""
    house.night(posting("1"))
    moved = posting("1", platform="pageup", tenant="513", keys=[["pageup", "513", "1"]])
    assert house.night(moved)["new"] == 1
    assert house.db["postings"].count == 2


def test_keys_of_two_stored_postings_are_kept_apart_and_noted(house: House) -> None:
    house.night(keyed("1", "A"), keyed("2", "B"))
    counts = house.night(keyed("1", "A", "B"), keyed("2", "B"))
    assert counts["new"] == 0
    assert house.rows("SELECT a, b, kind, how FROM duplicates") == [
        {"a": 1, "b": 2, "kind": "duplicate", "how": "keys"}
    ]
    for _ in range(4):
        house.night(keyed("1", "A", "B"), keyed("2", "B", "A"))
    assert house.open_ids() == {"1", "2"}, "neither is given away while its site lists it"


def test_keys_of_two_stored_postings_seen_elsewhere_are_the_older_one(house: House) -> None:
    house.night(keyed("1", "A"), keyed("2", "B"))
    house.visit(keyed("9", "B", "A", source="quantenhof"), source="quantenhof")
    assert house.rows("SELECT posting FROM sightings WHERE native_id = '9'") == [{"posting": 1}]


def test_one_requisition_listed_twice_is_the_same_posting_every_night(house: House) -> None:
    first, second = keyed("10", "R1", title="In London"), keyed("9", "R1", title="In Leeds")
    assert house.night(first, second)["new"] == 1
    assert house.one("10")["title"] == "In London", "the smallest native id speaks ('10' < '9')"
    for items in ((second, first), (first, second), (second,)):
        partial = "ok" if len(items) > 1 else "partial"
        assert set(house.night(*items, outcome=partial).values()) == {0}
    assert set(house.night(second, seen=["10"]).values()) == {0}
    assert house.changes() == []
    assert house.db["keys"].count == 1
    assert set(house.memory()) == {"10", "9"}, "neither is read again every night"
    # Only a complete run without the first lets the other one speak.
    house.night(second)
    assert house.one("9")["title"] == "In Leeds"
    assert house.night(first, second)["changed"] == 0, "and it goes on speaking"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30).map(str),
            st.lists(st.sampled_from("ABCDEFG"), min_size=1, max_size=3),
        ),
        unique_by=lambda item: item[0],
        max_size=8,
    ),
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 4)),
    st.randoms(),
)
def test_resolving_does_not_depend_on_the_order(
    items: list[tuple[str, list[str]]], stored: dict[str, int], chance: Any
) -> None:
    def resolved(order: list[tuple[str, list[str]]]) -> tuple[Any, Any]:
        postings = [keyed(name, *keys) for name, keys in order]
        known = {("lever", "fernwood", key): number for key, number in stored.items()}
        found = resolve(postings, known, {})
        mapping = {name: found.postings[i] for i, (name, _) in enumerate(order)}
        return mapping, (found.keys, found.conflicts)

    shuffled = items[:]
    chance.shuffle(shuffled)
    assert resolved(items) == resolved(shuffled)
    mapping, (keys, _) = resolved(items)
    for name, own in items:
        there = {stored[key] for key in own if key in stored}
        if there:
            assert mapping[name] == min(there), "the older of the stored ones"
    assert not {key[2] for key in keys} & set(stored), "a key never changes hands"


# --- a second source -----------------------------------------------------------------------------


def shared(**said: Any) -> dict[str, Any]:
    """Fernwood's posting 1 as the site of Quantenhof shows it."""
    return posting(
        "q1", source="quantenhof", keys=[["lever", "fernwood", "1"], ["lever", "quantenhof", "q1"]],
        tenant="quantenhof", **{"title": "Same job, other words", "content_hash": "hq", **said},
    )  # fmt: skip


def test_the_owner_keeps_its_content(house: House) -> None:
    house.night(posting("1"))
    counts = house.visit(shared(), source="quantenhof")
    assert set(counts.values()) == {0}
    assert house.one("1")["title"] == "Research Engineer 1"
    remembered = house.memory("quantenhof")["q1"]
    assert remembered["is_open"]
    assert remembered["url"] == "https://quantenhof.example.edu/q1"
    # Seen there, it is not absent here.
    for _ in range(5):
        house.night(outcome="empty")
        house.visit(seen=["q1"], source="quantenhof")
    assert house.open_ids() == {"1"}
    assert house.one("1")["last_seen"] == house.today
    # It left the second source: no business of the owner's, and not looked for there again.
    house.night(seen=["1"])
    house.visit(source="quantenhof", outcome="empty")
    assert house.one("1")["absences"] == 0
    assert not house.memory("quantenhof")["q1"]["is_open"]
    house.visit(shared(), source="quantenhof")
    assert house.memory("quantenhof")["q1"]["is_open"]


def test_a_closed_posting_is_taken_over(house: House) -> None:
    house.night(posting("1"))
    house.visit(shared(), source="quantenhof")
    house.night(closed={"1": "HTTP 410"})
    assert not house.memory("quantenhof")["q1"]["is_open"], "so that its detail is read"
    assert house.visit(shared(detail_read=False), source="quantenhof")["reopened"] == 0
    assert house.one("1")["source"] == "fernwood", "a listing alone takes nothing over"
    assert house.visit(shared(), source="quantenhof")["reopened"] == 1
    row = house.one("q1")
    assert (row["source"], row["title"], row["closed_at"]) == (
        "quantenhof", "Same job, other words", None,
    )  # fmt: skip
    assert ("source", "fernwood", "quantenhof") in house.changes()
    # The first owner's word is now that of a second source.
    house.night(seen=["q1"], source="quantenhof")
    assert house.visit(closed={"1": "HTTP 410"})["closed"] == 0
    assert house.open_ids() == {"q1"}


def test_a_source_that_is_no_longer_read_loses_its_postings(house: House) -> None:
    house.night(posting("1"))
    house.visit(shared(), source="quantenhof")
    for day in range(1, 16):
        house.night(outcome="unreachable")
        orphaned = day > 14
        assert house.memory("quantenhof")["q1"]["is_open"] is not orphaned
        house.visit(shared(), source="quantenhof")
        assert house.rows("SELECT source FROM postings")[0]["source"] == (
            "quantenhof" if orphaned else "fernwood"
        )
    house.night(posting("1"))
    assert house.one("q1")["title"] == "Same job, other words", "and back is not forth"

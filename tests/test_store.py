"""The history of postings: nights over a real database file, hand-written and random ones."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db import store
from db.identity import resolve

FIRST = date(2026, 3, 1)


def posting(native_id: str, source: str = "fernwood", **said: Any) -> dict[str, Any]:
    """A posting as the pipelines give it to the store."""
    return {
        "source": source,
        "platform": "lever",
        "tenant": "fernwood",
        "native_id": native_id,
        "keys": [["lever", "fernwood", native_id]],
        "title": f"Research Engineer {native_id}",
        "url": f"https://{source}.example.edu/{native_id}",
        "organization": "Fernwood University",
        "description_text": "Keeps the cluster of the observatory alive.",
        "description_html": "<p>Keeps the cluster of the observatory alive.</p>",
        "fingerprint": f"f-{native_id}",
        "content_hash": f"h-{native_id}",
        "detail_read": True,
        **said,
    }


class House:
    """A database and its nights, one day after another."""

    def __init__(self, path: Path | str):
        self.db: Database = store.open_db(path)
        self.day = FIRST - timedelta(days=1)
        self.run = 0
        for source in ("fernwood", "quantenhof"):
            row = {"id": source, "platform": "lever", "employer": source, "url": source}
            store.sync_sources(self.db, [row])

    @property
    def today(self) -> str:
        return self.day.isoformat()

    def next_day(self, days: int = 1) -> None:
        self.day += timedelta(days=days)
        self.run = store.start_run(self.db, f"{self.today}T03:00:00+00:00")

    def visit(
        self,
        *items: dict[str, Any],
        seen: tuple[str, ...] | list[str] = (),
        source: str = "fernwood",
        outcome: str = "ok",
        authoritative: bool = True,
        **more: Any,
    ) -> dict[str, int]:
        """One source-run of today."""
        row = {
            "run": self.run, "source": source, "outcome": outcome, "listed": len(items) + len(seen),
            "started": f"{self.today}T03:00:00+00:00",
        }  # fmt: skip
        complete = outcome in ("ok", "empty", "suspect_drop")
        return store.commit_source_run(
            self.db, row, items, sightings=seen, counts_absences=complete and authoritative, **more
        )

    def night(self, *items: dict[str, Any], **visit: Any) -> dict[str, int]:
        self.next_day()
        return self.visit(*items, **visit)

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        return list(self.db.query(sql, parameters))

    def one(self, native_id: str) -> dict[str, Any]:
        (row,) = self.rows("SELECT * FROM postings WHERE native_id = ?", native_id)
        return row

    def text(self, native_id: str) -> dict[str, Any]:
        return self.db["texts"].get(self.one(native_id)["id"])  # type: ignore[return-value]

    def open_ids(self) -> set[str]:
        found = self.rows("SELECT native_id FROM postings WHERE closed_at IS NULL")
        return {row["native_id"] for row in found}

    def memory(self, source: str = "fernwood") -> dict[str, dict[str, Any]]:
        return {row["native_id"]: row for row in store.memory_rows(self.db, source, self.today)}

    def changes(self) -> list[tuple[str, Any, Any]]:
        found = self.rows("SELECT field, old, new FROM changes ORDER BY id")
        return [(row["field"], row["old"], row["new"]) for row in found]

    def found(self, words: str) -> list[int]:
        sql = "SELECT rowid FROM postings_fts WHERE postings_fts MATCH ? ORDER BY rowid"
        return [row["rowid"] for row in self.rows(sql, words)]

    def check_index(self) -> None:
        """Raises when the full-text index and the stored texts differ."""
        self.db.execute(
            "INSERT INTO postings_fts(postings_fts, rank) VALUES ('integrity-check', 1)"
        )


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "rolecall.db")


def ids(count: int) -> list[str]:
    return [f"{n:03}" for n in range(count)]


# --- new, seen, changed --------------------------------------------------------------------------


def test_a_new_posting_is_stored_whole(house: House) -> None:
    item = posting(
        "1", requisition_id="R1", apply_url="https://x.example/apply", unit="Observatory",
        location="Boston MA USA", workplace="hybrid", employment_type="FULL_TIME",
        date_posted="2026-02-20", valid_through="2026-05-01", raw_location=["Boston, MA"],
        raw_date_posted="20 Feb 2026", raw_valid_through="1 May 2026", raw_salary="$1",
        salary={"min": 1.0, "max": 2.0, "currency": "USD", "unit": "HOUR"}, language="en",
        places=[{"city": "Boston", "region": "MA", "country": "US", "remote": False}],
    )  # fmt: skip
    assert house.night(item) == {"new": 1, "changed": 0, "closed": 0, "reopened": 0, "held": 0}
    row = house.one("1")
    expected = {
        "source": "fernwood", "platform": "lever", "tenant": "fernwood", "requisition_id": "R1",
        "location": "Boston MA USA", "workplace": "hybrid", "employment_type": "FULL_TIME",
        "date_posted": "2026-02-20", "valid_through": "2026-05-01", "salary_min": 1.0,
        "salary_max": 2.0, "salary_currency": "USD", "salary_unit": "HOUR", "unit": "Observatory",
        "first_seen": "2026-03-01", "last_seen": "2026-03-01", "absences": 0, "closed_at": None,
        "closed_reason": None, "topic_score": None, "duplicate_of": None,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    text = house.text("1")
    assert text["raw_location"] == '["Boston, MA"]'
    assert (text["raw_date_posted"], text["language"]) == ("20 Feb 2026", "en")
    assert house.rows("SELECT city, region, country, remote FROM places") == [
        {"city": "Boston", "region": "MA", "country": "US", "remote": 0}
    ]
    assert house.found("cluster observatory") == [row["id"]]


def test_a_quiet_night_only_moves_last_seen(house: House) -> None:
    house.night(posting("1"), posting("2"))
    counts = house.night(posting("2"), seen=["1"])
    assert set(counts.values()) == {0}
    assert [house.one(n)["last_seen"] for n in "12"] == ["2026-03-02"] * 2
    assert [house.one(n)["first_seen"] for n in "12"] == ["2026-03-01"] * 2
    assert house.changes() == []


def test_changes_are_appended_field_by_field(house: House) -> None:
    house.night(posting("1", location="London UK", raw_location=["London"]))
    said = {"title": "Lead Engineer", "location": "Leeds UK", "raw_location": ["Leeds"]}
    counts = house.night(posting("1", content_hash="h2", description_text="Lists bells.", **said))
    assert counts["changed"] == 1
    assert sorted(house.changes()) == [
        ("description_text", "Keeps the cluster of the observatory alive.", "Lists bells."),
        ("location", "London UK", "Leeds UK"),
        ("title", "Research Engineer 1", "Lead Engineer"),
    ]
    assert house.text("1")["raw_location"] == '["Leeds"]'
    number = house.one("1")["id"]
    assert (house.found("bells"), house.found("lead"), house.found("cluster")) == (
        [number], [number], [],
    )  # fmt: skip
    house.check_index()


def test_a_better_parser_is_no_change(house: House) -> None:
    house.night(posting("1", location=None, raw_location=["Boston, MA"]))
    place = {"city": "Boston", "region": "MA", "country": "US", "remote": False}
    counts = house.night(
        posting("1", location="Boston MA USA", raw_location=["Boston, MA"], places=[place])
    )
    assert counts["changed"] == 0
    assert house.changes() == []
    assert house.one("1")["location"] == "Boston MA USA"
    assert house.db["places"].count == 1


def test_a_relative_date_neither_changes_nor_replaces(house: House) -> None:
    def told(text: str, day: str) -> dict[str, Any]:
        return {"raw_date_posted": text, "date_posted": day, "relative": ["date_posted"]}

    house.night(posting("1", **told("Posted Today", "2026-03-01")), posting("2"))
    house.next_day(14)
    again = posting(
        "1", content_hash="h2", title="Lead", **told("Posted 13 Days Ago", "2026-03-02")
    )
    late = posting("2", content_hash="h3", unit="Lab", **told("Posted 3 Days Ago", "2026-03-12"))
    assert house.visit(again, late)["changed"] == 2
    assert house.one("1")["date_posted"] == "2026-03-01"
    assert house.text("1")["raw_date_posted"] == "Posted Today"
    assert house.one("2")["date_posted"] == "2026-03-12", "a gap is filled"
    assert {field for field, _, _ in house.changes()} == {"title", "unit"}
    house.night(posting("1", content_hash="h4", title="Lead", date_posted="2026-02-27"), seen=["2"])
    assert house.one("1")["date_posted"] == "2026-02-27", "a stated date replaces a told one"


def test_without_the_detail_nothing_is_erased(house: House) -> None:
    place = {"city": "Leeds", "region": None, "country": "GB", "remote": False}
    full = posting(
        "1", unit="Observatory", location="Leeds UK", raw_location=["Leeds"], places=[place],
        requisition_id="R1", valid_through="2026-06-01",
    )  # fmt: skip
    house.night(full)
    bare = posting(
        "1", title="Lead Engineer", url="https://fernwood.example.edu/1b", content_hash="h2",
        description_text=None, description_html=None, detail_read=False, fingerprint="f2",
        location="Various UK", raw_location=["2 places in the UK"], unit=None, workplace="hybrid",
    )  # fmt: skip
    assert house.night(bare)["changed"] == 1
    row = house.one("1")
    assert (row["title"], row["url"]) == ("Lead Engineer", "https://fernwood.example.edu/1b")
    assert (row["unit"], row["location"], row["valid_through"], row["requisition_id"]) == (
        "Observatory", "Leeds UK", "2026-06-01", "R1",
    )  # fmt: skip
    assert row["workplace"] == "hybrid", "what was unknown is filled"
    assert house.text("1")["description_text"] == "Keeps the cluster of the observatory alive."
    assert [r["city"] for r in house.rows("SELECT city FROM places")] == ["Leeds"]
    assert house.memory()["1"]["fingerprint"] == "", "the detail is owed: no listing matches this"
    house.night({**full, "title": "Lead Engineer", "url": row["url"], "content_hash": "h3"})
    assert house.memory()["1"]["fingerprint"] == "f-1"


def test_the_first_reading_of_an_owed_detail_is_no_change(house: House) -> None:
    bare = posting(
        "1", detail_read=False, description_text=None, description_html=None, content_hash="h0"
    )
    house.night(bare)
    assert house.memory()["1"]["detail_read_on"] is None
    assert set(house.night(posting("1")).values()) == {0}
    assert house.changes() == []
    assert house.memory()["1"]["detail_read_on"] == "2026-03-02"
    assert house.found("observatory") == [1]
    house.check_index()


# --- identity ------------------------------------------------------------------------------------


def keyed(native_id: str, *keys: str, **said: Any) -> dict[str, Any]:
    return posting(native_id, keys=[["lever", "fernwood", key] for key in keys], **said)


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


def test_a_closed_posting_is_taken_over(house: House) -> None:
    house.night(posting("1"))
    house.visit(shared(), source="quantenhof")
    house.night(closed={"1": "HTTP 410"})
    assert not house.memory("quantenhof")["q1"]["is_open"], "so that its detail is read"
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


# --- closing and reopening -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 3, 40])
def test_a_board_that_shrinks_by_one_closes_it_after_three_complete_runs(
    house: House, size: int
) -> None:
    names = ids(size)
    house.night(*map(posting, names))
    for outcome, closed in (("ok", 0), ("partial", 0), ("ok", 0), ("blocked", 0), ("ok", 1)):
        assert house.night(seen=names[1:], outcome=outcome)["closed"] == closed, outcome
    assert house.open_ids() == set(names[1:])
    assert (house.one("000")["closed_at"], house.one("000")["closed_reason"]) == (
        house.today, "absent",
    )  # fmt: skip


@pytest.mark.parametrize(("size", "nights"), [(1, 3), (3, 3), (4, 3), (5, 12), (40, 12)])
def test_a_board_that_empties(house: House, size: int, nights: int) -> None:
    house.night(*map(posting, ids(size)))
    for night in range(1, nights):
        counts = house.night(outcome="empty")
        assert counts["closed"] == 0
        assert counts["held"] == (size if night >= 3 else 0)
    assert house.night(outcome="empty")["closed"] == size
    assert house.open_ids() == set()


@pytest.mark.parametrize("size", [1, 3, 40])
@pytest.mark.parametrize("nights", [1, 2, 11])
def test_a_board_that_recovers(house: House, size: int, nights: int) -> None:
    names = ids(size)
    house.night(*map(posting, names))
    for _ in range(nights):
        house.night(outcome="empty")
    still_open = house.open_ids()
    counts = house.night(*map(posting, names))
    assert house.open_ids() == set(names)
    assert counts["reopened"] == size - len(still_open)
    assert (counts["new"], counts["changed"], counts["held"]) == (0, 0, 0)
    for _ in range(2):
        house.night(outcome="empty")
    assert house.open_ids() == set(names), "the count of absences starts again"


def test_half_a_board_may_go_more_than_half_may_not(house: House) -> None:
    house.night(*map(posting, ids(10)))
    for _ in range(2):
        house.night(seen=ids(10)[5:])
    assert house.night(seen=ids(10)[5:])["closed"] == 5
    house.night(*map(posting, ids(11)))
    for _ in range(4):
        assert house.night(seen=ids(11)[6:])["closed"] == 0
    assert len(house.open_ids()) == 11


def test_a_person_confirms_a_mass_drop(house: House) -> None:
    house.night(*map(posting, ids(40)))
    house.night(seen=["000"])
    assert store.history(house.db, "fernwood")["held"] == 0
    assert store.confirm(house.db, "fernwood", house.today) == 39
    assert house.open_ids() == {"000"}
    assert house.one("039")["closed_reason"] == "confirmed"
    assert store.confirm(house.db, "fernwood", house.today) == 0
    assert house.night(*map(posting, ids(40)))["reopened"] == 39


def test_a_listing_that_forgets_closes_nothing(house: House) -> None:
    house.night(posting("1"))
    for _ in range(13):
        house.night(outcome="empty", authoritative=False)
    assert house.open_ids() == {"1"}


def test_the_sites_own_word_closes_at_once(house: House) -> None:
    house.night(posting("1"), posting("2"))
    counts = house.night(
        seen=["2"], closed={"1": "S22: the job is not available"}, outcome="partial"
    )
    assert counts["closed"] == 1
    assert house.one("1")["closed_reason"] == "S22: the job is not available"
    # A listing that still shows it is not enough to reopen it; its detail is.
    assert house.night(posting("1", detail_read=False), seen=["2"])["reopened"] == 0
    assert house.night(posting("1"), seen=["2"])["reopened"] == 1
    assert house.changes() == [
        ("closed_at", "2026-03-02", None), ("closed_reason", "S22: the job is not available", None),
    ]  # fmt: skip


def test_one_of_two_listings_of_a_requisition_closed(house: House) -> None:
    house.night(keyed("a", "R1"), keyed("b", "R1"))
    assert house.night(seen=["b"], closed={"a": "gone"})["closed"] == 0
    assert house.night(closed={"a": "gone", "b": "gone"})["closed"] == 1


def test_a_deadline_closes_the_day_after_and_holds(house: House) -> None:
    house.night(posting("1", valid_through="2026-03-03"))
    assert house.night(seen=["1"])["closed"] == 0
    assert house.night(seen=["1"])["closed"] == 0, "the last day"
    assert house.night(seen=["1"], outcome="blocked")["closed"] == 1
    assert house.one("1")["closed_reason"] == "deadline"
    assert house.night(posting("1", valid_through="2026-03-03"))["reopened"] == 0
    counts = house.night(posting("1", valid_through="2026-04-01", content_hash="h2"))
    assert (counts["reopened"], counts["changed"]) == (1, 1), "the deadline moved"
    house.next_day(60)
    assert store.close_past_deadlines(house.db, house.today) == 1


def test_a_deadline_that_is_over_is_looked_at_again_every_third_night(house: House) -> None:
    house.night(posting("1", valid_through="2026-02-01"))
    asked = []
    for _ in range(7):
        house.next_day()
        if house.memory()["1"]["is_open"]:
            house.visit(seen=["1"])
        else:
            asked.append(house.day.day)
            house.visit(posting("1", valid_through="2026-02-01"))
    assert asked == [4, 7]


def test_what_was_open_on_a_day(house: House) -> None:
    house.night(posting("1"), posting("2"))  # 1 March
    for _ in range(3):
        house.night(seen=["2"])  # 1 closes on the 4th
    house.next_day()
    house.night(posting("1"), seen=["2"])  # reopens on the 6th

    def opened(day: int) -> set[int]:
        rows = store.query(house.db, "open_on_day", day=f"2026-03-{day:02}")
        return {row["id"] for row in rows}

    assert [opened(day) for day in (1, 3, 4, 5, 6)] == [{1, 2}, {1, 2}, {2}, {2}, {1, 2}]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_nights(data: st.DataObject) -> None:
    """A board of up to nine postings through up to thirty nights, against the rules as stated."""
    house = House(":memory:")
    names = ids(data.draw(st.integers(1, 9)))
    ever: set[str] = set()
    closed: set[str] = set()
    missed: dict[str, int] = {}  # complete runs in a row without it
    for _ in range(data.draw(st.integers(1, 30))):
        house.next_day()
        outcome = data.draw(st.sampled_from(["ok", "ok", "ok", "empty", "partial", "unreachable"]))
        complete = outcome in ("ok", "empty")
        listed = [] if outcome in ("empty", "unreachable") else data.draw(
            st.lists(st.sampled_from(names), unique=True)
        )  # fmt: skip
        gone = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=1))
        word = {name: "gone" for name in gone if name not in listed}
        current = {name for name, row in house.memory().items() if row["is_open"]}
        items = [posting(n) for n in listed if n not in current or data.draw(st.booleans())]
        read = {item["native_id"] for item in items}
        before = house.open_ids()
        counts = house.visit(
            *items, seen=[n for n in listed if n not in read], closed=word, outcome=outcome
        )

        assert counts["new"] == len(set(listed) - ever)
        assert counts["reopened"] == len(set(listed) & closed)
        ever |= set(listed)
        missed.update(dict.fromkeys(listed, 0))
        is_open = (before | set(listed)) - set(word)
        if complete:
            missed.update({n: missed[n] + 1 for n in is_open - set(listed)})
        due = {n for n in is_open if missed[n] >= 3}
        mass = len(due) >= 5 and len(due) > len(is_open) / 2
        going = {n for n in due if missed[n] >= (12 if mass else 3)} if complete else set()
        assert house.open_ids() == is_open - going
        assert set(listed) <= house.open_ids(), "what is listed is open"
        assert counts["closed"] == len(before | set(listed)) - len(house.open_ids())
        closed = ever - house.open_ids()
        assert house.db["postings"].count == len(ever), "nothing is deleted, nothing doubled"
        assert counts["held"] == len({n for n in house.open_ids() if missed[n] >= 3})
    house.check_index()


# --- around the source-run -----------------------------------------------------------------------


def test_a_commit_is_all_or_nothing(house: House) -> None:
    house.night(posting("1"))
    house.next_day()
    before = "\n".join(house.db.conn.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        house.visit(posting("1", title="New", content_hash="h2"), posting("2", title=None))
    assert "\n".join(house.db.conn.iterdump()) == before
    assert house.visit(posting("2"), seen=["1"])["new"] == 1, "and the next one goes through"


def test_rejects_and_field_counts(house: House) -> None:
    reject = {"url": "https://x.example/9", "reason": "without title", "raw": {"title": ""}}
    house.night(rejects=[reject], field_counts={"places": (4, 3)}, outcome="parse_error")
    assert house.rows("SELECT run, source, url, reason, raw FROM rejects") == [
        {"run": 1, "source": "fernwood", **reject, "raw": '{"title": ""}'}
    ]
    assert house.rows("SELECT field, present, parsed FROM field_counts") == [
        {"field": "places", "present": 4, "parsed": 3}
    ]
    assert house.rows("SELECT rejected FROM source_runs") == [{"rejected": 1}]


def test_history_counts_complete_runs_only(house: House) -> None:
    for count, outcome in enumerate(
        ["ok", "partial", "ok", "empty", "blocked", "suspect_drop", "ok", "ok", "unreachable"]
    ):
        house.night(*map(posting, ids(count)), outcome=outcome)
    past = store.history(house.db, "fernwood")
    assert past["listed"] == [7, 6, 5, 3, 2]
    assert past["outcomes"][:3] == ["unreachable", "ok", "ok"]
    (row,) = store.source_health(house.db)
    assert (row["outcome"], row["median_listed"], row["incomplete_in_a_row"]) == (
        "unreachable", 5, 1,
    )  # fmt: skip
    assert row["last_ok"].startswith("2026-03-08")
    assert row["open_postings"] == 8
    house.night(outcome="empty")
    (row,) = store.source_health(house.db)
    assert (row["listed"], row["median_listed"], row["incomplete_in_a_row"]) == (0, 5, 0)


def test_the_desk_shows_what_is_open_and_undecided(house: House) -> None:
    far = (date.today() + timedelta(days=400)).isoformat()
    house.night(*map(posting, ids(9)))
    marks = {"000": "keep", "001": "reject", "002": "listed", "004": "keep", "005": "not_duplicate"}
    for name, decision in marks.items():
        house.db["marks"].insert(
            {"posting": house.one(name)["id"], "decision": decision, "at": "2026-03-01"}
        )
    for name, decision, until in (
        ("004", "undo", None), ("006", "snooze", "2026-03-02"), ("007", "snooze", far),
    ):  # fmt: skip
        number = house.one(name)["id"]
        house.db["marks"].insert(
            {"posting": number, "decision": decision, "until": until, "at": "2026-03-02"}
        )
    house.db["postings"].update(house.one("008")["id"], {"duplicate_of": 1})
    house.night(seen=ids(9), closed={})
    finds = {row["title"][-3:] for row in house.rows("SELECT title FROM new_finds")}
    assert finds == {"003", "004", "005", "006"}
    board = {row["title"][-3:] for row in house.rows("SELECT title FROM board")}
    assert board == {"000", "002", "003", "004", "005", "006", "007"}
    assert house.db["marks"].count == 8, "a crawl writes no marks"


def test_sources_are_updated_and_stay(house: House) -> None:
    store.sync_sources(
        house.db,
        [{"id": "fernwood", "platform": "pageup", "employer": "Fernwood", "url": "https://f.example",
          "params": {"site": 7}, "hosts": [], "enabled": False, "reason": "moved", "extra": 1}],
    )  # fmt: skip
    row = house.db["sources"].get("fernwood")
    assert (row["platform"], row["params"], row["hosts"], row["enabled"]) == (
        "pageup", '{"site": 7}', None, 0,
    )  # fmt: skip
    assert house.db["sources"].count == 2


def test_a_run_has_a_beginning_and_an_end(house: House) -> None:
    house.next_day()
    store.finish_run(house.db, house.run, "2026-03-01T03:05:00+00:00", seconds=300.0, sources=2)
    assert house.rows("SELECT * FROM runs") == [
        {"id": 1, "started": "2026-03-01T03:00:00+00:00", "finished": "2026-03-01T03:05:00+00:00",
         "seconds": 300.0, "sources": 2, "alarming": None}
    ]  # fmt: skip

"""What a source-run stores: new, seen and changed postings, and what stands around them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import store
from tests.store_house import House, ids, posting


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with closing(House(tmp_path / "rolecall.db")) as house:
        yield house


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


def test_the_index_follows_a_correction_by_hand(house: House) -> None:
    house.night(posting("1"))
    house.db["postings"].update(1, {"title": "Bell ringer"})
    house.db["texts"].update(1, {"description_text": "Keeps the belfry."})
    assert [house.found(w) for w in ("ringer", "belfry", "engineer", "cluster")] == [
        [1],
        [1],
        [],
        [],
    ]
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


def test_before_its_detail_is_read_a_listing_speaks_but_erases_nothing(house: House) -> None:
    def listed(**said: Any) -> dict[str, Any]:
        nothing = {"description_text": None, "description_html": None}
        return posting("1", detail_read=False, **nothing, **said)

    house.night(listed(unit="Observatory", location="Leeds UK", raw_location=["Leeds"]))
    counts = house.night(listed(location="York UK", raw_location=["York"], content_hash="h2"))
    assert counts["changed"] == 1
    assert house.changes() == [("location", "Leeds UK", "York UK")]
    row = house.one("1")
    assert (row["unit"], row["location"]) == ("Observatory", "York UK")


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
    counts = {"present": 4, "parsed": 3, "postings": 5, "characters": 40}
    house.night(rejects=[reject], field_counts={"places": counts}, outcome="parse_error")
    assert house.rows("SELECT run, source, url, reason, raw FROM rejects") == [
        {"run": 1, "source": "fernwood", **reject, "raw": '{"title": ""}'}
    ]
    assert house.rows("SELECT field, present, parsed, postings, characters FROM field_counts") == [
        {"field": "places", **counts}
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
    house.night(*map(posting, ids(20)))
    (row,) = store.source_health(house.db)
    assert (row["listed"], row["median_listed"], row["incomplete_in_a_row"]) == (20, 5, 0)


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
         "seconds": 300.0, "sources": 2, "alarming": None, "kind": "crawl"}
    ]  # fmt: skip

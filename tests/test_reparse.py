"""Kept answers: what is kept and for how long, and what reading them again may change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import answers, store
from db.answers import Limits
from tests.nights import Nights
from tests.store_house import House, posting


def answer(native_id: str | None, size: int = 10, day: str = "2026-03-01", **said: Any) -> Any:
    return {
        "native_id": native_id, "fetched_at": f"{day}T03:00:00+00:00", "method": "GET",
        "url": f"https://fernwood.example/{native_id or 'list'}", "body_hash": "", "status": 200,
        "answered_by": None, "headers": "{}", "bytes": size, "body": b"x" * size, **said,
    }  # fmt: skip


@pytest.fixture
def house() -> Iterator[House]:
    with closing(House(":memory:")) as house:
        yield house


def kept(house: House, source: str = "fernwood") -> list[tuple[str | None, str]]:
    return [(row["native_id"], row["fetched_at"][:10]) for row in answers.kept(house.db, source)]


def test_the_newest_detail_and_the_last_complete_listing_are_kept(house: House) -> None:
    house.night(posting("1"), posting("2"), answers=[answer(None), answer("1"), answer("2")])
    part = [answer(None, day="2026-03-02"), answer("1", day="2026-03-02")]
    house.night(seen=["1", "2"], outcome="partial", answers=part)
    assert kept(house) == [(None, "2026-03-01"), ("2", "2026-03-01"), ("1", "2026-03-02")]
    house.night(seen=["1", "2"], answers=[answer(None, day="2026-03-03")] * 2)
    assert kept(house) == [
        ("2", "2026-03-01"), ("1", "2026-03-02"), (None, "2026-03-03"), (None, "2026-03-03"),
    ]  # fmt: skip


def test_answers_are_limited_by_size_and_age(house: House) -> None:
    few = Limits(answer=100, source=250, total=300, days=10)

    def keep(source: str, day: str, *rows: Any) -> None:
        with store.writing(house.db) as conn:
            answers.keep(conn, source, 1, rows, complete=True, today=day, limits=few)

    house.night()
    keep("fernwood", "2026-03-01", answer(None), answer("large", 101), answer("a", 100))
    assert [name for name, _ in kept(house)] == [None, "a"]
    keep("fernwood", "2026-03-05", answer("b", 100, "2026-03-05"), answer(None, 100, "2026-03-05"))
    assert [name for name, _ in kept(house)] == ["b", None], "the oldest detail goes first"
    keep("quantenhof", "2026-03-06", answer("c", 90, "2026-03-06"), answer("d", 90, "2026-03-06"))
    assert answers.shrink(house.db, "2026-03-06", few) == 1
    assert [name for name, _ in kept(house)] == [None], "the oldest detail of all sources"
    assert answers.shrink(house.db, "2026-03-16", few) == 1
    assert kept(house) == []
    assert [name for name, _ in kept(house, "quantenhof")] == ["c", "d"]


def test_no_answer_is_kept_of_a_run_that_could_not_be_stored(house: House) -> None:
    with pytest.raises(sqlite3.Error, match="binding"):
        house.night(posting("1"), answers=[{**answer("1"), "status": object()}])
    assert kept(house) == []
    assert house.open_ids() == set()


def columns(nights: Nights) -> dict[str, list[Any]]:
    """All that a reading must leave as it was, and all that it may mend."""
    return {
        "kept": nights.query(
            "SELECT id, first_seen, last_seen, absences, closed_at, closed_reason FROM postings"
        ),
        "said": nights.query(
            "SELECT title, organization, location, employment_type, date_posted, salary_min, "
            "content_hash, requisition_id, raw_location, description_text, raw_employment_type "
            "FROM postings JOIN texts ON posting = id ORDER BY id"
        ),
        "places": nights.query("SELECT posting, city, region, country FROM places ORDER BY 1, 2"),
        "keys": nights.query("SELECT * FROM keys ORDER BY platform, tenant, key"),
        "sightings": nights.query("SELECT * FROM sightings ORDER BY source, native_id"),
        "runs": nights.query("SELECT * FROM source_runs ORDER BY id"),
    }


def test_every_platform_reads_its_kept_answers_again(tmp_path: Path) -> None:
    """Two nights, so that details are of the first and listings of the second."""
    with Nights(tmp_path, "--demo", "--fixtures", "--no-deadlines") as nights:
        nights.crawl()
        nights.crawl()
        nights.simulator.reset_log()
        before = columns(nights)
        done = nights.run("reparse", "--json")
        assert nights.simulator.log() == [], "no site is asked"
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {row["source"]: (row["changed"], row["lost"]) for row in said} == dict.fromkeys(
        nights.simulator.sources, (0, 0)
    )
    assert sum(row["read"] for row in said) == nights.open() == len(before["said"])
    assert columns(nights) == before
    assert nights.query("SELECT kind FROM runs ORDER BY id") == [
        ("crawl",), ("crawl",), ("reparse",),
    ]  # fmt: skip


def test_a_mended_parser_says_what_differs_and_nothing_else_moves(tmp_path: Path) -> None:
    """What is stored is spoilt, as a parser of yesterday would have read it."""
    plan = ["--platforms", "workday,lever", "--postings-per-source", "5", "--no-deadlines"]
    with Nights(tmp_path, *plan) as nights:
        nights.crawl()
        for source in nights.simulator.sources:
            nights.simulator.change(source, remove=1)
        for _ in range(3):
            nights.crawl()
        right = columns(nights)
        assert {row[4] for row in right["kept"]} == {None, "2026-08-23"}
        with closing(store.open_db(nights.db)) as db:
            for table, column, value in (
                ("postings", "location", "Nowhere"), ("postings", "employment_type", None),
                ("texts", "description_text", "Half a"), ("texts", "raw_location", None),
            ):  # fmt: skip
                db.execute(f"UPDATE {table} SET {column} = ?", (value,))
            db.execute("UPDATE places SET city = 'Nowhere'")
            db.conn.commit()
        spoilt = columns(nights)
        dry = nights.run("reparse", "--dry-run")
        assert "location: Nowhere -> " in dry.stdout
        assert columns(nights) == spoilt
        assert nights.run("reparse", nights.source, "--dry-run").stdout.count("answers=") == 1
        done = nights.run("reparse", "--json")
        assert sum(row["changed"] for row in json.loads(done.stdout)) == 8, "the listed ones"
    after = columns(nights)
    closed = {number for number, *_, at, _ in right["kept"] if at}
    for name in ("kept", "keys", "sightings", "runs"):
        assert after[name] == right[name], name
    assert [row for row in after["places"] if row[0] not in closed] == [
        row for row in right["places"] if row[0] not in closed
    ]
    mended = [row for row in after["said"] if row[2] != "Nowhere"]
    assert len(mended) == 8
    assert set(mended) <= set(right["said"])
    noted = nights.query(
        "SELECT DISTINCT field, kind FROM changes JOIN runs ON runs.id = run WHERE old = 'Nowhere'"
    )
    assert noted == [("location", "reparse")]
    assert nights.query("SELECT count(*) FROM postings_fts WHERE postings_fts MATCH 'half'") == [
        (2,)
    ]


def test_keeping_can_be_switched_off(tmp_path: Path) -> None:
    plan = ["--platforms", "lever", "--postings-per-source", "2", "--no-deadlines"]
    with Nights(tmp_path, *plan) as nights:
        done = nights.run("crawl", ROLECALL_KEEP_ANSWERS="0")
        assert done.returncode == 0, done.stderr
        assert nights.query("SELECT count(*) FROM answers") == [(0,)]
        refused = nights.run("reparse", nights.source)
        assert (refused.returncode, refused.stderr) == (
            2, f"rolecall: no answers are kept of {nights.source}\n",
        )  # fmt: skip
        nights.crawl()
        assert nights.query("SELECT count(*) FROM answers") == [(1,)]


def test_robots_and_refusals_are_not_kept(tmp_path: Path) -> None:
    plan = ["--platforms", "workday", "--sources", "1", "--postings-per-source", "4"]
    with Nights(tmp_path, *plan, "--no-deadlines") as nights:
        nights.simulator.fault(kind="status", status=500, url=r"/job/.*JR-00001")
        nights.crawl()
        rows = nights.query("SELECT status, native_id, url FROM answers")
    assert {status for status, *_ in rows} == {200}
    assert len([native_id for _, native_id, _ in rows if native_id]) == 3
    assert not [url for *_, url in rows if "robots" in url]

"""The database file: what migrations make is what db/schema.py says, and it can be read fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import store
from db.migrations import migrations
from db.schema import COMPLETE, DECISIONS, TABLES
from db.sql import writing

Open = Callable[[], Database]
STEPS = Path(store.__file__).parent / "migrations"


@pytest.fixture
def open_db(tmp_path: Path) -> Iterator[Open]:
    """Opens one database file, as often as asked; all connections are closed at the end."""
    opened: list[Database] = []

    def opener() -> Database:
        opened.append(store.open_db(tmp_path / "rolecall.db"))
        return opened[-1]

    yield opener
    for db in opened:
        db.close()


def test_every_table_and_column_is_described(open_db: Open) -> None:
    db = open_db()
    names = [*db.table_names(), *db.view_names()]
    own = {n for n in names if not n.startswith(("postings_fts", "sqlite_", "_sqlite"))}
    assert own == set(TABLES)
    for name, (_, columns) in TABLES.items():
        assert {column.name for column in db[name].columns} == set(columns), name


def test_sources_hold_what_the_catalogue_says() -> None:
    from crawler.sources import Source

    assert list(TABLES["sources"][1]) == list(Source.model_fields)


def test_opening_again_changes_nothing(open_db: Open) -> None:
    first = open_db()
    store.start_run(first, "2026-08-20T03:00:00+00:00")
    schema = first.schema
    first.close()
    again = open_db()
    assert again.schema == schema
    assert again["runs"].count == 1
    done = [step.name for step in migrations.applied(again)]
    steps = sorted(path.stem.removeprefix("m") for path in STEPS.glob("m0*.py"))
    assert done == steps, "every step is applied, in the order of its number"
    assert migrations.pending(again) == []


def test_a_failing_migration_leaves_no_trace(
    open_db: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.migrations import m0001_initial

    monkeypatch.setattr(m0001_initial, "TRIGGERS", ("CREATE TRIGGER nonsense",))
    with pytest.raises(sqlite3.OperationalError):
        open_db()
    monkeypatch.undo()
    db = open_db()
    assert set(TABLES) <= {*db.table_names(), *db.view_names()}


def test_readers_do_not_wait_for_a_writer(open_db: Open) -> None:
    writer, reader = open_db(), open_db()
    with writing(writer) as conn:
        conn.execute("INSERT INTO runs (started) VALUES ('2026-08-20')")
        assert reader["runs"].count == 0
    assert reader["runs"].count == 1


def test_the_outcomes_and_decisions_of_the_schema_are_those_of_the_house(open_db: Open) -> None:
    from crawler.night.outcome import COMPLETE as HOUSE
    from crawler.night.outcome import OUTCOMES

    assert set(COMPLETE) == HOUSE
    db = open_db()
    store.sync_sources(db, [{"id": "a", "platform": "lever", "employer": "A", "url": "https://a"}])
    for outcome in OUTCOMES:
        run = store.start_run(db, "2026-08-20T03:00:00+00:00")
        store.commit_source_run(db, {"run": run, "source": "a", "outcome": outcome})
    with pytest.raises(sqlite3.IntegrityError):
        store.commit_source_run(db, {"run": run, "source": "a", "outcome": "fine"})
    db.execute(
        "INSERT INTO postings (source, platform, tenant, native_id, url, title, organization,"
        " content_hash, first_seen, last_seen) VALUES ('a','a','a','a','a','a','a','a','a','a')"
    )
    for decision in DECISIONS:
        db["marks"].insert({"posting": 1, "decision": decision, "at": "2026-08-20T03:00:00+00:00"})
    with pytest.raises(sqlite3.IntegrityError):
        db["marks"].insert({"posting": 1, "decision": "perhaps", "at": "2026-08-20T03:00:00+00:00"})


@pytest.mark.parametrize("name", sorted(p.stem for p in store.QUERIES.glob("*.sql")))
def test_every_named_query_runs(open_db: Open, name: str) -> None:
    db = open_db()
    assert store.query(db, name, day="2026-08-20", run=1, posting=1) == []


@pytest.mark.parametrize(
    ("view", "index"), [("new_finds", "postings_open"), ("board", "postings_board")]
)
def test_the_first_page_of_a_view_comes_from_an_index(open_db: Open, view: str, index: str) -> None:
    db = open_db()
    plan = " ".join(row["detail"] for row in db.query(f"EXPLAIN QUERY PLAN SELECT * FROM {view}"))
    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan.replace("LAST TERM OF ORDER BY", "")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be read as the header of one" * 20)
    before = path.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        store.open_db(path)
    assert path.read_bytes() == before

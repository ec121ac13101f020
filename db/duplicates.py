"""Duplicates in the database: what is to be compared, what was decided, which postings are one.

Rows in, rows out: what makes two postings one is decided elsewhere (pipelines/dedupe). A pair of
`duplicates` whose `how` is `keys` was noted by a commit (two postings claimed one key) and is never
removed here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from db.sql import writing

CLAIM = "keys"
UNFINISHED = 0  # a version of the rules that never was
COLUMNS = (
    "id", "platform", "tenant", "native_id", "requisition_id", "url", "apply_url", "title",
    "organization", "unit", "location", "date_posted", "first_seen", "closed_at", "content_hash",
    "duplicate_of",
)  # fmt: skip
Row = dict[str, Any]
Pair = tuple[int, int]
Decided = tuple[int, int, str, str, float]  # a < b, kind, how, score


# --- what is to be compared -----------------------------------------------------------------------


def pending(db: Database, rules: int) -> list[int]:
    """Postings that are new, changed, closed or reopened since they were compared."""
    return _column(
        db,
        "SELECT id FROM postings LEFT JOIN compared ON posting = id WHERE posting IS NULL "
        "OR compared.content_hash <> postings.content_hash "
        "OR compared.closed_at IS NOT postings.closed_at OR rules <> ? ORDER BY id",
        rules,
    )


def everything(db: Database) -> list[int]:
    """All postings."""
    return _column(db, "SELECT id FROM postings ORDER BY id")


def forget(db: Database) -> None:
    """Remove what was found and remembered, but not what a commit noted, nor any mark."""
    with writing(db) as conn:
        conn.execute("DELETE FROM duplicates WHERE how <> ?", (CLAIM,))
        conn.execute("DELETE FROM blocks")
        conn.execute("DELETE FROM compared")


def rows(db: Database, postings: Iterable[int]) -> list[Row]:
    """These postings: COLUMNS, and `keys` and `places` as lists of tuples."""
    _choose(db, postings)
    found = {
        row[0]: dict(zip(COLUMNS, row, strict=True)) | {"keys": [], "places": []}
        for row in db.conn.execute(
            f"SELECT {', '.join(COLUMNS)} FROM temp.chosen "
            "CROSS JOIN postings ON id = chosen.posting"
        )
    }
    for posting, *key in db.conn.execute(
        "SELECT keys.posting, platform, tenant, key FROM temp.chosen "
        "CROSS JOIN keys ON keys.posting = chosen.posting"
    ):
        found[posting]["keys"].append(tuple(key))
    for posting, *place in db.conn.execute(
        "SELECT places.posting, city, region, country, remote FROM temp.chosen "
        "CROSS JOIN places ON places.posting = chosen.posting"
    ):
        found[posting]["places"].append(tuple(place))
    return list(found.values())


def descriptions(db: Database, postings: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Description and language of these postings; "" for what is not known."""
    _choose(db, postings)
    return {
        posting: (text or "", language or "")
        for posting, text, language in db.conn.execute(
            "SELECT texts.posting, description_text, language FROM temp.chosen "
            "CROSS JOIN texts ON texts.posting = chosen.posting"
        )
    }


def of_employer(db: Database, organization: str, limit: int) -> list[int]:
    """The latest postings of this employer."""
    return _column(
        db,
        "SELECT id FROM postings WHERE organization = ? ORDER BY id DESC LIMIT ?",
        organization,
        limit,
    )


# --- blocks ---------------------------------------------------------------------------------------


def store_blocks(
    db: Database, postings: Iterable[Row], blocks: Mapping[int, Iterable[int]]
) -> None:
    """Write the blocks of these postings, in the place of those they had.

    They count as compared when `finish` says so: what is cut off is pending again.
    """
    entries = sorted((block, posting) for posting, own in blocks.items() for block in own)
    with writing(db) as conn:
        conn.executemany("DELETE FROM blocks WHERE posting = ?", ((p,) for p in blocks))
        conn.executemany("INSERT INTO blocks (block, posting) VALUES (?, ?)", entries)
        conn.executemany(
            "INSERT OR REPLACE INTO compared (posting, content_hash, closed_at, rules) "
            "VALUES (?, ?, ?, ?)",
            ((row["id"], row["content_hash"], row["closed_at"], UNFINISHED) for row in postings),
        )


def finish(db: Database, rules: int) -> None:
    """What was begun is compared, by this version of the rules."""
    with writing(db) as conn:
        conn.execute("UPDATE compared SET rules = ? WHERE rules = ?", (rules, UNFINISHED))


def shared_blocks(db: Database, postings: Iterable[int] | None = None) -> Iterator[list[int]]:
    """The members of each block of two postings or more: all blocks, or those of these postings."""
    if postings is None:
        chosen = "SELECT block FROM blocks GROUP BY block HAVING count(*) > 1"
    else:
        _choose(db, postings)
        chosen = (
            "SELECT DISTINCT block FROM temp.chosen CROSS JOIN blocks "
            "ON blocks.posting = chosen.posting"
        )
    found = db.conn.execute(
        f"SELECT block, posting FROM ({chosen}) CROSS JOIN blocks USING (block) "
        "ORDER BY block, posting"
    )
    for _, members in groupby(found, key=itemgetter(0)):
        block = [posting for _, posting in members]
        if len(block) > 1:
            yield block


# --- decisions ------------------------------------------------------------------------------------


def remove_decisions(db: Database, postings: Iterable[int]) -> set[int]:
    """Remove what was decided about these postings; returns whom they were duplicates of."""
    _choose(db, postings)
    ties = [row for column in ("a", "b") for row in _decided(db.conn, column)]
    with writing(db) as conn:
        for column in ("a", "b"):
            conn.executemany(
                f"DELETE FROM duplicates WHERE {column} = ? AND how <> ?",
                ((posting, CLAIM) for posting in postings),
            )
    return {posting for a, b, *_ in ties for posting in (a, b)}


def store_decisions(db: Database, decided: Iterable[Decided]) -> None:
    """Write what was decided; what is there already stays."""
    with writing(db) as conn:
        conn.executemany(
            "INSERT OR IGNORE INTO duplicates (a, b, kind, how, score) VALUES (?, ?, ?, ?, ?)",
            decided,
        )


# --- groups ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """What a person decided about groupings."""

    apart: frozenset[Pair]  # the smaller number first
    alone: frozenset[int]  # postings that repeat none
    named: frozenset[int]  # all postings in such a decision, also in one that was taken back


def judged(db: Database) -> Judged:
    """The marks about groupings; of each pair the latest counts.

    `not_duplicate` names the other posting, or none and means all others. `undo` takes it back
    when it names the same.
    """
    latest: dict[tuple[int, int | None], str] = {}
    for posting, other, decision in db.conn.execute(
        "SELECT posting, other, decision FROM marks "
        "WHERE decision IN ('not_duplicate', 'undo') ORDER BY id"
    ):
        pair = (posting, None) if other is None else (min(posting, other), max(posting, other))
        if decision == "not_duplicate" or pair in latest:
            latest[pair] = decision
    standing = [pair for pair, decision in latest.items() if decision == "not_duplicate"]
    return Judged(
        apart=frozenset((a, b) for a, b in standing if b is not None),
        alone=frozenset(a for a, b in standing if b is None),
        named=frozenset(p for pair in latest for p in pair if p is not None),
    )


def around(db: Database, postings: Iterable[int]) -> tuple[set[int], list[Decided]]:
    """Every posting that a decision or a present group ties to these, and those decisions."""
    reached: set[int] = set()
    decided: set[Decided] = set()
    frontier = set(postings)
    while frontier:
        reached |= frontier
        _choose(db, frontier)
        ties = {row for column in ("a", "b") for row in _decided(db.conn, column)}
        decided |= ties
        mates = db.conn.execute(
            "SELECT id, duplicate_of FROM temp.chosen CROSS JOIN postings ON id = chosen.posting "
            "WHERE duplicate_of IS NOT NULL UNION ALL "
            "SELECT id, duplicate_of FROM temp.chosen "
            "CROSS JOIN postings ON duplicate_of = chosen.posting"
        ).fetchall()
        frontier = {p for pair in [*mates, *((row[0], row[1]) for row in ties)] for p in pair}
        frontier -= reached
    return reached, sorted(decided)


def _decided(conn: sqlite3.Connection, column: str) -> list[Decided]:
    return conn.execute(
        "SELECT a, b, kind, how, score FROM temp.chosen "
        f"CROSS JOIN duplicates ON {column} = chosen.posting WHERE kind = 'duplicate'"
    ).fetchall()


def tied(db: Database) -> set[int]:
    """All postings in a decision of the kind `duplicate`, or in a group."""
    return set(
        _column(
            db,
            "SELECT a FROM duplicates WHERE kind = 'duplicate' UNION "
            "SELECT b FROM duplicates WHERE kind = 'duplicate' UNION "
            "SELECT id FROM postings WHERE duplicate_of IS NOT NULL",
        )
    )


def claimed(db: Database) -> set[int]:
    """Postings of the pairs that a commit noted."""
    found = db.conn.execute("SELECT a, b FROM duplicates WHERE how = ?", (CLAIM,))
    return {posting for pair in found for posting in pair}


def point(db: Database, canonical: Mapping[int, int | None]) -> int:
    """Let these postings point to the one they repeat, or to none; returns how many change.

    Raises ValueError when one would point to a posting that points itself: no chains, no cycles.
    """
    chained = {p for p in canonical.values() if p is not None and canonical.get(p) is not None}
    if chained:
        raise ValueError(f"postings {sorted(chained)[:5]} would be both a copy and an original")
    with writing(db) as conn:
        changed = conn.executemany(
            "UPDATE postings SET duplicate_of = ? WHERE id = ? AND duplicate_of IS NOT ?",
            [(target, posting, target) for posting, target in sorted(canonical.items())],
        )
    return max(0, changed.rowcount)


# --- helpers --------------------------------------------------------------------------------------


def _choose(db: Database, postings: Iterable[int]) -> None:
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (posting INTEGER PRIMARY KEY)")
    with writing(db) as conn:
        conn.execute("DELETE FROM temp.chosen")
        conn.executemany(
            "INSERT OR IGNORE INTO temp.chosen VALUES (?)", ((posting,) for posting in postings)
        )


def _column(db: Database, sql: str, *parameters: Any) -> list[int]:
    return [value for (value,) in db.conn.execute(sql, parameters)]

"""What a second reading of kept answers changes in stored postings.

Nothing is seen by it: no posting is new, closed, reopened or absent, and `first_seen` and
`last_seen` stay. What differs is written to `changes`, under a run of the kind `reparse`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from db.commit import POLICY
from db.content import Content

_TEMPORARY = {
    "touched": "posting INTEGER PRIMARY KEY",
    "item_keys": "platform TEXT, tenant TEXT, key TEXT",
}


@dataclass
class Reread:
    """What came of it: postings that are stored and were read, those of them that say something
    else now, and each (posting, field, old, new)."""

    read: int = 0
    changed: int = 0
    changes: list[tuple[int, str, Any, Any]] = field(default_factory=list)


def commit_reparse(
    db: Database,
    run: int | None,
    source: str,
    postings: Sequence[Mapping[str, Any]],
    today: str,
    *,
    dry_run: bool = False,
) -> Reread:
    """Bring the stored postings of a source up to what its answers say, in one transaction.

    `postings` are as in `commit_source_run`, each with its detail. Those that are not stored, or
    are another source's, are left out. Raises sqlite3.Error; nothing is stored then.
    """
    content = Content(db.conn, source, False, postings, today, POLICY.owner_stale_days, again=True)
    for table, columns in _TEMPORARY.items():
        db.conn.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        for table in _TEMPORARY:
            db.conn.execute(f"DELETE FROM temp.{table}")
        content.update()
        db.conn.executemany(
            "UPDATE sightings SET fingerprint = ? "
            "WHERE source = ? AND native_id = ? AND detail_read_on IS NOT NULL",
            ((item.get("fingerprint") or "", source, item["native_id"]) for item in postings),
        )
        db.conn.executemany(
            "INSERT INTO changes (posting, run, field, old, new) VALUES (?, ?, ?, ?, ?)",
            ((posting, run, *change) for posting, *change in content.changes),
        )
        db.conn.execute("ROLLBACK" if dry_run else "COMMIT")
    except BaseException:
        db.conn.rollback()
        raise
    told = {posting for posting, *_ in content.changes}
    return Reread(len(content.known), len(told), content.changes)

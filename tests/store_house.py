"""A database and its nights, for the tests of the store."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db import store

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


def keyed(native_id: str, *keys: str, **said: Any) -> dict[str, Any]:
    return posting(native_id, keys=[["lever", "fernwood", key] for key in keys], **said)


class House:
    """A database and its nights, one day after another."""

    def __init__(self, path: Path | str):
        self.db: Database = store.open_db(path)
        self.day = FIRST - timedelta(days=1)
        self.run = 0
        for source in ("fernwood", "quantenhof"):
            row = {"id": source, "platform": "lever", "employer": source, "url": source}
            store.sync_sources(self.db, [row])

    def close(self) -> None:
        self.db.close()

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


def ids(count: int) -> list[str]:
    return [f"{n:03}" for n in range(count)]

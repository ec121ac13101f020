"""What the database knows of postings that are to be checked, so that no site is asked in vain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.harvest.lead import Lead
from crawler.loader import platforms
from crawler.placing import employer_key
from crawler.posting import Key
from db import store
from db.schema import COMPLETE
from db.sql import marks

FRESH_DAYS = 1  # a listing read to its end today or the night before needs no second visit

_COLUMNS = (
    "id", "source", "platform", "tenant", "url", "title", "organization", "valid_through",
    "last_seen", "closed_at", "closed_reason", "duplicate_of",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A stored posting; `read_on` is the day of its source's last complete listing."""

    id: int
    source: str
    platform: str
    tenant: str
    url: str
    title: str
    organization: str
    valid_through: str | None
    last_seen: str
    closed_at: str | None
    closed_reason: str | None
    duplicate_of: int | None
    read_on: str | None


@dataclass
class Knowledge:
    """Postings of a database, by key, and the employers' own ones by employer and title."""

    today: date
    by_key: dict[Key, Known] = field(default_factory=dict)
    own: dict[tuple[str, str], dict[int, Known]] = field(default_factory=dict)
    by_id: dict[int, Known] = field(default_factory=dict)
    listed: dict[str, list[int]] = field(default_factory=dict)  # last complete counts, by source

    def is_fresh(self, known: Known) -> bool:
        """Was its source's listing read to its end today or the night before?"""
        since = (self.today - timedelta(days=FRESH_DAYS)).isoformat()
        return known.read_on is not None and known.read_on >= since

    def elsewhere(self, lead: Lead, link: Known | None = None) -> Known | None:
        """The open posting of the employer's own site that this lead means, if there is just one.

        The stored decision about a duplicate comes before the same employer and title. Two openings
        under one title are siblings more often than not: then nothing is said.
        """
        if link and link.duplicate_of in self.by_id:
            original = self.by_id[link.duplicate_of]
            if original.closed_at is None:
                return original
        found = self.own.get((employer_key(lead.organization), title_key(lead.title)), {})
        others = [known for number, known in found.items() if link is None or number != link.id]
        return others[0] if len(others) == 1 else None


def read_knowledge(
    path: Path, leads: Iterable[Lead], keys: Iterable[Key], today: date
) -> Knowledge:
    """What the database at `path` knows of these; nothing when there is no such file."""
    knowledge = Knowledge(today)
    if not path.exists():
        return knowledge
    with closing(store.open_db(path)) as db:
        read = dict(
            db.conn.execute(
                f"SELECT source, substr(max(started), 1, 10) FROM source_runs "
                f"WHERE outcome IN ({marks(COMPLETE)}) GROUP BY source",
                COMPLETE,
            ).fetchall()
        )
        columns = ", ".join(f"postings.{column}" for column in _COLUMNS)
        for key in dict.fromkeys(keys):
            rows = db.conn.execute(
                f"SELECT {columns} FROM keys JOIN postings ON postings.id = posting "
                "WHERE keys.platform = ? AND keys.tenant = ? AND key = ?",
                key,
            )
            for row in rows.fetchall():
                knowledge.by_key[key] = known = _known(row, read)
                _note_original(db, knowledge, columns, known.duplicate_of, read)
        titles = {title_key(lead.title) for lead in leads if lead.title}
        _read_own(db, knowledge, columns, titles, read)
        for source in {known.source for known in knowledge.by_key.values()}:
            knowledge.listed[source] = store.history(db, source)["listed"]
    return knowledge


def _note_original(
    db: Database, knowledge: Knowledge, columns: str, number: int | None, read: dict[str, Any]
) -> None:
    found = db.conn.execute(f"SELECT {columns} FROM postings WHERE id = ?", (number,)).fetchone()
    if found:
        knowledge.by_id[found[0]] = _known(found, read)


def _read_own(
    db: Database, knowledge: Knowledge, columns: str, titles: set[str], read: dict[str, Any]
) -> None:
    """The open postings of employers' own sites under these titles: one walk over the table."""
    boards = {name for name, platform in platforms().items() if platform.many_employers}
    if not titles:
        return
    rows = db.conn.execute(
        f"SELECT {columns}, employer FROM postings JOIN sources ON sources.id = postings.source "
        "WHERE closed_at IS NULL AND duplicate_of IS NULL "
        "AND (valid_through IS NULL OR valid_through >= ?)",
        (knowledge.today.isoformat(),),
    )
    for *row, employer in rows:
        known = _known(row, read)
        title = title_key(known.title)
        if title not in titles or known.platform in boards:
            continue
        for name in {employer_key(known.organization), employer_key(employer)} - {""}:
            knowledge.own.setdefault((name, title), {})[known.id] = known


def _known(row: Iterable[Any], read: dict[str, Any]) -> Known:
    said = dict(zip(_COLUMNS, row, strict=True))
    return Known(**said, read_on=read.get(said["source"]))


def title_key(title: str | None) -> str:
    """A title for comparison: no case, accents or punctuation."""
    said = unicodedata.normalize("NFKD", (title or "").casefold())
    letters = "".join(c for c in said if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))

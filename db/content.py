"""What the postings read in one source-run say, into the tables that hold it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.identity import Resolution, keys_of, resolve
from db.rows import LONG, SLIM, Place, Row, content_of, news, places_of, preferred, updates
from db.schema import ABSENT, CONFIRMED, DEADLINE
from db.scores import COLUMNS as SCORES
from db.scores import is_other_score, write_scores
from db.sql import assignments, is_fresh, marks

_CLOSING = ("closed_at", "closed_reason")
_NEW = ("id", "source", "platform", "tenant", "native_id", *SLIM, "first_seen", "last_seen")


@dataclass
class Content:
    """The content-bearing items of one commit; `store` does all, inside the caller's transaction.

    The native ids the listing showed are in the temporary table `shown`.
    """

    conn: sqlite3.Connection
    source: str
    complete: bool  # was the listing read to its end?
    items: Sequence[Mapping[str, Any]]
    today: str
    owner_stale_days: int
    # The same answers read by another parser: every column is compared, whatever the hashes say.
    again: bool = False

    new: int = 0
    changed: int = 0
    changes: list[tuple[int, str, Any, Any]] = field(default_factory=list)
    # Stored postings that were read, and those of them that may reopen.
    known: set[int] = field(default_factory=set)
    back: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._fresh: dict[str, bool] = {}
        self.said = [content_of(item) for item in self.items]

    def store(self) -> None:
        """Insert new postings, update known ones, note keys and where this source shows them."""
        if not self.items:
            return
        self.resolution = self._resolve()
        self.groups: dict[int, list[int]] = {}
        for index, posting in enumerate(self.resolution.postings):
            self.groups.setdefault(posting, []).append(index)
        self.known = {posting for posting in self.groups if posting > 0}
        speakers = self._store_new() | self._store_known()
        self._store_keys()
        self._store_sightings(speakers)
        self._many(
            "INSERT OR IGNORE INTO temp.seen VALUES (?)",
            ((self._stored(posting),) for posting in self.groups),
        )

    def update(self) -> None:
        """Update known postings of this source alone; nothing is inserted and nothing was seen."""
        self.ids: dict[int, int] = {}
        self.resolution = self._resolve() if self.items else Resolution()
        self._many("INSERT OR IGNORE INTO temp.touched VALUES (?)", (
            (posting,) for posting in self.resolution.postings if posting > 0
        ))  # fmt: skip
        ours = {
            posting
            for (posting,) in self.conn.execute(
                "SELECT id FROM temp.touched JOIN postings ON id = posting WHERE source = ?",
                (self.source,),
            )
        }
        self.groups = {}
        for index, posting in enumerate(self.resolution.postings):
            if posting in ours:
                self.groups.setdefault(posting, []).append(index)
        self.known = set(self.groups)
        self._store_known()
        self._many(
            "INSERT OR IGNORE INTO keys (posting, platform, tenant, key) VALUES (?, ?, ?, ?)",
            ((p, *key) for key, p in self.resolution.keys.items() if p in self.known),
        )

    def _resolve(self) -> Resolution:
        self._many(
            "INSERT INTO temp.item_keys VALUES (?, ?, ?)",
            (key for item in self.items for key in keys_of(item)),
        )
        stored = self.conn.execute(
            "SELECT platform, tenant, key, posting FROM temp.item_keys "
            "JOIN keys USING (platform, tenant, key)"
        )
        keys = {(platform, tenant, key): posting for platform, tenant, key, posting in stored}
        # A source that moved to another platform may meet its old native ids again by chance.
        platform, tenant = self.items[0]["platform"], self.items[0]["tenant"]
        known = self.conn.execute(
            "SELECT sightings.native_id, posting FROM sightings "
            "JOIN postings ON postings.id = posting "
            "WHERE sightings.source = ? AND platform = ? AND tenant = ?",
            (self.source, platform, tenant),
        )
        return resolve(self.items, keys, dict(known.fetchall()))

    def _speaker(self, posting: int, stored: str | None = None) -> int:
        """The item that speaks for a posting, the same one every night."""
        group = self.groups[posting]
        if len(group) == 1:
            return group[0]
        by_name = {self.items[index]["native_id"]: index for index in group}
        return by_name[preferred(list(by_name), stored)]

    def _stored(self, posting: int) -> int:
        return self.ids.get(posting, posting)

    # --- postings never seen before ---------------------------------------------------------------

    def _store_new(self) -> set[int]:
        """Insert them and index their texts in one statement; returns the items that spoke."""
        first = 1 + (self.conn.execute("SELECT max(id) FROM postings").fetchone()[0] or 0)
        fresh = sorted((posting for posting in self.groups if posting < 0), reverse=True)
        self.ids = {posting: first + place for place, posting in enumerate(fresh)}
        if not fresh:
            return set()
        self.new = len(fresh)
        seen = (self.today, self.today)
        spoken = {self.ids[posting]: self._speaker(posting) for posting in fresh}
        self._many(
            f"INSERT INTO postings ({', '.join(_NEW)}) VALUES ({marks(_NEW)})",
            (
                (posting, *self._owner(i), *map(self.said[i].__getitem__, SLIM), *seen)
                for posting, i in spoken.items()
            ),
        )
        self._many(
            f"INSERT INTO texts (posting, {', '.join(LONG)}) VALUES ({marks(('posting', *LONG))})",
            ((posting, *map(self.said[i].__getitem__, LONG)) for posting, i in spoken.items()),
        )
        self._insert_places((posting, places_of(self.items[i])) for posting, i in spoken.items())
        write_scores(self.conn, ((posting, self.items[i]) for posting, i in spoken.items()))
        self.conn.execute(
            "INSERT INTO postings_fts (rowid, title, organization, description) "
            "SELECT id, title, organization, description FROM postings_search WHERE id >= ?",
            (first,),
        )
        return set(spoken.values())

    def _owner(self, index: int) -> tuple[str, str, str, str]:
        item = self.items[index]
        return self.source, item["platform"], item["tenant"], item["native_id"]

    # --- postings that are known ------------------------------------------------------------------

    def _store_known(self) -> set[int]:
        """Update what says something else; returns the items that spoke."""
        if not self.known:
            return set()
        stored, detailed, places = self._load_known()
        spoken: dict[int, int] = {}
        for posting, row in stored.items():
            speaker = self._content_item(posting, row)
            self._note_return(posting, row, taken_over=speaker is not None)
            if speaker is not None:
                spoken[posting] = speaker
        self._load_texts(
            stored, (p for p, i in spoken.items() if self._says_otherwise(stored[p], i))
        )
        slim: list[tuple[Any, ...]] = []
        long: list[tuple[Any, ...]] = []
        for posting, speaker in spoken.items():
            row = stored[posting]
            new = self._news(posting, speaker, row, detail_stored=posting in detailed)
            owner = self._owner(speaker)
            moved = owner != (row["source"], row["platform"], row["tenant"], row["native_id"])
            if moved or not new.keys().isdisjoint(SLIM):
                slim.append((*owner, *(new.get(column, row[column]) for column in SLIM), posting))
            if not new.keys().isdisjoint(LONG):
                long.append((*(new.get(column, row[column]) for column in LONG), posting))
            stated = places_of(self.items[speaker])
            readable = _detail_read(self.items[speaker]) or "raw_location" in new
            if readable and stated != places.get(posting, []):
                self.conn.execute("DELETE FROM places WHERE posting = ?", (posting,))
                self._insert_places([(posting, stated)])
        columns = ("source", "platform", "tenant", "native_id", *SLIM)
        self._many(f"UPDATE postings SET {assignments(columns)} WHERE id = ?", slim)
        self._many(f"UPDATE texts SET {assignments(LONG)} WHERE posting = ?", long)
        told = ((p, self.items[i]) for p, i in spoken.items())
        best = ((p, it) for p, it in told if p not in detailed or _detail_read(it))
        write_scores(self.conn, ((p, it) for p, it in best if is_other_score(stored[p], it)))
        return set(spoken.values())

    def _load_known(self) -> tuple[dict[int, Row], set[int], dict[int, list[Place]]]:
        """The known postings' rows, which of them have their detail, and their places."""
        self._touch(self.known)
        columns = ("id", "source", "platform", "tenant", "native_id", *SLIM, *_CLOSING, *SCORES)
        rows = self.conn.execute(
            f"SELECT {', '.join(columns)} FROM temp.touched JOIN postings ON id = posting"
        )
        stored = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
        detailed = self.conn.execute(
            "SELECT posting FROM temp.touched JOIN sightings USING (posting) "
            "WHERE detail_read_on IS NOT NULL"
        )
        places: dict[int, list[Place]] = {}
        for posting, *place in self.conn.execute(
            "SELECT posting, city, region, country, remote, various FROM temp.touched "
            "JOIN places USING (posting) ORDER BY places.rowid"
        ):
            places.setdefault(posting, []).append(tuple(place))
        return stored, {posting for (posting,) in detailed}, places

    def _load_texts(self, stored: dict[int, Row], postings: Iterable[int]) -> None:
        """Add their texts to these rows; who says the same as before need not be compared."""
        self._touch(postings)
        for posting, *texts in self.conn.execute(
            f"SELECT posting, {', '.join(LONG)} FROM temp.touched JOIN texts USING (posting)"
        ):
            stored[posting].update(zip(LONG, texts, strict=True))

    def _touch(self, postings: Iterable[int]) -> None:
        self.conn.execute("DELETE FROM temp.touched")
        self._many("INSERT INTO temp.touched VALUES (?)", ((posting,) for posting in postings))

    def _says_otherwise(self, row: Row, speaker: int) -> bool:
        return self.again or bool(self.said[speaker]["content_hash"] != row["content_hash"])

    def _content_item(self, posting: int, row: Row) -> int | None:
        """The item whose content the posting takes, or None when it is only seen.

        Of one requisition listed twice the same item speaks every night; the other one may only
        when a complete run shows that the first is gone. Another source's item speaks only when it
        takes the posting over: it is closed, or its own source was not read to the end for long.
        """
        if row["source"] == self.source:
            if any(self.items[i]["native_id"] == row["native_id"] for i in self.groups[posting]):
                return self._speaker(posting, row["native_id"])
            gone = self.complete and not self._was_shown(row["native_id"])
            return self._speaker(posting) if gone else None
        speaker = self._speaker(posting)
        if not _detail_read(self.items[speaker]):
            return None
        deadline = self.said[speaker]["valid_through"]
        returns = row["closed_at"] is not None and not (deadline and deadline < self.today)
        orphaned = self.complete and not self._is_fresh(row["source"])
        return speaker if returns or orphaned else None

    def _was_shown(self, native_id: str) -> bool:
        found = self.conn.execute("SELECT 1 FROM temp.shown WHERE native_id = ?", (native_id,))
        return found.fetchone() is not None

    def _is_fresh(self, source: str) -> bool:
        if source not in self._fresh:
            self._fresh[source] = is_fresh(self.conn, source, self.today, self.owner_stale_days)
        return self._fresh[source]

    def _note_return(self, posting: int, row: Row, *, taken_over: bool) -> None:
        """Is a closed posting back? What the site itself called closed needs its detail's word."""
        if row["closed_at"] is None or (row["source"] != self.source and not taken_over):
            return
        read = any(_detail_read(self.items[index]) for index in self.groups[posting])
        if read or row["closed_reason"] in (ABSENT, CONFIRMED, DEADLINE):
            self.back.add(posting)

    def _news(self, posting: int, speaker: int, row: Row, *, detail_stored: bool) -> Row:
        """What to overwrite; what of it is the employer's news is noted in `changes`."""
        item, said = self.items[speaker], self.said[speaker]
        detail, relative = _detail_read(item), item.get("relative") or ()
        new = updates(row, said, detail=detail, detail_stored=detail_stored, relative=relative)
        # The first reading of a detail that was owed is no news.
        if self._says_otherwise(row, speaker) and (detail_stored or not detail):
            told = [(posting, *change) for change in news(row, new, relative)]
            self.changes += told
            self.changed += bool(told)
        if row["source"] != self.source:
            self.changes.append((posting, "source", row["source"], self.source))
        return new

    # --- identities -------------------------------------------------------------------------------

    def _insert_places(self, places: Iterable[tuple[int, list[Place]]]) -> None:
        self._many(
            "INSERT INTO places (posting, city, region, country, remote, various) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            ((posting, *place) for posting, there in places for place in there),
        )

    def _store_keys(self) -> None:
        self._many(
            "INSERT OR IGNORE INTO keys (posting, platform, tenant, key) VALUES (?, ?, ?, ?)",
            ((self._stored(posting), *key) for key, posting in self.resolution.keys.items()),
        )
        self._many(
            "INSERT OR IGNORE INTO duplicates VALUES (?, ?, 'duplicate', 'keys', 1.0)",
            ((self._stored(a), self._stored(b)) for a, b in self.resolution.conflicts),
        )

    def _store_sightings(self, speakers: set[int]) -> None:
        """What the source's next visit must know of each item, alias and shared ones too."""

        def sighting(index: int) -> tuple[Any, ...]:
            item = self.items[index]
            posting = self._stored(self.resolution.postings[index])
            url = None if index in speakers else item["url"]
            if _detail_read(item):
                mark = item.get("fingerprint") or ""
                return self.source, item["native_id"], posting, mark, self.today, url
            # No listing has an empty fingerprint: the owed detail is asked for next night.
            return self.source, item["native_id"], posting, "", None, url

        self._many(
            """
            INSERT INTO sightings (source, native_id, posting, fingerprint, detail_read_on, url)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (source, native_id) DO UPDATE SET
                posting = excluded.posting, fingerprint = excluded.fingerprint, url = excluded.url,
                detail_read_on = coalesce(excluded.detail_read_on, detail_read_on)
            """,
            (sighting(index) for index in range(len(self.items))),
        )

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.conn.executemany(sql, rows)


def _detail_read(item: Mapping[str, Any]) -> bool:
    return bool(item.get("detail_read", True))

"""Store: remembers what the database knows for the spider, and gives it what was read.

Items and rejects are kept in memory until the source-run is over and its outcome is decided
(crawler/night/source_run.py); then `commit` writes all in one transaction. Without the setting
ROLECALL_DB nothing is remembered and nothing stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.crawler import Crawler
from sqlite_utils import Database

from crawler import clock
from crawler.memory import Memory, Remembered
from crawler.platform import Platform
from db import store, versions
from pipelines.answers import Answers
from pipelines.describe import without_standing
from pipelines.excerpt import Recurring
from pipelines.normalise import FieldCount, count_fields
from pipelines.normalise.dates import is_relative
from pipelines.validate import Reject


class Store:
    """The last pipeline. `history` and `commit` are for the extension that ends a source-run."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler
        self.path: str | None = crawler.settings.get("ROLECALL_DB")
        self.started = clock.now()
        self.postings: list[dict[str, Any]] = []
        self.sightings: list[str] = []
        self.closed: dict[str, str] = {}
        self.rejects: list[dict[str, Any]] = []
        self.field_counts: dict[str, FieldCount] = {}
        keeps = self.path is not None and crawler.settings.getbool("ROLECALL_KEEP_ANSWERS")
        self.answers: Answers | None = Answers() if keeps else None
        self.past: dict[str, Any] = {"listed": [], "outcomes": [], "open": 0, "held": 0}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.item_dropped, signal=signals.item_dropped)
        if pipeline.answers:
            noted = pipeline.answers.response_received
            crawler.signals.connect(noted, signal=signals.response_received)
        return pipeline

    @property
    def spider(self) -> Platform:
        spider = self.crawler.spider
        assert isinstance(spider, Platform)
        return spider

    def open_spider(self) -> None:
        """Hand the spider its memory."""
        if self.path is None:
            return
        spider, today = self.spider, clock.today()
        with self._database() as db:
            store.sync_sources(db, [spider.source.model_dump(mode="json")])
            rows = store.memory_rows(db, spider.source.id, today.isoformat())
            self.past = store.history(db, spider.source.id)
        spider.memory = Memory(today, {row["native_id"]: _remembered(row) for row in rows})

    def process_item(self, item: Any) -> Any:
        adapter = ItemAdapter(item)
        native_id = adapter["native_id"]
        if adapter.get("closed_reason"):
            self.closed[native_id] = adapter["closed_reason"]
        elif adapter.get("sighting"):
            self.sightings.append(native_id)
        else:
            count_fields(adapter, self.field_counts)
            if self.path is not None:
                self.postings.append(row_of(item))
        return item

    def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Keep what was rejected, with its reason; other drops are not ours.

        An open posting that lost its title is there all the same.
        """
        if isinstance(exception, Reject):
            known = self.spider.memory.postings.get(ItemAdapter(item)["native_id"])
            if known and known.is_open:
                self.sightings.append(known.native_id)
            url = ItemAdapter(item).get("url") or None
            self.rejects.append({"url": url, "reason": exception.reason, "raw": _dump(item)})

    def history(self) -> dict[str, Any]:
        """What earlier nights say about this source: see `db.store.history`."""
        return self.past

    def complete_counts(self) -> list[int]:
        """Postings listed by the last five complete runs, newest first."""
        return list(self.past["listed"])

    def commit(
        self,
        *,
        outcome: str,
        reason: str = "",
        requests: int = 0,
        seconds: float = 0.0,
        may_count_absences: bool = False,
    ) -> dict[str, int]:
        """Write the source-run; returns the counts new, changed, closed, reopened and held.

        `may_count_absences`: the run is complete and its listing authoritative. Raises
        sqlite3.Error when it cannot be written; nothing is stored then.
        """
        if self.path is None:
            return {}
        report, started = self.spider.report, self.started.isoformat(timespec="seconds")
        with self._database() as db:
            self._leave_out_standing_texts(db)
            run = self.crawler.settings.getint("ROLECALL_RUN")
            alone = not run
            if alone:  # a lone `scrapy crawl` is a night of one source
                run = store.start_run(db, started)
            counts = store.commit_source_run(
                db,
                {
                    "run": run, "source": self.spider.source.id, "outcome": outcome,
                    "reason": reason or None, "requests": requests, "listed": report.listed,
                    "declared_total": report.declared_total, "seconds": seconds, "started": started,
                },
                self.postings,
                sightings=self.sightings,
                closed=self.closed,
                rejects=self.rejects,
                field_counts={name: vars(n) for name, n in self.field_counts.items()},
                counts_absences=may_count_absences,
                today=self.spider.memory.today.isoformat(),
                answers=self.answers.rows(self.closed) if self.answers else (),
            )  # fmt: skip
            if alone:
                finished = clock.now().isoformat(timespec="seconds")
                store.finish_run(db, run, finished, seconds=seconds, sources=1)
        return counts

    def _leave_out_standing_texts(self, db: Database) -> None:
        """What recurs in other postings of the source, stored or just read, is not quoted."""
        if not self.postings:
            return
        recurring = Recurring()
        for title, text in versions.recent_descriptions(db, self.spider.source.id):
            recurring.add(title, text)
        for row in self.postings:
            recurring.add(row["title"], row["description_text"])
        for row in self.postings:
            without_standing(row, recurring)

    @contextmanager
    def _database(self) -> Iterator[Database]:
        assert self.path is not None
        db = store.open_db(self.path)
        try:
            yield db
        finally:
            db.close()


def _remembered(row: dict[str, Any]) -> Remembered:
    read_on = row["detail_read_on"]
    return Remembered(
        native_id=row["native_id"],
        url=row["url"],
        fingerprint=row["fingerprint"],
        detail_read_on=date.fromisoformat(read_on) if read_on else None,
        is_open=row["is_open"],
    )


def row_of(item: Any) -> dict[str, Any]:
    """The posting as the store takes it, with the names of the dates that were told from today."""
    row = _dump(item)
    dates = ("date_posted", "valid_through")
    row["relative"] = [name for name in dates if is_relative(row[f"raw_{name}"] or "")]
    return row


def _dump(item: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = _storable(item.model_dump(mode="json"))
    return dumped


def _storable(value: Any) -> Any:
    """The value without lone surrogates: JSON may hold half a character, a database may not."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: _storable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value

"""The kept answers of a source, read again by its platform as it is today.

The spider walks its listing as in a crawl, through the same machinery, and what it asks for is
answered from the database: nothing leaves this machine. Postings of which no answer is kept stay as
they are. Dates such as "Posted 3 Days Ago" are told from the day of the answer.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import canonicalize_url

from crawler import clock
from crawler.errors import ConfigError, Refused
from crawler.loader import spider_class
from crawler.night.run import lock
from crawler.night.source_run import one_line
from crawler.posting import Posting
from crawler.settings import with_options
from crawler.sources import Source
from db import answers, store
from db.reparse import commit_reparse
from pipelines import process
from pipelines.answers import body_hash
from pipelines.normalise import reading_of
from pipelines.relevance import current
from pipelines.store import row_of
from pipelines.validate import Reject

_SETTINGS: dict[str, Any] = {
    "ROLECALL_DB": None, "EXTENSIONS": {}, "ITEM_PIPELINES": {}, "RETRY_TIMES": 0,
    "ROLECALL_DELAY": 0, "ROLECALL_GATEWAY": None, "ROLECALL_TAPE": None, "ROLECALL_RECORD": None,
    "TWISTED_REACTOR_ENABLED": False, "LOG_ENABLED": False,
}  # fmt: skip


class Kept:
    """Answers requests from what is kept: each answer once, in order, the last one for ever."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]):
        self._rows: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
        self._days: dict[str | None, date] = {}
        for row in rows:
            key = row["method"], _canonical(row["url"]), row["body_hash"]
            self._rows.setdefault(key, []).append(row)
            self._days[row["native_id"]] = date.fromisoformat(row["fetched_at"][:10])

    def day_of(self, native_id: str) -> date | None:
        """The day on which this posting's detail came, or its listing."""
        return self._days.get(native_id) or self._days.get(None)

    def answer(self, request: Request) -> Response:
        """Raises Refused for what is not kept; robots.txt is not asked about answers we have."""
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404, request=request)
        key = request.method, _canonical(request.url), body_hash(request.body)
        rows = self._rows.get(key)
        if not rows:
            raise Refused("cut_short", "no answer is kept")
        row = rows.pop(0) if len(rows) > 1 else rows[0]
        headers, body = Headers(json.loads(row["headers"])), zlib.decompress(row["body"])
        url = row["answered_by"] or request.url
        if row["answered_by"]:
            request.meta["redirect_urls"] = [request.url]
        kind = responsetypes.from_args(headers=headers, url=url, body=body)
        return kind(url=url, status=row["status"], headers=headers, body=body, request=request)


@dataclass
class Result:
    """How one source fared. `changes` are (url, field, old, new)."""

    source: str
    answers: int = 0
    read: int = 0  # stored postings that were read again
    changed: int = 0
    lost: int = 0  # postings that are no longer read at all: without title, or by an error
    reason: str = ""  # why less was read than is kept
    changes: list[tuple[str, str, Any, Any]] = field(default_factory=list)


def reparse(
    path: Path,
    catalogue: Mapping[str, Source],
    names: Collection[str] = (),
    *,
    dry_run: bool = False,
    told: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Read the kept answers of these sources (all, when none is named) and store what differs.

    Raises ConfigError for a source of which nothing is kept, AnotherCrawl while a crawl runs.
    """
    with lock(path):
        db = store.open_db(path)
        try:
            chosen = answers.sources(db, names)
            missing = sorted(set(names) - set(chosen))
            if missing:
                raise ConfigError(f"no answers are kept of {', '.join(missing)}")
            run = None
            if not dry_run:
                now = clock.now().isoformat(timespec="seconds")
                run = store.start_run(db, now, "reparse")
            results = []
            for name in chosen:
                result = _source(db, run, name, catalogue.get(name), dry_run)
                results.append(result)
                told(result)
            if run is not None:
                now = clock.now().isoformat(timespec="seconds")
                store.finish_run(db, run, now, sources=len(results))
            return results
        finally:
            db.close()


def _source(db: Any, run: int | None, name: str, source: Source | None, dry_run: bool) -> Result:
    rows = answers.kept(db, name)
    result = Result(name, len(rows))
    if source is None:
        return replace(result, reason="the catalogue has no such source any more")
    try:
        spider = spider_class(source)
    except ConfigError as error:
        return replace(result, reason=str(error))
    player, model = Kept(rows), current(db)
    reader, items, errors = _walk(type(spider.__name__, (spider,), {"answers_from": player}))
    read = [item for item in items if item.detail_read and not item.closed_reason]
    postings = []
    for item in read:
        reading = replace(reading_of(reader), today=player.day_of(item.native_id) or clock.today())
        try:
            postings.append(row_of(process(item, reading, source=source, model=model)))
        except Reject as reject:
            result.lost += 1
            result.reason = result.reason or f"{item.url}: {reject.reason}"
    result.lost += len(errors)
    result.reason = next(iter(errors), result.reason)
    done = commit_reparse(db, run, name, postings, clock.today().isoformat(), dry_run=dry_run)
    result.read, result.changed = done.read, done.changed
    urls = dict(
        db.conn.execute("SELECT id, url FROM postings WHERE source = ?", (name,)).fetchall()
    )
    result.changes = [(urls.get(p, ""), *change) for p, *change in done.changes]
    return result


def _walk(spider: type[Any]) -> tuple[Any, list[Posting], list[str]]:
    """The spider at its end, the postings that it yielded, and the errors of its callbacks."""
    crawling = AsyncCrawlerProcess(with_options(_SETTINGS))
    crawler = crawling.create_crawler(spider)
    items: list[Posting] = []
    errors: list[str] = []

    def item(item: Posting) -> None:
        items.append(item)

    def error(failure: Any) -> None:
        errors.append(one_line(failure.value))

    crawler.signals.connect(item, signal=signals.item_scraped)
    crawler.signals.connect(error, signal=signals.spider_error)
    crawling.crawl(crawler)
    crawling.start()
    return crawler.spider, items, errors


def _canonical(url: str) -> str:
    return canonicalize_url(url, keep_fragments=False)

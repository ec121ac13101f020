"""Random nights with faults: `python -m tests.random_nights [N] [--http M] [--seed S]`.

N nights (10,000) go through the patterns, the pipelines, the outcome and the store over synthetic
listings in memory (tests/random_site.py), M nights (none) through the whole command over HTTP
(tests/random_http.py). After each the database is held against the truth (tests/random_truth.py);
the first promise that does not hold ends it with exit status 1.
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast

from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager
from twisted.python.failure import Failure

from crawler.night.source_run import SourceRun
from crawler.posting import Posting
from crawler.sources import Source
from db import store
from pipelines import process
from pipelines.normalise import reading_of
from pipelines.store import Store
from pipelines.validate import Reject
from tests.random_site import HOST, PAGE, RandomSite, Weather, answer, random_weather
from tests.random_truth import Broken, Truth

FIRST = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)
LIFE = 250  # nights of one board and its database
SIZES = (1, 3, 4, 5, 8, 12, 20, 45)


class Board:
    """One synthetic board, its truth and its database, night after night."""

    def __init__(self, folder: Path, seed: int):
        self.pick = Random(seed)
        self.path = folder / f"{seed}.db"
        self.truth = Truth(self.pick)
        self.truth.add(SIZES[seed % len(SIZES)])
        source = Source(id=f"board-{seed}", platform="random_site", employer="Fernwood", url=HOST)
        self.spider = type("Random", (RandomSite,), {"name": source.id, "source": source})
        self.now = FIRST
        self.counts: Counter[str] = Counter()

    def believed(self) -> dict[int, bool]:
        """Each stored posting's number, and whether the database has it open."""
        if not self.path.exists():
            return {}
        with closing(store.open_db(self.path)) as db:
            rows = db.conn.execute("SELECT native_id, closed_at IS NULL FROM postings").fetchall()
        return {int(native_id): bool(is_open) for native_id, is_open in rows}

    def night(self) -> None:
        """One night. Raises tests.random_truth.Broken."""
        os.environ["ROLECALL_NOW"] = self.now.isoformat()
        before = self.believed()
        changes = self.truth.dawn(before)
        weather = random_weather(self.pick, 1 + len(self.truth.listed) // PAGE)
        visit = Visit(self, weather)
        ended = visit.run()
        after = self.believed()
        self.truth.asked = {int(number) for number in visit.store.closed}
        stored = [posting["native_id"] for posting in visit.store.postings]
        seen = {int(number) for number in (*stored, *visit.store.sightings)}
        complete = ended.verdict.complete
        unseen = {int(n) for n in visit.spider._seen if complete and before.get(int(n))} - seen
        try:
            if unseen:
                raise Broken(f"listed in a complete run, and not seen: {sorted(unseen)}")
            self.truth.dusk(
                before, after, complete=complete, seen=seen,
                read={int(p["native_id"]) for p in visit.store.postings if p["detail_read"]},
            )  # fmt: skip
        except AssertionError as error:
            error.add_note(f"{self.path.stem}, {self.now:%d %b %Y}: {changes}, {weather.name}")
            error.add_note(f"{ended.verdict}")
            raise
        self.counts.update(["nights", f"outcome {ended.verdict.outcome}", f"site: {weather.name}"])
        for name in ("new", "closed", "reopened"):
            self.counts[name] += ended.counts.get(name, 0)
        self.now += timedelta(days=1)


class Visit:
    """One crawl without Scrapy's engine: the house's own spider, store and source-run."""

    def __init__(self, board: Board, weather: Weather):
        self.board, self.weather = board, weather
        settings = Settings({"ROLECALL_DB": str(board.path), "ROLECALL_KEEP_ANSWERS": False})
        self.crawler: Any = SimpleNamespace(
            settings=settings, signals=SignalManager(), engine=SimpleNamespace(crawl=self._push),
            get_item_pipeline=lambda _: self.store,
        )  # fmt: skip
        self.crawler.spider = self.spider = board.spider.from_crawler(self.crawler)
        self.store = Store.from_crawler(self.crawler)
        self.source_run = SourceRun(self.crawler)
        self.queue: list[tuple[int, int, Request]] = []
        self.pushed = 0

    def _push(self, request: Request) -> None:
        self.pushed += 1
        heappush(self.queue, (-request.priority, self.pushed, request))

    def run(self) -> Any:
        self.store.open_spider()
        asyncio.run(self._start())
        reason = "finished"
        while reason == "finished":
            while self.queue and reason == "finished":
                self._exchange(heappop(self.queue)[2])
                stops_after = self.weather.stops_after
                if stops_after is not None and self.source_run.requests >= stops_after:
                    reason = "shutdown"
            try:
                self.spider._on_idle()
                break
            except DontCloseSpider:
                continue
        self.source_run.spider_closed(self.spider, reason)
        assert self.source_run.ended is not None
        return self.source_run.ended

    async def _start(self) -> None:
        async for request in self.spider.start():
            self._push(request)

    def _exchange(self, request: Request) -> None:
        self.source_run.request_reached_downloader(request)
        truth = self.board.truth
        came = answer(request, truth.listed, truth.gone, self.weather)
        called = request.errback if isinstance(came, Failure) else request.callback
        assert called is not None
        try:
            more = {} if isinstance(came, Failure) else request.cb_kwargs
            for out in cast(Any, called)(came, **more):
                if isinstance(out, Request):
                    self._push(out)
                else:
                    self._item(out)
        except Exception:  # noqa: BLE001 - as Scrapy does: it becomes a spider_error
            failure = Failure()
            self.source_run.spider_error(failure, cast(Any, came))

    def _item(self, item: Posting) -> None:
        try:
            if not (item.sighting or item.closed_reason):
                process(item, reading_of(self.spider))
        except Reject as reject:
            self.store.item_dropped(item, reject)
            self.source_run.item_dropped(item, reject)
            return
        self.store.process_item(item)
        self.source_run.item_scraped(item)


def synthetic(nights: int, seed: int = 1) -> Counter[str]:
    """So many nights over boards in memory; what happened. Raises Broken."""
    total: Counter[str] = Counter()
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=in_memory) as folder:
        for number in range((nights + LIFE - 1) // LIFE):
            board = Board(Path(folder), seed * 1_000 + number)
            for _ in range(min(LIFE, nights - number * LIFE)):
                board.night()
            total += board.counts
            total += Counter({f"truth: {name}": n for name, n in board.truth.happened.items()})
            board.path.unlink()
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.random_nights")
    parser.add_argument("nights", nargs="?", type=int, default=10_000)
    parser.add_argument("--http", type=int, default=0, metavar="M")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name, number, play in (
        ("synthetic", asked.nights, synthetic), ("http", asked.http, over_http),
    ):  # fmt: skip
        if number:
            started = time.monotonic()
            counts = play(number, asked.seed)
            said = {"seconds": round(time.monotonic() - started, 1), **sorted_counts(counts)}
            print(json.dumps({name: said}, indent=2))


def over_http(nights: int, seed: int) -> Counter[str]:
    from tests import random_http

    return random_http.over_http(nights, seed, random_http.forked)


def sorted_counts(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())

"""One night: which sources, in which order, one process, never twice at once.

Sources of different politeness hosts are crawled in parallel, those of one host one after another.
The order is only a courtesy to the machine: that two sources never fire at one host together is the
limiter's promise (crawler/fetch/politeness.py).
"""

from __future__ import annotations

import asyncio
import fcntl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.defer import deferred_from_coro

from crawler import clock
from crawler.errors import ConfigError, RolecallError
from crawler.fetch.politeness import politeness_host
from crawler.loader import spider_class
from crawler.night.duplicates import find_duplicates, link_reader
from crawler.night.outcome import Verdict, is_alarming
from crawler.night.source_run import Ended, SourceRun, one_line
from crawler.recognise import Recogniser
from crawler.settings import with_options
from crawler.sources import Source
from db import answers, store

PARALLEL = 16  # crawlers at a time; one Python thread does all the work


class AnotherCrawl(RolecallError):
    """Another crawl holds the lock of this database."""

    exit_status = 3


class Progress(Protocol):
    """What a night tells while it goes (crawler/night/progress.py)."""

    def source_started(self, source: Source) -> None: ...
    def request_sent(self, source: Source) -> None: ...
    def source_ended(self, ended: Ended) -> None: ...


@dataclass
class Summary:
    """How a night ended: one entry per source, and those a person should look at."""

    run: int
    seconds: float
    ended: list[Ended] = field(default_factory=list)
    alarming: list[Ended] = field(default_factory=list)

    def total(self, count: str) -> int:
        return sum(ended.counts.get(count, 0) for ended in self.ended)

    @property
    def requests(self) -> int:
        return sum(ended.requests for ended in self.ended)


@contextmanager
def lock(db: Path) -> Iterator[None]:
    """Hold the crawl lock of a database. Raises AnotherCrawl when somebody else does.

    The kernel drops the lock when its process ends, however it ends: no stale lock files.
    """
    with open(f"{db}.lock", "w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherCrawl(f"another crawl is writing to {db}; this one does nothing") from None
        yield


def groups_by_host(sources: Iterable[Source]) -> list[list[Source]]:
    """Sources that share a politeness host together, the largest groups first."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(politeness_host(source.url), []).append(source)
    return sorted(groups.values(), key=len, reverse=True)


class Night:
    """A crawl of these sources into a database. Call `run` once per process."""

    def __init__(
        self, sources: list[Source], db: Path, options: Mapping[str, Any], progress: Progress
    ):
        self.sources = sources
        self.db = db
        self.options = dict(options)
        self.progress = progress
        self.ended: list[Ended] = []
        self._stopping = False

    def run(self) -> Summary:
        """Crawl and say how it ended. Raises AnotherCrawl."""
        with lock(self.db):
            started = time.monotonic()
            database = store.open_db(self.db)
            store.sync_sources(database, [source_row(source) for source in self.sources])
            run = store.start_run(database, clock.now().isoformat(timespec="seconds"))
            self._crawl(run)
            store.close_past_deadlines(database, clock.today().isoformat())
            answers.shrink(database, clock.today().isoformat())
            find_duplicates(database, link_reader(Recogniser(self.sources)))
            seconds = round(time.monotonic() - started, 1)
            summary = Summary(run, seconds, self.ended)
            for ended in self.ended:
                past = store.history(database, ended.source)["outcomes"]
                if is_alarming(past or [ended.verdict.outcome]):
                    summary.alarming.append(ended)
            store.finish_run(
                database,
                run,
                clock.now().isoformat(timespec="seconds"),
                seconds=seconds,
                sources=len(self.ended),
                alarming=len(summary.alarming),
            )
            database.close()
        return summary

    def _crawl(self, run: int) -> None:
        settings = {**self.options, "ROLECALL_DB": str(self.db), "ROLECALL_RUN": run}
        process = AsyncCrawlerProcess(with_options(settings))
        from twisted.internet import reactor  # installed by the line above

        async def all_groups() -> None:
            gate = asyncio.Semaphore(PARALLEL)
            try:
                groups = groups_by_host(self.sources)
                await asyncio.gather(*(self._group(process, group, gate) for group in groups))
            finally:
                reactor.callLater(0, process._stop_reactor)  # type: ignore[arg-type]

        reactor.callWhenRunning(lambda: deferred_from_coro(all_groups()))
        process.start(stop_after_crawl=False)

    async def _group(
        self, process: AsyncCrawlerProcess, sources: list[Source], gate: asyncio.Semaphore
    ) -> None:
        for source in sources:
            async with gate:
                if self._stopping:
                    return
                ended = await self._source(process, source)
            self.ended.append(ended)
            self.progress.source_ended(ended)

    async def _source(self, process: AsyncCrawlerProcess, source: Source) -> Ended:
        self.progress.source_started(source)
        try:
            crawler = process.create_crawler(spider_class(source))
        except ConfigError as error:
            return self._config_error(process, source, str(error))

        def sent() -> None:
            self.progress.request_sent(source)

        crawler.signals.connect(sent, signal=signals.request_reached_downloader, weak=False)
        try:
            await process.crawl(crawler)
        except Exception as error:  # noqa: BLE001 - one source must not end the night
            return self._config_error(process, source, f"could not start: {one_line(error)}")
        source_run = crawler.get_extension(SourceRun)
        if source_run is None or source_run.ended is None:
            return self._config_error(process, source, "the spider did not come to an end")
        if source_run.ended.verdict.reason.endswith("shutdown"):
            self._stopping = True
        return source_run.ended

    def _config_error(self, process: AsyncCrawlerProcess, source: Source, reason: str) -> Ended:
        verdict = Verdict("config_error", reason)
        database = store.open_db(self.db)
        store.commit_source_run(
            database,
            {
                "run": process.settings.getint("ROLECALL_RUN"),
                "source": source.id,
                "outcome": verdict.outcome,
                "reason": reason,
                "requests": 0,
                "listed": 0,
                "declared_total": None,
                "seconds": 0.0,
            },
        )
        database.close()
        return Ended(source.id, verdict, 0, 0, 0.0)


def source_row(source: Source) -> dict[str, Any]:
    """A catalogue entry as a row of the table `sources`."""
    return source.model_dump(mode="json")

"""Runs a fixture case through the real Scrapy machinery: spider, middlewares, pipelines, outcome.

Only the network is replaced, by the case's tape. Scrapy runs without a Twisted reactor here, so
that every case is a crawl of its own in one process.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from crawler.fetch.handler import PoliteHandler
from crawler.loader import spider_class
from crawler.memory import Memory
from crawler.night.outcome import Verdict
from crawler.night.source_run import SourceRun
from crawler.platform import Platform
from crawler.posting import Posting
from crawler.report import Report
from crawler.settings import with_options
from crawler.sources import Source

FIXTURES = Path(__file__).parent / "fixtures"
# The day of every case, unless its expected.json has a `now`.
NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)


@dataclass
class Result:
    """What a replay brought."""

    verdict: Verdict
    postings: list[Posting]
    report: Report
    rejected: int
    requests: int
    unused: list[str]


def cases(platform: str | None = None) -> list[Path]:
    """The folders of all fixture cases, found by walking."""
    pattern = f"{platform or '*'}/*/expected.json"
    return sorted(path.parent for path in FIXTURES.glob(pattern))


def case_source(folder: Path) -> Source:
    document = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    (block,) = document["source"]
    return Source.model_validate({"platform": folder.parent.name, **block})


def expectation(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


def run_case(folder: Path, monkeypatch: Any) -> Result:
    """Replay a case at its own time."""
    now = expectation(folder).get("now") or NOW.isoformat()
    monkeypatch.setenv("ROLECALL_NOW", now)
    return replay(spider_class(case_source(folder)), folder / "tape")


def replay(spider: type[Platform], tape: Path, memory: Memory | None = None) -> Result:
    """One crawl of a source from a tape, without a database."""
    settings = with_options(
        {
            "TWISTED_REACTOR_ENABLED": False,
            "ROLECALL_DB": None,
            "ROLECALL_TAPE": str(tape),
            "ROLECALL_DELAY": 0,
            "RETRY_TIMES": 0,
            "LOG_ENABLED": False,
        }
    )
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    postings: list[Posting] = []
    order: list[str] = []
    crawler.signals.connect(
        lambda item: postings.append(item), signal=signals.item_scraped, weak=False
    )
    kept: dict[str, Any] = {}

    def opened(spider: Any) -> None:
        kept["spider"] = spider
        kept["run"] = crawler.get_extension(SourceRun)
        handlers = crawler.engine.downloader.handlers
        kept["handler"] = handlers._get_handler("https")
        if memory is not None:
            spider.memory = memory

    crawler.signals.connect(opened, signal=signals.spider_opened)
    process.crawl(crawler)
    process.start()
    run: SourceRun = kept["run"]
    handler: PoliteHandler = kept["handler"]
    assert run.ended is not None, "the spider did not close"
    order = list(kept["spider"]._seen) if hasattr(kept["spider"], "_seen") else []
    postings.sort(key=lambda p: order.index(p.native_id) if p.native_id in order else len(order))
    return Result(
        verdict=run.ended.verdict,
        postings=postings,
        report=kept["spider"].report,
        rejected=run.rejected,
        requests=run.requests,
        unused=handler.player.unused() if handler.player else [],
    )

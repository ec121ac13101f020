"""One posting instead of a night: from its URL, or from a page that a person saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from parsel import Selector
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from crawler import clock
from crawler.errors import ConfigError, RolecallError
from crawler.loader import spider_class
from crawler.night.outcome import Verdict
from crawler.night.source_run import SourceRun
from crawler.patterns import Listing
from crawler.platform import Match, Platform, read_params
from crawler.posting import Key, Posting
from crawler.recognise import Recogniser
from crawler.settings import with_options
from crawler.sources import Source
from crawler.structured_data import fields_of, job_postings
from db import store
from pipelines import process
from pipelines.validate import Reject

BY_HAND = "by-hand"  # the source of postings that belong to none of the catalogue


class NothingThere(RolecallError):
    """The URL or page holds no posting that could be read."""

    exit_status = 1


def fetch(url: str, catalogue: Mapping[str, Source], options: Mapping[str, Any]) -> Posting:
    """Read the posting behind a URL with its platform, through the pipelines, without storing it.

    Raises ConfigError for a URL that is no posting, NothingThere when the site brought none.
    Call once per process.
    """
    match = Recogniser(catalogue.values()).recognise(url)
    if match is None:
        raise ConfigError(f"{url}: no platform or source claims this URL; try a saved page instead")
    if match.posting_id is None:
        raise ConfigError(f"{url}: this is a listing of {match.platform.label}, not a posting")
    source = _source_of(match, catalogue.values()) or Source(
        id=BY_HAND,
        platform=match.platform.platform,
        employer=match.tenant,
        url=match.url,
        params=match.params.model_dump(exclude_none=True, mode="json"),
    )
    spider = cast("type[Listing]", spider_class(source))
    only = type(spider.__name__, (spider,), {"only": match})
    found, verdict = _crawl(only, options)
    if not found:
        raise NothingThere(f"{url}: {verdict.outcome}: {verdict.reason}")
    return found[0]


def record(source: Source, tape: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """Crawl a source onto a tape; what came of it, in the form of an expected.json."""
    found, verdict = _crawl(spider_class(source), {**options, "ROLECALL_RECORD": str(tape)})
    shown = {"native_id", "title", "url", "raw_location", "raw_date_posted", "requisition_id"}
    return {
        "outcome": verdict.outcome,
        "listed": len(found),
        "postings": [posting.model_dump(mode="json", include=shown) for posting in found],
    }


def _crawl(spider: type[Platform], options: Mapping[str, Any]) -> tuple[list[Posting], Verdict]:
    """One crawl without a database. Once per process: Twisted's reactor does not start again."""
    process = AsyncCrawlerProcess(with_options({**options, "ROLECALL_DB": None}))
    crawler = process.create_crawler(spider)
    found: list[Posting] = []
    crawler.signals.connect(
        lambda item: found.append(item), signal=signals.item_scraped, weak=False
    )
    process.crawl(crawler)
    process.start()
    run = crawler.get_extension(SourceRun)
    if run is None or run.ended is None:
        raise NothingThere(f"{spider.name}: the crawl did not come to an end")
    return found, run.ended.verdict


def _source_of(match: Match, sources: Iterable[Source]) -> Source | None:
    """The catalogue's entry for the tenant of this match, for its employer's name."""
    for source in sources:
        if source.platform != match.platform.platform:
            continue
        try:
            tenant = match.platform.tenant_of(read_params(match.platform, source))
        except ValueError:
            continue
        if tenant == match.tenant:
            return source
    return None


def read_saved_page(path: Path, url: str | None = None) -> list[Posting]:
    """The postings in the structured data of a saved page. Raises NothingThere.

    `url` is the page's address, where the page itself does not say it.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    said = url or Selector(text).xpath("//link[@rel='canonical']/@href").get() or ""
    nodes = job_postings(text, said)
    if not nodes:
        raise NothingThere(f"{path}: the page states no schema.org JobPosting")
    return [_of_node(node, said, path) for node in nodes]


def _of_node(node: dict[str, Any], url: str, path: Path) -> Posting:
    fields = fields_of(node, url)
    address = fields.get("url") or ""
    match = Recogniser().recognise(address)
    key = match.key if match and match.key else Key(BY_HAND, "", address)
    posting = Posting(
        source=BY_HAND, platform=key.platform, tenant=key.tenant, native_id=key.key or str(path),
        keys=[key], **fields,
    )  # fmt: skip
    try:
        return process(posting)
    except Reject as reject:
        hint = "; say its address with --url" if not address.startswith("http") else ""
        raise NothingThere(f"{path}: {reject.reason}{hint}") from None


def keep(db: Path, postings: list[Posting], sources: Mapping[str, Source]) -> int:
    """Store postings that a person added by hand; returns how many are new.

    A posting of a source in the catalogue is that source's, and the next nights look after it.
    Others are of the source `by-hand`, which no night visits: they close by their deadline, or are
    taken over when a source of the catalogue lists them. Raises NothingThere for a closed posting.
    """
    closed = next((posting for posting in postings if posting.closed_reason), None)
    if closed:
        raise NothingThere(f"{closed.url}: closed, so not kept: {closed.closed_reason}")
    database = store.open_db(db)
    now, new = clock.now().isoformat(timespec="seconds"), 0
    run = store.start_run(database, now)
    for posting in postings:
        known = sources.get(posting.source)
        row = known.model_dump(mode="json") if known else _BY_HAND_ROW
        store.sync_sources(database, [row])
        said = {
            "run": run, "source": row["id"], "outcome": "partial", "reason": "added by hand",
            "listed": 1, "started": now,
        }  # fmt: skip
        counts = store.commit_source_run(database, said, [posting.model_dump(mode="json")])
        new += counts["new"]
    store.finish_run(database, run, now, sources=len(postings))
    database.close()
    return new


_BY_HAND_ROW = {
    "id": BY_HAND, "platform": "by_hand", "employer": "Added by hand", "url": "", "enabled": False,
    "reason": "single postings that a person added; no night visits them",
}  # fmt: skip

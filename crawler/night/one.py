"""One posting instead of a night: from its URL, or from a page that a person saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from itemadapter import ItemAdapter
from parsel import Selector
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from crawler import clock
from crawler.errors import ConfigError, RolecallError, UnexpectedAnswer
from crawler.loader import spider_class
from crawler.night.outcome import Verdict
from crawler.night.source_run import SourceRun
from crawler.page_text import PageText, is_pdf, read_html, read_pdf
from crawler.patterns import Listing
from crawler.platform import Match, Platform, read_params
from crawler.posting import Key, Posting
from crawler.recognise import Recogniser
from crawler.settings import with_options
from crawler.sources import Source
from crawler.structured_data import fields_of, job_postings
from db import store
from pipelines import process
from pipelines.clean import clean
from pipelines.identify import content_hash
from pipelines.normalise import Reading, normalise
from pipelines.validate import Reject, fault

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


def read_saved_page(
    path: Path, url: str | None = None, employer: str | None = None
) -> list[Posting]:
    """The postings of a saved page or PDF document. Raises NothingThere.

    What its structured data states; else its own title and text, as far as it has them. `url` and
    `employer` are for what it does not say itself.
    """
    body = path.read_bytes()
    if is_pdf(body):
        try:
            return [_of_page(read_pdf(body), url or "", employer, path)]
        except UnexpectedAnswer as error:
            raise NothingThere(f"{path}: {error}") from None
    text = body.decode("utf-8", errors="replace")
    said = url or Selector(text or " ").xpath("//link[@rel='canonical']/@href").get() or ""
    nodes = job_postings(text, said)
    if nodes:
        return [_of_node(node, said, employer, path) for node in nodes]
    page = read_html(text, employer or "")
    if not page.title:
        raise NothingThere(f"{path}: it has no title, and the page states no schema.org JobPosting")
    return [_of_page(page, said, employer, path)]


def _of_node(node: dict[str, Any], url: str, employer: str | None, path: Path) -> Posting:
    posting = _by_hand({"organization": employer or "", **fields_of(node, url)}, path)
    try:
        return process(posting)
    except Reject as reject:
        raise NothingThere(f"{path}: {_with_hint(reject.reason, posting)}") from None


def _of_page(page: PageText, url: str, employer: str | None, path: Path) -> Posting:
    """Also without address or employer, which many pages do not say; `keep` wants both."""
    said = {"url": url, "organization": employer or page.site, **page.fields()}
    posting = _by_hand({"title": path.stem, **said}, path)  # a scanned document has no title
    adapter = ItemAdapter(posting)
    clean(adapter)
    normalise(adapter, Reading(clock.today()))
    adapter["content_hash"] = content_hash(adapter)
    return posting


def _by_hand(fields: dict[str, Any], path: Path) -> Posting:
    address = fields.get("url") or ""
    match = Recogniser().recognise(address)
    key = match.key if match and match.key else Key(BY_HAND, "", address)
    return Posting(
        source=BY_HAND, platform=key.platform, tenant=key.tenant, native_id=key.key or str(path),
        keys=[key], **fields,
    )  # fmt: skip


def _with_hint(reason: str, posting: Posting) -> str:
    hints = [] if posting.url.startswith("http") else ["say its address with --url"]
    hints += [] if posting.organization else ["say the employer with --employer"]
    return "; ".join([reason, *hints])


def keep(db: Path, postings: list[Posting], sources: Mapping[str, Source]) -> int:
    """Store postings that a person added by hand; returns how many are new.

    A posting of a source in the catalogue is that source's, and the next nights look after it.
    Others are of the source `by-hand`, which no night visits: they close by their deadline, or are
    taken over when a source of the catalogue lists them. Raises NothingThere for a closed posting,
    and for one without address or employer.
    """
    for posting in postings:
        if posting.closed_reason:
            raise NothingThere(f"{posting.url}: closed, so not kept: {posting.closed_reason}")
        reason = fault(ItemAdapter(posting))
        if reason:
            raise NothingThere(f"{posting.title}: {_with_hint(reason, posting)}")
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

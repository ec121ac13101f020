"""Access patterns: how a listing is walked and when a detail is read.

A platform on a pattern writes extraction only:

    listing()                 the first request (or requests) of the listing
    read_listing(response)    -> Page: rows, the declared total, further requests
    detail_request(id, url)   the request for one posting, or None: the listing says all
    read_detail(response)     -> fields of Posting
    closed(response)          the platform's own word that this posting is closed, or None

Everything that is the same for all sites is here: distinct rows, the guard against listings that
never end, totals, failures, what tonight need not ask because yesterday answered it, and a second
look at postings that went missing.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.answers import one_text, text_of, visible_text
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.fetch.failures import fetch_failure
from crawler.memory import Remembered, fingerprint
from crawler.platform import Match, Platform
from crawler.posting import Key, Posting
from crawler.provenance import provenance

Output = Iterator[Posting | Request]

RECHECKS_PER_RUN = 25  # second looks at missing postings, so that a shrunken board costs little


@dataclass(frozen=True)
class Row:
    """One posting as its listing shows it: fields of `Posting`, and what identifies it.

    `stamp` is what else the listing says that changes with the posting (a sitemap's lastmod).
    """

    native_id: str
    fields: dict[str, Any]
    aliases: tuple[Key, ...] = ()
    stamp: str = ""
    listing: str = ""  # the URL that answered with this row; set by the walk
    detail: str = ""  # ... and with its detail


@dataclass(frozen=True)
class Page:
    """One answer of a listing. `total` is what the site declares for the whole listing.

    `more` are further requests that this answer makes necessary whatever its rows say (facets,
    sections); page after page is the business of `PagedListing`. `goes_on` is the page's own word
    that another follows (a link to it, a cursor), None where pages do not say.
    """

    rows: list[Row]
    total: int | None = None
    goes_on: bool | None = None
    more: list[Request] = field(default_factory=list)


class Listing(Platform):
    """The walk all patterns share. Platforms derive from one of the classes below."""

    # Detail pages read in one run at most; the rest follows on later nights.
    max_details: int | None = None
    # The platform's word that a posting is closed, where a status or a sentence says it plainly;
    # `closed` is written where it takes more. Never 401, 403, 429 or 5xx: those are about us.
    closed_statuses: ClassVar[tuple[int, ...]] = ()
    # A listing that leads to an address which is not this platform's: there is no such site.
    gone_when_led_away: ClassVar[bool] = False
    # Regular expressions, in the visible text of a detail page that was answered with 200.
    closed_words: ClassVar[tuple[str, ...]] = ()
    # Set to read a listing's first page and so many details only (`rolecall crawl --sample`).
    sample: int | None = None
    # Set to read one posting instead of the listing (`rolecall try`).
    only: Match | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen: dict[str, None] = {}  # in the order of the listing
        self._passed_by: set[str] = set()  # rows that are not the one posting asked for
        self._rechecked = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Listing:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._on_idle, signal=signals.spider_idle)
        spider.sample = crawler.settings.getint("ROLECALL_SAMPLE") or None
        if spider.sample:
            spider.max_details = spider.sample
        return spider

    @staticmethod
    def close(spider: Any, reason: str) -> None:
        """Scrapy's own calls `closed(reason)` at the end; that name has another meaning here."""

    # --- what a platform writes ---------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        """The first requests of the listing."""
        raise NotImplementedError

    def read_listing(self, response: TextResponse) -> Page:
        """One answer of the listing. Raises UnexpectedAnswer when it has no known form."""
        raise NotImplementedError

    def linked_row(self, link: Any, response: TextResponse, **fields: Any) -> Row:
        """A row by the link to its posting: id and address from the link, the title its text.

        Raises UnexpectedAnswer when there is no link, or it is no posting's of this site.
        """
        href = response.urljoin(link.attrib.get("href", ""))
        match = self.match_on_known_host(href, self.params, "own listing")
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{response.url}: a row without a link to its posting: {href}")
        said = {"title": one_text(link), "url": match.canonical_url, **fields}
        return Row(match.posting_id, said)

    def detail_request(self, native_id: str, url: str) -> Request | None:
        """The request for one posting's detail, or None when the listing says all."""
        return None

    def detail_answer(self, response: Response) -> Any:
        """What `read_detail` is given: text, unless a platform's details may be documents."""
        return text_of(response)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        """Fields of `Posting` from a detail answer (`aliases` allowed). Raises UnexpectedAnswer."""
        raise NotImplementedError

    def closed(self, response: Response) -> str | None:
        """The evidence when this detail answer says that the posting is closed.

        Default: one of `closed_statuses`, or a page with one of `closed_words`.
        """
        if response.status in self.closed_statuses:
            return f"HTTP {response.status} for the posting"
        if self.closed_words and response.status == 200 and isinstance(response, TextResponse):
            words = " ".join(visible_text(response).split())
            found = re.search("|".join(self.closed_words), words, re.IGNORECASE)
            return f"the page says {found[0]!r}" if found else None
        return None

    # --- the walk -----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        one = self.only and self.detail_request(self.only.posting_id or "", self.only.canonical_url)
        if self.only and one:
            row = Row(self.only.posting_id or "", {"url": self.only.canonical_url})
            yield self._detail_request(one, row, "")
            return
        for request in self.listing():
            yield self.listing_request(request)

    def listing_request(self, request: Request) -> Request:
        """A request of the listing, wired so that its failure is a failure of the listing.

        A platform that must shake hands first gives its request a callback of its own, which
        yields `self.listing_request(...)` for what comes next.
        """
        if request.callback is None:
            request = request.replace(callback=self._on_listing)
        return request.replace(errback=self._on_listing_failed, dont_filter=True)

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        if self.gone_when_led_away and type(self).match(response.url) is None:
            raise SiteGone(f"no such tenant: the listing redirects to {response.url}")
        page = self.read_listing(text_of(response))
        self.report.pages += 1
        if page.total is not None:
            # Kept at its largest: Workday declares 0 on later pages (ats/workday.md section 2).
            self.report.declared_total = max(page.total, self.report.declared_total or 0)
        fresh = 0
        for row in (replace(row, listing=response.url) for row in page.rows):
            if self.only and not self._is_wanted(row):
                fresh += row.native_id not in self._passed_by
                self._passed_by.add(row.native_id)
                continue
            if row.native_id in self._seen:
                self.report.repeated_rows += 1
                continue
            self._seen[row.native_id] = None
            self.report.listed = len(self._seen)
            fresh += 1
            yield from self._on_row(row)
        for request in page.more:
            yield self.listing_request(request)
        yield from self._after_page(response, page, fresh)

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        """What follows a page of the listing; `fresh` rows of it were not seen before."""
        yield from ()

    def _on_row(self, row: Row) -> Output:
        mark = fingerprint(self.version, row.fields, row.stamp)
        if self.memory.is_current(row.native_id, mark):
            yield self.posting(
                row.native_id, fingerprint=mark, sighting=True, aliases=row.aliases, **row.fields
            )
            return
        request = self.detail_request(row.native_id, row.fields.get("url", ""))
        if request is None:
            told = self._provenance(row, ())
            yield self.posting(
                row.native_id, fingerprint=mark, aliases=row.aliases, provenance=told, **row.fields
            )
        elif self.max_details is not None and self.report.details_asked >= self.max_details:
            yield self._without_detail(row, mark)
        else:
            yield self._detail_request(request, row, mark)

    def _is_wanted(self, row: Row) -> bool:
        assert self.only is not None
        return self.only.key in self.posting(row.native_id, aliases=row.aliases, **row.fields).keys

    def _detail_request(self, request: Request, row: Row, mark: str) -> Request:
        self.report.details_asked += 1
        return request.replace(
            # After the listing, and in its order: a run cut short has then read what counts most.
            priority=-self.report.details_asked,
            callback=self._on_detail,
            errback=self._on_detail_failed,
            dont_filter=True,
            cb_kwargs={"row": row, "mark": mark},
        )

    def _without_detail(self, row: Row, mark: str) -> Posting:
        """The posting as the listing shows it; its detail is owed and asked for next night.

        A listing without titles (a sitemap) still shows that a known posting is there.
        """
        known = self.memory.postings.get(row.native_id)
        if known and known.is_open and not row.fields.get("title"):
            mark = known.fingerprint
            return self.posting(row.native_id, fingerprint=mark, sighting=True, **row.fields)
        return self.posting(
            row.native_id,
            fingerprint=mark,
            detail_read=False,
            aliases=row.aliases,
            provenance=self._provenance(row, ()),
            **row.fields,
        )

    def _on_detail(self, response: Response, row: Row, mark: str) -> Output:
        evidence = self.closed(response)
        if evidence:
            yield self._closed_row(row, mark, evidence)
            return
        row = replace(row, detail=response.url)
        try:
            yield self._with_detail(row, mark, self.read_detail(self.detail_answer(response)))
        except Exception:
            # The run ends as parse_error, but the listing did show this posting: keep that.
            yield self._without_detail(row, mark)
            raise

    def _closed_row(self, row: Row, mark: str, evidence: str) -> Posting:
        """A listed posting whose detail says that it is closed."""
        aliases = row.aliases
        return self.posting(
            row.native_id, fingerprint=mark, closed_reason=evidence, aliases=aliases, **row.fields
        )

    def _with_detail(self, row: Row, mark: str, said: dict[str, Any]) -> Posting:
        aliases = (*row.aliases, *said.pop("aliases", ()))
        said = {name: value for name, value in said.items() if value}
        told = self._provenance(row, said)
        return self.posting(
            row.native_id,
            fingerprint=mark,
            aliases=aliases,
            provenance=told,
            **{**row.fields, **said},
        )

    def _provenance(self, row: Row, said: Iterable[str]) -> str:
        """Where the fields of a posting came from; see `crawler.posting.Posting.provenance`."""
        return provenance(f"{self.platform} {self.version}", row.listing, row.detail, said)

    def _on_detail_failed(self, failure: Failure) -> Output:
        request: Request = failure.request  # type: ignore[attr-defined]
        row, mark = request.cb_kwargs["row"], request.cb_kwargs["mark"]
        evidence = self._closed_by(failure)
        if evidence:
            yield self._closed_row(row, mark, evidence)
            return
        self.report.detail_failures.append(fetch_failure(failure))
        yield self._without_detail(row, mark)

    def _on_listing_failed(self, failure: Failure) -> Output:
        self.report.listing_failures.append(fetch_failure(failure))
        yield from ()

    def _closed_by(self, failure: Failure) -> str | None:
        if isinstance(failure.value, HttpError):
            return self.closed(failure.value.response)
        return None

    # --- postings that went missing -----------------------------------------------------------

    def listing_complete(self) -> bool:
        """Was the listing read to its end, as far as the spider can tell?"""
        return bool(self.report.pages) and not (
            self.report.listing_failures or self.report.cut_short
        )

    def _on_idle(self) -> None:
        """When all is read, ask the details of open postings that the listing no longer shows."""
        if self._rechecked or not self.listing_complete():
            return
        self._rechecked = True
        asked = False
        for known in self.memory.missing(self._seen)[:RECHECKS_PER_RUN]:
            request = self.detail_request(known.native_id, known.url)
            if request is None:
                return
            asked = True
            assert self.crawler.engine is not None
            self.crawler.engine.crawl(
                request.replace(
                    callback=self._on_recheck,
                    errback=self._on_recheck_failed,
                    dont_filter=True,
                    cb_kwargs={"known": known},
                )
            )
        if asked:
            raise DontCloseSpider

    def _on_recheck(self, response: Response, known: Remembered) -> Output:
        evidence = self.closed(response)
        if evidence:
            yield self._closed_posting(known, evidence)
        elif not self.listing_is_authoritative:
            # This listing forgets rows of its own accord: a living detail is a sighting.
            self.read_detail(self.detail_answer(response))
            yield self.posting(
                known.native_id, url=known.url, fingerprint=known.fingerprint, sighting=True
            )

    def _on_recheck_failed(self, failure: Failure) -> Output:
        evidence = self._closed_by(failure)
        if evidence:
            known: Remembered = failure.request.cb_kwargs["known"]  # type: ignore[attr-defined]
            yield self._closed_posting(known, evidence)

    def _closed_posting(self, known: Remembered, evidence: str) -> Posting:
        return self.posting(
            known.native_id, url=known.url, fingerprint=known.fingerprint, closed_reason=evidence
        )


class WholeBoard(Listing):
    """One request brings every posting."""


class PagedListing(Listing):
    """A listing in pages, asked one after another.

    The walk ends when the declared total is reached, a page says that it is the last, a page is
    empty, or a page brings nothing that was not seen before: some sites wrap around or serve their
    last page for ever. One that brings nothing and says that more follows was not the end.
    """

    max_pages: ClassVar[int] = 500

    def page_request(self, number: int, response: Response | None) -> Request | None:
        """The request for page `number` (from 0), or None when there is no such page.

        `response` is the page before; None for the first.
        """
        raise NotImplementedError

    def listing(self) -> Iterable[Request]:
        first = self.page_request(0, None)
        assert first is not None
        yield first

    def is_last(self, page: Page, number: int) -> bool:
        """Is this the last page? Default: its own word, else whether all declared were seen."""
        if page.goes_on is not None:
            return not page.goes_on
        declared, listed = self.report.declared_total or 0, self.report.listed
        if page.total is None or listed > declared:
            return False  # more came than there is: the total is wrong, and says of no end
        return listed + sum(self.report.skipped_rows.values()) >= declared

    def _after_page(self, response: Response, page: Page, fresh: int) -> Output:
        number = response.meta.get("page", 0) + 1
        if self.is_last(page, number - 1) or (self.only and self._seen):
            return
        if not fresh:
            if page.goes_on and not self.only:
                self.report.cut_short = f"page {number} says that more follow, and brings nothing"
            return
        if self.sample:
            self.report.cut_short = "only a sample was asked for"
            return
        if number >= self.max_pages:
            self.report.cut_short = f"stopped after {number} pages, the limit for one listing"
            return
        request = self.page_request(number, response)
        if request is not None:
            yield self.listing_request(request.replace(meta={**request.meta, "page": number}))

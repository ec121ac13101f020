"""Several postings of one site, looked at with its platform's own eyes.

The platform asks for each posting's detail and says whether it is closed, exactly as in a crawl.
What has no detail, and what answers 404 without a word about the posting, is looked for in the
listing, which is read once for all. Absence closes only where the listing was read to its end and
its platform says that absence means something.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal, cast

from itemadapter import ItemAdapter
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.fetch.failures import fetch_failure
from crawler.loader import spider_class
from crawler.night.check_known import title_key
from crawler.night.outcome import Facts, decide
from crawler.night.source_run import one_line
from crawler.patterns import Listing, Output, Row
from crawler.platform import Match
from crawler.posting import Posting
from crawler.report import FetchFailure
from crawler.sources import Source
from pipelines.normalise import normalise, reading_of

State = Literal["open", "closed", "moved", "unknown"]


@dataclass(frozen=True)
class Finding:
    """What looking brought, in one line for a person."""

    state: State
    evidence: str


@dataclass(frozen=True)
class Wanted:
    """A posting to look for: its link as recognised, and the title that the document gives it."""

    match: Match
    title: str | None = None

    @property
    def native_id(self) -> str:
        return self.match.posting_id or ""


class Look(Listing):
    """Comes before a platform's class, and looks for `wanted` instead of reading the board."""

    wanted: ClassVar[tuple[Wanted, ...]] = ()
    finish_reason = ""  # why the spider closed, once it has
    counts: ClassVar[tuple[int, ...]] = ()  # of the source's last complete runs, as far as known

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sought: dict[str, Wanted] = {}  # in the listing, by native id
        self._rows: dict[str, Posting] = {}  # ... and what it showed
        self._details: dict[str, Posting] = {}
        self._failed: dict[str, FetchFailure] = {}
        self._errors: dict[str | None, str] = {}  # None: of the listing
        self._walks = False

    # --- asking -------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        for one in self.wanted:
            url = one.match.canonical_url
            request = self.detail_request(one.native_id, url)
            if request is None:
                self._sought[one.native_id] = one
            else:
                yield self._detail_request(request, Row(one.native_id, {"url": url}), "")

    def _on_detail_failed(self, failure: Failure) -> Output:
        row = failure.request.cb_kwargs["row"]  # type: ignore[attr-defined]
        self._failed[row.native_id] = fetch_failure(failure)
        yield from super()._on_detail_failed(failure)

    def noted(self, item: Posting) -> None:
        """A detail came, or word that it did not."""
        self._details[item.native_id] = item

    def note_error(self, failure: Failure, response: Response) -> None:
        """A callback could not read an answer."""
        row = response.request.cb_kwargs.get("row") if response.request else None
        self._errors[row.native_id if row else None] = one_line(failure.value)

    # --- the listing --------------------------------------------------------------------------

    def _on_idle(self) -> None:
        if self._walks:
            return
        self._walks = True
        by_id = {one.native_id: one for one in self.wanted}
        for native_id, failure in self._failed.items():
            said = self._details.get(native_id)
            unread = said is None or not (said.detail_read or said.closed_reason)
            if failure.kind == "not_found" and unread and self.listing_is_authoritative:
                self._sought[native_id] = by_id[native_id]
        if self._sought:
            assert self.crawler.engine is not None
            for request in self.listing():
                self.crawler.engine.crawl(self.listing_request(request))
            raise DontCloseSpider

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        if self._sought.keys() - self._rows.keys():  # else all is found, and no more need be read
            yield from super()._on_listing(response, **kwargs)

    def _on_row(self, row: Row) -> Output:
        posting = self.posting(row.native_id, aliases=row.aliases, **row.fields)
        names = {row.native_id, *(key.key for key in posting.keys)}
        for native_id, one in self._sought.items():
            if native_id in names or (one.match.key and one.match.key.key in names):
                self._rows[native_id] = posting
        yield from ()

    # --- judging ------------------------------------------------------------------------------

    def findings(self, reason: str) -> Iterator[tuple[Wanted, Finding]]:
        """What came of each posting; `reason` is why the spider closed."""
        for one in self.wanted:
            if one.native_id in self._sought:
                yield one, self._in_listing(one, reason)
            else:
                yield one, self._by_detail(one)

    def _by_detail(self, one: Wanted) -> Finding:
        said = self._details.get(one.native_id)
        if said and said.closed_reason:
            return Finding("closed", said.closed_reason)
        if said and said.detail_read:
            return self._is_there(one, said, "its page is there")
        failure = self._failed.get(one.native_id)
        if failure:
            return Finding("unknown", f"{failure.kind}: {failure.reason}")
        error = self._errors.get(one.native_id) or self._errors.get(None)
        return Finding("unknown", error or "its page says nothing of a posting")

    def _in_listing(self, one: Wanted, reason: str) -> Finding:
        row = self._rows.get(one.native_id)
        if row:
            return self._is_there(one, row, f"listed by {self.source.employer}")
        report = replace(self.report, detail_failures=[], details_asked=0)
        errors = [error for native_id, error in self._errors.items() if native_id is None]
        verdict = decide(
            Facts(
                report,
                total_slack=self.total_slack,
                finish_reason=reason,
                errors=errors,
                complete_counts=self.counts,
            )
        )
        if verdict.outcome == "ok" and self.listing_is_authoritative:
            before = self._failed.get(one.native_id)
            said = f"; its page answers {before.reason}" if before else ""
            return Finding("closed", f"not in the complete listing of {report.listed}{said}")
        if verdict.outcome == "ok":
            return Finding("unknown", "not in the listing, which does not show every posting")
        # A board that is suddenly empty or much shorter recovers more often than not.
        return Finding(
            "unknown", f"not in the listing, which is {verdict.outcome}: {verdict.reason}"
        )

    def _is_there(self, one: Wanted, said: Posting, how: str) -> Finding:
        if self.generic and not _is_about(one.title, said):
            return Finding("unknown", f"the page is about something else: {said.title!r}")
        adapter = ItemAdapter(said)
        normalise(adapter, reading_of(self))
        return deadline(said.valid_through, self.memory.today) or Finding(
            "open", f"{how}: {said.title!r}" if said.title else how
        )


def deadline(day: date | None, today: date) -> Finding | None:
    """Closed, when this deadline is over."""
    return Finding("closed", f"its deadline was {day}") if day and day < today else None


def _is_about(title: str | None, said: Posting) -> bool:
    """Of a page that no platform vouches for: does it still carry the posting's title?"""
    wanted = title_key(title)
    shown = title_key(f"{said.title} {said.description_html or said.description_text or ''}")
    return not wanted or f" {wanted} " in f" {shown} "


def look(source: Source, wanted: Iterable[Wanted], counts: Iterable[int] = ()) -> type[Look]:
    """The spider that looks for these postings of a source. Raises ConfigError."""
    platform = cast("type[Listing]", spider_class(source))
    own = {"wanted": tuple(wanted), "counts": tuple(counts)}
    return cast("type[Look]", type(platform.__name__, (Look, platform), own))

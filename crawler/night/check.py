"""Is each posting of a document still open?

The database answers for what a crawl listed today or the night before. The other links are asked:
of one site in one visit, of many hosts at once and of one host one after another, by the platform
that claims them (check_site.py), or as plain pages (check_page.py). LinkedIn, Indeed and Glassdoor
are never asked. What cannot be told is `unknown` with the reason, and never closed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.defer import deferred_from_coro

from crawler import clock
from crawler.errors import ConfigError
from crawler.fetch.addresses import FORBIDDEN_SITES
from crawler.fetch.politeness import politeness_host
from crawler.harvest.lead import Lead
from crawler.night.check_known import Knowledge, Known, read_knowledge
from crawler.night.check_page import PageFinding, Pages
from crawler.night.check_site import Finding, Look, State, Wanted, deadline, look
from crawler.night.outcome import Verdict
from crawler.night.run import Progress
from crawler.night.source_run import Ended
from crawler.placing import Placed, Placer
from crawler.platform import Match, read_params
from crawler.recognise import host_of
from crawler.settings import with_options
from crawler.sources import Source

PARALLEL = 16  # sites at a time


@dataclass(frozen=True)
class Checked:
    """A posting and its state. `checked_at` is a moment (ISO 8601), `evidence` one line."""

    lead: Lead
    state: State
    evidence: str
    moved_to: str | None = None
    platform: str | None = None
    checked_at: str = ""


@dataclass
class _Open:
    """A lead that a site must be asked about."""

    index: int
    lead: Lead
    placed: Placed | None = None  # of the link itself; None for an address it led to
    known: Known | None = None


@dataclass
class Check:
    """One check of these leads. Call `run` once per process."""

    leads: list[Lead]
    catalogue: Mapping[str, Source]
    db: Path
    options: Mapping[str, Any]
    progress: Progress
    answers: dict[int, Checked] = field(default_factory=dict)

    def run(self) -> list[Checked]:
        """The state of each lead, in their order."""
        self.placer = Placer(self.catalogue)
        placed = self.placer.place(self.leads)
        keys = [one.match.key for one in placed if one.match and one.match.key]
        self.known: Knowledge = read_knowledge(self.db, self.leads, keys, clock.today())
        asked = []
        for index, one in enumerate(placed):
            key = one.match.key if one.match else None
            known = self.known.by_key.get(key) if key else None
            finding = self._without_asking(one, known)
            if finding:
                self._answer(_Open(index, one.lead, one, known), finding)
            else:
                asked.append(_Open(index, one.lead, one, known))
        if asked:
            self._ask(asked)
        return [self.answers[index] for index in range(len(self.leads))]

    # --- what needs no request ----------------------------------------------------------------

    def _without_asking(self, one: Placed, known: Known | None) -> Finding | None:
        if one.lead.tidied is None:
            return Finding("unknown", "it names no link")
        host = host_of(one.lead.tidied)
        if FORBIDDEN_SITES.search(host):
            return Finding("unknown", f"{host} forbids programs and is never asked")
        if known:
            told = self._by_database(known)
            if told:
                return told
        if one.match and one.match.posting_id is None:
            return Finding("unknown", one.reason or "not a posting")
        if one.match and one.match.platform.unread:
            return Finding("unknown", f"{one.match.platform.label}: {one.match.platform.unread}")
        if one.match is None and one.reason and "overlap" in one.reason:
            return Finding("unknown", one.reason)
        return None

    def _by_database(self, known: Known) -> Finding | None:
        """By a crawl of today or the night before; a deadline needs none."""
        if known.valid_through:
            over = deadline(date.fromisoformat(known.valid_through), self.known.today)
            if over:
                return over
        if not self.known.is_fresh(known):
            return None
        if known.closed_at:
            return Finding("closed", f"closed on {known.closed_at}: {known.closed_reason}")
        if known.last_seen == known.read_on:
            return Finding("open", f"seen in the listing of {known.read_on}")
        return None

    # --- asking -------------------------------------------------------------------------------

    def _ask(self, asked: list[_Open]) -> None:
        process = AsyncCrawlerProcess(with_options({**self.options, **_ALONE}))
        from twisted.internet import reactor  # installed by the line above

        async def everything() -> None:
            try:
                pages, sites = self._sorted(asked)
                led = await self._pages(process, pages)
                await self._sites(process, [*sites, *led])
            finally:
                reactor.callLater(0, process._stop_reactor)  # type: ignore[arg-type]

        reactor.callWhenRunning(lambda: deferred_from_coro(everything()))
        process.start(stop_after_crawl=False)
        for one in asked:
            if one.index not in self.answers:
                self._answer(one, Finding("unknown", "the check did not come to its end"))

    def _sorted(self, asked: list[_Open]) -> tuple[list[_Open], list[tuple[_Open, Match]]]:
        """Links to be asked as plain pages, and those that a platform reads."""
        pages, sites = [], []
        for one in asked:
            match = one.placed.match if one.placed else None
            if match and _names_its_site(match):
                sites.append((one, match))
            else:
                pages.append(one)
        return pages, sites

    async def _pages(
        self, process: AsyncCrawlerProcess, pages: list[_Open]
    ) -> list[tuple[_Open, Match]]:
        """Judge plain pages; those whose link led to a platform's posting are handed back."""
        by_host: dict[str, list[_Open]] = {}
        for one in pages:
            by_host.setdefault(politeness_host(one.lead.tidied or ""), []).append(one)
        found = await self._all(self._page(process, host, ones) for host, ones in by_host.items())
        led = []
        for one, said in (pair for pairs in found for pair in pairs):
            match = self._recognised(said.url) if said.url != one.lead.tidied else None
            if match and match.posting_id and _names_its_site(match):
                led.append((one, match))
            else:
                self._answer(one, said.finding)
        return led

    async def _page(
        self, process: AsyncCrawlerProcess, host: str, ones: list[_Open]
    ) -> list[tuple[_Open, PageFinding]]:
        titles: dict[str, tuple[str | None, ...]] = {}
        for one in ones:
            url = one.lead.tidied or ""
            titles[url] = (*titles.get(url, ()), one.lead.title)
        spider = await self._crawl(
            process, type("Pages", (Pages,), {"titles": titles}), _site(host, host)
        )
        nothing = PageFinding(Finding("unknown", "no answer came"), "")
        found = spider.found if isinstance(spider, Pages) else {}
        return [(one, found.get((one.lead.tidied or "", one.lead.title), nothing)) for one in ones]

    async def _sites(self, process: AsyncCrawlerProcess, asked: list[tuple[_Open, Match]]) -> None:
        groups: dict[tuple[str, str], list[tuple[_Open, Match]]] = {}
        for one, match in asked:
            said = sorted(match.params.model_dump(mode="json").items())
            groups.setdefault((match.platform.platform, repr(said)), []).append((one, match))
        hosts: dict[str, list[list[tuple[_Open, Match]]]] = {}
        for group in groups.values():
            hosts.setdefault(politeness_host(group[0][1].url), []).append(group)

        async def one_after_another(groups: list[list[tuple[_Open, Match]]]) -> None:
            for group in groups:
                await self._site(process, group)

        await self._all(one_after_another(groups) for groups in hosts.values())

    async def _site(self, process: AsyncCrawlerProcess, group: list[tuple[_Open, Match]]) -> None:
        match = group[0][1]
        wanted = {match.posting_id: Wanted(match, one.lead.title) for one, match in group}
        source = self._source(match, group[0][0])
        try:
            spider_class = look(source, wanted.values(), self.known.listed.get(source.id, ()))
        except ConfigError as error:
            findings = dict.fromkeys(wanted, Finding("unknown", str(error)))
        else:
            spider = await self._crawl(process, spider_class, source)
            findings = {}
            if isinstance(spider, Look):
                said = spider.findings(spider.finish_reason)
                findings = {one.native_id: finding for one, finding in said}
        nothing = Finding("unknown", "the visit did not come to its end")
        for one, match in group:
            finding = findings.get(match.posting_id or "", nothing)
            if one.placed is None or one.placed.match is not match:
                how = f"the link leads to {match.canonical_url}; {finding.evidence}"
                finding = replace(finding, evidence=how)
            self._answer(one, finding)

    def _source(self, match: Match, one: _Open) -> Source:
        """The entry that says the same as the link, else one that is made of it."""
        entry = one.placed.source if one.placed and one.placed.match is match else None
        if entry and entry.platform == match.platform.platform:
            try:
                if read_params(match.platform, entry) == match.params:
                    return entry
            except ValueError:
                pass  # `rolecall sources` names such entries
        return Source(
            id="check",
            platform=match.platform.platform,
            employer=(entry and entry.employer) or match.tenant or match.platform.label,
            url=match.url,
            params=match.params.model_dump(exclude_none=True, mode="json"),
        )

    async def _crawl(
        self, process: AsyncCrawlerProcess, spider: type[scrapy.Spider], source: Source
    ) -> scrapy.Spider | None:
        """One visit; the spider when it is over."""
        started = time.monotonic()
        self.progress.source_started(source)
        crawler = process.create_crawler(spider)
        requests = 0

        def sent() -> None:
            nonlocal requests
            requests += 1
            self.progress.request_sent(source)

        def closed(spider: scrapy.Spider, reason: str) -> None:
            vars(spider)["finish_reason"] = reason

        crawler.signals.connect(sent, signal=signals.request_reached_downloader, weak=False)
        crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)
        if issubclass(spider, Look):
            # The spider exists when the first of these signals is sent.
            def item(item: Any) -> None:
                crawler.spider.noted(item)  # type: ignore[union-attr]

            def error(failure: Any, response: Any) -> None:
                crawler.spider.note_error(failure, response)  # type: ignore[union-attr]

            crawler.signals.connect(item, signal=signals.item_scraped, weak=False)
            crawler.signals.connect(error, signal=signals.spider_error, weak=False)
        try:
            await process.crawl(crawler)
        except Exception:  # noqa: BLE001 - one site must not end the check; it stays unknown
            return None
        finally:
            seconds = round(time.monotonic() - started, 1)
            self.progress.source_ended(Ended(source.id, Verdict("ok"), 0, requests, seconds))
        return crawler.spider

    async def _all(self, visits: Iterable[Any]) -> list[Any]:
        gate = asyncio.Semaphore(PARALLEL)

        async def one(visit: Any) -> Any:
            async with gate:
                return await visit

        return await asyncio.gather(*(one(visit) for visit in visits))

    # --- answering ----------------------------------------------------------------------------

    def _recognised(self, url: str) -> Match | None:
        try:
            return self.placer.recogniser.recognise(url)
        except ConfigError:
            return None

    def _answer(self, one: _Open, finding: Finding) -> None:
        """The finding, or where the posting is now: a dead link may have a living posting."""
        state, evidence, moved_to = finding.state, finding.evidence, None
        entry = one.placed.source if one.placed else None
        asked = bool(FORBIDDEN_SITES.search(host_of(one.lead.tidied or "")))
        if state == "closed" or (state == "unknown" and (asked or (entry and entry.moved_to))):
            own = self.known.elsewhere(one.lead, one.known)
            if own and not _same(own.url, one.lead.tidied):
                state, moved_to = "moved", own.url
                evidence += f"; open at {own.organization} (source {own.source})"
            elif state == "unknown" and entry and entry.moved_to:
                state, moved_to = "moved", entry.moved_to
                evidence += f"; the employer's postings are elsewhere now (source {entry.id})"
        self.answers[one.index] = Checked(
            one.lead, state, evidence, moved_to, one.placed.platform if one.placed else None,
            clock.now().isoformat(timespec="seconds"),
        )  # fmt: skip


# No source-run, no pipelines, no database: nothing of a check is stored.
_ALONE: dict[str, Any] = {"EXTENSIONS": {}, "ITEM_PIPELINES": {}, "ROLECALL_DB": None}


def _names_its_site(match: Match) -> bool:
    """Does the link say whose board it is of? A short link or an employer's own page does not."""
    required = bool(match.platform.Params.model_fields)
    return match.posting_id is not None and (bool(match.tenant) or not required)


def _site(name: str, host: str) -> Source:
    return Source(id="check", platform="page", employer=name or "?", url=f"https://{host or 'x'}/")


def _same(one: str, other: str | None) -> bool:
    return one.rstrip("/") == (other or "").rstrip("/")


def counts(checked: Iterable[Checked]) -> dict[str, int]:
    """How many are in each state, all states named."""
    found: dict[str, int] = {"open": 0, "closed": 0, "moved": 0, "unknown": 0}
    for one in checked:
        found[one.state] += 1
    return found


def as_rows(checked: Iterable[Checked]) -> Iterator[dict[str, Any]]:
    """As `check --json` prints them."""
    for one in checked:
        yield {
            "url": one.lead.url,
            "title": one.lead.title,
            "organization": one.lead.organization,
            "state": one.state,
            "evidence": one.evidence,
            "moved_to": one.moved_to,
            "platform": one.platform,
            "checked_at": one.checked_at,
        }
